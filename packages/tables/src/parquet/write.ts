/** @module Parquet, written: a column per column, and the metadata from which pandas restores labels and dtypes. */

import { dtypeName, indexColumns, NOT_A_TIME, type Series } from "@curtido/arrays";
import type { KeyValue, SchemaElement } from "hyparquet";
import { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
import { isMissing } from "../cells.ts";
import { cannotHold, shownValue } from "../errors.ts";
import { tableOf } from "../frame.ts";
import {
  columnIndexes,
  levelName,
  OWN_KEY,
  type OwnMetadata,
  PANDAS_KEY,
  type PandasColumn,
  pandasTypes,
  rangeOf,
} from "./pandas.ts";

const FORMAT = "parquet";
const [LOWEST, HIGHEST] = [-(2n ** 63n), 2n ** 63n - 1n];

/** A column of the file. */
interface Field {
  readonly name: string;
  readonly series: Series;
  readonly element: SchemaElement;
  readonly data: ColumnSource["data"];
}

/**
 * A table as a parquet file, compressed with Snappy. pandas has the same labels, dtypes and missing values of it again, but
 * for categories: other readers have their labels as texts or numbers (this one restores them).
 *
 * @throws CurtidoError E_FORMAT with column and row for what parquet cannot hold: durations, periods, complex numbers,
 *   columns of mixed objects, columns of several levels, names that are there twice
 */
export function writeParquet(value: unknown): Uint8Array {
  const frame = tableOf(value, FORMAT);
  const { rowIndex } = frame;
  const range = rangeOf(rowIndex);
  const labels = range === undefined ? indexColumns(rowIndex) : [];
  const names = frame.series.map((column) => nameOf(column));
  const levels = labels.map((_, at) =>
    fieldNameOf(rowIndex.levels === undefined ? rowIndex.name : (rowIndex.name as unknown[])[at], at, names),
  );
  const fields = [
    ...frame.series.map((column, at) => fieldOf(column, names[at]!)),
    ...labels.map((level, at) => fieldOf(level, levels[at]!)),
  ];
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw cannotHold(FORMAT, `two columns named ${shownValue(twice)}`);
  if (fields.length === 0) throw cannotHold(FORMAT, "a table without columns");
  const columns = fields.map(({ series, name }, at): PandasColumn => {
    const label = at < names.length ? name : levelLabel(rowIndex.name, at - names.length);
    return { name: label, field_name: name, ...pandasTypes(series) };
  });
  const pandas = {
    index_columns: range === undefined ? levels : [range],
    column_indexes: columnIndexes(frame),
    columns,
    creator: { library: "curtido" },
    pandas_version: "1.0.0",
  };
  return written(fields, [{ key: PANDAS_KEY, value: JSON.stringify(pandas) }, ...categoriesOf(fields)]);
}

function written(fields: readonly Field[], metadata: KeyValue[]): Uint8Array {
  const schema: SchemaElement[] = [
    { name: "schema", num_children: fields.length },
    ...fields.map(({ element }) => element),
  ];
  const columnData = fields.map(({ name, data }) => ({ name, data }));
  return new Uint8Array(parquetWriteBuffer({ columnData, schema, kvMetadata: metadata, createdBy: "curtido" }));
}

function nameOf({ name }: Series): string {
  if (typeof name === "string") return name;
  if (typeof name === "number" || typeof name === "bigint") return String(name);
  throw cannotHold(FORMAT, `columns named by ${shownValue(name)}: give them names of one text each`);
}

/** The field that holds labels of rows: by their name, or by their place where they have none or it is taken. */
function fieldNameOf(name: unknown, at: number, taken: readonly string[]): string {
  return typeof name === "string" && !taken.includes(name) ? name : levelName(at);
}

function levelLabel(name: unknown, at: number): unknown {
  const own = Array.isArray(name) ? name[at] : name;
  return typeof own === "string" ? own : null;
}

/** Our own note of categories and their order. */
function categoriesOf(fields: readonly Field[]): KeyValue[] {
  const entries = fields.flatMap(({ name, series }) => {
    const { categories, ordered } = series;
    const values = categories?.flat();
    const plain = values?.every(
      (each) => typeof each === "string" || typeof each === "boolean" || Number.isFinite(each),
    );
    return series.dtype === "category" && plain
      ? [[name, { values: values!, ordered: ordered === true }] as const]
      : [];
  });
  if (entries.length === 0) return [];
  const own: OwnMetadata = { categories: Object.fromEntries(entries) };
  return [{ key: OWN_KEY, value: JSON.stringify(own) }];
}

function fieldOf(series: Series, name: string): Field {
  const made = series.dtype === "category" ? labelsField(series) : plainField(series);
  const optional = (made.data as readonly unknown[]).includes(null);
  return {
    name,
    series,
    data: made.data,
    element: { name, ...made.element, repetition_type: optional ? "OPTIONAL" : "REQUIRED" },
  };
}

type Made = { readonly element: Omit<SchemaElement, "name">; readonly data: ColumnSource["data"] };

/** Categories as what they are labels of. */
function labelsField(series: Series): Made {
  const { categories } = series;
  if (categories !== undefined && categories.dtype.kind === "M")
    throw cannotHold(FORMAT, `the column ${shownValue(series.name)}, whose categories are dates`);
  return objectField(series);
}

function plainField(series: Series): Made {
  const { values, dtype } = series;
  const refuse = () =>
    cannotHold(
      FORMAT,
      `the column ${shownValue(series.name)} of ${dtype === "object" ? dtypeName(values.dtype) : dtype}`,
    );
  if (/^period|unknown/.test(dtype)) throw refuse();
  const masked = /^(U?)Int(\d+)$/.exec(dtype);
  if (masked !== null)
    return {
      element: integerElement(Number(masked[2]), masked[1] === ""),
      data: integers(values.flat(), Number(masked[2])),
    };
  if (/^Float\d+$/.test(dtype))
    return { element: { type: dtype === "Float32" ? "FLOAT" : "DOUBLE" }, data: [...values.flat()] };
  switch (values.dtype.kind) {
    case "b":
      return { element: { type: "BOOLEAN" }, data: values.flat() };
    case "i":
    case "u": {
      const bits = values.dtype.itemsize * 8;
      return { element: integerElement(bits, values.dtype.kind === "i"), data: integers(values.flat(), bits) };
    }
    case "f":
      if (values.dtype.itemsize > 8) throw refuse();
      if (values.dtype.itemsize === 2)
        return {
          element: { type: "FIXED_LEN_BYTE_ARRAY", type_length: 2, logical_type: { type: "FLOAT16" } },
          data: values.flat(),
        };
      return { element: { type: values.dtype.itemsize === 4 ? "FLOAT" : "DOUBLE" }, data: values.flat() };
    case "M":
      return timestamps(series);
    case "O":
    case "U":
      return objectField(series);
    default:
      throw refuse();
  }
}

function integerElement(bits: number, signed: boolean): Omit<SchemaElement, "name"> {
  const type = bits === 64 ? "INT64" : "INT32";
  if (signed && bits >= 32) return { type };
  // The logical type that stands beside it in newer files is written wrongly by hyparquet-writer 0.17: nothing reads it.
  return { type, converted_type: `${signed ? "INT" : "UINT"}_${bits}` as "INT_8" };
}

/** Of 64 bits as bigint, below as numbers. */
function integers(items: readonly unknown[], bits: number): unknown[] {
  return items.map((item) => {
    if (isMissing(item)) return null;
    return bits === 64 ? BigInt(item as number | bigint) : Number(item);
  });
}

function timestamps({ name, values, dtype }: Series): Made {
  const [unit, count] = values.dtype.unit ?? ["generic", 1];
  const units: Readonly<Record<string, readonly ["MILLIS" | "MICROS" | "NANOS", bigint]>> = {
    s: ["MILLIS", 1000n],
    ms: ["MILLIS", 1n],
    us: ["MICROS", 1n],
    ns: ["NANOS", 1n],
  };
  const found = units[unit];
  if (found === undefined || count !== 1)
    throw cannotHold(FORMAT, `the column ${shownValue(name)} of ${dtypeName(values.dtype)}`);
  const [logical, scale] = found;
  const data = values.toC().data as BigInt64Array | readonly bigint[] as Iterable<bigint>;
  return {
    element: {
      type: "INT64",
      logical_type: { type: "TIMESTAMP", isAdjustedToUTC: dtype.includes(", "), unit: logical },
    },
    data: Array.from(data, (ticks) => (ticks === NOT_A_TIME ? null : ticks * scale)),
  };
}

/** Objects of one type: texts, bytes, bools, ints, floats. */
function objectField(series: Series): Made {
  const items = series.values.dtype.kind === "O" ? (series.values.data as readonly unknown[]) : series.values.flat();
  const data = items.map((item) => (isMissing(item) ? null : item));
  const present = data.filter((item) => item !== null);
  const all = (type: string) => present.every((item) => typeof item === type);
  const encoded = (element: Made["element"]): Made => ({ element, data });
  if (all("string")) return encoded({ type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } });
  if (all("boolean")) return encoded({ type: "BOOLEAN" });
  if (present.every((item) => item instanceof Uint8Array)) return encoded({ type: "BYTE_ARRAY" });
  const whole =
    present.every((item) => typeof item === "bigint" || Number.isSafeInteger(item)) && all(typeof present[0]);
  if (whole) {
    const ints = data.map((item) => (item === null ? null : BigInt(item as number | bigint)));
    const large = ints.findIndex((item) => item !== null && !(item >= LOWEST && item <= HIGHEST));
    if (large >= 0)
      throw cannotHold(FORMAT, `the int in the column ${shownValue(series.name)}, row ${large + 1}: it has 64 bits`);
    return { element: { type: "INT64" }, data: ints };
  }
  if (all("number")) return encoded({ type: "DOUBLE" });
  const type = typeof present[0];
  const odd = data.findIndex((item) => item !== null && typeof item !== type);
  const where = odd < 0 ? "" : ` (row ${odd + 1} differs from those before)`;
  throw cannotHold(FORMAT, `the column ${shownValue(series.name)} of mixed objects${where}`, { column: series.name });
}
