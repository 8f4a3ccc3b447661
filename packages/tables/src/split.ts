/** @module A long text in parts that can be read on their own: whole lines, or whole rows of CSV. */

import { concatenated } from "./bytes.ts";
import { decoderOf, marked } from "./charsets.ts";
import { separatorOf } from "./csv.ts";
import { lastRowEnd } from "./csv_ends.ts";
import { unreadable } from "./errors.ts";
import { delimiterOf, LONGEST_LOOK, MOST_TITLES } from "./sniff.ts";
import type { Reading, Splitter } from "./types.ts";

/** The longest row that a stream may have, in bytes. */
const LONGEST_ROW = 1 << 22;
const NEWLINE = 10;
const QUOTE = 34;
const MARK = Uint8Array.of(0xef, 0xbb, 0xbf);

/**
 * Splits text at ends of lines; of CSV, at ends of rows. What is UTF-16 by its byte order mark comes out as UTF-8.
 *
 * @throws CurtidoError E_TABLE for a row that is longer than {@link LONGEST_ROW}
 */
export class TextSplitter implements Splitter {
  rows = 0;
  private readonly size: number;
  /** How CSV is read; none for other texts. */
  private readonly csv: Reading | undefined;
  private pieces: Uint8Array[] = [];
  private length = 0;
  private begun = false;
  private delimiter: number | undefined;
  private utf16: TextDecoder | undefined;

  constructor(size: number, { csv }: { readonly csv?: Reading } = {}) {
    this.size = size;
    this.csv = csv;
    this.delimiter = csv === undefined ? undefined : separatorOf(csv)?.charCodeAt(0);
  }

  push(piece: Uint8Array): void {
    if (!this.begun) this.begin(piece);
    else if (this.utf16 === undefined) this.add(piece);
    else this.add(encoder.encode(this.utf16.decode(piece, { stream: true })));
  }

  /** Waits for the two bytes that may say that it is UTF-16. */
  private begin(piece: Uint8Array): void {
    const bytes = concatenated([...this.pieces, piece]);
    this.pieces = [];
    this.length = 0;
    if (bytes.length < 2) {
      this.add(bytes);
      return;
    }
    this.begun = true;
    this.rows = 0;
    const mark = marked(bytes);
    if (mark === "utf-16le" || mark === "utf-16be") this.utf16 = new TextDecoder(mark);
    this.push(bytes);
  }

  private add(piece: Uint8Array): void {
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) this.rows++;
    this.pieces.push(piece);
    this.length += piece.length;
  }

  next(): Uint8Array | undefined {
    if (this.length < this.size) return undefined;
    if (this.csv !== undefined && this.delimiter === undefined && !this.mayLook) return undefined;
    const bytes = this.joined();
    const end =
      this.csv !== undefined && bytes.includes(QUOTE)
        ? lastRowEnd(bytes, this.delimiterIn(bytes, this.csv))
        : bytes.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      this.pieces = [bytes.subarray(end)];
      this.length = bytes.length - end;
      return this.part(bytes.subarray(0, end));
    }
    if (this.length > Math.max(LONGEST_ROW, this.size))
      throw unreadable(
        this.csv === undefined ? "JSON lines" : "CSV",
        `has a row of more than ${LONGEST_ROW} bytes: is a quote not closed?`,
      );
    return undefined;
  }

  last(): Uint8Array | undefined {
    if (this.utf16 !== undefined) this.add(encoder.encode(this.utf16.decode()));
    if (this.length === 0) return undefined;
    const bytes = this.part(this.joined());
    this.pieces = [];
    this.length = 0;
    return bytes;
  }

  /** A copy: it goes over to a thread, memory and all. What was UTF-16 says that it is UTF-8, whatever its charset was said to be. */
  private part(bytes: Uint8Array): Uint8Array {
    return this.utf16 === undefined ? new Uint8Array(bytes) : concatenated([MARK, bytes]);
  }

  /** Whether all that a header may be found in is there. */
  private get mayLook(): boolean {
    return this.rows > MOST_TITLES || this.length >= LONGEST_LOOK;
  }

  /** What separates cells; the first look is at the beginning. */
  private delimiterIn(bytes: Uint8Array, csv: Reading): number {
    const { encoding } = decoderOf(csv.charset ?? "utf-8");
    const beginning = new TextDecoder(encoding === "iso-8859-16" ? "latin1" : encoding);
    this.delimiter ??= delimiterOf(beginning.decode(bytes.subarray(0, LONGEST_LOOK)), csv).charCodeAt(0);
    return this.delimiter;
  }

  private joined(): Uint8Array {
    const bytes = this.pieces.length === 1 ? this.pieces[0]! : concatenated(this.pieces);
    this.pieces = [bytes];
    return bytes;
  }
}

const encoder = new TextEncoder();
