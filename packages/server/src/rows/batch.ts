/** @module Rows as a body gives them: one or many, by name or by position. Knows no media type. */

import { type FeatureProblem, featureError } from "@curtido/estimators";

/** A row by name. */
export type NamedRow = Record<string, unknown>;

/** Rows that were taken out of a body, not yet checked against a model. */
export interface Batch {
  /** Objects by feature name, or arrays by position. */
  readonly rows: readonly unknown[];
  /** Whether the body was one row, not an array of rows: the answer is one value then. */
  readonly single: boolean;
  /** The names of the columns, when rows are arrays under a header. */
  readonly columns?: readonly string[];
  /** Whether every value came as text, so that an empty one is missing: a form, a table. */
  readonly text?: boolean;
  /** Whether each row is a plain value that stands for its only feature. */
  readonly bare?: boolean;
}

/** Something wrong with the rows, and where in the body it stands: `[2, "bmi"]` is feature `bmi` of the third row. */
export interface RowProblem extends FeatureProblem {
  readonly path: readonly (string | number)[];
}

const isRow = (value: unknown): boolean => typeof value === "object" && value !== null;

/**
 * Rows from a JSON value, as http.md tells them apart: an object is one row; an array of objects or of arrays is many; an
 * array of plain values is one row, or many for a model with one feature.
 *
 * @throws CurtidoError E_FEATURES when the value is nothing of that
 * @example
 * batchOfJson({ feature1: 1 }, 1); // { rows: [{ feature1: 1 }], single: true }
 * batchOfJson([1, 2], 1); // two rows
 */
export function batchOfJson(value: unknown, features: number | undefined): Batch {
  if (!Array.isArray(value)) {
    if (isRow(value)) return { rows: [value], single: true };
    if (features === 1) return { rows: [[value]], single: true, bare: true };
    throw problemsError([
      { path: [], detail: `expected an object by feature name, or an array of rows, not ${describe(value)}` },
    ]);
  }
  if (value.length === 0) return { rows: value, single: false };
  if (!value.some(isRow)) {
    if (features === 1) return { rows: value.map((item) => [item]), single: false, bare: true };
    return { rows: [value], single: true };
  }
  const arrays = Array.isArray(value[0]);
  const odd = value.findIndex((row) => !isRow(row) || Array.isArray(row) !== arrays);
  if (odd < 0) return { rows: value, single: false };
  const wanted =
    !isRow(value[0]) || odd === 0
      ? "an object or an array"
      : arrays
        ? "an array like the first row"
        : "an object like the first row";
  throw problemsError([{ path: [odd], row: odd, detail: `expected ${wanted}, not ${describe(value[odd])}` }]);
}

/** E_FEATURES with places in the body. */
export function problemsError(problems: readonly RowProblem[]) {
  return featureError(problems);
}

/** A value in words, cut short. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value);
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  return Array.isArray(value) ? "an array" : value === undefined ? "nothing" : "an object";
}
