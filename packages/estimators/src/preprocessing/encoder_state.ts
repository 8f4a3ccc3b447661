/** @module What the encoders of categories keep, as it is pickled. */

import { dtypeName, NdArray, reviveDType } from "@curtido/arrays";
import { Global, Instance } from "@curtido/pickle";
import type { State } from "../base/state.ts";

/** One of a list of arrays of one dimension; `undefined` for None. */
export function listArray(state: State, name: string, at: number): NdArray | undefined {
  const value = state.list(name)[at];
  if (value === null || value === undefined) return undefined;
  const array = state.context.value(value);
  if (!(array instanceof NdArray) || array.ndim !== 1)
    return state.fail(`${name}[${at}]`, "must be a list of categories");
  return array;
}

/** A list of integers per feature, or `undefined` for features that have none. */
export function optionalLists(state: State, name: string, length: number): readonly (Int32Array | undefined)[] {
  if (!state.given(name)) return new Array<undefined>(length).fill(undefined);
  return Array.from({ length }, (_, at) => {
    const array = listArray(state, name, at);
    return array === undefined ? undefined : Int32Array.from(array.toFloat64());
  });
}

/** The parameter `dtype`: a type of numpy or Python, or a dtype. */
export function readDTypeName(state: State): string {
  const value = state.raw("dtype");
  if (value instanceof Global) return value.name.replace(/_$/, "");
  return value instanceof Instance && value.className === "numpy.dtype" ? dtypeName(reviveDType(value)) : String(value);
}

/** The output that is left out of each feature. */
export function readDropped(state: State, columns: number): readonly (number | undefined)[] {
  const name = state.named("_drop_idx_after_grouping", "drop_idx_");
  if (!state.given(name)) return new Array<undefined>(columns).fill(undefined);
  return state.list(name).map((value) => {
    const array = state.context.value(value);
    const plain = array instanceof NdArray ? array.item(0) : array;
    return typeof plain === "number" ? plain : undefined;
  });
}
