/** @module An Arrow stream in its record batches, each behind the schema and the dictionaries that it needs. */

import { isCurtidoError } from "@curtido/pickle";
import { concatenated } from "../bytes.ts";
import { malformed, tooLarge as tooLargeTable } from "../errors.ts";
import type { Splitter } from "../types.ts";
import { TITLE } from "./arrow.ts";

/** Kinds of messages. */
const DICTIONARIES = 2;
const RECORDS = 3;
const CONTINUATION = -1;
/** Fields of a message's table, and of a record batch's. */
const FIELD = { kind: 1, header: 2, bodyLength: 3, length: 0 } as const;

/** One message: what it is, how many bytes it has with its body, how many rows. */
interface Message {
  readonly kind: number;
  readonly size: number;
  readonly rows: number;
}

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
    if (kind === RECORDS) {
      this.rows += rows;
      this.parts.push(concatenated([...this.head, bytes]));
      return;
    }
    if (kind > DICTIONARIES) throw malformed(TITLE, "it holds other messages");
    this.headSize += bytes.length;
    if (this.headSize > this.most) throw tooLarge(this.most);
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

function tooLarge(most: number): Error {
  return tooLargeTable(TITLE, most, "bytes in one message");
}

/** The message that bytes begin with, as soon as its description is there. */
function messageOf(bytes: Uint8Array, most: number): Message | undefined {
  if (bytes.length < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const continued = view.getInt32(0, true) === CONTINUATION;
  const from = continued ? 8 : 4;
  const described = view.getInt32(from - 4, true);
  if (described === 0) return { kind: 0, size: from, rows: 0 };
  if (described < 0 || described > most) throw tooLarge(most);
  if (bytes.length < from + described) return undefined;
  try {
    return describe(new DataView(bytes.buffer, bytes.byteOffset + from, described), from + described, most);
  } catch (error) {
    if (isCurtidoError(error)) throw error;
    throw malformed(TITLE, "a message is malformed", error);
  }
}

function describe(view: DataView, size: number, most: number): Message {
  const table = view.getInt32(0, true);
  const bodyLength = long(view, fieldAt(view, table, FIELD.bodyLength));
  if (!(bodyLength >= 0 && bodyLength <= most)) throw tooLarge(most);
  const kindAt = fieldAt(view, table, FIELD.kind);
  const kind = kindAt === undefined ? 0 : view.getUint8(kindAt);
  const headerAt = fieldAt(view, table, FIELD.header);
  const header = headerAt === undefined ? undefined : headerAt + view.getInt32(headerAt, true);
  const rows = kind === RECORDS && header !== undefined ? long(view, fieldAt(view, header, FIELD.length)) : 0;
  return { kind, size: size + bodyLength, rows };
}

/** Where a field of a flatbuffer's table stands; `undefined` when it has its default. */
function fieldAt(view: DataView, table: number, field: number): number | undefined {
  const vtable = table - view.getInt32(table, true);
  const entry = 4 + 2 * field;
  if (entry >= view.getUint16(vtable, true)) return undefined;
  const offset = view.getUint16(vtable + entry, true);
  return offset === 0 ? undefined : table + offset;
}

function long(view: DataView, at: number | undefined): number {
  return at === undefined ? 0 : Number(view.getBigInt64(at, true));
}
