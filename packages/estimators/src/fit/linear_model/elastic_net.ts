/** @module ElasticNet and Lasso. */

import { NdArray } from "@curtido/arrays";
import { RandomState } from "@curtido/kernels";
import { float } from "@curtido/pickle";
import { featureError } from "../../base/errors.ts";
import type { Rows } from "../../base/input.ts";
import type { Target } from "../base/data.ts";
import {
  flag,
  int,
  type ParameterTable,
  parameter,
  randomState,
  real,
  settledNumber,
  word,
} from "../base/parameters.ts";
import { seedOf } from "../base/random.ts";
import { type Fitted, type Given, Trainer, type TrainerSpec } from "../base/trainer.ts";
import { type FitOptions, sampleWeights } from "../base/weights.ts";
import { type Descended, type DescentOptions, descend } from "./coordinate_descent.ts";
import { coefficientAttributes, type LinearProblem, prepare } from "./prepare.ts";
import { DenseColumns, gramOf, gramQuadratic, type Quadratic } from "./quadratic.ts";

/** Seeds of the order of features are below this. */
const SEED_END = 2147483647;

const AFTER_RATIO: ParameterTable = {
  fitIntercept: parameter(true, flag),
  precompute: parameter(false, flag),
  maxIter: parameter(1000, int(1)),
  copyX: parameter(true, flag),
  tol: parameter(float(1e-4), real(0)),
  warmStart: parameter(false, word()),
  positive: parameter(false, flag),
  randomState,
  selection: parameter("cyclic", word("cyclic", "random")),
};

/** ElasticNet. */
export const ELASTIC: TrainerSpec = {
  module: "sklearn.linear_model._coordinate_descent",
  name: "ElasticNet",
  task: "regression",
  parameters: { alpha: parameter(float(1), real(0)), l1Ratio: parameter(float(0.5), real(0, 1)), ...AFTER_RATIO },
};

/** Lasso. */
export const LASSO: TrainerSpec = {
  module: "sklearn.linear_model._coordinate_descent",
  name: "Lasso",
  task: "regression",
  // Python's Lasso keeps the ratio too, though nobody may set it.
  parameters: { alpha: parameter(float(1), real(0)), l1Ratio: parameter(float(1), word()), ...AFTER_RATIO },
};

abstract class CoordinateTrainer extends Trainer {
  /**
   * Learns one coefficient for each feature, and for each target by itself.
   *
   * @param y - numbers: one for each row, or a matrix of several targets
   * @throws CurtidoError E_FEATURES when rows and targets are not what can be learned from
   */
  fit(X: Rows, y?: Target, options?: FitOptions): Fitted {
    const intercept = this.parameters.get("fitIntercept") === true;
    const problem = prepare(X, y, normalized(options), this.spec.name, { intercept });
    const { rows, width, targets, flat } = problem;
    const found = this.descendAll(problem);
    const coefficients = new Float64Array(targets * width);
    found.forEach((each, target) => {
      coefficients.set(each.coefficients, target * width);
    });
    const attributes = coefficientAttributes(problem, coefficients, intercept);
    if (!coefficients.every(Number.isFinite))
      throw featureError([{ detail: "no finite coefficients were found: rows or targets hold too large values" }]);
    const one = targets === 1;
    const gaps = Float64Array.from(found, ({ gap }) => gap / rows);
    return this.finish([
      ...this.features(problem.table),
      ["n_iter_", one ? found[0]!.iterations : found.map(({ iterations }) => iterations)],
      one && !flat ? ["coef_", NdArray.of(coefficients, [width])] : attributes.coef,
      ["dual_gap_", one ? NdArray.of(gaps, []).asScalar() : NdArray.of(gaps)],
      attributes.intercept,
    ]);
  }

  private descendAll(problem: LinearProblem): Descended[] {
    const { rows, targets, y } = problem;
    const quadraticOf = this.quadratics(problem);
    return Array.from({ length: targets }, (_, target) => {
      const own = targets === 1 ? y : Float64Array.from({ length: rows }, (_, row) => y[row * targets + target]!);
      return descend(quadraticOf(own, target), this.descentOptions(rows));
    });
  }

  private descentOptions(rows: number): DescentOptions {
    const { parameters } = this;
    const alpha = settledNumber(parameters, "alpha");
    const ratio = settledNumber(parameters, "l1Ratio");
    const random = parameters.get("selection") === "random";
    return {
      l1: alpha * ratio * rows,
      l2: alpha * (1 - ratio) * rows,
      positive: parameters.get("positive") === true,
      tol: settledNumber(parameters, "tol"),
      maxIterations: parameters.get("maxIter") as number,
      seed: random ? new RandomState(seedOf(parameters)).below(SEED_END) : undefined,
    };
  }

  /** How the squares of one target are computed. */
  private quadratics(problem: LinearProblem): (own: Float64Array, target: number) => Quadratic {
    if (this.parameters.get("precompute") !== true) {
      const columns = new DenseColumns(problem);
      return (own) => columns.quadratic(own);
    }
    const { width } = problem;
    const { gram, products } = gramOf(problem);
    return (own, target) => {
      const squares = own.reduce((sum, each) => sum + each * each, 0);
      return gramQuadratic(gram, products.subarray(target * width, (target + 1) * width), width, squares);
    };
  }
}

/** Weights whose mean is 1. */
function normalized(options: FitOptions | undefined): FitOptions | undefined {
  const given = options?.sampleWeight;
  if (given === undefined) return options;
  const weights = sampleWeights(options, given.length)!;
  const total = weights.reduce((sum, each) => sum + each, 0);
  return { ...options, sampleWeight: weights.map((each) => each * (weights.length / total)) };
}

/**
 * Least squares with a price on the sizes and the squares of coefficients.
 *
 * @example
 * new ElasticNet({ alpha: 0.1, l1Ratio: 0.7 }).fit(X, y).predict(X);
 */
export class ElasticNet extends CoordinateTrainer {
  constructor(given: Given = {}) {
    super(ELASTIC, given);
  }
}

/**
 * Least squares with a price on the sizes of coefficients, many of which become 0.
 *
 * @example
 * new Lasso({ alpha: 0.1 }).fit(X, y).predict(X);
 */
export class Lasso extends CoordinateTrainer {
  constructor(given: Given = {}) {
    super(LASSO, given);
  }
}
