/** @module JSON: plain, as requests and answers have it, and with the values of Python. */

import { fromJson, toJson } from "@curtido/arrays";
import { unreadable } from "./errors.ts";
import { decoded } from "./sniff.ts";
import type { Answers, Reading, Writing } from "./types.ts";

const TITLE = "JSON";
const encoder = new TextEncoder();

/**
 * The value that a plain JSON text stands for; a key twice counts as its last.
 *
 * @param line - where it stands among lines of JSON, for messages
 * @throws CurtidoError E_TABLE when it is no JSON
 */
export function parseJson(text: string, line?: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const cause = { cause: error, ...(line !== undefined && { line }) };
    if (text.trim() === "") throw unreadable(TITLE, "is empty; send a row as a JSON object", cause);
    throw unreadable(TITLE, `is not JSON: ${(error as Error).message}`, cause);
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

/** Answers as one JSON object. */
export function writeJsonAnswers(answers: Answers): Uint8Array {
  return encoder.encode(writeJson(answers));
}

/** The value of a file, typed JSON unless it is said to be plain. */
export function readJson(bytes: Uint8Array, { json }: Reading): unknown {
  return fromJson(decoded(bytes, TITLE), { exact: true, form: json ?? "typed" });
}

/** A value as a file: plain where that loses nothing, else typed. */
export function writeJsonFile(value: unknown, { json }: Writing): Uint8Array {
  return encoder.encode(`${toJson(value, { exact: true, form: json ?? "auto", indent: 2 })}\n`);
}
