/** @module Which rows of a value are asked for: conditions, columns, a place to begin, how many. */

import type { Kept } from "./value.ts";

/** A condition on a column. */
export interface Condition {
  readonly column: string;
  readonly compare: (typeof COMPARISONS)[number];
  readonly value: string;
}

/** What is asked for. */
export interface Wanted {
  readonly where: readonly Condition[];
  readonly columns: readonly string[] | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** How cells are compared; the longer ones first. */
export const COMPARISONS = [">=", "<=", "!=", "=", ">", "<"] as const;

/**
 * A condition from its text; `undefined` when it is none.
 *
 * @example
 * conditionOf("year>=1999"); // { column: "year", compare: ">=", value: "1999" }
 */
export function conditionOf(text: string): Condition | undefined {
  const found = /^(.+?)(>=|<=|!=|=|>|<)(.*)$/s.exec(text);
  if (found === null) return undefined;
  return { column: found[1]!.trim(), compare: found[2] as Condition["compare"], value: found[3]!.trim() };
}

/** Rows that were asked for, and whether there are more. */
export interface Page {
  readonly rows: readonly number[];
  readonly more: boolean;
}

/** The rows that conditions choose, from a place on. */
export function pageIn(kept: Kept, { where, offset, limit }: Wanted): Page {
  const tests = where.map((condition) => testOf(kept, condition));
  const rows: number[] = [];
  let passed = 0;
  for (let row = tests.length === 0 ? offset : 0; row < kept.length; row++) {
    if (!tests.every((test) => test(row))) continue;
    if (tests.length > 0 && passed++ < offset) continue;
    if (rows.length === limit) return { rows, more: true };
    rows.push(row);
  }
  return { rows, more: false };
}

function testOf(kept: Kept, { column, compare, value }: Condition): (row: number) => boolean {
  const at = kept.columns.indexOf(column);
  const number = value === "" ? Number.NaN : Number(value);
  return (row) => {
    const cell = kept.cell(row, at);
    if (cell === null || cell === undefined || Number.isNaN(cell)) return compare === "!=" && value !== "";
    const order = typeof cell === "number" && !Number.isNaN(number) ? cell - number : ordered(textOf(cell), value);
    if (compare === "=") return order === 0;
    if (compare === "!=") return order !== 0;
    return compare.startsWith(">")
      ? order > 0 || (order === 0 && compare === ">=")
      : order < 0 || (order === 0 && compare === "<=");
  };
}

function ordered(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function textOf(cell: unknown): string {
  return typeof cell === "object" ? JSON.stringify(cell) : String(cell);
}

const known = new WeakMap<Kept, ReadonlyMap<string, readonly number[]>>();

/** The rows of a label: as text, as JSON has it; by place where there are no labels. */
export function rowsOf(kept: Kept, key: string): readonly number[] {
  if (kept.length === 0) return [];
  if (kept.label(0) === undefined) return /^\d{1,15}$/.test(key) && Number(key) < kept.length ? [Number(key)] : [];
  let places = known.get(kept);
  if (places === undefined) {
    places = placesIn(kept);
    known.set(kept, places);
  }
  return places.get(key) ?? [];
}

/** Where each label stands; looked up once, since a table may be long. */
function placesIn(kept: Kept): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (let row = 0; row < kept.length; row++) {
    const key = textOf(kept.label(row));
    const there = places.get(key);
    if (there === undefined) places.set(key, [row]);
    else there.push(row);
  }
  return places;
}
