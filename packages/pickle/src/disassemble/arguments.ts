/** @module An opcode's argument as `pickletools.genops` reads it: in places differently from what an unpickler does. */

import { defaultLimits } from "../limits.ts";
import { floatRepr, readLong } from "../numbers.ts";
import type { Opcode } from "../opcodes.ts";
import type { Tokenizer } from "../tokens.ts";
import { escapedAscii, latin1Text, rawUnicodeText, utf8Text } from "./codecs.ts";
import { PythonError } from "./python_error.ts";
import { bytearrayRepr, bytesRepr, type TextParts, textRepr } from "./repr.ts";
import { pythonFloat, pythonInt, tooManyDigits } from "./text_numbers.ts";

/** An argument: an int (`number` while it is exact), a bool, or anything that knows its repr; `undefined` is none. */
export type Argument = number | bigint | boolean | Shown | undefined;

/** What only has to be shown. */
export class Shown {
  /** Python's `repr`, in pieces. */
  readonly pieces: () => Iterable<string>;
  constructor(pieces: () => Iterable<string>) {
    this.pieces = pieces;
  }
}

/** How many bytes are shown at once. */
const SHORT = 1 << 12;
/** The longest line that is decoded, in bytes. */
const LONGEST_LINE = 1 << 26;
/** Bytes of an int that has more digits than Python shows, whatever they are. */
const UNSHOWN_BYTES = 2048;
const NEWLINE = "no newline found when trying to read";

/** Reads the argument of the opcode at which `t` stands. Throws a {@link PythonError} where genops raises. */
export function readArgument(t: Tokenizer, opcode: Opcode): Argument {
  switch (opcode.argument) {
    case "none":
      return undefined;
    case "u1":
    case "u2":
    case "i4":
      return t.int;
    case "u4":
      return t.value;
    case "u8":
      return smaller(t.view.getBigUint64(t.start + 1, true));
    case "f8": {
      const { value } = t;
      return new Shown(() => [floatRepr(value)]);
    }
    case "line":
      return readLine(t.bytes, t.from, t.to, opcode.name);
    case "lines":
      return text(`${escapedLine(t.bytes, t.from, t.to)} ${escapedLine(t.bytes, t.from2, t.to2)}`);
    default:
      return readCounted(t.bytes, t.from, t.to, opcode.name);
  }
}

const smaller = (value: bigint): number | bigint => (value <= Number.MAX_SAFE_INTEGER ? Number(value) : value);

function text(parts: TextParts | string): Shown {
  const each = typeof parts === "string" ? [parts] : parts;
  if (Array.isArray(each)) return new Shown(() => [[...textRepr(each)].join("")]);
  return new Shown(() => textRepr(each));
}

function binary(bytes: Uint8Array): Shown {
  if (bytes.length <= SHORT) return new Shown(() => [[...bytesRepr(bytes)].join("")]);
  return new Shown(() => bytesRepr(bytes));
}

function escapedLine(bytes: Uint8Array, from: number, to: number): string {
  if (to - from > LONGEST_LINE)
    throw new PythonError("E_LIMIT", `a line of more than ${LONGEST_LINE} bytes`, "MemoryError");
  return escapedAscii(bytes, from, to);
}

function readLine(bytes: Uint8Array, from: number, to: number, name: string): Argument {
  const line = bytes.subarray(from, to);
  if (line.length > LONGEST_LINE)
    throw new PythonError("E_LIMIT", `a line of more than ${LONGEST_LINE} bytes`, "MemoryError");
  switch (name) {
    case "FLOAT": {
      const value = pythonFloat(line);
      return new Shown(() => [floatRepr(value)]);
    }
    case "UNICODE":
      return text(rawUnicodeText(bytes, from, to));
    case "STRING":
      return text(quotedText(bytes, from, to));
    case "PERSID":
      return text(escapedAscii(bytes, from, to));
    case "LONG":
      return pythonInt(line.at(-1) === 0x4c ? line.subarray(0, -1) : line);
    default:
      // INT, PUT and GET; `00` and `01` are the booleans
      if (line.length === 2 && line[0] === 0x30 && (line[1] === 0x30 || line[1] === 0x31)) return line[1] === 0x31;
      return pythonInt(line);
  }
}

function quotedText(bytes: Uint8Array, from: number, to: number): string {
  const quote = bytes[from];
  const line = () => [...bytesRepr(bytes.subarray(from, to))].join("");
  if (from === to || (quote !== 0x22 && quote !== 0x27))
    throw new PythonError("E_ARGUMENT", `no string quotes around ${line()}`);
  if (bytes[to - 1] !== quote) {
    const shown = quote === 0x22 ? `b'"'` : `b"'"`;
    throw new PythonError("E_ARGUMENT", `strinq quote ${shown} not found at both ends of ${line()}`);
  }
  return to - from < 2 ? "" : escapedAscii(bytes, from + 1, to - 1);
}

function readCounted(bytes: Uint8Array, from: number, to: number, name: string): Argument {
  const payload = bytes.subarray(from, to);
  if (name === "LONG1" || name === "LONG4") return readInt(bytes, from, to);
  if (name === "BYTEARRAY8") return new Shown(() => bytearrayRepr(payload));
  if (name.endsWith("BYTES") || name === "BINBYTES8") return binary(payload);
  return text(name.endsWith("BINSTRING") ? latin1Text(bytes, from, to) : utf8Text(bytes, from, to));
}

/** Two's complement; bytes at the end that only repeat the sign do not count. */
function readInt(bytes: Uint8Array, from: number, to: number): Argument {
  let end = to;
  const sign = to > from && bytes[to - 1]! >= 0x80 ? 0xff : 0;
  while (end - from > 1 && bytes[end - 1] === sign && (bytes[end - 2]! & 0x80) === (sign & 0x80)) end--;
  if (end - from <= UNSHOWN_BYTES) return readLong(bytes, from, end, false);
  return new Shown(() => {
    throw tooManyDigits();
  });
}

/** Python's `repr` of an argument, in pieces. Throws a {@link PythonError} for an int that Python does not show. */
export function argumentRepr(argument: Argument): Iterable<string> {
  if (argument === undefined) return ["None"];
  if (typeof argument === "boolean") return [argument ? "True" : "False"];
  if (argument instanceof Shown) return argument.pieces();
  const digits = argument.toString();
  if (digits.length - (digits[0] === "-" ? 1 : 0) > defaultLimits.integerDigits) throw tooManyDigits();
  return [digits];
}

/** What genops raises where the tokenizer cannot read the opcode at `at`; FRAME lengths beyond 2^63 it does read. */
export function truncated(bytes: Uint8Array, at: number, opcode: Opcode): PythonError {
  const rest = bytes.length - at - 1;
  const { argument } = opcode;
  if (argument === "line" || argument === "lines") {
    const first = bytes.indexOf(0x0a, at + 1);
    if (first >= 0) escapedLine(bytes, at + 1, first);
    return new PythonError("E_TRUNCATED", `${NEWLINE} ${opcode.name === "UNICODE" ? "unicodestringnl" : "stringnl"}`);
  }
  const width = WIDTHS[argument] ?? 0;
  if (rest < width || PLAIN_READERS.has(argument))
    return new PythonError("E_TRUNCATED", `not enough data in stream to read ${READERS[argument]}`);
  return truncatedPayload(bytes, at, opcode, width);
}

const READERS: Readonly<Record<string, string>> = {
  u1: "uint1",
  u2: "uint2",
  i4: "int4",
  u4: "uint4",
  u8: "uint8",
  f8: "float8",
  n1: "uint1",
  n4: "uint4",
  n4s: "int4",
  n8: "uint8",
};
const PLAIN_READERS: ReadonlySet<string> = new Set(["u1", "u2", "i4", "u4", "u8", "f8"]);
const WIDTHS: Readonly<Record<string, number>> = { n1: 1, n4: 4, n4s: 4, n8: 8 };
/** `pickletools` names its readers of counted data by what they read and how wide the count is. */
const KINDS: Readonly<Record<string, string>> = {
  bytes_or_str: "string",
  bytes: "bytes",
  bytearray: "bytearray",
  str: "unicodestring",
  int: "long",
};

function truncatedPayload(bytes: Uint8Array, at: number, opcode: Opcode, width: number): PythonError {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = `${KINDS[opcode.after[0]!]}${width}`;
  const count =
    width === 1
      ? BigInt(bytes[at + 1]!)
      : width === 8
        ? view.getBigUint64(at + 1, true)
        : BigInt(opcode.argument === "n4s" ? view.getInt32(at + 1, true) : view.getUint32(at + 1, true));
  if (count < 0n) return new PythonError("E_ARGUMENT", `${reader} byte count < 0: ${count}`);
  if (count >= 2n ** 63n) return new PythonError("E_ARGUMENT", `${reader} byte count > sys.maxsize: ${count}`);
  if (opcode.after[0] === "int") return new PythonError("E_TRUNCATED", `not enough data in stream to read ${reader}`);
  const left = bytes.length - at - 1 - width;
  return new PythonError("E_TRUNCATED", `expected ${count} bytes in a ${reader}, but only ${left} remain`);
}
