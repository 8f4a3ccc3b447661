/** @module CSV in parts: a header once, then whole rows. */

import { plainBytes } from "./bytes.ts";
import { mayDiffer, wholeCsv } from "./csv.ts";
import { rowEndOfLine } from "./csv_ends.ts";
import { linesOf } from "./csv_lines.ts";
import { csvLine } from "./csv_write.ts";
import { rowProblem } from "./layout.ts";
import { notationOf } from "./notation.ts";
import { decodedTable } from "./plain_text.ts";
import { TextSplitter } from "./split.ts";
import { plainText } from "./texts.ts";
import type { FormatStream, Head, PartAnswer, PartRows, Reading, TableRows } from "./types.ts";

const TITLE = "CSV";
const encoder = new TextEncoder();

/** CSV in parts; without a separator, its input is separated by what its header has, its output by commas. */
export function csvStream(separator?: string): FormatStream {
  const wished = (reading: Reading): Reading => (separator === undefined ? reading : { separator, ...reading });
  return {
    headers: 1,
    splitter: (size, _most, reading = {}) => new TextSplitter(size, { csv: wished(reading) }),
    head: (bytes, reading) => headOf(bytes, wished(reading)),
    rows: (bytes, reading, head) => partRows(bytes, wished(reading), head!),
    write: (part) => writePart(part, separator),
  };
}

/** What the first part says of all parts; its own rows are looked at for it, but are not refused here. */
function headOf(bytes: Uint8Array, reading: Reading): { readonly head: Head; readonly rest: Uint8Array } {
  const { text } = decodedTable(bytes, TITLE, reading.charset);
  const { columns, delimiter, layout, line, notation } = wholeCsv(text, reading, TITLE, true);
  const rest = plainBytes(bytes).slice(line === 0 ? 0 : rowEndOfLine(bytes, delimiter.charCodeAt(0), line));
  const { width, labelled } = layout;
  return {
    head: { ...(columns && { columns }), delimiter, width, labelled, ...(notation && { notation }) },
    rest,
  };
}

/** The rows of a file whose cells are texts, each on its own merits. */
export function raggedRows(bytes: Uint8Array, reading: Reading): TableRows {
  const { head, rest } = headOf(bytes, reading);
  return partRows(rest, reading, head);
}

/** The rows of a part; a row that cannot be one has an error and no cells. */
function partRows(bytes: Uint8Array, reading: Reading, head: Head): PartRows {
  const { text, notes } = decodedTable(bytes, TITLE, reading.charset);
  const { columns, delimiter, width, labelled = false } = head;
  const { cells, unclosed } = linesOf(text, delimiter);
  const header = labelled && columns !== undefined ? [null, ...columns] : columns;
  const errors = cells.map((row) => {
    const problem = rowProblem(row, width, header);
    return problem === undefined ? null : `the row ${problem}`;
  });
  if (unclosed !== undefined && errors.length > 0) errors[errors.length - 1] = "the row has a quote that is not closed";
  const from = labelled ? 1 : 0;
  const plain = !labelled && cells.every((row) => row.length === width);
  const rows = plain ? cells : cells.map((row, at) => (errors[at] === null ? row.slice(from, width) : []));
  const notation = head.notation ?? notationOf(mayDiffer(text, delimiter) ? rows : [], delimiter, reading);
  return {
    rows,
    ...(columns && { columns }),
    ...(labelled && { index: cells.map((row) => row[0] ?? null) }),
    text: "table",
    ...(notation && { notation }),
    ...(notes && { notes }),
    errors,
  };
}

function writePart({ first, columns, errors, formulas }: PartAnswer, delimiter: string | undefined): Uint8Array {
  const names = columns.map(({ name }) => name);
  let text = first ? csvLine(names, delimiter, formulas) : "";
  for (let row = 0; row < errors.length; row++)
    text += csvLine(
      columns.map(({ values }) => plainText(values[row])),
      delimiter,
      formulas,
    );
  return encoder.encode(text);
}
