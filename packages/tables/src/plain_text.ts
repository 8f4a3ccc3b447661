/** @module Bytes as text, text as plain JSON, and back. */

import { CurtidoError, isCurtidoError } from "@curtido/pickle";
import { decoderOf, marked } from "./charsets.ts";
import { tooLarge, unreadable } from "./errors.ts";
import { LIMITS, MOST_DEPTH, ROW_CELLS } from "./limits.ts";
import type { TableLimits } from "./types.ts";

const JSON_TITLE = "JSON";

/** The longest text that JavaScript can hold, nearly. */
const LONGEST = 2 ** 29 - 2 ** 10;

/** Most texts are. */
const UTF8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Bytes as text, in the encoding of their byte order mark, else in a charset; byte order marks are left out.
 *
 * @param title - the format, for messages
 * @throws CurtidoError E_TABLE when it is no text in that charset, E_CHARSET when nobody knows the charset, E_TABLE_LIMIT
 */
export function decoded(bytes: Uint8Array, title: string, charset = "utf-8"): string {
  if (bytes.length > LONGEST) throw tooLarge(title, LONGEST, "bytes");
  if (charset === "utf-8") {
    try {
      return unmarked(UTF8.decode(bytes));
    } catch {
      // It may be UTF-16 all the same.
    }
  }
  const own = marked(bytes);
  const decoder = decoderOf(own ?? charset);
  try {
    return unmarked(decoder.decode(bytes));
  } catch (error) {
    const named = (own ?? charset).toUpperCase();
    const advice = decoder.encoding === "utf-8" ? "save it as UTF-8, or name its charset" : "save it as UTF-8";
    throw unreadable(title, `is not ${named}; ${advice}`, { cause: error });
  }
}

/** A text of a table, and what was supposed of its encoding. */
export interface TableText {
  readonly text: string;
  readonly notes?: readonly string[];
}

/** What is supposed of a table that is no UTF-8 and says nothing of its charset: what Excel saves in the west. */
const SUPPOSED = "windows-1252";

/**
 * {@link decoded} for tables: one that nobody gave a charset, and that is no UTF-8, is windows-1252, and that is noted.
 *
 * @throws CurtidoError E_TABLE, with the line, for one that is UTF-8 in some places and not in others
 */
export function decodedTable(bytes: Uint8Array, title: string, charset?: string): TableText {
  if (charset !== undefined || marked(bytes) !== undefined) return { text: decoded(bytes, title, charset) };
  try {
    return { text: decoded(bytes, title) };
  } catch (error) {
    if (!isCurtidoError(error, "E_TABLE")) throw error;
    const line = mixedLine(bytes);
    if (line !== undefined) {
      const problem = "is not UTF-8, while others are: save the file in one encoding, or name its charset";
      throw unreadable(title, problem, { line, cause: error });
    }
  }
  const notes = [`the ${title} file is not UTF-8 and names no charset; it was read as ${SUPPOSED}`];
  return { text: decoded(bytes, title, SUPPOSED), notes };
}

/** The first line that is no UTF-8 of bytes in which characters of several bytes are UTF-8 too. */
function mixedLine(bytes: Uint8Array): number | undefined {
  let [line, wrong, found] = [1, 0, false];
  for (let at = 0; at < bytes.length && !(found && wrong > 0); at++) {
    const byte = bytes[at]!;
    if (byte === NEWLINE) line++;
    if (byte < 0x80) continue;
    const more = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
    const whole = byte >= 0xc2 && byte < 0xf5 && continues(bytes, at + 1, more);
    if (whole) {
      found = true;
      at += more;
    } else if (wrong === 0) wrong = line;
  }
  return found && wrong > 0 ? wrong : undefined;
}

function continues(bytes: Uint8Array, from: number, count: number): boolean {
  for (let at = from; at < from + count; at++) if ((bytes[at] ?? 0) >> 6 !== 2) return false;
  return true;
}

function unmarked(text: string): string {
  let from = 0;
  while (text.charCodeAt(from) === 0xfeff) from++;
  return from === 0 ? text : text.slice(from);
}

const [NEWLINE, QUOTE, COMMA, COLON, BACKSLASH, MINUS, ZERO, NINE] = [10, 34, 44, 58, 92, 45, 48, 57];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

/**
 * Refuses JSON that nests too deep or holds too much; texts within it count for nothing. It need not be JSON at all.
 *
 * @param depth - how deep it may nest
 * @throws CurtidoError E_LIMIT when it nests too deep, E_TABLE_LIMIT when it holds too much
 * @example
 * limitJson('[[1, "[["], []]', "JSON"); // two deep
 */
export function limitJson(text: string, format: string, limits: TableLimits = LIMITS, depth = MOST_DEPTH): void {
  let [open, cells] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = closingQuote(text, at + 1);
    else if (code === COMMA) cells++;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      cells += ROW_CELLS;
      if (++open > depth)
        throw new CurtidoError("E_LIMIT", `the ${format} nests deeper than ${depth}`, { limit: "depth", most: depth });
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) open--;
    else if (code === NEWLINE && open <= 0) cells += ROW_CELLS;
  }
  if (cells > limits.cells) throw tooLarge(format, limits.cells, "cells");
}

function closingQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at;
  }
  return text.length;
}

/** What Python's `json` writes for numbers that JSON has no names for; NaN is what is missing. */
const NAMES: readonly (readonly [name: string, number: string])[] = [
  ["NaN", "null"],
  ["Infinity", "1e999"],
];

/** A text of JSON with numbers in place of their names, which stand outside of its texts. */
function withoutNames(text: string): string {
  let [plain, from] = ["", 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = closingQuote(text, at + 1);
    const found = code === 78 || code === 73 ? NAMES.find(([name]) => text.startsWith(name, at)) : undefined;
    if (found === undefined) continue;
    plain += text.slice(from, at) + found[1];
    from = at + found[0].length;
    at = from - 1;
  }
  return plain + text.slice(from);
}

/** A number of JSON, from where it is looked for. */
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** How many digits of an integer are kept; a longer one is the double that it is near to. */
const MOST_DIGITS = 400;

/** The value of a JSON text, integers beyond 2^53 as `bigint`. @throws SyntaxError when it is no JSON */
function parseExact(text: string): unknown {
  JSON.parse(text); // says what is wrong with the text as it was sent
  return withLong(JSON.parse(longAsTexts(text)));
}

/** The same JSON with integers beyond 2^53 as texts: those begin with an `i` then, and all others with a `t`. */
function longAsTexts(text: string): string {
  let [out, from] = ["", 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      out += `${text.slice(from, at)}"t`;
      from = at + 1;
      at = closingQuote(text, from);
    } else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      NUMBER.lastIndex = at;
      const [number = ""] = NUMBER.exec(text) ?? [];
      if (isLong(number)) {
        out += `${text.slice(from, at)}"i${number}"`;
        from = at + number.length;
      }
      at += number.length - 1;
    }
  }
  return out + text.slice(from);
}

function isLong(number: string): boolean {
  return number.length <= MOST_DIGITS && /^-?\d{16,}$/.test(number) && !Number.isSafeInteger(Number(number));
}

function withLong(value: unknown): unknown {
  if (typeof value === "string") return value.startsWith("i") ? BigInt(value.slice(1)) : value.slice(1);
  if (Array.isArray(value)) return value.map(withLong);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.slice(1), withLong(item)]));
}

/**
 * The keys of the first object of a JSON text that lies so deep, in their order.
 *
 * @param depth - in how many lists and objects they stand
 * @example
 * keysAt('{"a":{"2":0,"1":0}}', 2); // ["2", "1"]
 */
export function keysAt(text: string, depth: number): readonly string[] {
  const keys: string[] = [];
  let [open, last] = [0, ""];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = closingQuote(text, at + 1);
      if (open === depth) last = text.slice(at, end + 1);
      at = end;
    } else if (code === COLON && open === depth) keys.push(JSON.parse(last) as string);
    else if (code === OPEN_LIST || code === OPEN_OBJECT) open++;
    else if ((code === CLOSE_LIST || code === CLOSE_OBJECT) && open-- === depth && keys.length > 0) break;
  }
  return keys;
}

/** Where an integer of so many digits may stand in JSON; what is within a text can look like it too. */
const LONG = /(?:^|[[:,\s])-?\d{16,}(?:[\s,\]}]|$)/;

/**
 * Whether a text of JSON may hold integers beyond 2^53.
 *
 * @example
 * hasLongIntegers('{"id": 9007199254740993}'); // true
 */
export function hasLongIntegers(text: string): boolean {
  return LONG.test(text);
}

/** Where a text stands, and how much it may hold. */
export interface JsonReading {
  /** Its line among lines of JSON, for messages. */
  readonly line?: number;
  readonly limits?: TableLimits | undefined;
}

/**
 * The value that a plain JSON text stands for; a key twice counts as its last. `NaN`, `Infinity` and `-Infinity` are numbers,
 * as Python's `json` writes them: the first is `null`, what is missing. Integers beyond 2^53 are `bigint`, with all their digits.
 *
 * @throws CurtidoError E_TABLE when it is no JSON, E_LIMIT when it nests too deep, E_TABLE_LIMIT when it holds too much
 */
export function parseJson(text: string, { line, limits }: JsonReading = {}): unknown {
  limitJson(text, JSON_TITLE, limits);
  try {
    return hasLongIntegers(text) ? parseExact(text) : JSON.parse(text);
  } catch (error) {
    if (/NaN|Infinity/.test(text)) {
      try {
        return parseExact(withoutNames(text));
      } catch {
        // It is no JSON for another reason.
      }
    }
    const cause = { cause: error, ...(line !== undefined && { line }) };
    if (text.trim() === "") throw unreadable(JSON_TITLE, "is empty; send a row as a JSON object", cause);
    throw unreadable(JSON_TITLE, `is not JSON: ${(error as Error).message}`, cause);
  }
}

/**
 * A value as plain JSON. NaN and infinities are `null`, integers beyond 2^53 keep their digits.
 *
 * @example
 * writeJson({ predict: Number.NaN }); // '{"predict":null}'
 */
export function writeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "null";
  } catch (error) {
    if (error instanceof TypeError && /BigInt/.test(error.message)) return writeLarge(value);
    throw error;
  }
}

function writeLarge(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(writeLarge).join(",")}]`;
  if (typeof value !== "object" || value === null || "toJSON" in value) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${writeLarge(item)}`).join(",")}}`;
}
