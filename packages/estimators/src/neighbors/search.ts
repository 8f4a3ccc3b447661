/** @module The nearest training rows: by walking the fitted tree, or by comparing with all of them. */

import { Csr, dtypeName, NdArray } from "@curtido/arrays";
import { int64s } from "../base/dtypes.ts";
import { featureError } from "../base/errors.ts";
import type { Neighbors, RadiusNeighbors } from "../base/estimator.ts";
import type { State } from "../base/state.ts";
import { isSingle } from "../linear_model/linear.ts";
import { type Metric, readMetric, SUMMED_BRAYCURTIS } from "./metrics.ts";
import { NearestHeap, partitioned, sortTogether } from "./nearest.ts";
import { checkDistances, graphNearest, graphWithin } from "./precomputed.ts";
import { type NearRows, readTreeSearch, type TreeSearch } from "./tree_search.ts";

/** Metrics that brute force never compared with a heap. */
const PARTITIONED =
  /^(precomputed|hamming|cosine|correlation|nan_euclidean|mahalanobis|matching|jaccard|dice|russellrao|rogers|sokal|yule|kulsinski)/;

/** Up to so many rows scikit-learn shares out the training rows among threads, and then joins their heaps. */
const FEW_ROWS = 1024;

/** The training rows of a neighbours estimator and how far rows are from them. */
export class NeighborSearch {
  readonly count: number;
  readonly features: number;
  /** Whether a distance is known where values are missing. */
  readonly missing: boolean;
  private readonly rows: Float64Array;
  private metric: Metric;
  private readonly tree: TreeSearch | undefined;
  /** Squared lengths of the training rows, when distances come from dot products as in scikit-learn's brute force. */
  private readonly lengths: Float64Array | undefined;
  private readonly single: boolean;
  /** The element type of rows that are compared with a heap; others go through numpy's partition. */
  private readonly heaped: string | undefined;
  private readonly lateSort: boolean;

  constructor(state: State) {
    const { data, rows, columns } = state.matrix("_fit_X");
    this.rows = data;
    this.count = rows;
    this.features = columns;
    if (rows === 0) state.fail("_fit_X", "is empty");
    this.metric = readMetric(state, columns);
    if (this.precomputed && rows !== columns) state.fail("_fit_X", `must be square, not (${rows}, ${columns})`);
    this.missing = this.metric.name === "nan_euclidean";
    this.tree = readTreeSearch(state, data, rows, this.metric);
    const brute = this.tree === undefined;
    const products =
      this.metric.name === "euclidean" || (this.metric.name === "sqeuclidean" && state.version.atLeast(1, 1));
    this.lengths = brute && products ? squaredLengths(data, rows, columns) : undefined;
    this.single = brute && state.isSingle("_fit_X");
    this.lateSort = state.version.atLeast(1, 9);
    const fitted = state.context.value(state.raw("_fit_X"));
    const since = fitted instanceof Csr ? 2 : 1;
    const usable = state.version.atLeast(1, since) && !PARTITIONED.test(this.metric.name);
    this.heaped = usable && (fitted instanceof Csr || fitted instanceof NdArray) ? dtypeName(fitted.dtype) : undefined;
    if (brute && this.heaped === undefined && this.metric.name === "braycurtis") this.metric = SUMMED_BRAYCURTIS;
  }

  /** The `k` nearest of each row, nearest first. */
  nearest(X: NdArray | Csr, k: number): { distances: Float64Array; indices: Int32Array } {
    if (k > this.count) throw featureError([{ detail: `${k} neighbours were asked of ${this.count} training rows` }]);
    if (this.precomputed && X instanceof Csr) return graphNearest(X, k);
    const table = this.tableOf(X);
    const rows = X.shape[0]!;
    const distances = new Float64Array(rows * k);
    const indices = new Int32Array(rows * k);
    const heap = new NearestHeap(k);
    const all = new Float64Array(this.tree === undefined ? this.count : 0);
    const type = isSingle(X) ? "float32" : "float64";
    for (let row = 0; row < rows; row++) {
      const from = row * this.features;
      if (this.tree === undefined) this.fill(table, from, all);
      if (this.tree === undefined && this.heaped !== type) {
        const found = partitioned(all, k);
        indices.set(found, row * k);
        for (let at = 0; at < k; at++) distances[row * k + at] = this.metric.toDistance(all[found[at]!]!);
        continue;
      }
      heap.clear();
      if (this.tree !== undefined) this.tree.query(table, from, heap);
      else for (let at = 0; at < all.length; at++) heap.push(all[at]!, at);
      if (this.tree === undefined && rows <= FEW_ROWS) heap.renew();
      heap.sort(this.lateSort);
      indices.set(heap.indices, row * k);
      for (let at = 0; at < k; at++) distances[row * k + at] = this.metric.toDistance(heap.values[at]!);
    }
    return { distances, indices };
  }

  /** Whether rows hold their distances to the training rows. */
  private get precomputed(): boolean {
    return this.metric.name === "precomputed";
  }

  private tableOf(X: NdArray | Csr): Float64Array {
    const table = (X instanceof Csr ? X.toDense() : X).toFloat64();
    if (this.precomputed) checkDistances(table, this.features);
    return table;
  }

  /** Whether distances are roots of sums of squares, or those sums. */
  get isEuclidean(): boolean {
    return this.metric.name === "euclidean" || this.metric.name === "sqeuclidean";
  }

  /** Whether scikit-learn compares these rows one by one, without a table of all distances. */
  comparesDirectly(X: NdArray | Csr): boolean {
    return this.tree === undefined && this.heaped === (isSingle(X) ? "float32" : "float64");
  }

  /** The training rows within `radius` of each row; by distance when `sorted`, else as scikit-learn meets them. */
  within(X: NdArray | Csr, radius: number, sorted = false): readonly NearRows[] {
    if (this.precomputed && X instanceof Csr) return graphWithin(X, radius);
    const table = this.tableOf(X);
    const { tree, metric } = this;
    const all = new Float64Array(tree === undefined ? this.count : 0);
    const direct = this.comparesDirectly(X);
    const squared = this.lengths !== undefined && metric.name === "euclidean";
    const reduced = squared ? radius * radius : metric.toReduced(radius);
    return Array.from({ length: X.shape[0]! }, (_, row) => {
      const from = row * this.features;
      const found: NearRows = { distances: [], indices: [] };
      if (tree !== undefined) tree.queryRadius(table, from, radius, found);
      else {
        this.fill(table, from, all);
        for (let at = 0; at < all.length; at++) {
          const distance = metric.toDistance(all[at]!);
          if (!(direct || squared ? all[at]! <= reduced : distance <= radius)) continue;
          found.indices.push(at);
          found.distances.push(distance);
        }
      }
      return sorted ? this.byDistance(found, tree !== undefined || direct) : found;
    });
  }

  private byDistance({ distances, indices }: NearRows, together: boolean): NearRows {
    const values = Float64Array.from(distances);
    if (!together) {
      const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
      return { distances: order.map((at) => values[at]!), indices: order.map((at) => indices[at]!) };
    }
    const places = Int32Array.from(indices);
    sortTogether(values, places, this.lateSort);
    return { distances: Array.from(values), indices: Array.from(places) };
  }

  /** As {@link within}, as arrays. */
  radiusNeighbors(X: NdArray | Csr, radius: number): RadiusNeighbors {
    const found = this.within(X, radius);
    return {
      distances: found.map(({ distances }) => NdArray.of(Float64Array.from(distances))),
      indices: found.map(({ indices }) => int64s(indices)),
    };
  }

  /** Reduced distances from one row to every training row. */
  fill(table: Float64Array, from: number, all: Float64Array): void {
    const { rows, features, count, lengths, metric } = this;
    if (this.precomputed) {
      for (let at = 0; at < count; at++) all[at] = table[from + at]!;
      return;
    }
    if (lengths === undefined) {
      for (let at = 0; at < count; at++) all[at] = metric.reduced(table, from, rows, at * features, features);
      if (this.heaped === "float32") for (let at = 0; at < count; at++) all[at] = Math.fround(all[at]!);
      return;
    }
    let own = 0;
    for (let k = 0; k < features; k++) own += table[from + k]! * table[from + k]!;
    for (let at = 0; at < count; at++) {
      let dot = 0;
      for (let k = 0, j = at * features; k < features; k++, j++) dot += table[from + k]! * rows[j]!;
      const squared = -2 * dot + own + lengths[at]!;
      all[at] = squared > 0 ? squared : 0;
    }
  }

  /** As {@link nearest}, as arrays. */
  neighbors(X: NdArray | Csr, k: number): Neighbors {
    const { distances, indices } = this.nearest(X, k);
    const shape = [X.shape[0]!, k];
    // Compared directly, distances are doubles in any case.
    const single = this.single && isSingle(X) && !this.comparesDirectly(X);
    return {
      distances: NdArray.of(single ? Float32Array.from(distances) : distances, shape),
      // A graph of distances is asked in its own positions, which scipy keeps in 32 bits.
      indices: this.precomputed && X instanceof Csr ? NdArray.of(indices, shape) : int64s(indices, shape),
    };
  }
}

function squaredLengths(data: Float64Array, rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let k = 0; k < columns; k++) sum += data[row * columns + k]! ** 2;
    return sum;
  });
}
