/** @module CSV as the table that pandas makes of it. */

import { DataFrame, Index, type Series } from "@curtido/arrays";
import { marked } from "./charsets.ts";
import { wholeCsv } from "./csv.ts";
import { rowEndOfLine } from "./csv_ends.ts";
import { numberColumns } from "./csv_numbers.ts";
import { refuseTwins } from "./errors.ts";
import { distinct, framed } from "./frame.ts";
import { floatColumn, wholeColumn } from "./infer.ts";
import { decodedTable } from "./plain_text.ts";
import { spelledColumn } from "./spelled.ts";
import type { Reading } from "./types.ts";

const QUOTE = 34;

/**
 * The table of a file with a header, with the types that pandas' `read_csv` gives: int64, float64 where something is missing
 * among numbers, bool, else objects. A first column without a name holds the labels of the rows.
 *
 * @throws CurtidoError E_TABLE for quotes that do not end, and rows that are longer or shorter, with the line
 */
export function readCsv(bytes: Uint8Array, reading: Reading = {}, title = "CSV"): DataFrame {
  return numbersOf(bytes, reading, title) ?? textsOf(bytes, reading, title);
}

/** How much is looked at to see where things stand. */
const LOOK = 1 << 16;

/** The table of a file of numbers under a header; `undefined` when it is none, or asks for more care. */
function numbersOf(bytes: Uint8Array, reading: Reading, title: string): DataFrame | undefined {
  const { charset = "utf-8", decimal = ".", thousands, missing, names, limits } = reading;
  if (!/^utf-?8$/i.test(charset) || decimal !== "." || thousands !== undefined || missing !== undefined)
    return undefined;
  const whole = bytes.length <= LOOK;
  const look = bytes.subarray(0, whole ? bytes.length : bytes.subarray(0, LOOK).lastIndexOf(10) + 1);
  if (look.includes(QUOTE) || (marked(look) ?? "utf-8") !== "utf-8") return undefined;
  const text = new TextDecoder().decode(look).replace(/^\ufeff+/, "");
  if (text.trim() === "" || text.includes("\ufffd")) return undefined;
  const { columns, layout, delimiter, line, notation } = wholeCsv(text, reading, title, true);
  const { width, labelled } = layout;
  if (columns === undefined || columns.length + Number(labelled) !== width || notation !== undefined) return undefined;
  const separator = delimiter.charCodeAt(0);
  const read = { bytes, from: rowEndOfLine(bytes, separator, line), delimiter: separator, width, title, limits };
  const found = numberColumns(read);
  if (found === undefined) return undefined;
  if (names === "refuse") refuseTwins(columns, title);
  const labels = [...(labelled ? [""] : []), ...distinct(columns)];
  const series = found.map(({ values, whole: ints }, at) => (ints ? wholeColumn : floatColumn)(labels[at], values));
  return framed(series, labelled, found[0]?.values.length ?? 0);
}

function textsOf(bytes: Uint8Array, reading: Reading, title: string): DataFrame {
  const { text, notes = [] } = decodedTable(bytes, title, reading.charset);
  for (const note of notes) reading.told?.(note);
  const { columns, rows, index, notation } = wholeCsv(text, reading, title);
  if (notation !== undefined) reading.spelled?.(notation);
  const column = (name: unknown, cells: readonly (string | null)[]) => spelledColumn(name, cells, notation, reading);
  const at = (place: number) => rows.map((row) => row[place]!);
  if (columns === undefined) {
    const width = rows[0]?.length ?? 0;
    const series = Array.from({ length: width }, (_, place) => column(place, at(place)));
    return new DataFrame(series, undefined, rows.length, Index.range(width));
  }
  if (reading.names === "refuse") refuseTwins(columns, title);
  const labels: Series[] = index === undefined ? [] : [column("", index)];
  const series = distinct(columns).map((name, place) => column(name, at(place)));
  return framed([...labels, ...series], index !== undefined, rows.length);
}
