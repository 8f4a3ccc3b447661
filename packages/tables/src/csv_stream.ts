/** @module CSV in parts: a header once, then whole rows. */

import { plainBytes } from "./bytes.ts";
import { csvLine, parseCsv, splitRows } from "./csv.ts";
import { firstRowEnd } from "./csv_ends.ts";
import { decoded } from "./plain_text.ts";
import { delimiterOf } from "./sniff.ts";
import { TextSplitter } from "./split.ts";
import { plainText } from "./texts.ts";
import type { FormatStream, PartAnswer } from "./types.ts";

const latin1 = new TextDecoder("latin1");
const encoder = new TextEncoder();

/** CSV in parts; without a delimiter, its input is separated by what its header has, its output by commas. */
export function csvStream(delimiter?: string): FormatStream {
  return {
    headers: 1,
    splitter: (size) => new TextSplitter(size, true, delimiter),
    head(bytes, charset) {
      const line = latin1.decode(bytes.subarray(0, bytes.indexOf(10) + 1));
      const end = firstRowEnd(bytes, (delimiter ?? delimiterOf(line)).charCodeAt(0));
      const text = decoded(end === 0 ? bytes : bytes.subarray(0, end), "CSV", charset);
      const separator = delimiter ?? delimiterOf(text);
      const { columns } = parseCsv(text, separator);
      return {
        head: { columns, delimiter: separator },
        rest: end === 0 ? new Uint8Array(0) : plainBytes(bytes).slice(end),
      };
    },
    rows(bytes, charset, head) {
      const { columns, delimiter: separator } = head!;
      const rows = splitRows(new TextDecoder(charset).decode(bytes), separator);
      return { rows, columns, text: "table", errors: rows.map(() => null) };
    },
    write: (part) => writePart(part, delimiter),
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
