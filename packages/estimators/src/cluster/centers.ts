/** @module MeanShift, AffinityPropagation and Birch: the nearest of some centres (`sklearn.cluster`). */

import type { Csr, NdArray } from "@curtido/arrays";
import { int64s } from "../base/dtypes.ts";
import type { Method } from "../base/estimator.ts";
import { takeLabels } from "../base/labels.ts";
import type { State } from "../base/state.ts";
import { FittedKMeans } from "./kmeans.ts";

/** MeanShift. */
export class MeanShift extends FittedKMeans {
  override offers(method: Method): boolean {
    return method !== "transform" && super.offers(method);
  }

  protected override doPredict(X: NdArray | Csr): NdArray {
    return int64s(this.nearest(X));
  }
}

/** AffinityPropagation. Without a centre, because it did not converge, every row is no cluster's: -1. */
export class AffinityPropagation extends MeanShift {
  constructor(state: State) {
    super(state, "cluster_centers_", 0);
  }

  protected override doPredict(X: NdArray | Csr): NdArray {
    if (this.clusters > 0) return super.doPredict(X);
    return int64s(new Int32Array(X.shape[0]!).fill(-1));
  }
}

/** Birch: the label of the nearest subcluster. */
export class Birch extends FittedKMeans {
  private readonly labels: NdArray;

  constructor(state: State) {
    super(state, "subcluster_centers_");
    this.labels = state.array("subcluster_labels_", [this.clusters]);
    state.floatsFrom(this.labels, "subcluster_labels_");
  }

  protected override doPredict(X: NdArray | Csr): NdArray {
    return takeLabels(this.labels, this.nearest(X));
  }
}
