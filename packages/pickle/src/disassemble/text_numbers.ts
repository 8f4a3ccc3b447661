/** @module Text numbers as `pickletools` reads them: Python's `int(line)` and `float(line)`. */

import { defaultLimits } from "../limits.ts";
import { decodeLatin1 } from "../text.ts";
import { PythonError } from "./python_error.ts";
import { bytesRepr } from "./repr.ts";

/** How much of a bad literal an error of `int` shows. */
const SHOWN = 200;
const [PLUS, MINUS, UNDERSCORE, ZERO, NINE, POINT] = [0x2b, 0x2d, 0x5f, 0x30, 0x39, 0x2e];

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= NINE;
const isSpace = (byte: number | undefined): boolean => byte === 0x20 || (byte !== undefined && byte >= 9 && byte <= 13);

const shown = (bytes: Uint8Array): string => [...bytesRepr(bytes)].join("");

/** The line without white space around it. */
function stripped(line: Uint8Array): Uint8Array {
  let [from, to] = [0, line.length];
  while (isSpace(line[from])) from++;
  while (to > from && isSpace(line[to - 1])) to--;
  return line.subarray(from, to);
}

/** Python's `int(line)`: decimal digits, with single underscores between them; `number` while it is exact. */
export function pythonInt(line: Uint8Array): number | bigint {
  const invalid = () => {
    const literal = shown(line.subarray(0, SHOWN)).slice(0, SHOWN);
    return new PythonError("E_ARGUMENT", `invalid literal for int() with base 10: ${literal}`);
  };
  const text = stripped(line);
  const negative = text[0] === MINUS;
  const from = negative || text[0] === PLUS ? 1 : 0;
  const end = digitsEnd(text, from);
  if (end === undefined) throw invalid();
  const digits = decodeLatin1(text, from, end).replaceAll("_", "");
  if (digits.length > defaultLimits.integerDigits) throw tooManyDigits(`value has ${digits.length} digits; `);
  if (end < text.length) throw invalid();
  const value = BigInt(digits);
  const number = Number(negative ? -value : value);
  return Number.isSafeInteger(number) ? number : negative ? -value : value;
}

/** Where the digits and underscores that start at `from` end, if they are a number. */
function digitsEnd(text: Uint8Array, from: number): number | undefined {
  let at = from;
  if (!isDigit(text[at])) return undefined;
  while (isDigit(text[at]) || text[at] === UNDERSCORE) {
    if (text[at] === UNDERSCORE && !isDigit(text[at + 1])) return undefined;
    at++;
  }
  return at;
}

/** An integer that Python does not turn into text, or out of it. */
export function tooManyDigits(which = ""): PythonError {
  const limit = `Exceeds the limit (${defaultLimits.integerDigits} digits) for integer string conversion`;
  return new PythonError(
    "E_LIMIT",
    `${limit}${which === "" ? "; " : `: ${which}`}use sys.set_int_max_str_digits() to increase the limit`,
  );
}

/** Python's `float(line)`: also `inf`, `nan`, underscores between digits, and overflow to an infinity. */
export function pythonFloat(line: Uint8Array): number {
  const text = stripped(line);
  if (isFloat(text)) return Number(decodeLatin1(text, 0, text.length).replaceAll("_", ""));
  const word = text.length <= "+infinity".length ? decodeLatin1(text, 0, text.length).toLowerCase() : "";
  if (/^[+-]?nan$/.test(word)) return Number.NaN;
  if (/^[+-]?inf(inity)?$/.test(word)) return word[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  throw new PythonError("E_ARGUMENT", `could not convert string to float: ${shown(line)}`);
}

/** Sign, digits with a point somewhere or none, an exponent or none. No pattern: a line may be of any length. */
function isFloat(text: Uint8Array): boolean {
  let at = text[0] === PLUS || text[0] === MINUS ? 1 : 0;
  const whole = digitsEnd(text, at);
  at = whole ?? at;
  if (text[at] === POINT) {
    const fraction = digitsEnd(text, ++at);
    if (whole === undefined && fraction === undefined) return false;
    at = fraction ?? at;
  } else if (whole === undefined) return false;
  if (((text[at] ?? 0) | 0x20) === 0x65) {
    at++;
    if (text[at] === PLUS || text[at] === MINUS) at++;
    const exponent = digitsEnd(text, at);
    if (exponent === undefined) return false;
    at = exponent;
  }
  return at === text.length;
}
