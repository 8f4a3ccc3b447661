/** @module What can be a table, as one: frames, series, arrays, records, columns by name. */

import { DataFrame, Index, NdArray, Series } from "@curtido/arrays";
import { Dict, typeName } from "@curtido/pickle";
import { cannotHold, shownValue } from "./errors.ts";
import { inferColumn } from "./infer.ts";

/** The most columns that an array makes. */
const MOST_COLUMNS = 100_000;

/**
 * The table that a value is.
 *
 * @param format - the format that is to hold it, for messages
 * @throws CurtidoError E_FORMAT when it is none
 */
export function tableOf(value: unknown, format: string): DataFrame {
  if (value instanceof DataFrame) return value;
  if (value instanceof Series)
    return new DataFrame([named(value, value.name ?? "0")], value.rowIndex, value.values.size);
  if (value instanceof NdArray) return fromArray(value, format);
  if (Array.isArray(value)) return fromRows(value, format);
  if (value instanceof Dict) return fromColumns(value, format);
  throw cannotHold(format, `a ${typeName(value)}: it holds tables`);
}

function named(series: Series, name: unknown): Series {
  return new Series({ ...series, name, index: undefined });
}

/** Columns 0, 1, 2 ... of an array of one or two axes; the fields of one of records. */
function fromArray(array: NdArray, format: string): DataFrame {
  const { fields } = array.dtype;
  const shape = `an array of shape (${array.shape.join(", ")})`;
  if (array.ndim === 0 || array.ndim > 2) throw cannotHold(format, `${shape}: it holds tables`);
  if (fields !== undefined && array.ndim === 1) {
    const columns = fields.map((field) => {
      const values = array.field(field.name);
      if (values.ndim !== 1)
        throw cannotHold(format, `the field ${shownValue(field.name)}, which has several elements`);
      return seriesOf(field.name, values);
    });
    return new DataFrame(columns, undefined, array.size);
  }
  const [rows = 0, width = 1] = array.shape;
  if (width > MOST_COLUMNS) throw cannotHold(format, `${shape}: more than ${MOST_COLUMNS} columns`);
  const columns = Array.from({ length: width }, (_, at) => seriesOf(at, columnAt(array, at, rows, width)));
  return new DataFrame(columns, undefined, rows, Index.range(width));
}

function columnAt(array: NdArray, column: number, rows: number, width: number): NdArray {
  const { data } = array.toC();
  const [parts, step] = array.dtype.kind === "c" ? [2, width * 2] : [1, width];
  const out = Array.isArray(data)
    ? new Array<unknown>(rows)
    : new (data.constructor as Float64ArrayConstructor)(rows * parts);
  for (let row = 0; row < rows; row++) {
    for (let part = 0; part < parts; part++)
      (out as unknown[])[row * parts + part] = data[row * step + column * parts + part];
  }
  return array.dtype.kind === "O"
    ? NdArray.objects(out as unknown[], [rows])
    : NdArray.of(out as Float64Array, [rows], array.dtype);
}

/** A column over an array, with pandas' name of its dtype. */
export function seriesOf(name: unknown, values: NdArray): Series {
  return new Series({ name, values, dtype: dtypeOf(values) });
}

function dtypeOf({ dtype }: NdArray): string {
  const bits = dtype.itemsize * 8;
  const names: Readonly<Partial<Record<string, string>>> = {
    b: "bool",
    i: `int${bits}`,
    u: `uint${bits}`,
    f: `float${bits}`,
    c: `complex${bits}`,
  };
  if (dtype.kind === "M" || dtype.kind === "m")
    return `${dtype.kind === "M" ? "datetime64" : "timedelta64"}[${dtype.unit?.[0] ?? "ns"}]`;
  return names[dtype.kind] ?? "object";
}

/** One dict or one list per row. */
function fromRows(rows: readonly unknown[], format: string): DataFrame {
  if (rows.length > 0 && rows.every((row) => row instanceof Dict)) {
    const names = new Map<unknown, true>();
    for (const row of rows as readonly Dict[]) for (const name of row.keys()) names.set(name, true);
    const columns = [...names.keys()].map((name) => {
      return inferColumn(
        name,
        (rows as readonly Dict[]).map((row) => (row.has(name) ? row.get(name) : null)),
      );
    });
    return new DataFrame(columns, undefined, rows.length);
  }
  const lists = rows as readonly (readonly unknown[])[];
  const width = Array.isArray(rows[0]) ? rows[0].length : undefined;
  const odd = lists.findIndex((row) => !Array.isArray(row) || row.length !== width);
  if (width === undefined || width > MOST_COLUMNS)
    throw cannotHold(format, "this list: it holds tables, which are lists of dicts or of lists of one length");
  if (odd >= 0) throw cannotHold(format, `this list: its item ${odd} is not a row of ${width} like its first`);
  const columns = Array.from({ length: width }, (_, at) =>
    inferColumn(
      at,
      lists.map((row) => row[at]),
    ),
  );
  return new DataFrame(columns, undefined, rows.length, Index.range(width));
}

/** Lists or arrays of one length, by name. */
function fromColumns(dict: Dict, format: string): DataFrame {
  const columns = [...dict].map(([name, column]) => {
    if (column instanceof Series) return named(column, name);
    if (column instanceof NdArray && column.ndim === 1) return seriesOf(name, column);
    if (Array.isArray(column)) return inferColumn(name, column);
    throw cannotHold(
      format,
      `a dict whose ${shownValue(name)} is a ${typeName(column)}: it holds tables, which are lists by name`,
    );
  });
  const lengths = new Set(columns.map((column) => column.values.size));
  if (lengths.size > 1)
    throw cannotHold(
      format,
      `a dict of lists of different lengths (${[...lengths].join(", ")}): columns have one length`,
    );
  return new DataFrame(columns, undefined, columns[0]?.values.size ?? 0);
}

/** Lists and structs of a file as lists and dicts. */
export function plainValue(value: unknown): unknown {
  if (value instanceof Uint8Array || typeof value !== "object" || value === null) return value ?? null;
  if (Symbol.iterator in value) return Array.from(value as Iterable<unknown>, plainValue);
  return new Dict(Object.entries(value).map(([key, item]) => [key, plainValue(item)] as const));
}

/** Names that are there twice are numbered, as pandas does: `a`, `a.1`. A number that a name has passed is free for none. */
export function distinct(names: readonly string[]): readonly string[] {
  const given = new Set(names);
  const seen = new Set<string>();
  const numbers = new Map<string, number>();
  return names.map((name) => {
    let unique = name;
    if (seen.has(name)) {
      let number = numbers.get(name) ?? 1;
      while (given.has(`${name}.${number}`) || seen.has(`${name}.${number}`)) number++;
      unique = `${name}.${number}`;
      numbers.set(name, number + 1);
    }
    seen.add(unique);
    return unique;
  });
}

/** Columns as a table; where the first one is labels, those of the rows. */
export function framed(columns: readonly Series[], labelled: boolean, rows: number): DataFrame {
  const [first, ...others] = columns;
  if (!labelled || first === undefined) return new DataFrame(columns, undefined, rows);
  const kind = first.values.dtype.kind === "M" ? "DatetimeIndex" : "Index";
  return new DataFrame(others, new Index(first.values.flat(), null, first.values, { kind }), rows);
}

/** The label of a column as a text. */
export function headerOf(column: Series, at: number, format: string): string {
  const { name } = column;
  if (typeof name === "string" && (name !== "" || at === 0)) return name;
  if (typeof name === "number" || typeof name === "bigint" || typeof name === "boolean") return String(name);
  throw cannotHold(
    format,
    name === ""
      ? `a column without a name (column ${at + 1})`
      : `columns named by ${shownValue(name)}: give them names of one text each`,
  );
}
