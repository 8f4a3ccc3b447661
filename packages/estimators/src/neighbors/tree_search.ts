/** @module KDTree and BallTree (`sklearn.neighbors._binary_tree`), walked as Python walks them. */

import { NdArray } from "@curtido/arrays";
import { Instance, Tuple } from "@curtido/pickle";
import type { State } from "../base/state.ts";
import type { Metric } from "./metrics.ts";
import type { NearestHeap } from "./nearest.ts";

/** A tree over training rows. Node `i` has the children `2 i + 1` and `2 i + 2`. */
export class TreeSearch {
  private readonly rows: Float64Array;
  private readonly features: number;
  private readonly metric: Metric;
  private readonly order: Int32Array;
  private readonly starts: Float64Array;
  private readonly ends: Float64Array;
  private readonly leaves: Float64Array;
  private readonly radii: Float64Array;
  private readonly bounds: Float64Array;
  private readonly isBall: boolean;
  private readonly nodes: number;

  constructor(state: State, parts: readonly unknown[], isBall: boolean, rows: Float64Array, metric: Metric) {
    const array = (at: number): NdArray => {
      const value = state.context.value(parts[at]);
      return value instanceof NdArray ? value : state.fail("_tree", "does not hold the arrays of a tree");
    };
    this.rows = rows;
    this.metric = metric;
    this.isBall = isBall;
    this.order = Int32Array.from(array(1).toFloat64());
    this.features = rows.length / Math.max(this.order.length, 1);
    const nodes = array(2);
    const field = (name: string) => nodes.field(name).toFloat64();
    [this.starts, this.ends] = [field("idx_start"), field("idx_end")];
    [this.leaves, this.radii] = [field("is_leaf"), field("radius")];
    this.nodes = nodes.size;
    this.bounds = array(3).toFloat64();
    this.check(state);
  }

  private check(state: State): void {
    const count = this.order.length;
    const width = (this.isBall ? 1 : 2) * this.nodes * this.features;
    if (!Number.isInteger(this.features) || this.nodes < 1 || this.bounds.length !== width)
      state.fail("_tree", "has arrays that do not fit together");
    if (this.order.some((at) => !(at >= 0 && at < count))) state.fail("_tree", "names a row that is not there");
    for (let node = 0; node < this.nodes; node++) {
      const [from, to] = [this.starts[node]!, this.ends[node]!];
      if (!(from >= 0 && from <= to && to <= count)) state.fail("_tree", `has a node ${node} beyond the rows`);
      if (this.leaves[node] === 0 && 2 * node + 2 >= this.nodes) state.fail("_tree", `lacks the children of ${node}`);
    }
  }

  /** Fills `heap` with reduced distances from the row of `table` at `from`. */
  query(table: Float64Array, from: number, heap: NearestHeap): void {
    this.visit(0, this.lowerBound(0, table, from), table, from, heap);
  }

  private visit(node: number, bound: number, table: Float64Array, from: number, heap: NearestHeap): void {
    if (bound > heap.largest) return;
    if (this.leaves[node] !== 0) {
      const { order, rows, features, metric } = this;
      for (let at = this.starts[node]!, end = this.ends[node]!; at < end; at++) {
        const row = order[at]!;
        heap.push(metric.reduced(table, from, rows, row * features, features), row);
      }
      return;
    }
    const [left, right] = [2 * node + 1, 2 * node + 2];
    const [a, b] = [this.lowerBound(left, table, from), this.lowerBound(right, table, from)];
    if (a <= b) {
      this.visit(left, a, table, from, heap);
      this.visit(right, b, table, from, heap);
    } else {
      this.visit(right, b, table, from, heap);
      this.visit(left, a, table, from, heap);
    }
  }

  /** Adds every row within `radius` of the row of `table` at `from` to `found`. */
  queryRadius(table: Float64Array, from: number, radius: number, found: NearRows): void {
    this.visitWithin(0, table, from, radius, this.metric.toReduced(radius), found);
  }

  private visitWithin(
    node: number,
    table: Float64Array,
    from: number,
    radius: number,
    reduced: number,
    found: NearRows,
  ): void {
    const { order, rows, features, metric } = this;
    const { least, most } = this.distanceBounds(node, table, from);
    if (least > radius) return;
    if (this.leaves[node] === 0 && !(most <= radius)) {
      this.visitWithin(2 * node + 1, table, from, radius, reduced, found);
      this.visitWithin(2 * node + 2, table, from, radius, reduced, found);
      return;
    }
    for (let at = this.starts[node]!, end = this.ends[node]!; at < end; at++) {
      const row = order[at]!;
      const distance = metric.reduced(table, from, rows, row * features, features);
      if (!(most <= radius || distance <= reduced)) continue;
      found.indices.push(row);
      found.distances.push(metric.toDistance(distance));
    }
  }

  /** Between which distances a row inside the node lies. */
  private distanceBounds(node: number, table: Float64Array, from: number): { least: number; most: number } {
    const { features, bounds, metric } = this;
    if (this.isBall) {
      const center = metric.toDistance(metric.reduced(table, from, bounds, node * features, features));
      return { least: Math.max(0, center - this.radii[node]!), most: center + this.radii[node]! };
    }
    const p = metric.power;
    const infinite = p === Number.POSITIVE_INFINITY;
    const upper = (this.nodes + node) * features;
    let [least, most] = [0, 0];
    for (let k = 0; k < features; k++) {
      const low = bounds[node * features + k]! - table[from + k]!;
      const high = table[from + k]! - bounds[upper + k]!;
      const outside = 0.5 * (low + Math.abs(low) + (high + Math.abs(high)));
      const across = Math.max(Math.abs(low), Math.abs(high));
      least = infinite ? Math.max(least, outside) : least + outside ** p;
      most = infinite ? Math.max(most, across) : most + across ** p;
    }
    return infinite ? { least, most } : { least: least ** (1 / p), most: most ** (1 / p) };
  }

  /** The least reduced distance that a row inside the node could have. */
  private lowerBound(node: number, table: Float64Array, from: number): number {
    const { features, bounds, metric } = this;
    if (this.isBall) {
      const reduced = metric.reduced(table, from, bounds, node * features, features);
      return metric.toReduced(Math.max(0, metric.toDistance(reduced) - this.radii[node]!));
    }
    const p = metric.power;
    const upper = (this.nodes + node) * features;
    let bound = 0;
    for (let k = 0; k < features; k++) {
      const low = bounds[node * features + k]! - table[from + k]!;
      const high = table[from + k]! - bounds[upper + k]!;
      const outside = 0.5 * (low + Math.abs(low) + (high + Math.abs(high)));
      if (p === Number.POSITIVE_INFINITY) bound = Math.max(bound, outside);
      else bound += p === 2 ? outside * outside : p === 1 ? outside : outside ** p;
    }
    return bound;
  }
}

/** Rows that were found, with their distances, in the order of the search. */
export interface NearRows {
  readonly distances: number[];
  readonly indices: number[];
}

/** The tree of an estimator that was fitted with one; `undefined` for brute force. */
export function readTreeSearch(
  state: State,
  rows: Float64Array,
  count: number,
  metric: Metric,
): TreeSearch | undefined {
  const tree = state.raw("_tree");
  const method = state.plain("_fit_method");
  if (!(tree instanceof Instance) || (method !== "kd_tree" && method !== "ball_tree")) return undefined;
  const parts = tree.state;
  if (!(parts instanceof Tuple) || parts.length < 4) return state.fail("_tree", "has no state");
  const search = new TreeSearch(state, parts.items, method === "ball_tree", rows, metric);
  return rows.length === 0 || count === 0 ? undefined : search;
}
