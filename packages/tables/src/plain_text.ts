/** @module Bytes as text, text as plain JSON, and back. */

import { CurtidoError } from "@curtido/pickle";
import { tooLarge, unreadable } from "./errors.ts";
import { LIMITS, MOST_DEPTH, ROW_CELLS } from "./limits.ts";
import type { TableLimits } from "./types.ts";

const JSON_TITLE = "JSON";

/** The longest text that JavaScript can hold, nearly. */
const LONGEST = 2 ** 29 - 2 ** 10;

/**
 * Bytes as text; a byte order mark is left out.
 *
 * @param title - the format, for messages
 * @throws CurtidoError E_TABLE when it is no text in that charset, E_CHARSET when nobody knows the charset, E_TABLE_LIMIT
 */
export function decoded(bytes: Uint8Array, title: string, charset = "utf-8"): string {
  if (bytes.length > LONGEST) throw tooLarge(title, LONGEST, "bytes");
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(charset.replace(/^latin[-_](?=\d+$)/i, "latin"), { fatal: true });
  } catch (error) {
    throw new CurtidoError("E_CHARSET", `the charset '${charset}' is not known; send UTF-8`, { charset }, error);
  }
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw unreadable(title, `is not ${charset.toUpperCase()}; save it as UTF-8`, { cause: error });
  }
}

const [NEWLINE, QUOTE, COMMA, BACKSLASH] = [10, 34, 44, 92];
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

/** Where a text stands, and how much it may hold. */
export interface JsonReading {
  /** Its line among lines of JSON, for messages. */
  readonly line?: number;
  readonly limits?: TableLimits | undefined;
}

/**
 * The value that a plain JSON text stands for; a key twice counts as its last.
 *
 * @throws CurtidoError E_TABLE when it is no JSON, E_LIMIT when it nests too deep, E_TABLE_LIMIT when it holds too much
 */
export function parseJson(text: string, { line, limits }: JsonReading = {}): unknown {
  limitJson(text, JSON_TITLE, limits);
  try {
    return JSON.parse(text);
  } catch (error) {
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
