/** @module The metadata that pandas keeps in parquet files: which columns are labels, which dtypes columns had. */

import { type DataFrame, Index, type Series } from "@curtido/arrays";
import { parseJson } from "../plain_text.ts";

/** Categories with their order. */
export interface Categories {
  readonly values: readonly unknown[];
  readonly ordered: boolean;
}

/** A column as pandas describes it. */
export interface PandasColumn {
  readonly name: unknown;
  readonly field_name: string | null;
  readonly pandas_type: string;
  readonly numpy_type: string;
  readonly metadata: Readonly<Record<string, unknown>> | null;
}

/** A `RangeIndex`, which is no column. */
export interface PandasRange {
  readonly kind: "range";
  readonly name: unknown;
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

/** What stands under the key `pandas`. */
export interface PandasMetadata {
  readonly index_columns: readonly (string | PandasRange)[];
  readonly column_indexes: readonly PandasColumn[];
  readonly columns: readonly PandasColumn[];
}

/** The key of pandas' metadata, and of ours: categories, which pandas leaves to Arrow. */
export const PANDAS_KEY = "pandas";
export const OWN_KEY = "curtido";

/** What stands under our key, by column. */
export interface OwnMetadata {
  readonly categories: Readonly<Record<string, Categories>>;
}

/** JSON of a key of the file; `undefined` when it is none. Files are not refused for what others wrote beside the data. */
export function jsonOf(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = parseJson(text ?? "null");
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** pandas' metadata, as far as it is well-formed. */
export function pandasMetadata(text: string | undefined): PandasMetadata | undefined {
  const json = jsonOf(text);
  const list = (name: string) => (Array.isArray(json?.[name]) ? (json[name] as unknown[]) : []);
  const columns = (name: string) => list(name).filter(isColumn);
  if (json === undefined) return undefined;
  const index = list("index_columns").filter((each) => typeof each === "string" || isRange(each));
  return { index_columns: index, column_indexes: columns("column_indexes"), columns: columns("columns") };
}

function isColumn(value: unknown): value is PandasColumn {
  const column = value as Partial<PandasColumn> | null;
  return typeof column === "object" && typeof column?.pandas_type === "string" && typeof column.numpy_type === "string";
}

function isRange(value: unknown): value is PandasRange {
  const range = value as Partial<PandasRange> | null;
  return (
    typeof range === "object" &&
    range?.kind === "range" &&
    [range.start, range.stop, range.step].every(Number.isSafeInteger)
  );
}

/** pandas' names of a column's types: what it is, and what numpy array held it. */
export function pandasTypes({ dtype, values, categories, ordered }: Series): Omit<PandasColumn, "name" | "field_name"> {
  const zone = /^(datetime64\[\w+), (.+)\]$/.exec(dtype);
  if (zone !== null) return { pandas_type: "datetimetz", numpy_type: `${zone[1]}]`, metadata: { timezone: zone[2]! } };
  if (dtype.startsWith("datetime64")) return { pandas_type: "datetime", numpy_type: dtype, metadata: null };
  if (dtype === "category") {
    const count = categories?.size ?? 0;
    // No numpy type of its own: pandas without Arrow's schema has the labels as they are.
    return {
      pandas_type: "categorical",
      numpy_type: "object",
      metadata: { num_categories: count, ordered: ordered === true },
    };
  }
  const nullable = /^(U?Int|Float)\d+$|^boolean$/.test(dtype);
  if (nullable)
    return { pandas_type: dtype === "boolean" ? "bool" : dtype.toLowerCase(), numpy_type: dtype, metadata: null };
  if (dtype === "string" || dtype === "str") return { pandas_type: "unicode", numpy_type: dtype, metadata: null };
  if ("biufc".includes(values.dtype.kind)) return { pandas_type: dtype, numpy_type: dtype, metadata: null };
  const items = values.dtype.kind === "O" ? (values.data as readonly unknown[]) : [];
  const binary = items.some((item) => item instanceof Uint8Array);
  return { pandas_type: binary ? "bytes" : "unicode", numpy_type: "object", metadata: null };
}

/** The description of the index of the columns. */
export function columnIndexes(frame: DataFrame): readonly PandasColumn[] {
  const { columnIndex } = frame;
  const integers = columnIndex.range !== undefined || columnIndex.values?.dtype.kind === "i";
  const name = typeof columnIndex.name === "string" ? columnIndex.name : null;
  const types = integers
    ? { pandas_type: "int64", numpy_type: "int64", metadata: null }
    : { pandas_type: "unicode", numpy_type: "object", metadata: { encoding: "UTF-8" } };
  return [{ name, field_name: name, ...types }];
}

/** A column that pandas moved out of the index, by its place there. */
export function levelName(at: number): string {
  return `__index_level_${at}__`;
}

/** The default index, when it is worth no column. */
export function rangeOf(index: Index): PandasRange | undefined {
  const { range, name } = index;
  return range && { kind: "range", name: name ?? null, start: range.start, stop: range.stop, step: range.step };
}

/** The index that a description of a range says. */
export function indexOfRange({ start, stop, step, name }: PandasRange): Index {
  return Index.range(stop, start, step, name ?? null);
}
