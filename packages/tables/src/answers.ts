/** @module Answers of models as a flat table, for the formats that are one. */

import { DataFrame, type Series } from "@curtido/arrays";
import { inferColumn, textColumn } from "./infer.ts";
import { writeJson } from "./plain_text.ts";
import type { Answers, AnswerWriting, ColumnKind, FlatColumn } from "./types.ts";

/** Columns with names, and a line of cells per row. */
export interface Flat {
  readonly names: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** How the columns of what an answer includes are called: one of them each. */
const SINGULAR: Readonly<Record<string, string>> = {
  probabilities: "probability",
  neighbors: "neighbor",
  leaves: "leaf",
};

/**
 * One column per number or label of a row, behind those that are kept: `predict1`, `predict2` for several outputs.
 *
 * @example
 * flatOf({ predict: ["a"], probabilities: [{ a: 1, b: 0 }] }, { single: false }).names; // ["predict", "probability_a", "probability_b"]
 */
export function flatOf(answers: Answers, { single, keep }: AnswerWriting): Flat {
  const flat = flattened(answers, single);
  if (keep === undefined) return flat;
  const rows = flat.rows.map((row, at) => [...keep.rows[at]!, ...row]);
  return { names: [...keep.columns, ...flat.names], rows };
}

function flattened(answers: Answers, single: boolean): Flat {
  const keys = Object.keys(answers);
  const lengths = keys.map((key) => (Array.isArray(answers[key]) ? (answers[key] as unknown[]).length : 0));
  const count = single ? 1 : lengths.reduce((a, b) => Math.max(a, b), 0);
  if (!single && keys.every((key) => isPlain(answers[key], count))) {
    const columns = keys.map((key) => answers[key] as unknown[]);
    const names = keys.map((key) => SINGULAR[key] ?? key);
    return { names, rows: Array.from({ length: count }, (_, row) => columns.map((values) => values[row])) };
  }
  const records = Array.from({ length: count }, () => new Map<string, unknown>());
  const names = keys.flatMap((key) => {
    const values = answers[key];
    const found = new Set<string>();
    const each = single || !Array.isArray(values) ? records.map(() => values) : values;
    // A row without an answer has none in any of its columns, and makes no column of its own.
    const several = each.some(isSeveral);
    for (const [row, record] of records.entries())
      if (!several || isSeveral(each[row])) flatten(SINGULAR[key] ?? key, each[row], record, found);
    return count === 0 ? [key] : [...found];
  });
  return { names, rows: records.map((record) => names.map((name) => record.get(name))) };
}

/** Whether a value is several columns. */
function isSeveral(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** Whether a column has one value for every row, and nothing that would be several columns: most have. */
function isPlain(values: unknown, count: number): boolean {
  return Array.isArray(values) && values.length === count && !values.some(isSeveral);
}

function flatten(name: string, value: unknown, into: Map<string, unknown>, names: Set<string>): void {
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) flatten(`${name}${at + 1}`, item, into, names);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) flatten(`${name}_${key}`, item, into, names);
  } else {
    into.set(name, value);
    names.add(name);
  }
}

/** The kind in which all values of a column fit. */
function kindOf(values: readonly unknown[]): ColumnKind {
  const all = (type: string) => values.every((value) => value === null || value === undefined || typeof value === type);
  return all("number") ? "number" : all("boolean") ? "boolean" : "text";
}

/** The columns of a flat table, each with its kind. */
export function columnsOf({ names, rows }: Flat, kinds: AnswerWriting["kinds"] = {}): readonly FlatColumn[] {
  return names.map((name, at) => {
    const values = rows.map((row) => row[at]);
    return { name, kind: kinds[name] ?? kindOf(values), values };
  });
}

/** Answers as a data frame, for formats that keep types. */
export function frameOfAnswers(answers: Answers, writing: AnswerWriting): DataFrame {
  const { names, rows } = flatOf(answers, writing);
  const texts = keptTexts(writing);
  const columns = names.map((name, at) => {
    const cells = rows.map((row) => row[at] ?? null);
    return at < texts ? keptColumn(name, cells) : inferColumn(name, cells.map(plainCell));
  });
  return new DataFrame(columns, undefined, rows.length);
}

/** How many columns in front are kept ones of a table of texts. */
export function keptTexts({ keep }: AnswerWriting): number {
  return keep?.text === undefined ? 0 : keep.columns.length;
}

/** A kept column of a table of texts, with the type that such a table gives it; a workbook has numbers and dates in it too. */
export function keptColumn(name: string, cells: readonly unknown[]): Series {
  if (!cells.some((cell) => typeof cell === "string")) return inferColumn(name, cells);
  return textColumn(
    name,
    cells.map((cell) => (cell === null ? null : String(cell))),
  );
}

function plainCell(value: unknown): unknown {
  return typeof value === "object" && value !== null ? writeJson(value) : value;
}
