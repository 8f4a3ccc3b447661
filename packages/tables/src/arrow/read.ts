/** @module Arrow as a table with the dtypes that pandas gives it. */

import { type DataFrame, NdArray, NOT_A_TIME, parseDType, Series } from "@curtido/arrays";
import { PyDate } from "@curtido/pickle";
import type { Column, DataType } from "@uwdata/flechette";
import { malformed } from "../errors.ts";
import { framed, plainValue } from "../frame.ts";
import { plainCell } from "../frame_rows.ts";
import { boolColumn, floatColumn, floatsOf, inferColumn, integersOf, objectColumn } from "../infer.ts";
import { LIMITS, limitTexts, rowsOfColumns } from "../limits.ts";
import { refuseShape, type Shape } from "../shapes.ts";
import { textsOf } from "../texts.ts";
import { durationColumn, timesOfDay } from "../ticks.ts";
import type { PartRows, Reading, TableRows } from "../types.ts";
import { zoneName } from "../zones.ts";
import { arrowColumns, checked } from "./arrow.ts";
import { TITLE } from "./messages.ts";

/** Kinds of types, by their numbers in Arrow's format. */
const KIND = {
  dictionary: -1,
  none: 0,
  null: 1,
  int: 2,
  float: 3,
  binary: 4,
  bool: 6,
  decimal: 7,
  date: 8,
  time: 9,
  timestamp: 10,
  fixedBinary: 15,
  duration: 18,
  largeBinary: 19,
  runEnds: 22,
  binaryView: 23,
} as const;
const BINARY: ReadonlySet<number> = new Set([KIND.binary, KIND.fixedBinary, KIND.largeBinary, KIND.binaryView]);
/** Types of several values in a cell, by their numbers: lists of every kind, structs, maps, intervals. */
const SHAPES: Readonly<Record<number, Shape>> = {
  11: "interval",
  12: "list",
  13: "struct",
  16: "list",
  17: "map",
  21: "list",
  25: "list",
  26: "list",
};
const UUID = "arrow.uuid";
const UNITS = ["s", "ms", "us", "ns"] as const;
const DAY = 86_400_000;

/**
 * The table of an Arrow stream. Integers that may be missing are float64, dictionaries the values that they stand for, lists
 * and structs lists and dicts, UUIDs their texts.
 *
 * @throws CurtidoError E_TABLE when it is malformed or compressed, E_TABLE_LIMIT when it is too large
 */
export async function readArrow(bytes: Uint8Array, { limits }: Reading = {}): Promise<DataFrame> {
  const { names, length, columns, extensions } = await arrowColumns(bytes, limits);
  return checked(() => {
    const series = columns.map((column, at) => seriesOf(names[at]!, column.type, valuesOf(column, extensions[at])));
    return framed(series, names[0] === "", length);
  });
}

/**
 * The rows of a stream: numbers, booleans, texts, and what dictionaries stand for. Dates, times and lengths of time are
 * texts as CSV has them.
 *
 * @throws CurtidoError E_TABLE when it is malformed, or a feature holds lists, structs or maps
 */
export async function arrowRows(bytes: Uint8Array, reading: Reading): Promise<ColumnRows> {
  const { limits } = reading;
  const { names, length, columns, extensions, labels } = await arrowColumns(bytes, limits);
  return checked(() => {
    for (const [at, { type }] of columns.entries()) refuseShape(TITLE, names[at]!, SHAPES[type.typeId], reading);
    const cells = columns.map((column, at) => cellsOf(column, extensions[at]));
    limitTexts(TITLE, cells, limits);
    const is = (label: boolean) => (_: unknown, at: number) =>
      label === (labels.has(names[at]!) || (at === 0 && names[at] === ""));
    const table = { columns: names.filter(is(false)), rows: rowsOfColumns(cells.filter(is(false)), length) };
    const index = cells.filter(is(true));
    if (index.length === 0) return table;
    return { ...table, index: rowsOfColumns(index, length).map((label) => (label.length === 1 ? label[0] : label)) };
  });
}

type ColumnRows = Pick<TableRows, "rows" | "index"> & Required<Pick<TableRows, "columns">>;

function cellsOf(column: Column<unknown>, extension: string | undefined): ArrayLike<unknown> {
  const { typeId } = column.type;
  if (BINARY.has(typeId)) return valuesOf(column, extension).map(plainCell);
  if (typeId === KIND.time || typeId === KIND.duration)
    return textsOf(seriesOf("", column.type, valuesOf(column)), TITLE);
  if (typeId === KIND.date) return valuesOf(column).map((date) => (date === null ? null : String(dateOf(date))));
  if (typeId === KIND.timestamp) return textsOf(seriesOf("", column.type, valuesOf(column)), TITLE);
  return whole(column.toArray(), column);
}

function valuesOf(column: Column<unknown>, extension?: string): readonly unknown[] {
  const values = whole(Array.from(column), column);
  return extension === UUID ? values.map(uuidText) : values;
}

/** `00000000-0000-0000-0000-000000000001` */
function uuidText(value: unknown): unknown {
  if (!(value instanceof Uint8Array)) return value;
  const digits = Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Values that are as many as their column says. */
function whole<Values extends ArrayLike<unknown>>(values: Values, { length }: Column<unknown>): Values {
  if (values.length < length) throw malformed(TITLE, "a column has fewer values than rows");
  return values;
}

/** How many bytes and characters a part may hold. */
const MOST_OF_PART = 2 ** 28;

/** The rows of a part of a stream. */
export async function arrowPart(bytes: Uint8Array): Promise<PartRows> {
  const table = await arrowRows(bytes, { limits: { ...LIMITS, bytes: MOST_OF_PART } });
  return { ...table, errors: table.rows.map(() => null) };
}

function seriesOf(name: string, type: DataType, values: readonly unknown[]): Series {
  switch (type.typeId) {
    case KIND.int:
      return integers(name, type.bitWidth, type.signed, values);
    case KIND.float:
      return floatsOf(name, values.map(orNaN), (16 << type.precision) as 16 | 32 | 64);
    case KIND.decimal:
      return floatColumn(name, values.map(orNaN));
    case KIND.bool:
      return values.includes(null) ? objectColumn(name, values) : boolColumn(name, values as readonly boolean[]);
    case KIND.date:
      return objectColumn(name, values.map(dateOf));
    case KIND.time:
      return objectColumn(name, timesOfDay(values, UNITS[type.unit]!, TITLE));
    case KIND.duration:
      return durationColumn(name, values, UNITS[type.unit]!);
    case KIND.runEnds:
      return seriesOf(name, type.children[1]!.type, values);
    case KIND.timestamp:
      return timestamps(name, UNITS[type.unit]!, type.timezone, values);
    case KIND.dictionary:
      return inferColumn(name, values);
    default:
      return objectColumn(name, values.map(plainValue));
  }
}

function orNaN(value: unknown): number {
  return value === null ? Number.NaN : Number(value);
}

function integers(name: string, bits: number, signed: boolean, values: readonly unknown[]): Series {
  return values.includes(null) ? floatColumn(name, values.map(orNaN)) : integersOf(name, values, bits, signed);
}

function dateOf(milliseconds: unknown): unknown {
  if (milliseconds === null) return null;
  const date = new Date(Math.floor(Number(milliseconds) / DAY) * DAY);
  return new PyDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

function timestamps(name: string, unit: string, zone: string | null, values: readonly unknown[]): Series {
  const ticks = BigInt64Array.from(values, (value) => (value === null ? NOT_A_TIME : (value as bigint)));
  const array = NdArray.of(ticks, [ticks.length], parseDType(`M8[${unit}]`));
  const zoned = zone === null ? "" : `, ${zoneName(zone)}`;
  return new Series({ name, values: array, dtype: `datetime64[${unit}${zoned}]` });
}
