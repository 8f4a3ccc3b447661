/** @module Text and binary integers and floats, as CPython's C unpickler reads them. */

/** Why a number cannot be read; the caller adds the byte offset. */
export class NumberError extends Error {
  readonly limit: boolean;
  constructor(message: string, limit = false) {
    super(message);
    this.limit = limit;
  }
}

/** The longest text of a number, and the longest payload of an integer, in bytes: patterns and bigints have an end. */
const LONGEST_TEXT = 1 << 20;
const LONGEST_PAYLOAD = 1 << 26;

const SPACE = "[ \\t\\n\\r\\f\\v]*";
const LITERAL = new RegExp(
  `^${SPACE}([+-]?)(0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|[1-9](?:_?[0-9])*|0(?:_?0)*)${SPACE}$`,
);
const DECIMAL = new RegExp(`^${SPACE}([+-]?)([0-9](?:_?[0-9])*)${SPACE}$`);
const C_INTEGER = /^[ \t\n\r\f\v]*([+-]?)(?:0[xX]([0-9a-fA-F]+)|0([0-7]*)|([1-9][0-9]*))$/;
const LONG_MAX = 2n ** 63n;

/** `number` while it is exact, else `bigint`; always `bigint` when `exact`. */
export function integer(value: bigint, exact: boolean): number | bigint {
  if (exact) return value;
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}

function signed(sign: string, magnitude: bigint): bigint {
  return sign === "-" ? -magnitude : magnitude;
}

function bounded(text: string): string {
  if (text.length > LONGEST_TEXT) throw new NumberError(`a number of more than ${LONGEST_TEXT} characters`, true);
  return text;
}

/** What a C function sees of a line: it ends at the first NUL. */
function cString(line: string): string {
  const end = line.indexOf("\0");
  return bounded(end < 0 ? line : line.slice(0, end));
}

function checkDigits(digits: string, most: number): void {
  if (digits.length > most) throw new NumberError(`an integer of more than ${most} digits`, true);
}

/** Python's `int(text, 0)`: prefixes and underscores, no leading zeros. */
export function parseIntegerLiteral(text: string, digits: number): bigint {
  const match = LITERAL.exec(bounded(text));
  if (match === null) throw new NumberError("could not convert string to int");
  const body = match[2]!.replaceAll("_", "");
  if (/^[0-9]+$/.test(body)) checkDigits(body, digits);
  return signed(match[1]!, BigInt(body));
}

/** Python's `int(text, 10)`, which takes leading zeros: memo indices. */
export function parseDecimal(text: string, digits: number): bigint {
  const match = DECIMAL.exec(cString(text));
  if (match === null || cString(text) !== text) throw new NumberError("could not convert string to int");
  const body = match[2]!.replaceAll("_", "");
  checkDigits(body, digits);
  return signed(match[1]!, BigInt(body));
}

/** The argument of INT: C's `strtol(text, 0)` first (`010` is 8), Python's literal when that fails; `true` for `01`. */
export function parseIntLine(line: string, digits: number): bigint | boolean {
  const text = cString(line);
  const match = C_INTEGER.exec(text);
  if (match !== null || text === "") {
    const value = match === null ? 0n : signed(match[1]!, cMagnitude(match));
    if (value >= -LONG_MAX && value < LONG_MAX)
      return line.length === 2 && (value === 0n || value === 1n) ? value === 1n : value;
  }
  return parseIntegerLiteral(text, digits);
}

function cMagnitude(match: RegExpExecArray): bigint {
  if (match[2] !== undefined) return BigInt(`0x${match[2]}`);
  if (match[3] !== undefined) return match[3] === "" ? 0n : BigInt(`0o${match[3]}`);
  if (match[4]!.length > 20) return LONG_MAX;
  return BigInt(match[4]!);
}

/** The argument of LONG: a literal with an optional trailing `L`. */
export function parseLong(line: string, digits: number): bigint {
  return parseIntegerLiteral(cString(line.endsWith("L") ? line.slice(0, -1) : line), digits);
}

/** The argument of FLOAT: no spaces or underscores; inf and nan in any case; overflow is refused. */
export function parseFloatText(line: string): number {
  const text = cString(line);
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (special !== null) {
    if (special[2]!.toLowerCase() === "nan") return Number.NaN;
    return special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  if (!/^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(text)) {
    throw new NumberError("could not convert string to float");
  }
  const value = Number(text);
  if (!Number.isFinite(value)) throw new NumberError("a float beyond the range of a double");
  return value;
}

/** Two's complement, little-endian: the payload of LONG1 and LONG4. */
export function readLong(bytes: Uint8Array, from: number, to: number, exact: boolean): number | bigint {
  const size = to - from;
  if (size === 0) return exact ? 0n : 0;
  if (size > LONGEST_PAYLOAD) throw new NumberError(`an integer of more than ${LONGEST_PAYLOAD} bytes`, true);
  const negative = bytes[to - 1]! >= 0x80;
  if (size <= 6 && !exact) {
    let value = 0;
    for (let at = to - 1; at >= from; at--) value = value * 256 + bytes[at]!;
    return negative ? value - 2 ** (8 * size) : value;
  }
  const unsigned = BigInt(`0x${hexadecimal(bytes, from, to)}`);
  return integer(negative ? unsigned - (1n << BigInt(8 * size)) : unsigned, exact);
}

const HEX_DIGITS = new TextEncoder().encode("0123456789abcdef");
const ascii = new TextDecoder();

/** The digits of little-endian bytes, the last byte first. */
function hexadecimal(bytes: Uint8Array, from: number, to: number): string {
  const digits = new Uint8Array(2 * (to - from));
  for (let at = to - 1, place = 0; at >= from; at--) {
    digits[place++] = HEX_DIGITS[bytes[at]! >> 4]!;
    digits[place++] = HEX_DIGITS[bytes[at]! & 15]!;
  }
  return ascii.decode(digits);
}

/** The payload of LONG1 and LONG4: the shortest two's complement, little-endian; none for 0. */
export function longBytes(value: bigint): Uint8Array {
  if (value === 0n) return new Uint8Array(0);
  const magnitude = value < 0n ? -value - 1n : value;
  const size = Math.floor(bitLength(magnitude) / 8) + 1;
  const hex = (value < 0n ? BigInt.asUintN(8 * size, value) : value).toString(16).padStart(2 * size, "0");
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at++) bytes[size - 1 - at] = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}

function bitLength(magnitude: bigint): number {
  if (magnitude === 0n) return 0;
  const hex = magnitude.toString(16);
  return 4 * (hex.length - 1) + 32 - Math.clz32(Number.parseInt(hex[0]!, 16));
}

/**
 * A float as Python's `repr` writes it: the shortest digits that give it back, with an exponent below 1e-4 and from 1e16 on.
 *
 * @example
 * floatRepr(1e16); // "1e+16"
 */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const [mantissa = "", power = "0"] = Math.abs(value).toExponential().split("e");
  const sign = value < 0 ? "-" : "";
  const digits = mantissa.replace(".", "");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16)
    return `${sign}${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${sign}${whole}.${digits.slice(exponent + 1) || "0"}`;
}
