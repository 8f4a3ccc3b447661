/** @module BisectingKMeans: one cluster is split after the other (`sklearn.cluster._bisect_k_means`). */

import { Csr, NdArray } from "@curtido/arrays";
import type { State } from "../base/state.ts";
import { FittedKMeans, squaredLength } from "./kmeans.ts";

/** More clusters than any that was fitted. */
const MOST_NODES = 1 << 20;

/** Goes down the tree of splits, each time to the nearer of two centres. */
export class BisectingKMeans extends FittedKMeans {
  /** The left child of each node, the right one is next to it; -1 at leaves. */
  private readonly children: number[] = [];
  /** The cluster of each leaf. */
  private readonly labels: number[] = [];
  /** `[nodes, features]`, and what each centre's product with itself is. */
  private readonly nodes: Float64Array;
  private readonly nodeLengths: Float64Array;

  constructor(state: State) {
    super(state);
    const features = this.n_features_in_!;
    const mean = state.given("_X_mean") ? state.floats("_X_mean", [features]) : new Float64Array(features);
    const centers = this.readTree(state, features);
    this.nodes = new Float64Array(centers.length * features);
    centers.forEach((center, node) => {
      for (let k = 0; k < features; k++) this.nodes[node * features + k] = center[k]! + mean[k]!;
    });
    this.nodeLengths = Float64Array.from(centers, (_, node) => squaredLength(this.nodes, node * features, features));
  }

  /** The centres of all nodes, level by level. */
  private readTree(state: State, features: number): readonly Float64Array[] {
    const centers: Float64Array[] = [];
    const open = [state.child("_bisecting_tree")];
    const seen = new Set([open[0]!.instance]);
    for (let node = 0; node < open.length; node++) {
      const part = open[node]!;
      centers.push(part.matrix("center", 1, features).data);
      const split = part.given("left");
      this.children.push(split ? open.length : -1);
      this.labels.push(split ? -1 : part.integer("label", undefined, 0, this.clusters - 1));
      if (!split) continue;
      for (const name of ["left", "right"]) {
        const child = part.child(name);
        if (seen.has(child.instance) || seen.size >= MOST_NODES) part.fail(name, "is no part of a tree");
        seen.add(child.instance);
        open.push(child);
      }
    }
    return centers;
  }

  protected override doPredict(X: NdArray | Csr): NdArray {
    const table = (X instanceof Csr ? X.toDense() : X).toFloat64();
    const features = this.n_features_in_!;
    return NdArray.of(Int32Array.from({ length: X.shape[0]! }, (_, row) => this.labelOf(table, row * features)));
  }

  private labelOf(table: Float64Array, from: number): number {
    let node = 0;
    for (let left = this.children[0]!; left >= 0; left = this.children[node]!)
      node = this.farness(table, from, left + 1) < this.farness(table, from, left) ? left + 1 : left;
    return this.labels[node]!;
  }

  /** `|c|² - 2 x·c`. */
  private farness(table: Float64Array, from: number, node: number): number {
    const features = this.n_features_in_!;
    let dot = 0;
    for (let k = 0, c = node * features; k < features; k++, c++) dot += table[from + k]! * this.nodes[c]!;
    return -2 * dot + this.nodeLengths[node]!;
  }
}
