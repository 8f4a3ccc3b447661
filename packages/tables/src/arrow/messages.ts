/** @module The messages of an Arrow stream: what they are and how much they claim, read before anything believes them. */

import { isCurtidoError } from "@curtido/pickle";
import { malformed, tooLarge } from "../errors.ts";
import { LIMITS, limitClaims } from "../limits.ts";
import type { TableLimits } from "../types.ts";
import { fieldAt, long, tableAt, type Vector, vectorAt } from "./flatbuffer.ts";

export const TITLE = "Arrow";

/** Kinds of messages. */
export const KINDS = { end: 0, schema: 1, dictionaries: 2, records: 3 } as const;
const CONTINUATION = -1;
/** Fields of a message, of a dictionary batch, of a record batch, of a schema, of its fields, and of a union. */
const FIELD = {
  ...{ kind: 1, header: 2, bodyLength: 3 },
  ...{ data: 1 },
  ...{ length: 0, nodes: 1, buffers: 2, variadic: 4 },
  ...{ fields: 1, schemaNotes: 2 },
  ...{ typeKind: 2, type: 3, dictionary: 4, children: 5, notes: 6 },
  ...{ typeIds: 1 },
} as const;
/** Bytes of what lists hold: a node says how long a column is. */
const [INT, LONG, NODE, BUFFER] = [4, 8, 16, 16];
const UNION = 14;
/** What a file begins and ends with; a stream stands between, and a footer behind it. */
const MAGIC = "ARROW1";
const FILE_HEAD = 8;

/** One message: what it is, how many bytes it has with its body, how many rows, how many cells. */
export interface Message {
  readonly kind: number;
  readonly size: number;
  readonly rows: number;
  readonly cells: number;
}

/** The stream that bytes are, or hold, when they are Arrow's file format. */
export function streamIn(bytes: Uint8Array): Uint8Array {
  const ascii = (from: number) => String.fromCharCode(...bytes.subarray(from, from + MAGIC.length));
  const end = bytes.length - MAGIC.length - 4;
  if (end < FILE_HEAD || ascii(0) !== MAGIC) return bytes;
  const footer = new DataView(bytes.buffer, bytes.byteOffset).getInt32(end, true);
  if (ascii(end + 4) !== MAGIC || !(footer >= 0 && footer <= end - FILE_HEAD)) throw malformed(TITLE, "it breaks off");
  return bytes.subarray(FILE_HEAD, end - footer);
}

/**
 * Refuses a stream whose messages claim more than is allowed: what reads them takes the memory that they claim.
 *
 * @throws CurtidoError E_TABLE_LIMIT, E_TABLE
 */
export function checkMessages(bytes: Uint8Array, limits: TableLimits = LIMITS): void {
  let claimed = 0;
  for (let at = 0; bytes.length - at >= LONG; ) {
    const message = messageOf(bytes.subarray(at), Number.MAX_SAFE_INTEGER);
    if (message?.kind === KINDS.end) return;
    if (message === undefined || message.size > bytes.length - at) throw malformed(TITLE, "it breaks off");
    claimed += message.cells;
    limitClaims(TITLE, claimed, bytes.length, limits);
    at += message.size;
  }
}

/** A message, or what has to stand before every part, is larger than may be kept. */
export function tooLong(most: number): Error {
  return tooLarge(TITLE, most, "bytes in one message");
}

/** Where the description of the message lies that bytes begin with, as soon as that can be seen. */
function description(bytes: Uint8Array, most: number): { readonly from: number; readonly length: number } | undefined {
  if (bytes.length < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const from = view.getInt32(0, true) === CONTINUATION ? 8 : 4;
  const length = view.getInt32(from - 4, true);
  if (length < 0 || length > most) throw tooLong(most);
  return { from, length };
}

/** How many bytes of the message that bytes begin with have to be there before there is anything new to see. */
export function neededBytes(bytes: Uint8Array, most: number): number {
  const described = description(bytes, most);
  return messageOf(bytes, most)?.size ?? (described === undefined ? 0 : described.from + described.length);
}

/** The message that bytes begin with, as soon as its description is there. */
export function messageOf(bytes: Uint8Array, most: number): Message | undefined {
  const place = description(bytes, most);
  if (place === undefined) return undefined;
  const { from, length: described } = place;
  if (described === 0) return { kind: KINDS.end, size: from, rows: 0, cells: 0 };
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
  if (!(bodyLength >= 0 && bodyLength <= most)) throw tooLong(most);
  const kindAt = fieldAt(view, table, FIELD.kind);
  const kind = kindAt === undefined ? 0 : view.getUint8(kindAt);
  const header = tableAt(view, table, FIELD.header);
  const message = { kind, size: size + bodyLength, rows: 0, cells: 0 };
  if (header === undefined) return message;
  if (kind === KINDS.schema) checkSchema(view, header);
  const batch = kind === KINDS.dictionaries ? tableAt(view, header, FIELD.data) : header;
  if ((kind !== KINDS.dictionaries && kind !== KINDS.records) || batch === undefined) return message;
  const rows = kind === KINDS.records ? long(view, fieldAt(view, batch, FIELD.length)) : 0;
  return { ...message, rows, cells: cellsIn(view, batch) };
}

/** How many cells the columns of a batch claim to have, those of columns inside of them too. Its lists lie in its bytes. */
function cellsIn(view: DataView, batch: number): number {
  const nodes = vectorAt(view, batch, FIELD.nodes, NODE);
  const buffers = vectorAt(view, batch, FIELD.buffers, BUFFER);
  const more = vectorAt(view, batch, FIELD.variadic, LONG);
  const variadic = sum(view, more, LONG);
  if (!(variadic <= buffers.count)) throw new RangeError("a column has more buffers than there are");
  return sum(view, nodes, NODE);
}

function sum(view: DataView, { start, count }: Vector, stride: number): number {
  let total = 0;
  for (let at = 0; at < count; at++) {
    const value = long(view, start + at * stride);
    total += value < 0 ? Number.POSITIVE_INFINITY : value;
  }
  return total;
}

/** Columns inside of columns, and all columns of a schema: more are no table. */
const DEEPEST = 32;
const MOST_FIELDS = 1 << 20;

/** Every list of a schema lies in its bytes, and no column holds itself. */
function checkSchema(view: DataView, schema: number): void {
  let fields = 0;
  const visit = (table: number, list: number, depth: number): void => {
    const { start, count } = vectorAt(view, table, list, INT);
    fields += count;
    if (depth > DEEPEST || fields > MOST_FIELDS) throw new RangeError("it has too many columns");
    for (let at = 0; at < count; at++) {
      const place = start + at * INT;
      const field = place + view.getInt32(place, true);
      const inside = fields;
      visit(field, FIELD.children, depth + 1);
      // What reads them makes them all at once, before they can be looked at.
      if (fields > inside && tableAt(view, field, FIELD.dictionary) !== undefined)
        throw malformed(TITLE, "it has a dictionary of lists");
      vectorAt(view, field, FIELD.notes, INT);
      const kind = fieldAt(view, field, FIELD.typeKind);
      const type = tableAt(view, field, FIELD.type);
      if (type !== undefined && kind !== undefined && view.getUint8(kind) === UNION)
        vectorAt(view, type, FIELD.typeIds, INT);
    }
  };
  visit(schema, FIELD.fields, 0);
  vectorAt(view, schema, FIELD.schemaNotes, INT);
}
