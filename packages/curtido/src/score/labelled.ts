/** @module Rows whose targets are known: which column they are in, and what it says. */

import type { Batch, Served } from "@curtido/server";
import { noteOf } from "@curtido/server";
import { BAD, cellOf, isMissing } from "@curtido/tables";
import type { Label } from "../train/answers.ts";
import { dataError, listed } from "../train/errors.ts";
import type { Task } from "../train/task.ts";

/** Rows and their targets, apart. */
export interface Labelled {
  /** The rows without their targets, as they stand in the file. */
  readonly batch: Batch;
  readonly target: string;
  /** Whether nobody said which column the target is. */
  readonly guessed: boolean;
  /** NaN where a row has none. */
  readonly targets: readonly unknown[];
  /** Columns that are neither the target nor a feature. */
  readonly ignored: readonly string[];
  /** Whether the model knows no names, so that columns are taken in their order. */
  readonly byPosition: boolean;
}

/**
 * Takes the target out of rows: the column that is asked for, or that the model's file names, or the last one that is no
 * feature.
 *
 * @throws CurtidoError E_DATA where there is none, or it does not hold what the model answers
 */
export function labelledRows(batch: Batch, served: Served, task: Task, asked: string | undefined): Labelled {
  const names = namesOf(batch);
  const features = new Set(served.signature.features.map(({ name }) => name));
  const { target, guessed } = targetOf(names, features, noteOf(served.estimator).target?.name, asked);
  const cells = cellsOf(batch, target);
  const rest = without(batch, target);
  const byPosition = served.takesInOrder(rest);
  return {
    batch: rest,
    target,
    guessed,
    targets: readTargets(cells, batch, served, task, target),
    ignored: byPosition ? [] : names.filter((name) => name !== target && !features.has(name)),
    byPosition,
  };
}

function namesOf({ rows, columns }: Batch): readonly string[] {
  if (columns !== undefined) return columns;
  if (rows.some((row) => typeof row !== "object" || row === null || Array.isArray(row)))
    throw dataError("its rows have no names, so that there is no telling which of their values is the target");
  return [...new Set(rows.flatMap((row) => Object.keys(row as object)))];
}

function targetOf(
  names: readonly string[],
  features: ReadonlySet<string>,
  noted: string | undefined,
  asked: string | undefined,
): { readonly target: string; readonly guessed: boolean } {
  if (asked !== undefined) {
    if (names.includes(asked)) return { target: asked, guessed: false };
    throw dataError(`--target: there is no column '${asked}'; there are ${listed(names)}`, { column: asked });
  }
  if (noted !== undefined) {
    if (names.includes(noted)) return { target: noted, guessed: false };
    throw dataError(
      `there is no column '${noted}', which the model learned to predict; there are ${listed(names)}: say --target`,
      { column: noted },
    );
  }
  const last = names.filter((name) => !features.has(name)).at(-1);
  if (last !== undefined) return { target: last, guessed: true };
  throw dataError("all of its columns are features of the model: none is left to be the target");
}

function cellsOf({ rows, columns }: Batch, target: string): readonly unknown[] {
  if (columns === undefined) return rows.map((row) => (row as Readonly<Record<string, unknown>>)[target]);
  const at = columns.indexOf(target);
  return rows.map((row) => (row as readonly unknown[])[at]);
}

function without(batch: Batch, target: string): Batch {
  const { rows, columns } = batch;
  if (columns === undefined) {
    const rest = rows.map((row) =>
      Object.fromEntries(Object.entries(row as object).filter(([name]) => name !== target)),
    );
    return { ...batch, rows: rest };
  }
  const at = columns.indexOf(target);
  const left = rows.map((row) => (row as readonly unknown[]).filter((_, column) => column !== at));
  return { ...batch, rows: left, columns: columns.filter((_, column) => column !== at) };
}

function readTargets(
  cells: readonly unknown[],
  { text, notation }: Batch,
  served: Served,
  task: Task,
  target: string,
): readonly unknown[] {
  const rule = noteOf(served.estimator).target;
  const known = task === "classification" ? labelsOf(served) : undefined;
  const [kind = "number"] = known === undefined ? [] : known.map((label) => typeof label);
  const type = kind as "number" | "string" | "boolean";
  const cell = cellOf({ ...rule, name: target, type, missing: true, ...(known && { categories: known }) });
  return cells.map((value, row) => {
    const read = value === "" ? Number.NaN : cell.read(value, text, notation);
    if (isMissing(read)) return Number.NaN;
    if (read !== BAD && typeof read === type) return read;
    const what = known === undefined ? "no number" : `none of the model's labels: ${listed(known)}`;
    const shown = typeof value === "string" ? `'${value.slice(0, 60)}'` : String(value).slice(0, 60);
    throw dataError(`the target '${target}' is ${shown} in row ${row + 1}, which is ${what}`, {
      column: target,
      row: row + 1,
    });
  });
}

function labelsOf({ signature }: Served): readonly Label[] {
  return (signature.classes?.[0] ?? []).map((label) => (typeof label === "bigint" ? Number(label) : label) as Label);
}
