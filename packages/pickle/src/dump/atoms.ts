/** @module Integers, floats, texts and bytes, each in the shortest opcode that a protocol has. */

import { CurtidoError } from "../errors.ts";
import { defaultLimits } from "../limits.ts";
import { floatRepr, longBytes } from "../numbers.ts";
import {
  BINBYTES,
  BINBYTES8,
  BINFLOAT,
  BINUNICODE,
  BINUNICODE8,
  BYTEARRAY8,
  FLOAT,
  INT,
  LONG,
  LONG1,
  LONG4,
  MARK,
  REDUCE,
  SHORT_BINBYTES,
  SHORT_BINUNICODE,
  TUPLE,
  TUPLE2,
  UNICODE,
} from "../opcodes.ts";
import { decodeLatin1, encodeRawUnicodeEscape, encodeUtf8 } from "../text.ts";
import { Global } from "../values.ts";
import type { Writer } from "./writer.ts";

const INT_MAX = 0x7fffffff;
const INT_MIN = -0x80000000;

export function writeInteger({ sink, protocol }: Writer, value: bigint): void {
  if (value >= INT_MIN && value <= INT_MAX) {
    if (protocol === 0) sink.lines(INT, String(value));
    else sink.int(Number(value));
    return;
  }
  if (protocol >= 2) {
    const bytes = longBytes(value);
    sink.counted(bytes.length <= 0xff ? Uint8Array.of(LONG1, bytes.length) : header4(LONG4, bytes.length), bytes);
    return;
  }
  const text = String(value);
  if (text.length > defaultLimits.integerDigits + (value < 0 ? 1 : 0)) {
    const message = `an integer of more than ${defaultLimits.integerDigits} digits needs protocol 2 or later`;
    throw new CurtidoError("E_LIMIT", message, { limit: "integerDigits" });
  }
  sink.lines(LONG, `${text}L`);
}

export function writeFloat({ sink, protocol }: Writer, value: number): void {
  if (protocol > 0) sink.opF8(BINFLOAT, value);
  else sink.lines(FLOAT, floatRepr(value));
}

/** A text, without its memo entry. */
export function writeText({ sink, protocol }: Writer, text: string): void {
  if (protocol === 0) {
    sink.lines(UNICODE, encodeRawUnicodeEscape(text));
    return;
  }
  if (protocol >= 4 ? sink.text(SHORT_BINUNICODE, BINUNICODE, text) : sink.text(-1, BINUNICODE, text)) return;
  const bytes = encodeUtf8(text);
  if (protocol >= 4 && bytes.length <= 0xff) sink.counted(Uint8Array.of(SHORT_BINUNICODE, bytes.length), bytes);
  else sink.counted(header(protocol, bytes.length, BINUNICODE, BINUNICODE8, "a str"), bytes);
}

/**
 * Bytes or, when `mutable`, a bytearray, with its memo entry; `object` is what the memo knows it by.
 *
 * Below protocol 3 bytes are the encoding of a text, and below 5 a bytearray is made of bytes.
 */
export function writeBytes(writer: Writer, object: object, data: Uint8Array, mutable: boolean): boolean {
  const { sink, protocol } = writer;
  if (mutable ? protocol < 5 : protocol < 3) return writeBytesAsCall(writer, object, data, mutable);
  if (mutable) sink.counted(header8(BYTEARRAY8, data.length), data);
  else if (data.length <= 0xff) sink.counted(Uint8Array.of(SHORT_BINBYTES, data.length), data);
  else sink.counted(header(protocol, data.length, BINBYTES, BINBYTES8, "a bytes object"), data);
  writer.put(object);
  return true;
}

function writeBytesAsCall(writer: Writer, object: object, data: Uint8Array, mutable: boolean): boolean {
  const args = () => {
    if (data.length === 0) return writer.saveArguments([]);
    return mutable ? writer.saveArguments([new Uint8Array(data)]) : textArguments(writer, data);
  };
  return writer.steps(
    () => writer.save(mutable || data.length === 0 ? new Global("builtins", mutable ? "bytearray" : "bytes") : ENCODE),
    args,
    () => writer.op(REDUCE),
    () => writer.putMade(object),
  );
}

const ENCODE = new Global("_codecs", "encode");

/** `(text, "latin1")`; the text is an object of its own, except that Python keeps one of each single character. */
function textArguments(writer: Writer, data: Uint8Array): boolean {
  const text = decodeLatin1(data, 0, data.length);
  if (text.length === 1 || writer.options.persistentId !== undefined) return writer.saveArguments([text, "latin1"]);
  writer.sink.boundary();
  if (writer.protocol < 2) writer.op(MARK);
  writeText(writer, text);
  writer.remember();
  writer.save("latin1");
  writer.op(writer.protocol < 2 ? TUPLE : TUPLE2);
  writer.remember();
  return true;
}

function header(protocol: number, length: number, short: number, long: number, what: string): Uint8Array {
  if (length <= 0xffffffff) return header4(short, length);
  if (protocol >= 4) return header8(long, length);
  throw new CurtidoError("E_LIMIT", `${what} of more than 4 GiB needs protocol 4 or later`, { length });
}

function header4(code: number, length: number): Uint8Array {
  const bytes = new Uint8Array(5);
  bytes[0] = code;
  new DataView(bytes.buffer).setUint32(1, length, true);
  return bytes;
}

function header8(code: number, length: number): Uint8Array {
  const bytes = new Uint8Array(9);
  bytes[0] = code;
  new DataView(bytes.buffer).setBigUint64(1, BigInt(length), true);
  return bytes;
}
