/** @module LinearRegression and Ridge. */

import { NdArray } from "@curtido/arrays";
import { dot } from "@curtido/kernels";
import { float } from "@curtido/pickle";
import { type Rows, shapeOf } from "../../base/index.ts";
import { pseudoInverse } from "../../base/pseudo_inverse.ts";
import { cholesky } from "../../base/symmetric.ts";
import { solveCholesky } from "../../base/triangular.ts";
import { numbersOf, numericTarget, readTable, type Target } from "../data.ts";
import { bool, int, none, numberOf, parameter, real, word } from "../parameters.ts";
import { sumsOf } from "../sums.ts";
import { type Attributes, type ClassSpec, type Fitted, type Given, Trainer } from "../trainer.ts";
import { randomState } from "../tree/parameters.ts";

/** Rows and targets with their means taken off, where there is an intercept. */
interface Centered {
  /** Column after column. */
  readonly columns: Float64Array;
  readonly rows: number;
  readonly width: number;
  readonly y: Float64Array;
  readonly means: Float64Array;
  readonly yMean: number;
}

abstract class LinearTrainer extends Trainer {
  /** Learns one coefficient for each feature. */
  fit(X: Rows, y?: Target): Fitted {
    const table = readTable(X);
    const [rows, width] = shapeOf(table);
    const data = numbersOf(table);
    const target = numericTarget(y, rows, this.spec.name);
    const centers = this.parameters.get("fitIntercept") === true;
    const means = centers ? sumsOf(table)(data, rows, width).map((sum) => sum / rows) : new Float64Array(width);
    const yMean = centers ? target.reduce((sum, value) => sum + value, 0) / rows : 0;
    const columns = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      for (let at = 0; at < width; at++) columns[at * rows + row] = data[row * width + at]! - means[at]!;
    }
    const coefficients = this.solve({ columns, rows, width, y: target.map((value) => value - yMean), means, yMean });
    const intercept = yMean - dot(means, 0, coefficients, 0, width);
    return this.finish([
      ...this.features(table),
      ["coef_", NdArray.of(coefficients)],
      ["intercept_", centers ? NdArray.of(Float64Array.of(intercept), []).asScalar() : float(0)],
      ...this.more(),
    ]);
  }

  protected abstract solve(centered: Centered): Float64Array;
  protected more(): Attributes {
    return [];
  }
}

const LINEAR: ClassSpec = {
  module: "sklearn.linear_model._base",
  name: "LinearRegression",
  parameters: {
    fitIntercept: parameter(true, bool),
    copyX: parameter(true, bool),
    tol: parameter(float(1e-6), real(0)),
    nJobs: parameter(null, none, int(-1)),
    positive: parameter(false, word()),
  },
  // Up to 1.1.
  older: () => ({ normalize: "deprecated" }),
};

/**
 * Least squares; of several solutions the one with the least coefficients.
 *
 * @example
 * new LinearRegression().fit([[1], [2]], [3, 5]).predict([[3]]).tolist(); // [7]
 */
export class LinearRegression extends LinearTrainer {
  constructor(given: Given = {}) {
    super(LINEAR, given);
  }

  protected solve({ columns, rows, width, y }: Centered): Float64Array {
    // Columns as rows: the transposed matrix, whose pseudo-inverse is the transposed one.
    const inverse = pseudoInverse({ data: columns, rows: width, columns: rows });
    return Float64Array.from({ length: width }, (_, at) => {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += inverse.data[row * width + at]! * y[row]!;
      return sum;
    });
  }
}

const RIDGE: ClassSpec = {
  module: "sklearn.linear_model._ridge",
  name: "Ridge",
  parameters: {
    alpha: parameter(float(1), real(0, Number.POSITIVE_INFINITY, true)),
    fitIntercept: parameter(true, bool),
    copyX: parameter(true, bool),
    maxIter: parameter(null, none, int(1)),
    tol: parameter(float(1e-4), real(0)),
    solver: parameter("auto", word("auto", "cholesky")),
    positive: parameter(false, word()),
    randomState,
  },
  older: () => ({ normalize: "deprecated" }),
};

/**
 * Least squares with a price on large coefficients, by Cholesky's decomposition.
 *
 * @example
 * new Ridge({ alpha: 0.5 }).fit(X, y).predict(X);
 */
export class Ridge extends LinearTrainer {
  constructor(given: Given = {}) {
    super(RIDGE, given);
  }

  /** The smaller one of two systems of equations: for the features, or for the rows. */
  protected solve({ columns, rows, width, y }: Centered): Float64Array {
    if (width <= rows) {
      const right = Float64Array.from({ length: width }, (_, at) => dot(columns, at * rows, y, 0, rows));
      return this.solved(columns, width, rows, right);
    }
    const byRow = new Float64Array(columns.length);
    for (let at = 0; at < columns.length; at++) byRow[(at % rows) * width + Math.floor(at / rows)] = columns[at]!;
    const dual = this.solved(byRow, rows, width, y.slice());
    return Float64Array.from({ length: width }, (_, at) => dot(columns, at * rows, dual, 0, rows));
  }

  /** Solves (A A' + alpha I) x = right, for a matrix A of `n` rows. */
  private solved(a: Float64Array, n: number, length: number, right: Float64Array): Float64Array {
    const gram = new Float64Array(n * n);
    const alpha = numberOf(this.parameters, "alpha");
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        const value = dot(a, i * length, a, j * length, length) + (i === j ? alpha : 0);
        gram[i * n + j] = value;
        gram[j * n + i] = value;
      }
    }
    const lower = cholesky(gram, n);
    if (lower === undefined) return this.unsupported("alpha", "is too small for features that depend on each other");
    solveCholesky(lower, n, right, 1);
    return right;
  }

  protected override more(): Attributes {
    return [
      ["n_iter_", null],
      ["solver_", "cholesky"],
    ];
  }
}
