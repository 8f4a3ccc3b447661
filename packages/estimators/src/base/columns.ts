/** @module Columns by name, in the order that a model wants. */

import { DataFrame, NdArray } from "@curtido/arrays";
import { MOST_FEATURES } from "./cost.ts";
import { type FeatureProblem, featureError, MOST_PROBLEMS } from "./errors.ts";

/** `feature1` ... `featureN`, when the columns of `X` are named that way and the model has no names of its own. */
export function generatedNames(features: number | undefined, X: DataFrame): readonly string[] | undefined {
  if (
    features === undefined ||
    features > MOST_FEATURES ||
    !X.columns.every((column) => typeof column === "string" && /^feature[1-9][0-9]*$/.test(column))
  )
    return undefined;
  return Array.from({ length: features }, (_, column) => `feature${column + 1}`);
}

/** Where each item stands in a list, first of all: looking each of many up in turn takes the square of their number. */
export function placesOf<T>(items: Iterable<T>): ReadonlyMap<T, number> {
  const places = new Map<T, number>();
  let at = 0;
  for (const item of items) {
    if (!places.has(item)) places.set(item, at);
    at++;
  }
  return places;
}

function twins(names: readonly string[]): string {
  const seen = new Set<string>();
  const name = names.find((each) => seen.size === seen.add(each).size);
  return `the model has the feature '${name}' more than once: its columns have to come in the order ${names.join(", ")}`;
}

/** The columns of `X` in the order of `names`. */
export function byName(X: DataFrame, names: readonly string[]): DataFrame {
  // Two features of one name are told apart by their order alone.
  if (names.length === X.columns.length && names.every((name, at) => String(X.columns[at]) === name)) return X;
  if (new Set(names).size < names.length) throw featureError([{ detail: twins(names) }]);
  const position = new Map(X.columns.map((column, at) => [String(column), at]));
  const problems: FeatureProblem[] = [];
  for (const name of names) if (!position.has(name)) problems.push({ feature: name, detail: `'${name}' is missing` });
  if (X.columns.length > names.length - problems.length) {
    const known = new Set(names);
    for (const name of position.keys())
      if (!known.has(name)) problems.push({ feature: name, detail: `'${name}' is not a feature of this model` });
  }
  if (problems.length > 0 && X.length > 0) throw featureError(problems.slice(0, MOST_PROBLEMS));
  if (problems.length > 0)
    return new DataFrame(names.map((name) => ({ name, values: NdArray.of(new Float64Array(0)), dtype: "float64" })));
  return new DataFrame(
    names.map((name) => X.series[position.get(name)!]!),
    X.index,
    X.length,
  );
}
