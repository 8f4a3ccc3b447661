/** @module Columns of parquet files as columns of a table, by what their schema and pandas' note say. */

import { NdArray, NOT_A_TIME, parseDType, Series } from "@curtido/arrays";
import { PyDate } from "@curtido/pickle";
import type { SchemaElement } from "hyparquet";
import { malformed } from "../errors.ts";
import { plainValue } from "../frame.ts";
import { boolColumn, floatColumn, floatsOf, integersOf, objectColumn } from "../infer.ts";
import type { Shape } from "../shapes.ts";
import { durationColumn, type TickUnit, timesOfDay } from "../ticks.ts";
import { zoneName } from "../zones.ts";
import type { ParquetColumn } from "./pages.ts";
import type { PandasColumn } from "./pandas.ts";

/** The column of a table that a column of a file is. */
export function parquetSeries(
  { name, element, nested, values }: ParquetColumn,
  note: PandasColumn | undefined,
): Series {
  if (nested || element.repetition_type === "REPEATED") return objectColumn(name, values.map(plainValue));
  const { converted_type: converted, logical_type: logical } = element;
  if (logical?.type === "NULL") return objectColumn(name, values);
  if (converted === "DECIMAL" || logical?.type === "DECIMAL")
    return floatColumn(
      name,
      values.map((value) => (value === null ? Number.NaN : Number(value))),
    );
  if (converted === "DATE" || logical?.type === "DATE") return objectColumn(name, values.map(dateOf));
  if (converted?.startsWith("TIME_") || logical?.type === "TIME")
    return objectColumn(name, timesOfDay(values, timeUnit(element), "parquet"));
  const unit = timestampUnit(element);
  if (unit !== undefined) return timestamps(name, values, unit, element, note);
  switch (element.type) {
    case "BOOLEAN":
      return values.includes(null) || isMasked(note)
        ? nullable(name, values, note)
        : boolColumn(name, values as boolean[]);
    case "INT32":
    case "INT64":
      return integers(name, values, element, note);
    case "FLOAT":
    case "DOUBLE":
      return floats(name, values, element, note);
    default:
      return logical?.type === "FLOAT16" ? floats(name, values, element, note) : texts(name, values, note);
  }
}

function nullable(name: string, values: readonly unknown[], note: PandasColumn | undefined): Series {
  const dtype = note !== undefined && /^(boolean|(U?Int|Float)\d+)$/.test(note.numpy_type) ? note.numpy_type : "object";
  return new Series({ name, values: NdArray.objects([...values], [values.length]), dtype });
}

/** An int of a nullable column: a number while that is exact. */
function integerOf(value: unknown): unknown {
  return typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function isMasked(note: PandasColumn | undefined): boolean {
  return note !== undefined && /^(boolean|(U?Int|Float)\d+)$/.test(note.numpy_type);
}

function integers(
  name: string,
  values: readonly unknown[],
  element: SchemaElement,
  note: PandasColumn | undefined,
): Series {
  if (isMasked(note)) return nullable(name, values.map(integerOf), note);
  const duration = /^timedelta64\[(s|ms|us|ns)\]$/.exec(note?.numpy_type ?? "");
  if (duration !== null) return durationColumn(name, values, duration[1] as TickUnit);
  if (values.includes(null))
    return floatColumn(
      name,
      values.map((value) => (value === null ? Number.NaN : Number(value))),
    );
  const { logical_type: logical, converted_type: converted } = element;
  const [, kind = "INT", width = element.type === "INT64" ? "64" : "32"] =
    /^(U?INT)_(\d+)$/.exec(converted ?? "") ?? [];
  const bits = logical?.type === "INTEGER" ? logical.bitWidth : Number(width);
  const signed = logical?.type === "INTEGER" ? logical.isSigned : kind === "INT";
  return integersOf(name, values, bits, signed);
}

function floats(
  name: string,
  values: readonly unknown[],
  element: SchemaElement,
  note: PandasColumn | undefined,
): Series {
  if (isMasked(note)) return nullable(name, values, note);
  const numbers = values.map((value) => (value === null ? Number.NaN : Number(value)));
  return floatsOf(name, numbers, element.type === "DOUBLE" ? 64 : element.type === "FLOAT" ? 32 : 16);
}

function texts(name: string, values: readonly unknown[], note: PandasColumn | undefined): Series {
  const dtype = note?.numpy_type === "string" || note?.numpy_type === "str" ? note.numpy_type : "object";
  return new Series({ name, values: NdArray.objects([...values], [values.length]), dtype });
}

function dateOf(days: unknown): unknown {
  if (days === null) return null;
  const date = new Date(Number(days) * 86_400_000);
  const year = date.getUTCFullYear();
  if (!(year >= 1 && year <= 9999))
    throw malformed("parquet", `a date lies ${String(days)} days from 1970, beyond the years 1 to 9999`);
  return new PyDate(year, date.getUTCMonth() + 1, date.getUTCDate());
}

function timeUnit({ converted_type: converted, logical_type: logical }: SchemaElement): Unit {
  const unit = logical?.type === "TIME" ? logical.unit : converted === "TIME_MILLIS" ? "MILLIS" : "MICROS";
  return ({ MILLIS: "ms", MICROS: "us", NANOS: "ns" } as const)[unit];
}

/** What a cell of a column holds, where that is several values. */
export function shapeOf({ element, nested }: ParquetColumn): Shape | undefined {
  const { converted_type: converted, logical_type: logical, repetition_type: repetition } = element;
  if (converted === "LIST" || logical?.type === "LIST" || repetition === "REPEATED") return "list";
  if (converted?.startsWith("MAP") || logical?.type === "MAP") return "map";
  return nested ? "struct" : undefined;
}

type Unit = "ms" | "us" | "ns";

function timestampUnit({ type, converted_type: converted, logical_type: logical }: SchemaElement): Unit | undefined {
  if (type === "INT96") return "ns";
  if (logical?.type === "TIMESTAMP") return ({ MILLIS: "ms", MICROS: "us", NANOS: "ns" } as const)[logical.unit];
  return converted === "TIMESTAMP_MILLIS" ? "ms" : converted === "TIMESTAMP_MICROS" ? "us" : undefined;
}

const PER_SECOND: Readonly<Record<string, bigint>> = { s: 1n, ms: 1000n, us: 1_000_000n, ns: 1_000_000_000n };

function timestamps(
  name: string,
  values: readonly unknown[],
  unit: Unit,
  element: SchemaElement,
  note: PandasColumn | undefined,
): Series {
  const { logical_type: logical } = element;
  const utc = logical?.type === "TIMESTAMP" ? logical.isAdjustedToUTC : false;
  const [, wanted = unit] = /^datetime64\[(s|ms|us|ns)/.exec(note?.numpy_type ?? "") ?? [];
  const ticks = inUnit(values, unit, wanted) ?? inUnit(values, unit, unit)!;
  const shownUnit = ticks.unit;
  const zone = note?.metadata?.["timezone"];
  const zoned = typeof zone === "string" ? `, ${zoneName(zone)}` : utc ? ", UTC" : "";
  const array = NdArray.of(ticks.data, [ticks.data.length], parseDType(`M8[${shownUnit}]`));
  return new Series({ name, values: array, dtype: `datetime64[${shownUnit}${zoned}]` });
}

/** Ticks in another unit; `undefined` when one of them is not whole there, or too large. */
function inUnit(
  values: readonly unknown[],
  unit: string,
  wanted: string,
): { readonly data: BigInt64Array; readonly unit: string } | undefined {
  const [from, to] = [PER_SECOND[unit]!, PER_SECOND[wanted]!];
  const data = new BigInt64Array(values.length);
  for (const [at, value] of values.entries()) {
    if (value === null) {
      data[at] = NOT_A_TIME;
      continue;
    }
    if (typeof value !== "bigint") throw malformed("parquet", "a date is no integer");
    const scaled = to >= from ? value * (to / from) : value / (from / to);
    if ((to < from && value % (from / to) !== 0n) || BigInt.asIntN(64, scaled) !== scaled) return undefined;
    data[at] = scaled;
  }
  return { data, unit: wanted };
}
