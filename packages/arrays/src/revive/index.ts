/** @module From inert pickle values to arrays: one value, or everything in a graph. */

import { Deque, Dict, FrozenSet, Instance, PySet, StateSetter, Tuple } from "@curtido/pickle";
import { NdArray } from "../ndarray.ts";
import { reviveNumpy } from "./numpy.ts";
import { revivePandas } from "./pandas.ts";
import { reviveSparse } from "./sparse.ts";

/** The array, matrix, frame, series or index that one inert value stands for; anything else as it is. */
export function reviveValue(value: unknown): unknown {
  return reviveNumpy(value) ?? reviveSparse(value) ?? revivePandas(value) ?? value;
}

/**
 * Replaces what can be revived everywhere in a graph of inert values. Lists, dicts and instances are changed in place.
 *
 * @param revive - what one value stands for; that of {@link reviveValue} when not given
 */
export function reviveAll(root: unknown, revive: (value: unknown) => unknown = reviveValue): unknown {
  const done = new Map<unknown, unknown>();
  const queue: object[] = [];
  const visit = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
    const known = done.get(value);
    if (known !== undefined) return known;
    const revived = revive(value);
    done.set(value, revived);
    if (isContainer(revived)) queue.push(revived);
    return revived;
  };
  const result = visit(root);
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) replaceInside(next, visit);
  return result;
}

function isContainer(value: unknown): value is object {
  if (value instanceof NdArray) return value.dtype.kind === "O";
  return (
    Array.isArray(value) ||
    value instanceof Tuple ||
    value instanceof Dict ||
    value instanceof Deque ||
    value instanceof StateSetter ||
    value instanceof PySet ||
    value instanceof FrozenSet ||
    value instanceof Instance
  );
}

function replaceInside(container: object, visit: (value: unknown) => unknown): void {
  if (container instanceof Dict) {
    for (const [key, value] of container) {
      const revived = visit(value);
      if (revived !== value) container.set(key, revived);
    }
  } else if (container instanceof Instance) {
    for (const list of [container.args, container.states, container.items]) replaceItems(list as unknown[], visit);
    for (const entry of container.entries) replaceItems(entry, visit);
  } else if (container instanceof NdArray) replaceItems(container.data as unknown[], visit);
  else if (container instanceof Tuple || container instanceof Deque) replaceItems(container.items as unknown[], visit);
  else if (container instanceof StateSetter) (container as { state: unknown }).state = visit(container.state);
  else if (Array.isArray(container)) replaceItems(container, visit);
}

function replaceItems(items: unknown[], visit: (value: unknown) => unknown): void {
  for (let at = 0; at < items.length; at++) {
    const revived = visit(items[at]);
    if (revived !== items[at]) items[at] = revived;
  }
}
