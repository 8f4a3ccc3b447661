/** @module The tensors in a value by name, as the state of a module names them. */

import { Dict, Instance, PySet, Tuple } from "@curtido/pickle";
import { arrayError } from "../errors.ts";
import { NdArray } from "../ndarray.ts";

/** How deep values lie in each other, how many there are, and how many characters their names have together. */
const DEEPEST = 100;
const MOST = 1_000_000;
const MOST_CHARACTERS = 2 ** 26;

/** A value that is no dict and no module, and its name. */
export type Named = readonly [name: string, value: unknown];

/**
 * What dicts and modules hold, however deep, in their order: `fc.weight` is the `weight` of the `fc` of the root. Of modules
 * these are the parameters and buffers, as in their `state_dict()`.
 *
 * @throws CurtidoError E_LIMIT when they hold each other too deep or too often
 * @example
 * for (const [name, value] of namedValues(readTorch(bytes))) if (value instanceof Tensor) console.log(name, value.shape);
 */
export function namedValues(root: unknown): Named[] {
  const found: Named[] = [];
  let characters = 0;
  const visit = (name: string, value: unknown, depth: number): void => {
    characters += name.length + 1;
    if (depth > DEEPEST || found.length >= MOST || characters > MOST_CHARACTERS)
      throw arrayError("E_LIMIT", "the values of the file hold each other too deep, or too often");
    const inside = heldBy(value);
    if (inside === undefined) found.push([name, value]);
    else for (const [key, each] of inside) visit(name === "" ? key : `${name}.${key}`, each, depth + 1);
  };
  visit("", root, 0);
  return found;
}

/** Whether a value is a module of PyTorch: it has parameters, buffers and modules. */
export function isModule(value: unknown): value is Instance {
  return partsOfModule(value) !== undefined;
}

function partsOfModule(value: unknown): readonly Dict[] | undefined {
  const state = value instanceof Instance ? value.state : undefined;
  if (!(state instanceof Dict)) return undefined;
  const parts = ["_parameters", "_buffers", "_modules"].map((name) => state.get(name));
  return parts.every((part) => part instanceof Dict) ? (parts as Dict[]) : undefined;
}

function* entriesOf(dict: Dict): Generator<Named> {
  for (const [key, value] of dict) yield [typeof key === "string" ? key : String(key), value];
}

function heldBy(value: unknown): Iterable<Named> | undefined {
  if (value instanceof Dict) return entriesOf(value);
  if ((Array.isArray(value) || value instanceof Tuple) && [...value].some(holdsTensors))
    return [...value].map((item, at) => [String(at), item]);
  const parts = partsOfModule(value);
  if (parts === undefined) return undefined;
  const kept = (value as Instance).state as Dict;
  const names = kept.get("_non_persistent_buffers_set");
  const dropped = names instanceof PySet ? [...names] : [];
  // A parameter or buffer that is None is not in the state.
  return parts.flatMap((part) => [...entriesOf(part)].filter(([key, each]) => each !== null && !dropped.includes(key)));
}

function holdsTensors(value: unknown): boolean {
  return value instanceof NdArray || value instanceof Dict || partsOfModule(value) !== undefined;
}
