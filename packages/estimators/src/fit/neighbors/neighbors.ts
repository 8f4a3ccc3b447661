/** @module KNeighborsClassifier and KNeighborsRegressor. */

import { NdArray } from "@curtido/arrays";
import { Dict } from "@curtido/pickle";
import { featureError, type Rows, shapeOf } from "../../base/index.ts";
import { labelsOf, numbersOf, numericTarget, readTable, type Target } from "../data.ts";
import { int, none, numberOf, type ParameterTable, parameter, real, word } from "../parameters.ts";
import { type Attributes, type ClassSpec, type Fitted, type Given, Trainer } from "../trainer.ts";

const METRICS = word("minkowski", "euclidean", "manhattan", "chebyshev");

const PARAMETERS: ParameterTable = {
  nNeighbors: parameter(5, int(1)),
  weights: parameter("uniform", word("uniform", "distance")),
  algorithm: parameter("auto", word("auto", "brute", "kd_tree", "ball_tree")),
  leafSize: parameter(30, int(1)),
  p: parameter(2, int(1), real(1)),
  metric: parameter("minkowski", METRICS),
  metricParams: parameter(null, none),
  nJobs: parameter(null, none, int(-1)),
};

function spec(module: string, name: string): ClassSpec {
  return { module: `sklearn.neighbors.${module}`, name, parameters: PARAMETERS, older: () => ({ radius: null }) };
}

/** The metric that `minkowski` with this `p` is. */
function effectiveMetric(metric: unknown, p: number): readonly [name: string, parameters: Dict] {
  if (metric !== "minkowski") return [metric as string, new Dict()];
  if (p === 1) return ["manhattan", new Dict()];
  if (p === 2) return ["euclidean", new Dict()];
  if (p === Number.POSITIVE_INFINITY) return ["chebyshev", new Dict()];
  return ["minkowski", new Dict([["p", p]])];
}

abstract class NeighborsTrainer extends Trainer {
  fit(X: Rows, y?: Target): Fitted {
    const table = readTable(X);
    const [rows, width] = shapeOf(table);
    const wanted = numberOf(this.parameters, "nNeighbors");
    if (wanted > rows) throw featureError([{ detail: `'nNeighbors' is ${wanted}, and there are ${rows} rows` }]);
    const data = Float64Array.from(numbersOf(table));
    const [metric, metricParameters] = effectiveMetric(this.parameters.get("metric"), numberOf(this.parameters, "p"));
    return this.finish([
      ...this.features(table),
      ...this.targets(y, rows),
      ["effective_metric_params_", metricParameters],
      ["effective_metric_", metric],
      // A tree of rows only finds the same neighbors faster; a plain search needs nothing that releases lay out differently.
      ["_fit_method", "brute"],
      ["_fit_X", NdArray.of(data, [rows, width])],
      ["n_samples_fit_", rows],
      ["_tree", null],
    ]);
  }

  protected abstract targets(y: Target | undefined, rows: number): Attributes;
}

/**
 * The label that most of the nearest training rows have.
 *
 * @example
 * new KNeighborsClassifier({ nNeighbors: 1 }).fit([[1], [9]], ["low", "high"]).predict([[3]]).tolist(); // ["low"]
 */
export class KNeighborsClassifier extends NeighborsTrainer {
  constructor(given: Given = {}) {
    super(spec("_classification", "KNeighborsClassifier"), given);
  }

  protected targets(y: Target | undefined, rows: number): Attributes {
    const { classes, encoded } = labelsOf(y, rows, "KNeighborsClassifier");
    return [
      ["outputs_2d_", false],
      ["classes_", classes],
      ["_y", NdArray.of(BigInt64Array.from(encoded, BigInt))],
    ];
  }
}

/** The mean of the nearest training rows' targets; see {@link KNeighborsClassifier}. */
export class KNeighborsRegressor extends NeighborsTrainer {
  constructor(given: Given = {}) {
    super(spec("_regression", "KNeighborsRegressor"), given);
  }

  protected targets(y: Target | undefined, rows: number): Attributes {
    return [["_y", NdArray.of(numericTarget(y, rows, "KNeighborsRegressor"))]];
  }
}
