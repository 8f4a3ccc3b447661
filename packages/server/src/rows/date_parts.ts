/** @module Months and days of the week of dates, for a model that learned from them and rows that have the dates alone. */

import type { Feature, Signature } from "@curtido/estimators";
import { datePart, readByRule } from "@curtido/tables";
import type { Batch } from "./rows.ts";

/** A feature that is a part of another one. */
interface Part {
  readonly name: string;
  readonly part: NonNullable<Feature["of"]>["part"];
  readonly source: Feature;
}

/**
 * What puts the parts of dates beside them, where rows leave them out or empty; `undefined` for a model that wants none.
 *
 * @example
 * const fill = datePartsOf(model.signature);
 * fill?.({ rows: [{ sold: "2024-02-29" }], single: true }); // { rows: [{ sold: "2024-02-29", sold_month: 2 }], single: true }
 */
export function datePartsOf({ features }: Signature): ((batch: Batch) => Batch) | undefined {
  const parts = features.flatMap(({ name, of }): readonly Part[] => {
    const source = of && features.find((feature) => feature.name === of.name);
    return of === undefined || source === undefined ? [] : [{ name, part: of.part, source }];
  });
  return parts.length === 0
    ? undefined
    : (batch) => (batch.columns === undefined ? byName(batch, parts) : inColumns(batch, batch.columns, parts));
}

function byName(batch: Batch, parts: readonly Part[]): Batch {
  const rows = batch.rows.map((row) => {
    if (typeof row !== "object" || row === null || Array.isArray(row)) return row;
    const own = row as Readonly<Record<string, unknown>>;
    const missing = parts.filter(({ name, source }) => isEmpty(own[name]) && Object.hasOwn(own, source.name));
    return { ...own, ...Object.fromEntries(missing.map((part) => [part.name, partIn(own[part.source.name], part)])) };
  });
  return { ...batch, rows };
}

function inColumns(batch: Batch, columns: readonly string[], parts: readonly Part[]): Batch {
  const wanted = parts.filter(({ source }) => columns.includes(source.name));
  const added = wanted.filter(({ name }) => !columns.includes(name)).map(({ name }) => name);
  const all = [...columns, ...added];
  const places = wanted.map(({ name, source }) => [all.indexOf(name), columns.indexOf(source.name)] as const);
  const rows = batch.rows.map((row) => {
    const own = row as readonly unknown[];
    // A row that is too short is told of as it came.
    if (own.length !== columns.length) return own;
    const filled = [...own];
    for (const [at, part] of wanted.entries()) {
      const [to, from] = places[at]!;
      if (isEmpty(filled[to])) filled[to] = partIn(own[from], part);
    }
    return filled;
  });
  return { ...batch, rows, columns: all };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/** The part; nothing of what is no date, of which the date's own cell tells. */
function partIn(value: unknown, { part, source }: Part): number | null {
  const days = readByRule(value, source);
  const number = typeof days === "string" && days.trim() !== "" ? Number(days) : days;
  return typeof number === "number" && Number.isFinite(number) ? datePart(number, part) : null;
}
