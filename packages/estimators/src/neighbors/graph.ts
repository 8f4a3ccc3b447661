/** @module KNeighborsTransformer and RadiusNeighborsTransformer: rows as their neighbours in training (`sklearn.neighbors._graph`). */

import { Csr, type NdArray } from "@curtido/arrays";
import type { RadiusNeighbors } from "../base/estimator.ts";
import type { State } from "../base/state.ts";
import { KNeighborsEstimator, NeighborsEstimator } from "./neighbors.ts";

function keepsDistances(state: State): boolean {
  return state.oneOf("mode", ["distance", "connectivity"], "distance") === "distance";
}

/** KNeighborsTransformer: the distances to the nearest training rows, or 1 for each of them. */
export class KNeighborsTransformer extends KNeighborsEstimator {
  private readonly distances: boolean;

  constructor(state: State) {
    super(state);
    this.distances = keepsDistances(state);
  }

  protected doTransform(X: NdArray | Csr): Csr {
    // A training row is its own nearest neighbour, so that there is one more.
    const k = this.k + (this.distances ? 1 : 0);
    const rows = X.shape[0]!;
    const { distances, indices } = this.search.nearest(X, k);
    const indptr = Int32Array.from({ length: rows + 1 }, (_, row) => row * k);
    return new Csr([rows, this.search.count], indptr, indices, this.distances ? distances : distances.fill(1));
  }
}

/** RadiusNeighborsTransformer: the distances to the training rows within the radius, or 1 for each of them. */
export class RadiusNeighborsTransformer extends NeighborsEstimator {
  private readonly radius: number;
  private readonly distances: boolean;

  constructor(state: State) {
    super(state);
    this.radius = state.number("radius", 1);
    this.distances = keepsDistances(state);
  }

  protected doRadiusNeighbors(X: NdArray | Csr, radius = this.radius): RadiusNeighbors {
    return this.search.radiusNeighbors(X, radius);
  }

  protected doTransform(X: NdArray | Csr): Csr {
    const found = this.search.within(X, this.radius, true);
    const indptr = new Int32Array(found.length + 1);
    found.forEach(({ indices }, row) => (indptr[row + 1] = indptr[row]! + indices.length));
    const data = Float64Array.from(found.flatMap(({ distances }) => distances));
    return new Csr(
      [found.length, this.search.count],
      indptr,
      Int32Array.from(found.flatMap(({ indices }) => indices)),
      this.distances ? data : data.fill(1),
    );
  }
}
