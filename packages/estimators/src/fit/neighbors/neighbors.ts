/** @module KNeighborsClassifier and KNeighborsRegressor. */

import { NdArray } from "@curtido/arrays";
import { Dict } from "@curtido/pickle";
import { featureError } from "../../base/errors.ts";
import { type Rows, shapeOf } from "../../base/input.ts";
import { metricOf } from "../../neighbors/metrics.ts";
import { labelsOf, numbersOf, numericTarget, type Target, tableOfRows } from "../base/data.ts";
import { int, none, type ParameterTable, parameter, real, settledNumber, word } from "../base/parameters.ts";
import { type Attributes, type Fitted, type Given, Trainer, type TrainerSpec } from "../base/trainer.ts";
import { binaryTreeInstance, type TreeKind } from "./binary_tree.ts";

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

const SHARED = { parameters: PARAMETERS, older: () => ({ radius: null }) };

/** The classes of neighbors. */
export const NEIGHBORS = {
  KNeighborsClassifier: {
    module: "sklearn.neighbors._classification",
    name: "KNeighborsClassifier",
    task: "classification",
    ...SHARED,
  },
  KNeighborsRegressor: {
    module: "sklearn.neighbors._regression",
    name: "KNeighborsRegressor",
    task: "regression",
    ...SHARED,
  },
} as const satisfies Readonly<Record<string, TrainerSpec>>;

/** Trees do not help with more features than these. */
const MOST_FEATURES = 15;

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
    const table = tableOfRows(X);
    const [rows, width] = shapeOf(table);
    const wanted = settledNumber(this.parameters, "nNeighbors");
    if (wanted > rows) throw featureError([{ detail: `'nNeighbors' is ${wanted}, and there are ${rows} rows` }]);
    const data = Float64Array.from(numbersOf(table));
    const p = settledNumber(this.parameters, "p");
    const [metric, metricParameters] = effectiveMetric(this.parameters.get("metric"), p);
    const stored = NdArray.of(data, [rows, width]);
    const method = this.method(rows, width);
    const tree =
      method === "brute"
        ? null
        : binaryTreeInstance(method, stored, { data, rows, width }, this.leafSize, metricOf(metric, p)!);
    return this.finish([
      ...this.features(table),
      ...this.targets(y, rows),
      ["effective_metric_params_", metricParameters],
      ["effective_metric_", metric],
      ["_fit_method", method],
      ["_fit_X", stored],
      ["n_samples_fit_", rows],
      ["_tree", tree],
    ]);
  }

  private get leafSize(): number {
    return this.parameters.get("leafSize") as number;
  }

  /** What `"auto"` is: a tree where features are few, and neighbors are few of the rows. */
  private method(rows: number, width: number): "brute" | TreeKind {
    const algorithm = this.parameters.get("algorithm") as "auto" | "brute" | TreeKind;
    if (algorithm !== "auto") return algorithm;
    const neighbors = this.parameters.get("nNeighbors") as number;
    return width > MOST_FEATURES || neighbors >= Math.floor(rows / 2) ? "brute" : "kd_tree";
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
    super(NEIGHBORS.KNeighborsClassifier, given);
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
    super(NEIGHBORS.KNeighborsRegressor, given);
  }

  protected targets(y: Target | undefined, rows: number): Attributes {
    return [["_y", NdArray.of(numericTarget(y, rows, "KNeighborsRegressor"))]];
  }
}
