/** @module The categories of encoders, and which of them are too rare to stand alone (`_BaseEncoder` of scikit-learn 1.9.1). */

import { NdArray } from "@curtido/arrays";
import { Float } from "@curtido/pickle";
import { estimatorError, featureError } from "../../base/errors.ts";
import { labelArray, namesOf, type Table } from "../base/data.ts";
import { categoriesIn, columnsOfValues, isMissingValue } from "../base/values.ts";

/** What an encoder learns of its columns. */
export interface FoundCategories {
  /** The categories of each column, in order. */
  readonly values: readonly NdArray[];
  readonly infrequent: Infrequent | undefined;
}

/** Which categories are grouped. */
export interface Infrequent {
  /** The places of rare categories of each column; `null` where there are none. */
  readonly indices: readonly (NdArray | null)[];
  /** Where each category of a column goes; `null` where they stay. */
  readonly mappings: readonly (NdArray | null)[];
}

/** How categories are found. */
export interface CategoryRules {
  /** `"auto"`, or a list for each column. */
  readonly categories: unknown;
  readonly minFrequency: unknown;
  readonly maxCategories: number | null;
  /** Whether a value that is in no list is an error. */
  readonly strict: boolean;
  /** Whether a missing value at the end is left out of grouping, as `OrdinalEncoder` does. */
  readonly missingApart: boolean;
}

/**
 * The categories of every column.
 *
 * @throws CurtidoError E_UNSUPPORTED for lists that do not fit; E_FEATURES for values that have no order, or are in no list
 */
export function findCategories(X: Table, rules: CategoryRules): FoundCategories {
  const columns = columnsOfValues(X);
  const names = namesOf(X);
  const nameOf = (at: number) => names?.[at] ?? `feature${at + 1}`;
  const lists = rules.categories === "auto" ? undefined : listsOf(rules.categories, columns.length);
  const values = columns.map((column, at) =>
    lists === undefined
      ? categoriesIn(column, nameOf(at), X, at)
      : givenCategories(lists[at]!, column, nameOf(at), rules.strict),
  );
  if (rules.minFrequency === null && rules.maxCategories === null) return { values, infrequent: undefined };
  return { values, infrequent: infrequentOf(columns, values, rules) };
}

function refused(why: string) {
  return estimatorError("E_UNSUPPORTED", `'categories' ${why}`, { path: "categories" });
}

function listsOf(given: unknown, width: number): readonly (readonly unknown[])[] {
  const lists = Array.isArray(given) ? given.map((list) => (list instanceof NdArray ? list.flat() : list)) : [];
  if (lists.length !== width || !lists.every((list) => Array.isArray(list) && list.length > 0))
    throw refused(`is 'auto' or a list of values for each of the ${width} features`);
  return lists as unknown[][];
}

function givenCategories(
  given: readonly unknown[],
  column: readonly unknown[],
  name: string,
  strict: boolean,
): NdArray {
  const list = given.map((value) => (value instanceof Float ? value.value : value));
  if (list.slice(0, -1).some((value) => Number.isNaN(value))) throw refused(`has NaN of '${name}' before its end`);
  if (new Set(list).size < list.length) throw refused(`names a value of '${name}' twice`);
  const numbers = list.every((value) => typeof value === "number");
  if (numbers && list.some((value, at) => at > 0 && (value as number) < (list[at - 1] as number)))
    throw refused(`has numbers of '${name}' that are not in order`);
  const known = new Set(list);
  const odd = strict ? column.find((value) => !known.has(value)) : undefined;
  if (odd !== undefined) {
    const detail = `'${name}' holds ${String(odd).slice(0, 60)}, which is not among its 'categories'`;
    throw featureError([{ feature: name, detail }]);
  }
  if (numbers && column.every((value) => typeof value === "number"))
    return column.every(Number.isSafeInteger) && list.every(Number.isSafeInteger)
      ? labelArray(list as number[])
      : NdArray.of(Float64Array.from(list as number[]));
  return NdArray.objects([...list], [list.length]);
}

function infrequentOf(
  columns: readonly (readonly unknown[])[],
  values: readonly NdArray[],
  rules: CategoryRules,
): Infrequent {
  const found = values.map((categories, at) => {
    const labels = categories.flat().map((label) => (typeof label === "bigint" ? Number(label) : label));
    const last = labels.at(-1);
    const apart = rules.missingApart && typeof last === "number" && Number.isNaN(last);
    const counts = countsOf(columns[at]!, labels);
    return grouped(apart ? counts.slice(0, -1) : counts, columns[at]!.length, rules);
  });
  return { indices: found.map(({ indices }) => indices), mappings: found.map(({ mapping }) => mapping) };
}

function countsOf(column: readonly unknown[], labels: readonly unknown[]): number[] {
  const key = (value: unknown) =>
    isMissingValue(value) && value !== null && value !== undefined ? Number.NaN : (value ?? null);
  const place = new Map(labels.map((label, at) => [key(label), at]));
  const counts = labels.map(() => 0);
  for (const value of column) {
    const at = place.get(key(value));
    if (at !== undefined) counts[at]!++;
  }
  return counts;
}

/** `_identify_infrequent` and `_fit_infrequent_category_mapping` for one column. */
function grouped(counts: readonly number[], rows: number, { minFrequency, maxCategories }: CategoryRules) {
  const least = minFrequency instanceof Float ? minFrequency.value * rows : ((minFrequency as number | null) ?? 0);
  const rare = counts.map((count) => count < least);
  const groups = counts.length - rare.filter(Boolean).length + 1;
  if (maxCategories !== null && maxCategories < groups) {
    const order = counts.map((_, at) => at).sort((one, other) => counts[one]! - counts[other]! || one - other);
    for (const at of order.slice(0, counts.length - (maxCategories - 1))) rare[at] = true;
  }
  const indices = rare.flatMap((is, at) => (is ? [at] : []));
  if (indices.length === 0) return { indices: null, mapping: null };
  let next = 0;
  const mapping = rare.map((is) => (is ? counts.length - indices.length : next++));
  const whole = (list: readonly number[]) => NdArray.of(BigInt64Array.from(list, BigInt));
  return { indices: whole(indices), mapping: whole(mapping) };
}
