/** @module Calls that make bytes, as CPython takes or refuses their arguments. */

import { BuildError } from "../builder.ts";
import { codecOf, encodeWith } from "../encodings.ts";
import { ByteArray, FrozenSet, PySet, Tuple } from "../values.ts";

type Args = readonly unknown[];

/** How the names of Python's other codecs begin. */
const OTHER =
  /^(base|big|bz2|charmap|chinese|cp|csiso|cyrillic|euc|gb|greek|hebrew|hex|hkscs|hp|hz|ibm|idna|iso|jis|jo|ko|ks|kz|l\d|latin|mac|mbcs|ms|oem|palmos|ptcp|puny|quo|raw|rk|rot|r8|ruscii|s?hift|sjis|string|strk|tis|u|windows|x_|zip|zlib|\d)/i;

/**
 * `_codecs.encode(text, "latin1")`: how protocols below 3 write bytes. With a codec or a way to treat errors that is not known
 * here, it stays a call.
 *
 * @throws BuildError for arguments that Python refuses; TextError for a text that the codec does not have
 */
export function encode(args: Args): Uint8Array | undefined {
  const [value, encoding = "utf-8", errors = "strict"] = args;
  if (args.length < 1 || args.length > 3) throw refused(`encode() takes 1 to 3 arguments, not ${args.length}`);
  if (typeof encoding !== "string" || typeof errors !== "string")
    throw refused("encode() takes the names of an encoding and of a treatment of errors");
  const codec = codecOf(encoding);
  if (codec === undefined && !OTHER.test(encoding)) throw new BuildError("E_ENCODING", "there is no such encoding");
  if (codec === undefined) return undefined;
  if (typeof value !== "string") throw refused("only a text is encoded");
  return errors === "strict" ? encodeWith(codec, value) : undefined;
}

/**
 * `bytearray(bytes)`, `bytearray(text, encoding)`, `bytearray(integers)`. That of a number, which asks for so many zeros,
 * stays a call.
 *
 * @throws as {@link encode}
 */
export function bytearray(args: Args): ByteArray | undefined {
  const [source, encoding] = args;
  if (args.length > 3) throw refused(`bytearray() takes at most 3 arguments, not ${args.length}`);
  if (typeof source === "string") {
    if (encoding === undefined) throw refused("bytearray() of a text needs its encoding");
    const encoded = encode(args);
    return encoded && new ByteArray(encoded);
  }
  if (args.length > 1) throw refused("bytearray() takes an encoding of a text only");
  if (source === undefined || source instanceof Uint8Array) return new ByteArray(source ?? []);
  if (source === null || (typeof source === "number" && !Number.isInteger(source)))
    throw refused("a bytearray is made of bytes, a text or integers");
  if ((typeof source === "number" || typeof source === "bigint") && source < 0)
    throw new BuildError("E_ARGUMENT", "a bytearray of a negative length");
  const items =
    Array.isArray(source) || source instanceof Tuple || source instanceof PySet || source instanceof FrozenSet;
  return items ? new ByteArray(Array.from(source as Iterable<unknown>, byteOf)) : undefined;
}

/**
 * What a bytearray takes for one of its bytes.
 *
 * @throws BuildError for anything but an integer from 0 to 255
 */
export function byteOf(value: unknown): number {
  const isInteger = typeof value === "bigint" || typeof value === "boolean" || Number.isInteger(value);
  if (!isInteger) throw refused("a byte of a bytearray is an integer");
  const byte = Number(value);
  if (byte < 0 || byte > 255) throw new BuildError("E_ARGUMENT", `a byte is 0 to 255, not ${String(value)}`);
  return byte;
}

/**
 * Says that a stream appends to a bytearray. Arrays of JavaScript have room for that only if they were made so, which takes more
 * than what nearly no stream needs: the stream is read once more.
 */
export class BytesGrow extends Error {}

/**
 * A bytearray to which so many bytes may be appended.
 *
 * @throws BuildError when there is no room for it
 */
export function growable(bytes: ByteArray, more: number): ByteArray {
  try {
    const buffer = new ArrayBuffer(bytes.length, { maxByteLength: bytes.length + more });
    const grown = new ByteArray(buffer);
    grown.set(bytes);
    return grown;
  } catch (error) {
    if (error instanceof RangeError) throw new BuildError("E_LIMIT", "there is no room for bytearrays that grow");
    throw error;
  }
}

/** @throws BytesGrow for one that is not {@link growable} */
export function growBytes(bytes: ByteArray, more: readonly number[]): void {
  const { buffer, length } = bytes;
  if (!(buffer instanceof ArrayBuffer) || !buffer.resizable) throw new BytesGrow();
  buffer.resize(length + more.length);
  bytes.set(more, length);
}

function refused(message: string): BuildError {
  return new BuildError("E_TYPE", message);
}
