/** @module A row that a model takes, made from its signature: for `curl` lines, documents and pages. */

import type { Feature, Signature } from "@curtido/estimators";
import { dayText } from "@curtido/tables";
import { plainValue } from "../rows/results.ts";
import type { NamedRow } from "../rows/rows.ts";

/**
 * A row with a value for every feature.
 *
 * @example
 * exampleRow(model.signature); // { feature1: 1, island: "Biscoe" }
 */
export function exampleRow(signature: Signature): NamedRow {
  if (signature.horizon?.by === "steps") return { steps: SOME_STEPS };
  return Object.fromEntries(
    signature.features
      .filter((feature) => feature.optional !== true)
      .map((feature) => [feature.name, exampleOf(feature)]),
  );
}

/** How long a category may be to serve as an example, where there is a shorter one. */
const LONGEST = 100;

/** A day, where nothing is known of those that a model learned from. */
const SOME_DAY = 19_782;

/** A year of months. */
const SOME_STEPS = 12;

/** A value that a feature takes. */
export function exampleOf(feature: Feature): unknown {
  if (feature.typical !== undefined && feature.typical !== null) return plainValue(feature.typical);
  if (feature.date !== undefined)
    return dayText(typeof feature.default === "number" ? Math.floor(feature.default) : SOME_DAY);
  const known = (value: unknown) => value !== null && value !== undefined && !Number.isNaN(value);
  const category =
    feature.options?.find(known) ??
    feature.categories?.find((value) => known(value) && String(value).length <= LONGEST) ??
    feature.categories?.find(known);
  if (category !== undefined) return plainValue(category);
  if (feature.type === "string") return "text";
  return feature.type === "boolean" ? true : 1;
}
