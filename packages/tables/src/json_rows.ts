/** @module The rows of typed JSON, as `convert` writes it. */

import { arrayTypes, DataFrame, NdArray, Series } from "@curtido/arrays";
import { Dict, fromJson, isCurtidoError, type JsonType, Tuple } from "@curtido/pickle";
import { unreadable } from "./errors.ts";
import { tableOf } from "./frame.ts";
import { plainCell, rowsOfFrame } from "./frame_rows.ts";
import { limitTexts } from "./limits.ts";
import type { Reading, TableRows, WholeValue } from "./types.ts";

const TITLE = "JSON";

/** The rows of a value whose text may have tags; the value as it is, when it has none. */
export function typedRows(text: string, value: unknown, limits?: Reading["limits"]): TableRows | WholeValue {
  if (!(isTagged(value) || hasTypedRows(value))) return { value };
  return typed(text, value, TITLE, (read) => {
    if (isTable(read)) return rowsOfFrame(tableOf(read, TITLE), TITLE, limits);
    return { value: Array.isArray(read) ? plainRows(read, TITLE, limits) : plainRow(read) };
  });
}

/** Lines that were parsed, of a text that may have tags; all of them are typed where one is, since a key of one is then spelled so in all. */
export function typedLines(
  text: string,
  rows: readonly unknown[],
  title: string,
  limits?: Reading["limits"],
): readonly unknown[] {
  if (!hasTypedRows(rows)) return rows;
  return typed(text, rows, title, (read) => plainRows(read as readonly unknown[], title, limits));
}

function typed<T>(text: string, value: unknown, title: string, rowsOf: (read: unknown) => T): T {
  try {
    return rowsOf(fromJson(value, { types: typesIn(text.length) }));
  } catch (error) {
    if (isCurtidoError(error, "E_TABLE_LIMIT")) throw error;
    throw unreadable(title, `holds typed JSON that cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** The types of arrays and tables; a range of more labels than a text has characters is none of its rows. */
function typesIn(most: number): readonly JsonType[] {
  return arrayTypes.map((type) => {
    if (type.tag !== "$index") return type;
    return { ...type, read: (parts, exact) => (isLong(parts, most) ? undefined : type.read(parts, exact)) };
  });
}

function isLong(parts: unknown, most: number): boolean {
  const range = parts instanceof Map ? parts.get("range") : undefined;
  if (!Array.isArray(range)) return false;
  const [start = 0, stop = 0, step = 1] = range.map(Number);
  return step !== 0 && (stop - start) / step > most;
}

/** What is a table as `train` takes it: a frame, a column, an array of two axes, columns by name. */
function isTable(value: unknown): boolean {
  if (value instanceof NdArray) return value.ndim === 2;
  if (value instanceof Dict && value.size > 0) return [...value.values()].every(isColumn);
  return value instanceof DataFrame || value instanceof Series;
}

function isColumn(value: unknown): boolean {
  return value instanceof Series || (value instanceof NdArray && value.ndim === 1);
}

/** Rows that are one and the same are made once: a reference is short, what it refers to may be long. */
function plainRows(rows: readonly unknown[], title: string, limits: Reading["limits"]): readonly unknown[] {
  const made = new Map(Array.from(new Set(rows), (row) => [row, plainRow(row)] as const));
  const plain = rows.map((row) => made.get(row));
  const cells = plain.map((row) => (isContainer(row) ? Object.values(row) : [row]));
  limitTexts(title, cells, limits);
  return plain;
}

function plainRow(row: unknown): unknown {
  if (row instanceof Dict) return Object.fromEntries([...row].map(([key, cell]) => [String(key), plainCell(cell)]));
  if (row instanceof NdArray) return row.tolist();
  if (row instanceof Tuple) return row.items.map(plainCell);
  return Array.isArray(row) ? row.map(plainCell) : plainCell(row);
}

/**
 * Whether rows have a typed cell. An object is no cell of plain JSON, so that a feature that is called as a tag is no tag:
 * only what it holds can be one. Among plain values, an object is a typed one.
 */
function hasTypedRows(value: unknown): boolean {
  if (!Array.isArray(value)) return isObject(value) && Object.values(value).some(isTag);
  if (value.some(isTagged)) return true;
  if (value.some((row) => row !== null && !isContainer(row))) return value.some(isTag);
  return value.some((row) => row !== null && Object.values(row as object).some(isTag));
}

/** A tag that stands for a row or for all of them: what is behind it is a list or an object, which no feature is. */
function isTagged(value: unknown): boolean {
  return isTag(value) && isContainer(Object.values(value as object).at(-1));
}

function isTag(value: unknown): boolean {
  if (!isObject(value)) return false;
  const [key, second, ...more] = Object.keys(value);
  if (key === undefined || !/^\$[^$]/.test(key)) return false;
  return second === undefined || (key === "$id" && second === "$value" && more.length === 0);
}

function isObject(value: unknown): value is object {
  return isContainer(value) && !Array.isArray(value);
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
