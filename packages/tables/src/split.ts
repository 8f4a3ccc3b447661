/** @module A long text in parts that can be read on their own: whole lines, or whole rows of CSV. */

import { concatenated } from "./bytes.ts";
import { lastRowEnd } from "./csv_ends.ts";
import { unreadable } from "./errors.ts";
import { delimiterOf } from "./sniff.ts";
import type { Splitter } from "./types.ts";

/** The longest row that a stream may have, in bytes. */
const LONGEST_ROW = 1 << 22;
const latin1 = new TextDecoder("latin1");
const NEWLINE = 10;
const QUOTE = 34;
/** How much of the first line is looked at to find what separates cells. */
const LONGEST_LOOK = 1 << 16;

/**
 * Splits text at ends of lines; of CSV, at ends of rows.
 *
 * @throws CurtidoError E_TABLE for a row that is longer than {@link LONGEST_ROW}
 */
export class TextSplitter implements Splitter {
  rows = 0;
  private readonly size: number;
  private readonly quotes: boolean;
  private pieces: Uint8Array[] = [];
  private length = 0;
  private delimiter: number | undefined;

  constructor(size: number, quotes: boolean, delimiter?: string) {
    this.size = size;
    this.quotes = quotes;
    this.delimiter = delimiter?.charCodeAt(0);
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
      throw unreadable(
        this.quotes ? "CSV" : "JSON lines",
        `has a row of more than ${LONGEST_ROW} bytes: is a quote not closed?`,
      );
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
    this.delimiter ??= delimiterOf(latin1.decode(bytes.subarray(0, LONGEST_LOOK))).charCodeAt(0);
    return this.delimiter;
  }

  private joined(): Uint8Array {
    const bytes = this.pieces.length === 1 ? this.pieces[0]! : concatenated(this.pieces);
    this.pieces = [bytes];
    return bytes;
  }
}
