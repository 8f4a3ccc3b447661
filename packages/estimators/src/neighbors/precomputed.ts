/** @module Neighbours in a table or sparse graph of distances (`metric="precomputed"`). */

import type { Csr } from "@curtido/arrays";
import { featureError } from "../base/errors.ts";
import type { NearRows } from "./tree_search.ts";

/** Refuses negative distances. */
export function checkDistances(distances: Float64Array, columns: number): void {
  const at = distances.findIndex((distance) => distance < 0);
  if (at < 0) return;
  const row = columns === 0 ? at : Math.floor(at / columns);
  throw featureError([{ row, detail: `distances cannot be negative, found ${distances[at]}` }]);
}

/** The elements that a row keeps, nearest first; zeros that are not kept are no neighbours. */
function* rowsOf(graph: Csr): Generator<NearRows> {
  checkDistances(graph.data.subarray(0, graph.nnz), 0);
  for (let row = 0; row < graph.shape[0]; row++) {
    const order = Array.from(
      { length: graph.indptr[row + 1]! - graph.indptr[row]! },
      (_, at) => graph.indptr[row]! + at,
    );
    order.sort((a, b) => graph.data[a]! - graph.data[b]!);
    yield { distances: order.map((at) => graph.data[at]!), indices: order.map((at) => graph.indices[at]!) };
  }
}

/** The `k` nearest of each row of a graph. */
export function graphNearest(graph: Csr, k: number): { distances: Float64Array; indices: Int32Array } {
  const rows = graph.shape[0];
  const distances = new Float64Array(rows * k);
  const indices = new Int32Array(rows * k);
  let row = 0;
  for (const found of rowsOf(graph)) {
    if (found.indices.length < k)
      throw featureError([{ row, detail: `${k} neighbours were asked of a row with ${found.indices.length}` }]);
    distances.set(found.distances.slice(0, k), row * k);
    indices.set(found.indices.slice(0, k), row * k);
    row++;
  }
  return { distances, indices };
}

/** The neighbours of each row of a graph within a radius, nearest first. */
export function graphWithin(graph: Csr, radius: number): readonly NearRows[] {
  return Array.from(rowsOf(graph), ({ distances, indices }) => {
    const count = distances.findIndex((distance) => !(distance <= radius));
    const end = count < 0 ? distances.length : count;
    return { distances: distances.slice(0, end), indices: indices.slice(0, end) };
  });
}
