/** @module An Arrow stream in its record batches, each behind the schema and the dictionaries that it needs. */

import { concatenated } from "../bytes.ts";
import { malformed } from "../errors.ts";
import type { Splitter } from "../types.ts";
import { KINDS, type Message, messageOf, neededBytes, TITLE, tooLong } from "./messages.ts";

/**
 * Splits an Arrow stream. Every part is a stream of its own, of as many record batches as make it worth to read its
 * dictionaries again.
 *
 * @throws CurtidoError E_TABLE when it is malformed, E_TABLE_LIMIT when one message is larger than `most` bytes
 */
export class ArrowSplitter implements Splitter {
  rows = 0;
  private readonly size: number;
  private readonly most: number;
  /** What came of the message that is not all here, and how long it is, as soon as that is known. */
  private pieces: Uint8Array[] = [];
  private length = 0;
  private needed = 0;
  private readonly head: Uint8Array[] = [];
  private headSize = 0;
  private batches: Uint8Array[] = [];
  private batchSize = 0;

  constructor(size: number, most: number) {
    this.size = size;
    this.most = most;
  }

  push(piece: Uint8Array): void {
    this.pieces.push(piece);
    this.length += piece.length;
    if (this.length < this.needed) return;
    let seen = this.pieces.length === 1 ? piece : concatenated(this.pieces);
    for (;;) {
      const message = messageOf(seen, this.most);
      if (message === undefined || seen.length < message.size) break;
      this.take(message, seen.subarray(0, message.size));
      seen = seen.subarray(message.size);
    }
    this.needed = neededBytes(seen, this.most);
    this.pieces = [seen];
    this.length = seen.length;
  }

  private take({ kind, rows }: Message, bytes: Uint8Array): void {
    if (kind === KINDS.records) {
      this.rows += rows;
      this.batches.push(new Uint8Array(bytes));
      this.batchSize += bytes.length;
      return;
    }
    if (kind === KINDS.end) return;
    if (kind > KINDS.dictionaries) throw malformed(TITLE, "it holds other messages");
    this.headSize += bytes.length;
    if (this.headSize > this.most) throw tooLong(this.most);
    this.head.push(new Uint8Array(bytes));
  }

  next(): Uint8Array | undefined {
    return this.batchSize >= Math.max(this.size, this.headSize) ? this.part() : undefined;
  }

  last(): Uint8Array | undefined {
    const seen = concatenated(this.pieces);
    if (seen.length > 0 && messageOf(seen, this.most)?.size !== seen.length) throw malformed(TITLE, "it breaks off");
    return this.batches.length === 0 ? undefined : this.part();
  }

  private part(): Uint8Array {
    const part = concatenated([...this.head, ...this.batches]);
    this.batches = [];
    this.batchSize = 0;
    return part;
  }
}
