/** @module A long body in parts that can be read on their own: whole rows, or whole record batches. */

import { HttpProblem } from "../http/problem.ts";
import { CSV_TYPE, delimiterOf } from "../representations/csv.ts";
import { LINES_TYPE } from "../representations/lines.ts";
import type { StreamType } from "./formats.ts";
import { lastRowEnd } from "./rows_of_csv.ts";
import { ArrowSplitter } from "./split_arrow.ts";

/** The longest row that a stream may have, in bytes. */
const LONGEST_ROW = 1 << 22;
const NEWLINE = 10;
const QUOTE = 34;
/** How much of the first line is looked at to find what separates cells. */
const LONGEST_LOOK = 1 << 16;

/** Takes a body piece by piece, gives parts of whole rows. */
export interface Splitter {
  /** Rows that came so far; of text, lines. */
  readonly rows: number;
  push(piece: Uint8Array): void;
  /** A part that is complete, when there is one. */
  next(): Uint8Array | undefined;
  /** What is left when the body has ended. */
  last(): Uint8Array | undefined;
}

/** The splitter for a media type; parts of text have about `size` bytes. */
export function splitterFor(type: StreamType, size: number, most: number): Splitter {
  if (type === CSV_TYPE) return new TextSplitter(size, true);
  return type === LINES_TYPE ? new TextSplitter(size, false) : new ArrowSplitter(most);
}

/**
 * Splits text at ends of lines; of CSV, at ends of rows.
 *
 * @throws HttpProblem 400 for a row that is longer than {@link LONGEST_ROW}
 */
export class TextSplitter implements Splitter {
  rows = 0;
  private readonly size: number;
  private readonly quotes: boolean;
  private pieces: Uint8Array[] = [];
  private length = 0;
  private delimiter: number | undefined;

  constructor(size: number, quotes: boolean) {
    this.size = size;
    this.quotes = quotes;
  }

  push(piece: Uint8Array): void {
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) this.rows++;
    this.pieces.push(piece);
    this.length += piece.length;
  }

  next(): Uint8Array | undefined {
    if (this.length < this.size) return undefined;
    const bytes = this.joined();
    const end =
      this.quotes && bytes.includes(QUOTE)
        ? lastRowEnd(bytes, this.delimiterIn(bytes))
        : bytes.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      this.pieces = [bytes.subarray(end)];
      this.length = bytes.length - end;
      return new Uint8Array(bytes.subarray(0, end)); // a copy: it goes over to a thread, memory and all
    }
    if (this.length > Math.max(LONGEST_ROW, this.size))
      throw new HttpProblem(400, `a row is longer than ${LONGEST_ROW} bytes: is a quote not closed?`);
    return undefined;
  }

  last(): Uint8Array | undefined {
    if (this.length === 0) return undefined;
    const bytes = new Uint8Array(this.joined());
    this.pieces = [];
    this.length = 0;
    return bytes;
  }

  /** What separates cells; the first look is at the first line. */
  private delimiterIn(bytes: Uint8Array): number {
    this.delimiter ??= delimiterOf(Buffer.from(bytes.subarray(0, LONGEST_LOOK)).toString("latin1")).charCodeAt(0);
    return this.delimiter;
  }

  private joined(): Uint8Array {
    const bytes = this.pieces.length === 1 ? this.pieces[0]! : Buffer.concat(this.pieces);
    this.pieces = [bytes];
    return bytes;
  }
}
