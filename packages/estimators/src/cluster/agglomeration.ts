/** @module FeatureAgglomeration: features of one cluster become one (`sklearn.cluster._feature_agglomeration`). */

import { NdArray } from "@curtido/arrays";
import { estimatorError, featureError } from "../base/errors.ts";
import { Estimator } from "../base/estimator.ts";
import type { Input } from "../base/input.ts";
import { sumOf } from "../base/math.ts";
import { globalName, type State } from "../base/state.ts";

/** What makes one number of several; `mean` keeps no float32. */
const POOLS = {
  mean: (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length,
  median: (values: Float64Array) => {
    const sorted = values.toSorted();
    const half = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  },
  max: (values: Float64Array) => values.reduce((a, b) => Math.max(a, b)),
  min: (values: Float64Array) => values.reduce((a, b) => Math.min(a, b)),
  sum: (values: Float64Array) => sumOf(values),
} as const;
type Pool = keyof typeof POOLS;

/** FeatureAgglomeration. */
export class FeatureAgglomeration extends Estimator {
  /** The features of each cluster. */
  private readonly groups: readonly Int32Array[];
  /** The cluster of each feature. */
  private readonly labels: Int32Array;
  private readonly pool: Pool;

  constructor(state: State) {
    super(state);
    this.labels = state.integers("labels_", [this.n_features_in_]);
    this.n_features_in_ ??= this.labels.length;
    this.groups = readGroups(state, this.labels);
    this.pool = readPool(state);
  }

  protected doTransform(X: NdArray): NdArray {
    const table = X.toFloat64();
    const width = this.n_features_in_!;
    const rows = X.shape[0]!;
    const count = this.groups.length;
    const pool = POOLS[this.pool];
    const out = new Float64Array(rows * count);
    for (let row = 0; row < rows; row++) {
      this.groups.forEach((group, at) => {
        const values = Float64Array.from(group, (feature) => table[row * width + feature]!);
        out[row * count + at] = pool(values);
      });
    }
    const single = X.data instanceof Float32Array && this.pool !== "mean";
    return NdArray.of(single ? Float32Array.from(out) : out, [rows, count]);
  }

  /** Every feature gets the value of its cluster. */
  protected doInverseTransform(X: Input): NdArray {
    const table = X as NdArray;
    const [rows, columns] = table.shape as readonly [number, number];
    if (columns !== this.groups.length)
      throw featureError([{ detail: `expected ${this.groups.length} columns, found ${columns}` }]);
    const values = table.toFloat64();
    const width = this.labels.length;
    const out = Float64Array.from(
      { length: rows * width },
      (_, at) => values[Math.floor(at / width) * columns + this.labels[at % width]!]!,
    );
    return NdArray.of(table.data instanceof Float32Array ? Float32Array.from(out) : out, [rows, width]);
  }
}

function readGroups(state: State, labels: Int32Array): readonly Int32Array[] {
  const groups: number[][] = [];
  const count = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  if (count > labels.length) state.fail("labels_", `names cluster ${count - 1} of ${labels.length} features`);
  for (let label = 0; label < count; label++) groups.push([]);
  labels.forEach((label, feature) => {
    groups[label]!.push(feature);
  });
  if (groups.some((group) => group.length === 0)) state.fail("labels_", "must number the clusters from 0");
  return groups.map((group) => Int32Array.from(group));
}

/** The function of numpy's that pools; any other is refused by its name. */
function readPool(state: State): Pool {
  const name = globalName(state.raw("pooling_func"));
  const short = /^numpy\b.*\.a?(mean|median|max|min|sum)$/.exec(name ?? "")?.[1];
  if (short !== undefined) return short as Pool;
  const path = state.at("pooling_func");
  throw estimatorError("E_UNSUPPORTED", `'${path}' is ${name ?? "an object"}, which is not supported`, { path });
}
