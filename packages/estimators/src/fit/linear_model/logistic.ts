/** @module LogisticRegression. */

import { NdArray } from "@curtido/arrays";
import { float } from "@curtido/pickle";
import { featureError } from "../../base/errors.ts";
import { type Rows, shapeOf } from "../../base/input.ts";
import { labelsOf, sharedNumbersOf, type Target, tableOfRows } from "../base/data.ts";
import { flag, int, none, parameter, randomState, real, settledNumber, word } from "../base/parameters.ts";
import { type Fitted, type Given, Trainer, type TrainerSpec } from "../base/trainer.ts";
import { classWeight, type FitOptions, labelWeights, sampleWeights } from "../base/weights.ts";
import { lbfgs } from "./lbfgs_solver.ts";
import { Hessian, HessianProduct } from "./logistic_hessian.ts";
import { LogisticLoss } from "./logistic_loss.ts";
import { newtonCg } from "./newton_cg.ts";
import { newtonCholesky } from "./newton_cholesky.ts";

/** LogisticRegression. */
export const LOGISTIC: TrainerSpec = {
  module: "sklearn.linear_model._logistic",
  name: "LogisticRegression",
  task: "classification",
  parameters: {
    penalty: parameter("deprecated", none, word("deprecated", "l2")),
    C: parameter(float(1), real(0, Number.POSITIVE_INFINITY, true)),
    // The other penalties need liblinear or saga.
    l1Ratio: parameter(float(0), real(0, 0)),
    dual: parameter(false, word()),
    tol: parameter(float(1e-4), real(0)),
    fitIntercept: parameter(true, flag),
    interceptScaling: parameter(1, real(0, Number.POSITIVE_INFINITY, true)),
    classWeight,
    randomState,
    solver: parameter("lbfgs", word("lbfgs", "newton-cg", "newton-cholesky")),
    maxIter: parameter(100, int(0)),
    verbose: parameter(0, int(0, 0)),
    warmStart: parameter(false, word()),
    nJobs: parameter(null, none),
  },
  // Up to 1.7, which read a file of a later release with it.
  older: () => ({ multi_class: "auto" }),
};

const SOLVERS = { lbfgs, "newton-cg": newtonCg, "newton-cholesky": newtonCholesky } as const;

/** Elements that a solver needs in memory beside those of the loss. */
const SPARE: Readonly<Record<keyof typeof SOLVERS, (rows: number, width: number, classes: number) => number>> = {
  lbfgs: () => 0,
  "newton-cg": HessianProduct.spare,
  "newton-cholesky": Hessian.spare,
};

/**
 * Logistic regression, for two classes or more, with a penalty on squared weights; `C: Infinity` is without one.
 *
 * @example
 * new LogisticRegression({ C: 10, classWeight: "balanced" }).fit(X, y).predictProba(X);
 */
export class LogisticRegression extends Trainer {
  constructor(given: Given = {}) {
    super(LOGISTIC, given);
  }

  /**
   * Learns a weight for each feature and class.
   *
   * @param y - labels of at least two classes
   * @throws CurtidoError E_FEATURES when rows and labels are not what can be learned from
   */
  fit(X: Rows, y?: Target, options?: FitOptions): Fitted {
    const { parameters } = this;
    const table = tableOfRows(X);
    const [rows, width] = shapeOf(table);
    const data = sharedNumbersOf(table);
    const labels = labelsOf(y, rows, "LogisticRegression");
    const classes = labels.classes.size;
    if (classes < 2) throw featureError([{ detail: "labels of at least two classes are needed, there is one" }]);
    const weights = labelWeights(parameters.get("classWeight"), labels, sampleWeights(options, rows));
    const intercept = parameters.get("fitIntercept") === true;
    const solver = parameters.get("solver") as keyof typeof SOLVERS;
    const problem = { data, rows, width, labels: labels.encoded, classes, weights, intercept };
    const loss = new LogisticLoss(problem, SPARE[solver](rows, width, classes));
    const C = parameters.get("penalty") === null ? Number.POSITIVE_INFINITY : settledNumber(parameters, "C");
    const { coefficients, iterations } = SOLVERS[solver](loss, {
      l2: 1 / (C * loss.total),
      tol: settledNumber(parameters, "tol"),
      maxIterations: parameters.get("maxIter") as number,
    });
    if (!coefficients.every(Number.isFinite))
      throw featureError([{ detail: "no finite weights were found: the rows hold too large values" }]);
    const { targets } = loss;
    const weightsOf = Float64Array.from(
      { length: targets * width },
      (_, at) => coefficients[(at % width) * targets + Math.floor(at / width)]!,
    );
    const offsets = intercept ? coefficients.slice(width * targets) : new Float64Array(targets);
    return this.finish([
      ...this.features(table),
      ["classes_", labels.classes],
      ["n_iter_", NdArray.of(Int32Array.of(iterations))],
      ["coef_", NdArray.of(weightsOf, [targets, width])],
      ["intercept_", NdArray.of(offsets)],
    ]);
  }
}
