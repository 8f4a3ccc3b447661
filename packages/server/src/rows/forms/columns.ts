/** @module Columns by name in JSON: `{ "a": [1, 2], "b": [3, 4] }`. */

import type { Batch, NamedRow } from "../rows.ts";
import { type Asked, misshapen } from "./form.ts";

/** Columns by name. */
type Columns = Readonly<Record<string, readonly unknown[]>>;

/** Whether a value is an object of lists. */
export function isColumns(value: unknown): value is Columns {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((each) => Array.isArray(each));
}

/** The rows of columns. The order of keys says nothing: a model that tells no names of its features gets objects. */
export function columnsBatch(value: Columns, { features }: Asked, name: string): Batch {
  const columns = Object.keys(value);
  const length = columns.reduce((most, each) => Math.max(most, value[each]!.length), 0);
  const odd = columns.find((each) => value[each]!.length !== length);
  if (odd !== undefined)
    throw misshapen(`has ${value[odd]!.length} values, another column ${length}`, `/${name}/${odd}`);
  const cell = (item: unknown) => (Array.isArray(item) && item.length === 1 ? item[0] : item);
  const row = (at: number) => columns.map((each) => cell(value[each]![at]));
  if (features !== undefined) return { rows: Array.from({ length }, (_, at) => row(at)), columns, single: false };
  const named = (at: number): NamedRow => Object.fromEntries(row(at).map((item, k) => [columns[k]!, item]));
  return { rows: Array.from({ length }, (_, at) => named(at)), single: false };
}
