/** @module Rows as code of the user's own gets them, and what it answers with. */

import { Csr, columnOf, DataFrame, NdArray, NOT_A_TIME, nanosecondsPerTick } from "@curtido/arrays";
import { estimatorError } from "../base/errors.ts";
import { asTable, type Input, type Rows, toInput } from "../base/input.ts";

/**
 * Rows as Python's code would get them: of an array, arrays of values. Of a data frame they have its `columns` too, and
 * themselves as `rows`, so that code may ask for columns by name, or go by position.
 *
 * @example
 * ({ columns, rows }) => rows.map((row) => [row[columns.indexOf("age")]]);
 */
export type OwnRows = unknown[][] & { readonly columns?: readonly string[]; readonly rows?: unknown[][] };

/** What the user's code answers with: numbers or labels, rows of them, or rows under names. */
export type OwnAnswer =
  | readonly unknown[]
  | { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }
  | NdArray
  | DataFrame
  | Csr;

/**
 * Rows as the user's code gets them: numbers, texts, booleans, `Date`s, `null` or NaN where something is missing.
 *
 * @param names - those of the columns of an array, where the step was fitted with names
 */
export function ownRows(X: Input, names?: readonly string[]): OwnRows {
  const rows = X instanceof DataFrame ? rowsOf(X) : plainRows(X);
  const columns = X instanceof DataFrame ? X.columns.map(String) : names;
  if (columns === undefined) return rows;
  return Object.defineProperties(rows, { columns: { value: columns }, rows: { value: rows } });
}

function plainRows(X: NdArray | Csr): unknown[][] {
  const table = X instanceof Csr ? X.toDense() : X;
  return table.shape[0] === 0 ? [] : table.tolist();
}

function rowsOf({ series, length }: DataFrame): unknown[][] {
  const columns = series.map(({ values }) => datesIn(values) ?? values.flat());
  return Array.from({ length }, (_, row) => columns.map((column) => column[row]));
}

const NANOSECONDS = 1_000_000n;

/** The points in time of a column of them. */
function datesIn(values: NdArray): unknown[] | undefined {
  const tick = values.dtype.kind === "M" ? nanosecondsPerTick(values.dtype) : undefined;
  if (tick === undefined) return undefined;
  const ticks = values.flat() as bigint[];
  return ticks.map((each) => (each === NOT_A_TIME ? null : new Date(Number((each * tick) / NANOSECONDS))));
}

/**
 * The table that the user's answer is.
 *
 * @throws CurtidoError E_STATE naming the path of what is registered, when it is none
 */
export function ownTable(answer: unknown, path: string): Input {
  if (answer instanceof NdArray || answer instanceof DataFrame || answer instanceof Csr) return answer;
  const { columns, rows } = (answer ?? {}) as { readonly columns?: unknown; readonly rows?: unknown };
  if (Array.isArray(columns) && Array.isArray(rows)) return namedTable(columns.map(String), rows, path);
  if (!Array.isArray(answer)) throw misgiven(path, "must answer with an array, or with { columns, rows }");
  if (answer.some((row) => row instanceof Date)) return NdArray.objects(answer.map(plain), [answer.length]);
  const tables = answer.length > 0 && answer.every((row) => Array.isArray(row) || ArrayBuffer.isView(row));
  if (tables) return toInput(answer.map((row) => (Array.isArray(row) ? row.map(plain) : row)) as Rows);
  const numbers = answer.every((item) => typeof item === "number");
  return numbers ? NdArray.of(Float64Array.from(answer as number[])) : NdArray.objects(answer, [answer.length]);
}

/** {@link ownTable} as one array, as predictions are. */
export function ownArray(answer: unknown, path: string): NdArray | Csr {
  return asTable(ownTable(answer, path));
}

function namedTable(columns: readonly string[], rows: readonly unknown[], path: string): DataFrame {
  const odd = rows.findIndex((row) => !Array.isArray(row) || row.length !== columns.length);
  if (odd >= 0) throw misgiven(path, `must answer with rows of ${columns.length} values, which row ${odd + 1} is not`);
  const series = columns.map((name, at) =>
    columnOf(
      name,
      rows.map((row) => plain((row as readonly unknown[])[at])),
    ),
  );
  return new DataFrame(series, undefined, rows.length);
}

/** A point in time as text, as categories have them. */
function plain(value: unknown): unknown {
  return value instanceof Date ? value.toISOString().replace(/\.000Z$|Z$/, "") : value;
}

function misgiven(path: string, problem: string) {
  return estimatorError("E_STATE", `what is registered for '${path}' ${problem}`, { path });
}
