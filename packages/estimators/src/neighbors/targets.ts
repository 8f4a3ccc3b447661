/** @module What neighbours vote for or are averaged over, and how much each counts. */

import { dtypeName, type NdArray } from "@curtido/arrays";
import { estimatorError } from "../base/errors.ts";
import type { State } from "../base/state.ts";

export type Weighting = "uniform" | "distance";

/** How much each neighbour counts: all the same, or the inverse of its distance. */
export function readWeighting(state: State): Weighting {
  const weights = state.plain("weights");
  if (weights === null || weights === "uniform") return "uniform";
  if (weights === "distance") return "distance";
  const path = state.at("weights");
  throw estimatorError("E_UNSUPPORTED", `'${path}' is a function of the user's own, which is not supported`, { path });
}

/** Weights of one row's neighbours; a neighbour at distance 0 leaves the others none (`_get_weights`). */
export function weightsOf(distances: ArrayLike<number>, from: number, k: number, weighting: Weighting): Float64Array {
  if (weighting === "uniform") return new Float64Array(k).fill(1);
  const weights = Float64Array.from({ length: k }, (_, at) => 1 / distances[from + at]!);
  return weights.includes(Number.POSITIVE_INFINITY)
    ? weights.map((weight) => (weight === Number.POSITIVE_INFINITY ? 1 : 0))
    : weights;
}

/** Targets of training, `[rows, outputs]`. */
export interface NeighborTargets {
  readonly data: Float64Array;
  readonly outputs: number;
  readonly flat: boolean;
  readonly single: boolean;
}

export function readTargets(state: State, count: number): NeighborTargets {
  const array = state.array("_y");
  if (array.shape[0] !== count || array.ndim > 2) state.fail("_y", `does not have ${count} rows`);
  const outputs = array.ndim === 2 ? array.shape[1]! : 1;
  return { data: array.toFloat64(), outputs, flat: array.ndim === 1, single: dtypeName(array.dtype) === "float32" };
}

/** The labels of each output, which the targets are codes of. */
export function readLabelLists(
  state: State,
  { data, outputs }: NeighborTargets,
): { readonly several: boolean; readonly lists: readonly NdArray[] } {
  const several = state.boolean("outputs_2d_", false);
  const lists = several ? state.arrays("classes_", [undefined]) : [state.array("classes_", [undefined])];
  if (outputs !== lists.length) state.fail("_y", `has ${outputs} columns for ${lists.length} lists of labels`);
  if (data.some((code, at) => !(code >= 0 && code < lists[at % outputs]!.size)))
    state.fail("_y", "holds a code that no label has");
  return { several, lists };
}
