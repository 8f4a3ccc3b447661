/** @module Columns of which a model says nothing: in a table of text they are what pandas would take them for. */

import type { Signature } from "@curtido/estimators";
import { type Notation, numberOf, plainNumber, spellsMissing } from "@curtido/tables";
import type { Batch, NamedRow } from "./rows.ts";

/** A feature of which nothing is known, and where it stands. */
export interface FreeColumn {
  readonly name: string;
  /** Its place among the features. */
  readonly feature: number;
}

/** The signature of a model that says nothing of its features, for a table under a header. */
export function freeSignature(signature: Signature, columns: readonly string[]): Signature {
  return { ...signature, features: columns.map((name) => ({ name, type: "any", missing: true })), named: true };
}

/**
 * Which of some features have nothing but numbers in a table of text.
 *
 * @param places - where each feature stands, in rows that have a header
 */
export function numberColumns(
  { rows, text, notation }: Batch,
  columns: readonly FreeColumn[],
  places: readonly number[] | undefined,
): ReadonlySet<number> {
  if (text === undefined) return NONE;
  const numbers = columns.filter(({ name, feature }) => {
    const at = places?.[feature] ?? feature;
    return rows.every((row) => isNumber(Array.isArray(row) ? row[at] : (row as NamedRow)[name], notation));
  });
  return new Set(numbers.map(({ feature }) => feature));
}

const NONE: ReadonlySet<number> = new Set();

/** Whether a cell of a table of text is a number, or nothing. */
function isNumber(value: unknown, notation: Notation | undefined): boolean {
  if (typeof value !== "string") return value === null || value === undefined || typeof value === "number";
  if (spellsMissing(value) || notation?.missing?.includes(value) === true) return true;
  return typeof numberFrom(value, notation) === "number";
}

/** The number that a text is, else what it is. */
export function numberFrom(value: unknown, notation: Notation = {}): unknown {
  return typeof value === "string" ? (numberOf(plainNumber(value, notation)) ?? value) : value;
}
