/** @module Columns of plain values, as encoders and imputers see them. */

import { DataFrame, isNumeric, NdArray } from "@curtido/arrays";
import { featureError } from "../../base/errors.ts";
import { columnValues, shapeOf } from "../../base/input.ts";
import { labelArray, sortTexts, type Table } from "./data.ts";

/** A value of a column, where it is there. */
export type Value = string | number | boolean;

/** Whether a value is missing: None or NaN. */
export function isMissingValue(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "number" && Number.isNaN(value));
}

/** The columns of a table: doubles where all are numbers, else plain values; ints are numbers. */
export function columnsOfValues(X: Table): readonly (readonly unknown[])[] {
  return Array.from({ length: shapeOf(X)[1] }, (_, column) =>
    Array.from(columnValues(X, column) as ArrayLike<unknown>, (value) =>
      typeof value === "bigint" ? Number(value) : value,
    ),
  );
}

/** Whether a column holds numbers only. */
export function isNumberColumn(values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === "number" || isMissingValue(value));
}

/**
 * The different values of a column in order, missing ones last, as encoders keep them (`categories_`).
 *
 * @throws CurtidoError E_FEATURES for values that have no order among each other
 */
export function categoriesIn(values: readonly unknown[], name: string, X: Table, column: number): NdArray {
  const there = values.filter((value) => !isMissingValue(value)) as Value[];
  const kind = typeof there[0];
  const odd = there.find((value) => typeof value !== kind);
  if (odd !== undefined) {
    throw featureError([{ feature: name, detail: `'${name}' holds ${kind}s and ${typeof odd}s, which have no order` }]);
  }
  const distinct = [...new Set(there)];
  const whole = there.length === values.length;
  if (whole && kind === "boolean" && X instanceof DataFrame) return labelArray([...distinct].sort(byNumber));
  if (!whole || kind !== "number") return objectCategories(distinct, values);
  const sorted = Float64Array.from(distinct as number[]).sort();
  return isIntColumn(X, column) ? labelArray([...sorted]) : NdArray.of(sorted);
}

function objectCategories(distinct: readonly Value[], values: readonly unknown[]): NdArray {
  const ordered = typeof distinct[0] === "string" ? sortTexts(distinct as string[]) : [...distinct].sort(byNumber);
  const nan = values.some((value) => typeof value === "number" && Number.isNaN(value));
  const none = values.some((value) => value === null || value === undefined);
  if (nan && !none && typeof distinct[0] !== "string" && typeof distinct[0] !== "boolean")
    return NdArray.of(Float64Array.from([...(ordered as number[]), Number.NaN]));
  const all: unknown[] = [...ordered, ...(none ? [null] : []), ...(nan ? [Number.NaN] : [])];
  return NdArray.objects(all, [all.length]);
}

function byNumber(one: unknown, other: unknown): number {
  return Number(one) - Number(other);
}

function isIntColumn(X: Table, column: number): boolean {
  const dtype = X instanceof DataFrame ? X.series[column]!.values.dtype : X.dtype;
  return isNumeric(dtype) && dtype.kind !== "f";
}
