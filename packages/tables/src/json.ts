/** @module JSON: plain, as requests and answers have it, and with the values of Python. */

import { fromJson, toJson } from "@curtido/arrays";
import { typedRows } from "./json_rows.ts";
import { MOST_DEPTH_OF_VALUES } from "./limits.ts";
import { orientedRows } from "./orients.ts";
import { decoded, limitJson, parseJson, writeJson } from "./plain_text.ts";
import type { Answers, Reading, TableRows, WholeValue, Writing } from "./types.ts";

const TITLE = "JSON";
const encoder = new TextEncoder();

/** Answers as one JSON object. */
export function writeJsonAnswers(answers: Answers): Uint8Array {
  return encoder.encode(writeJson(inColumns(answers)));
}

/** The rows of a body: a value that may be rows in several ways, or a table that it writes in a way of its own. */
export function jsonRows(bytes: Uint8Array, reading: Reading): TableRows | WholeValue {
  return textRows(decoded(bytes, TITLE, reading.charset), reading);
}

/** The rows of a text of JSON. */
export function textRows(text: string, { limits, features }: Reading = {}): TableRows | WholeValue {
  const value = parseJson(text, { limits });
  const found = mayBeTyped(text) ? typedRows(text, value, limits) : { value };
  if (!("value" in found) || isPlainRow(found.value, features)) return found;
  return orientedRows(found.value, features, text);
}

/** Whether a value is a row by the look of its first cell: most are, and are not looked at any further. */
function isPlainRow(value: unknown, features: readonly string[] = []): boolean {
  if (typeof value !== "object" || value === null || features.length === 0) return true;
  for (const name in value) {
    const cell = (value as Readonly<Record<string, unknown>>)[name];
    return (typeof cell !== "object" || cell === null) && features.includes(name);
  }
  return true;
}

/** Whether a text can have tags: most have none, and are not looked through. */
export function mayBeTyped(text: string): boolean {
  return text.includes('"$');
}

/** The value of a file, typed JSON unless it is said to be plain. */
export function readJson(bytes: Uint8Array, { json, limits }: Reading): unknown {
  const text = decoded(bytes, TITLE);
  limitJson(text, TITLE, limits, MOST_DEPTH_OF_VALUES);
  return fromJson(text, { exact: true, form: json ?? "typed" });
}

/** A value as a file: plain where that loses nothing, else typed. */
export function writeJsonFile(value: unknown, { json }: Writing): Uint8Array {
  return encoder.encode(`${toJson(value, { exact: true, form: json ?? "auto", indent: 2 })}\n`);
}

/** What is said of each row as an object of lists is one object of lists for many rows: neighbours. */
function inColumns(answers: Answers): Answers {
  const { neighbors } = answers;
  if (!Array.isArray(neighbors) || !neighbors.some(isRecord)) return answers;
  const keys = Object.keys(neighbors.find(isRecord) as object);
  const columns = keys.map((key) => [key, neighbors.map((row) => (isRecord(row) ? row[key] : null))] as const);
  return { ...answers, neighbors: Object.fromEntries(columns) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
