/** @module Constraints on which features may meet in a branch, and on the direction in which answers follow a feature. */

import { estimatorError } from "../../../base/errors.ts";
import { NumberSet } from "./python_set.ts";

function refused(name: string, why: string) {
  return estimatorError("E_UNSUPPORTED", `'${name}' ${why}`, { path: name });
}

/**
 * Groups of features that may meet in a branch; `undefined` where all may.
 *
 * @param given - groups of numbers of features, `"pairwise"`, `"no_interactions"` or `null`
 * @throws CurtidoError E_UNSUPPORTED for numbers of features that there are not
 */
export function interactionGroups(given: unknown, width: number): readonly NumberSet[] | undefined {
  if (given === null) return undefined;
  const groups = groupsOf(given, width).map((group) => {
    if (group.some((feature) => !Number.isInteger(feature) || feature < 0 || feature >= width))
      throw refused("interactionCst", `is a list of lists of features from 0 to ${width - 1}`);
    return NumberSet.of(group);
  });
  const named = new NumberSet();
  for (const group of groups) named.update(group);
  const rest = NumberSet.of(everyFeature(width)).without(named);
  return rest.size > 0 ? [...groups, rest] : groups;
}

function groupsOf(given: unknown, width: number): readonly (readonly number[])[] {
  const all = everyFeature(width);
  if (given === "no_interactions") return all.map((feature) => [feature]);
  if (given === "pairwise") return all.flatMap((one) => all.slice(one + 1).map((other) => [one, other]));
  if (!Array.isArray(given) || !given.every(Array.isArray))
    throw refused("interactionCst", "is a list of lists of features, 'pairwise', 'no_interactions' or null");
  return given as number[][];
}

function everyFeature(width: number): number[] {
  return Array.from({ length: width }, (_, feature) => feature);
}

/**
 * For each feature 1 where answers may only grow with it, -1 where they may only shrink, else 0.
 *
 * @param given - one number for each feature, or an object of names and numbers, or `null`
 * @param names - of the features, where they have names
 * @throws CurtidoError E_UNSUPPORTED for anything else
 */
export function monotonicDirections(given: unknown, width: number, names: readonly string[] | undefined): Int8Array {
  const directions = new Int8Array(width);
  if (given === null) return directions;
  const isDirection = (value: unknown) => value === 1 || value === 0 || value === -1;
  const wanted = "has 1, 0 or -1";
  if (Array.isArray(given)) {
    if (given.length !== width || !given.every(isDirection))
      throw refused("monotonicCst", `${wanted} for each of the ${width} features`);
    directions.set(given as number[]);
    return directions;
  }
  const listed = given instanceof Map ? [...(given as Map<unknown, unknown>)] : Object.entries(given as object);
  for (const [name, value] of listed) {
    const at = names?.indexOf(name as string) ?? -1;
    if (at < 0 || !isDirection(value))
      throw refused("monotonicCst", `${wanted} for features by name, not '${String(name)}'`);
    directions[at] = value as number;
  }
  return directions;
}

/**
 * Which features are categories; `undefined` where none can be.
 *
 * @param given - `"from_dtype"`, numbers or names of features, a mask, or `null`
 * @param byType - for each column of a frame, whether it is one of categories; `undefined` for arrays
 * @throws CurtidoError E_UNSUPPORTED naming what there is not
 */
export function categoricalMask(
  given: unknown,
  width: number,
  names: readonly string[] | undefined,
  byType: readonly boolean[] | undefined,
): readonly boolean[] | undefined {
  const mask = given === "from_dtype" ? byType : maskOf(given, width, names);
  return mask?.includes(true) === true ? mask : undefined;
}

function maskOf(given: unknown, width: number, names: readonly string[] | undefined): boolean[] | undefined {
  if (given === null) return undefined;
  const list = given as readonly unknown[];
  const [first] = list;
  if (list.length === 0) return undefined;
  if (typeof first === "boolean") {
    if (list.length !== width || list.some((each) => typeof each !== "boolean"))
      throw refused("categoricalFeatures", `as a mask has one of true and false for each of ${width} features`);
    return list as boolean[];
  }
  const mask = Array.from({ length: width }, () => false);
  for (const each of list) {
    const at = typeof each === "string" ? (names?.indexOf(each) ?? -1) : each;
    if (typeof at !== "number" || !Number.isInteger(at) || at < 0 || at >= width || typeof each !== typeof first)
      throw refused("categoricalFeatures", `names a feature that the rows do not have: ${String(each).slice(0, 60)}`);
    mask[at] = true;
  }
  return mask;
}
