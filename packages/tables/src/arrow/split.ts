/** @module An Arrow stream in its record batches, each behind the schema and the dictionaries that it needs. */

import { concatenated } from "../bytes.ts";
import { malformed } from "../errors.ts";
import type { Splitter } from "../types.ts";
import { KINDS, type Message, messageOf, TITLE, tooLong } from "./messages.ts";

/**
 * Splits an Arrow stream. Every part is a stream of its own.
 *
 * @throws CurtidoError E_TABLE when it is malformed, E_TABLE_LIMIT when one message is larger than `most` bytes
 */
export class ArrowSplitter implements Splitter {
  rows = 0;
  private readonly most: number;
  private seen: Uint8Array = new Uint8Array(0);
  private readonly head: Uint8Array[] = [];
  private headSize = 0;
  private readonly parts: Uint8Array[] = [];

  constructor(most: number) {
    this.most = most;
  }

  push(piece: Uint8Array): void {
    this.seen = this.seen.length === 0 ? piece : concatenated([this.seen, piece]);
    for (;;) {
      const message = messageOf(this.seen, this.most);
      if (message === undefined || this.seen.length < message.size) return;
      this.take(message, this.seen.subarray(0, message.size));
      this.seen = this.seen.subarray(message.size);
    }
  }

  private take({ kind, rows }: Message, bytes: Uint8Array): void {
    if (kind === KINDS.records) {
      this.rows += rows;
      this.parts.push(concatenated([...this.head, bytes]));
      return;
    }
    if (kind > KINDS.dictionaries) throw malformed(TITLE, "it holds other messages");
    this.headSize += bytes.length;
    if (this.headSize > this.most) throw tooLong(this.most);
    this.head.push(new Uint8Array(bytes));
  }

  next(): Uint8Array | undefined {
    return this.parts.shift();
  }

  last(): Uint8Array | undefined {
    if (this.seen.length > 0 && messageOf(this.seen, this.most)?.size !== this.seen.length)
      throw malformed(TITLE, "it breaks off");
    return undefined;
  }
}
