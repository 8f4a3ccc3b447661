/** @module CSV as pandas reads and writes it. */

import { DataFrame, Index, type Series, withoutIndex } from "@curtido/arrays";
import { CurtidoError, floatRepr } from "@curtido/pickle";
import Papa from "papaparse";
import { type Cell, cellsOf, Duration, Moment } from "./column_cells.ts";
import { cannotHold, malformed, refuseTwins, shown } from "./errors.ts";
import { tableOf } from "./frame.ts";
import { boolColumn, floatColumn, integerColumn, objectColumn } from "./infer.ts";
import type { Reading } from "./types.ts";
import { offsetText, zoneOffset } from "./zones.ts";

/** What pandas' `read_csv` takes for a missing value. */
const MISSING = new Set(
  " #N/A,#N/A N/A,#NA,-1.#IND,-1.#QNAN,-NaN,-nan,1.#IND,1.#QNAN,<NA>,N/A,NA,NULL,NaN,None,n/a,nan,null"
    .trim()
    .split(","),
).add("");
const INTEGER = /^\s*[+-]?\d+\s*$/;
const FLOAT = /^\s*[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|inf|infinity)\s*$/i;
const BOOLEANS: Readonly<Record<string, boolean>> = {
  True: true,
  TRUE: true,
  true: true,
  False: false,
  FALSE: false,
  false: false,
};
/** The longest text that JavaScript can hold, nearly. */
const LONGEST = 2 ** 29 - 2 ** 10;
const DAY = 86_400_000_000_000n;
const SECOND = 1_000_000_000n;

/**
 * The table of a CSV file with a header, with the types that pandas' `read_csv` gives: int64, float64 where something is
 * missing among numbers, bool, else objects. Cells are separated by commas, or by tabs or semicolons when the header has no
 * comma; a first column without a name holds the labels of the rows.
 *
 * @throws CurtidoError E_INPUT for text that is not UTF-8, quotes that do not end, and rows that are longer or shorter
 */
export function readCsv(
  bytes: Uint8Array,
  { delimiter, names }: { readonly delimiter?: string; readonly names?: Reading["names"] | undefined } = {},
): DataFrame {
  if (bytes.length > LONGEST) throw new CurtidoError("E_LIMIT", `a CSV file of ${bytes.length} bytes is too large`);
  const text = decoded(bytes);
  const [header, ...rows] = parsed(text, delimiter ?? delimiterOf(text));
  if (header === undefined) throw malformed("CSV", "it is empty; its first line names the columns");
  const ragged = rows.findIndex((row) => row.length !== header.length);
  if (ragged >= 0)
    throw malformed("CSV", `row ${ragged + 1} has ${rows[ragged]!.length} cells, the header ${header.length}`);
  if (names === "refuse") refuseTwins(header, "CSV");
  const columns = distinct(header).map((name, at) =>
    inferred(
      name,
      rows.map((row) => row[at]!),
    ),
  );
  const [first, ...others] = columns;
  if (header[0] !== "" || first === undefined) return new DataFrame(columns, undefined, rows.length);
  return new DataFrame(others, new Index(first.values.flat(), null, first.values), rows.length);
}

/** Rows of cells, without blank lines. A quoted nothing is a row of one column, not a blank line. */
function parsed(text: string, delimiter: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let from = 0;
  Papa.parse<string[]>(text, {
    delimiter,
    step: ({ data, errors: [error], meta: { cursor } }) => {
      if (error !== undefined) throw malformed("CSV", `${error.message} (row ${rows.length})`);
      if (data.length > 1 || data[0] !== "" || text.slice(from, cursor).includes('"')) rows.push(data);
      from = cursor;
    },
  });
  return rows;
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw malformed("CSV", "it is not UTF-8; save it as UTF-8", error);
  }
}

function delimiterOf(text: string): string {
  const header = /^[^\r\n]*/.exec(text)![0];
  return [",", "\t", ";"].find((each) => header.includes(each)) ?? ",";
}

/** Names that are there twice are numbered, as pandas does: `a`, `a.1`. */
function distinct(names: readonly string[]): readonly string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let number = 1; seen.has(unique); number++)
      unique = taken.has(`${name}.${number}`) ? unique : `${name}.${number}`;
    seen.add(unique);
    return unique;
  });
}

function inferred(name: string, cells: readonly string[]): Series {
  if (cells.length === 0) return texts(name, cells);
  const missing = cells.some((cell) => MISSING.has(cell));
  const present = missing ? cells.filter((cell) => !MISSING.has(cell)) : cells;
  if (present.length > 0 && present.every((cell) => INTEGER.test(cell))) {
    const integers = present.map((cell) => BigInt(cell.trim().replace(/^\+/, "")));
    if (!missing) return integerColumn(name, integers) ?? texts(name, cells);
    return floatColumn(name, cells.map(toFloat));
  }
  if (present.every((cell) => FLOAT.test(cell) && (Number.isFinite(toFloat(cell)) || /inf/i.test(cell))))
    return floatColumn(name, cells.map(toFloat));
  if (present.every((cell) => cell in BOOLEANS)) {
    if (!missing)
      return boolColumn(
        name,
        cells.map((cell) => BOOLEANS[cell]!),
      );
    return objectColumn(
      name,
      cells.map((cell) => BOOLEANS[cell] ?? Number.NaN),
    );
  }
  return texts(name, cells);
}

function texts(name: string, cells: readonly string[]): Series {
  return objectColumn(
    name,
    cells.map((cell) => (MISSING.has(cell) ? Number.NaN : cell)),
  );
}

function toFloat(cell: string): number {
  if (MISSING.has(cell)) return Number.NaN;
  const number = Number(cell);
  if (!Number.isNaN(number)) return number;
  const infinite = /^\s*([+-]?)inf/i.exec(cell);
  return infinite === null ? number : infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/**
 * A table as CSV, as pandas' `to_csv` writes it: a header, one line per row, nothing where a value is missing; labels of
 * rows come first unless they are the default 0, 1, 2 ..., under their name or under none.
 *
 * @throws CurtidoError E_FORMAT with column and row for what a cell cannot say
 */
export function writeCsv(value: unknown, delimiter = ","): Uint8Array {
  const format = delimiter === "\t" ? "TSV" : "CSV";
  const frame = withoutIndex(tableOf(value, format), "");
  const labels = frame.series.map((column, at) => headerOf(column, at, format));
  const columns = frame.series.map((column) => textsOf(column, format, delimiter));
  const lines = [labels.map((label) => (label === "" ? "" : quoted(label, delimiter))).join(delimiter)];
  for (let row = 0; row < frame.length; row++) {
    const line = columns.map((column) => column[row]!).join(delimiter);
    // A line of nothing would be no row.
    lines.push(line === "" ? '""' : line);
  }
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
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
      : `columns named by ${shown(name)}: give them names of one text each`,
  );
}

/** Quotes where they are needed; an empty text is quoted, so that it is not taken for a missing value's nothing. */
function quoted(cell: string, delimiter: string): string {
  const plain = cell !== "" && !cell.includes(delimiter) && !/["\r\n]/.test(cell);
  return plain ? cell : `"${cell.replaceAll('"', '""')}"`;
}

function textsOf(column: Series, format: string, delimiter: string): readonly string[] {
  const cells = cellsOf(column, format);
  const digits = digitsOf(cells);
  const single = column.values.dtype.kind === "f" && column.values.dtype.itemsize === 4;
  return cells.map((cell) => {
    if (typeof cell === "string") return quoted(cell, delimiter);
    return textOf(single && typeof cell === "number" ? shortest(cell) : cell, digits);
  });
}

/** How the dates of a column are written: as days alone, or with so many digits of a second's fraction in all of them. */
type Digits = "day" | 0 | 3 | 6 | 9;

function digitsOf(cells: readonly Cell[]): Digits {
  let digits: Digits = "day";
  for (const cell of cells) {
    if (!(cell instanceof Moment) || cell.nanoseconds % DAY === 0n) continue;
    const rest = cell.nanoseconds % SECOND;
    const own = rest === 0n ? 0 : rest % 1_000_000n === 0n ? 3 : rest % 1000n === 0n ? 6 : 9;
    digits = digits === "day" || own > digits ? own : digits;
  }
  return digits;
}

/** Significant decimal digits that tell all floats of 32 bits apart. */
const SINGLE_DIGITS = 9;

/** The double with the fewest digits that is the same float of 32 bits: `0.1` for what is 0.10000000149... */
function shortest(value: number): number {
  for (let digits = 1; digits < SINGLE_DIGITS; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(SINGLE_DIGITS));
}

function textOf(cell: Exclude<Cell, string>, digits: Digits): string {
  if (cell === null) return "";
  if (typeof cell === "boolean") return cell ? "True" : "False";
  if (typeof cell === "number") return floatRepr(cell);
  if (cell instanceof Moment) return momentText(cell, digits);
  return cell instanceof Duration ? durationText(cell) : String(cell);
}

function momentText({ nanoseconds, zone }: Moment, digits: Digits): string {
  const rest = ((nanoseconds % SECOND) + SECOND) % SECOND;
  const milliseconds = Number((nanoseconds - rest) / 1_000_000n);
  const offset = zone === undefined ? 0 : zoneOffset(zone, milliseconds);
  const iso = new Date(milliseconds + offset * 1000).toISOString();
  const clock = iso.replace("T", " ").slice(0, -5);
  if (zone !== undefined) return `${clock}${fractionText(rest)}${offsetText(offset)}`;
  if (digits === "day") return iso.slice(0, iso.indexOf("T"));
  return digits === 0 ? clock : `${clock}.${String(rest).padStart(9, "0").slice(0, digits)}`;
}

/** Six digits of a second's fraction, or nine where six are not enough; nothing for none. */
function fractionText(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return "";
  const digits = String(nanoseconds).padStart(9, "0");
  return `.${digits.endsWith("000") ? digits.slice(0, 6) : digits}`;
}

/** `1 days 02:03:04.5`, as pandas has it. */
function durationText({ nanoseconds }: Duration): string {
  const rest = ((nanoseconds % DAY) + DAY) % DAY;
  const seconds = Number(rest / SECOND);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const clock = `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
  const days = (nanoseconds - rest) / DAY;
  return `${days} days ${days < 0n ? "+" : ""}${clock}${fractionText(rest % SECOND)}`;
}
