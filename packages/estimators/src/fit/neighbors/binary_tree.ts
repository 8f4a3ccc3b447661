/** @module KDTree and BallTree over training rows (`sklearn.neighbors._binary_tree` of 1.9.1), and how they are pickled. */

import { type DType, float64, int64, NdArray } from "@curtido/arrays";
import { pow } from "@curtido/kernels";
import { float, Global, Instance, Tuple } from "@curtido/pickle";
import type { Metric } from "../../neighbors/metrics.ts";
import { nthElement } from "./nth_element.ts";

/** What kind of tree. */
export type TreeKind = "kd_tree" | "ball_tree";

/** Rows in C order. */
export interface TreeRows {
  readonly data: Float64Array;
  readonly rows: number;
  readonly width: number;
}

const NODE: DType = {
  kind: "V",
  itemsize: 32,
  littleEndian: true,
  fields: [
    { name: "idx_start", dtype: int64, offset: 0 },
    { name: "idx_end", dtype: int64, offset: 8 },
    { name: "is_leaf", dtype: int64, offset: 16 },
    { name: "radius", dtype: float64, offset: 24 },
  ],
};

class Builder {
  readonly order: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly radii: Float64Array;
  /** KDTree: the least value of each feature of each node, then the greatest ones; BallTree: centers. */
  readonly bounds: Float64Array;
  readonly levels: number;
  readonly nodes: number;
  private readonly source: TreeRows;
  private readonly metric: Metric;
  private readonly isBall: boolean;

  constructor(source: TreeRows, leafSize: number, metric: Metric, isBall: boolean) {
    this.source = source;
    this.metric = metric;
    this.isBall = isBall;
    this.levels = Math.floor(Math.log2(Math.max(1, (source.rows - 1) / leafSize)) + 1);
    this.nodes = 2 ** this.levels - 1;
    this.order = Int32Array.from({ length: source.rows }, (_, row) => row);
    this.starts = new Int32Array(this.nodes);
    this.ends = new Int32Array(this.nodes);
    this.radii = new Float64Array(this.nodes);
    this.bounds = new Float64Array((isBall ? 1 : 2) * this.nodes * source.width);
  }

  build(node: number, start: number, end: number): void {
    this.starts[node] = start;
    this.ends[node] = end;
    if (this.isBall) this.ball(node, start, end);
    else this.box(node, start, end);
    if (this.isLeaf(node)) return;
    const { data, width } = this.source;
    const feature = this.widest(start, end);
    const middle = start + ((end - start) >> 1);
    nthElement(this.order, start, middle, end, (one, other) => {
      const [a, b] = [data[one * width + feature]!, data[other * width + feature]!];
      return a === b ? one < other : a < b;
    });
    this.build(2 * node + 1, start, middle);
    this.build(2 * node + 2, middle, end);
  }

  isLeaf(node: number): boolean {
    return 2 * node + 1 >= this.nodes || this.ends[node]! - this.starts[node]! < 2;
  }

  /** The feature whose values reach farthest. */
  private widest(start: number, end: number): number {
    const { data, width } = this.source;
    let [best, most] = [0, 0];
    for (let feature = 0; feature < width; feature++) {
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let at = start; at < end; at++) {
        const value = data[this.order[at]! * width + feature]!;
        if (value < low) low = value;
        if (value > high) high = value;
      }
      if (high - low > most) [best, most] = [feature, high - low];
    }
    return best;
  }

  private box(node: number, start: number, end: number): void {
    const { data, width } = this.source;
    const { bounds, nodes, metric } = this;
    const [low, high] = [node * width, (nodes + node) * width];
    bounds.fill(Number.POSITIVE_INFINITY, low, low + width);
    bounds.fill(Number.NEGATIVE_INFINITY, high, high + width);
    for (let at = start; at < end; at++) {
      const from = this.order[at]! * width;
      for (let k = 0; k < width; k++) {
        const value = data[from + k]!;
        if (value < bounds[low + k]!) bounds[low + k] = value;
        if (value > bounds[high + k]!) bounds[high + k] = value;
      }
    }
    const p = metric.power;
    let radius = 0;
    for (let k = 0; k < width; k++) {
      const half = 0.5 * Math.abs(bounds[high + k]! - bounds[low + k]!);
      if (p === Number.POSITIVE_INFINITY) radius = Math.max(radius, half);
      else radius += pow(half, p);
    }
    this.radii[node] = p === Number.POSITIVE_INFINITY ? 1 : pow(radius, 1 / p);
  }

  private ball(node: number, start: number, end: number): void {
    const { data, width } = this.source;
    const { bounds, metric } = this;
    const center = node * width;
    for (let at = start; at < end; at++) {
      const from = this.order[at]! * width;
      for (let k = 0; k < width; k++) bounds[center + k]! += data[from + k]!;
    }
    for (let k = 0; k < width; k++) bounds[center + k]! /= end - start;
    let radius = 0;
    for (let at = start; at < end; at++)
      radius = Math.max(radius, metric.reduced(bounds, center, data, this.order[at]! * width, width));
    this.radii[node] = metric.toDistance(radius);
  }
}

/** Names of metrics in scikit-learn's trees. */
const CLASSES: Readonly<Record<string, string>> = {
  euclidean: "Euclidean",
  manhattan: "Manhattan",
  chebyshev: "Chebyshev",
  minkowski: "Minkowski",
};

/** The metric as it is pickled: its exponent, and two arrays that these metrics do not use. */
function metricInstance({ name, power }: Metric): Instance {
  const module = "sklearn.metrics._dist_metrics";
  const made = new Instance(
    new Global(module, "newObj"),
    [new Global(module, `${CLASSES[name]!}Distance64`)],
    "reduce",
  );
  const unused = name === "minkowski" ? new Float64Array(0) : new Float64Array(1);
  made.states.push(new Tuple([float(power), NdArray.of(unused), NdArray.of(new Float64Array(1), [1, 1])]));
  return made;
}

/**
 * The inert tree over rows.
 *
 * @param X - the array of the rows, which the estimator keeps too
 * @param leafSize - a leaf has so many rows, or up to twice as many
 */
export function binaryTreeInstance(
  kind: TreeKind,
  X: NdArray,
  source: TreeRows,
  leafSize: number,
  metric: Metric,
): Instance {
  const isBall = kind === "ball_tree";
  const tree = new Builder(source, leafSize, metric, isBall);
  tree.build(0, 0, source.rows);
  const module = `sklearn.neighbors._${kind}`;
  const made = new Instance(
    new Global(module, "newObj"),
    [new Global(module, isBall ? "BallTree" : "KDTree")],
    "reduce",
  );
  made.states.push(
    new Tuple([
      X,
      NdArray.of(BigInt64Array.from(tree.order, BigInt)),
      NdArray.fromBytes(records(tree), NODE, [tree.nodes]),
      NdArray.of(tree.bounds, [isBall ? 1 : 2, tree.nodes, source.width]),
      leafSize,
      tree.levels,
      tree.nodes,
      0,
      0,
      0,
      0,
      metricInstance(metric),
      null,
    ]),
  );
  return made;
}

function records(tree: Builder): Uint8Array {
  const bytes = new Uint8Array(tree.nodes * NODE.itemsize);
  const view = new DataView(bytes.buffer);
  for (let node = 0; node < tree.nodes; node++) {
    const at = node * NODE.itemsize;
    view.setBigInt64(at, BigInt(tree.starts[node]!), true);
    view.setBigInt64(at + 8, BigInt(tree.ends[node]!), true);
    view.setBigInt64(at + 16, tree.isLeaf(node) ? 1n : 0n, true);
    view.setFloat64(at + 24, tree.radii[node]!, true);
  }
  return bytes;
}
