/**
 * CSV of numbers alone, read from its bytes into columns without a text in between. What is anything else is left to the
 * reader of texts: here nothing is refused, and nothing is guessed.
 *
 * @module
 */

import { spellsMissing } from "./cells.ts";
import { BEYOND, DecimalReader, NOTHING, WHOLE } from "./decimals.ts";
import { LIMITS, limitCells, ROW_CELLS } from "./limits.ts";
import type { TableLimits } from "./types.ts";

const [NEWLINE, RETURN] = [10, 13];
/** The longest spelling of a missing value. */
const LONGEST_MISSING = 8;

/** A column of numbers. */
export interface NumberColumn {
  /** NaN where something is missing. */
  readonly values: Float64Array;
  /** Whether all are whole numbers of at most 15 digits, and none is missing. */
  readonly whole: boolean;
}

/** What is read. */
export interface NumberSource {
  readonly bytes: Uint8Array;
  /** Where the rows begin. */
  readonly from: number;
  readonly delimiter: number;
  readonly width: number;
  readonly title: string;
  readonly limits?: TableLimits | undefined;
}

/**
 * The columns of rows that hold numbers and missing values only, all of one width; `undefined` when there is anything else in
 * them: a quote, a text, a number of more digits than a double tells apart, a row of another length.
 *
 * @throws CurtidoError E_TABLE_LIMIT
 * @example
 * const bytes = new TextEncoder().encode("1,2.5\n3,\n");
 * numberColumns({ bytes, from: 0, delimiter: 44, width: 2, title: "CSV" }); // [{ values: [1, 3], whole: true }, { values: [2.5, NaN], whole: false }]
 */
export function numberColumns(source: NumberSource): readonly NumberColumn[] | undefined {
  const { bytes, from, width, limits = LIMITS } = source;
  const room = roomFor(bytes, from);
  // What may be too much is counted by the reader of texts, which refuses it.
  return room * (width + ROW_CELLS) > limits.cells ? undefined : new Rows(source, room).read();
}

class Rows {
  private readonly source: NumberSource;
  private readonly numbers: DecimalReader;
  private readonly whole: Uint8Array;
  private columns: Float64Array[];
  private room: number;

  constructor(source: NumberSource, room: number) {
    const { bytes, width } = source;
    this.source = source;
    this.numbers = new DecimalReader(bytes);
    this.whole = new Uint8Array(width).fill(1);
    this.room = room;
    this.columns = Array.from({ length: width }, () => new Float64Array(this.room));
  }

  read(): readonly NumberColumn[] | undefined {
    const { bytes, from, width, title, limits } = this.source;
    let [at, count] = [from, 0];
    while (at < bytes.length) {
      const byte = bytes[at]!;
      if (byte === NEWLINE || byte === RETURN) {
        at++;
        continue;
      }
      if (count === this.room) this.grow();
      at = this.row(at, count);
      if (at < 0) return undefined;
      count++;
    }
    limitCells(title, count, width, limits);
    if (count === 0) return undefined;
    return this.columns.map((values, column) => ({
      values: values.subarray(0, count),
      whole: this.whole[column] === 1,
    }));
  }

  /** Reads a row; gives where it ends, or -1 where it is none of numbers. */
  private row(from: number, count: number): number {
    const { bytes, delimiter, width } = this.source;
    const { columns, numbers, whole } = this;
    const last = width - 1;
    let at = from;
    for (let column = 0; column < width; column++) {
      let value = numbers.read(at);
      let { end } = numbers;
      const { kind } = numbers;
      if (kind === BEYOND) return -1;
      if (kind === NOTHING) {
        end = this.missingEnd(at);
        if (end < 0) return -1;
        value = Number.NaN;
      }
      if (kind !== WHOLE) whole[column] = 0;
      columns[column]![count] = value;
      const byte = bytes[end];
      if (column < last) {
        if (byte !== delimiter) return -1;
        at = end + 1;
      } else if (byte === NEWLINE || byte === RETURN || byte === undefined) at = end;
      else return -1;
    }
    return at;
  }

  /** The end of a cell that spells a missing value; -1 when it does not. */
  private missingEnd(from: number): number {
    const { bytes, delimiter } = this.source;
    let [at, text] = [from, ""];
    for (; at < bytes.length && at - from <= LONGEST_MISSING; at++) {
      const byte = bytes[at]!;
      if (byte === delimiter || byte === NEWLINE || byte === RETURN) break;
      text += String.fromCharCode(byte);
    }
    return spellsMissing(text) ? at : -1;
  }

  private grow(): void {
    const { title, width, limits } = this.source;
    limitCells(title, this.room, width, limits);
    this.room *= 2;
    this.columns = this.columns.map((values) => {
      const more = new Float64Array(this.room);
      more.set(values);
      return more;
    });
  }
}

/** How much is looked at to guess how many rows there are. */
const LOOK = 1 << 14;

function roomFor(bytes: Uint8Array, from: number): number {
  const to = Math.min(bytes.length, from + LOOK);
  let lines = 1;
  for (let at = from; at < to; at++) if (bytes[at] === NEWLINE) lines++;
  return 16 + Math.ceil((lines * (bytes.length - from) * 1.1) / Math.max(1, to - from));
}
