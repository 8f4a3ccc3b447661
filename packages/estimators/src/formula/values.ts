/** @module What expressions of formulas stand for: columns of numbers, of truths or of labels, and what is made of them. */

import type { Contrast } from "./contrasts.ts";

/** Numbers, a row each; `whole` where Python has ints, whose levels are spelled without a point. */
export interface Numbers {
  readonly kind: "numbers";
  readonly data: Float64Array;
  readonly whole: boolean;
}

/** Truths: 0 and 1, NaN where something is missing. */
export interface Truths {
  readonly kind: "truths";
  readonly data: Float64Array;
}

/** Labels; what is missing is `null`. */
export interface Labels {
  readonly kind: "labels";
  readonly data: readonly (string | null)[];
  /** The levels in their order, where the data tells it: pandas' categories. */
  readonly levels?: readonly string[];
}

/** Several columns of numbers, such as a spline's, by name. */
export interface Columns {
  readonly kind: "columns";
  readonly names: readonly string[];
  readonly data: readonly Float64Array[];
}

/** What `C(...)` marks: levels, and how they are coded. */
export interface Factor {
  readonly kind: "factor";
  readonly of: Numbers | Truths | Labels;
  readonly contrast: Contrast | undefined;
  /** The place of a contrast's own level, once levels are known. */
  readonly apart: string | number | undefined;
  readonly levels: readonly string[] | undefined;
}

/** A number or text that is the same for all rows. */
export interface Constant {
  readonly kind: "constant";
  readonly value: number | string | undefined;
}

/** What an expression stands for. */
export type Value =
  | Numbers
  | Truths
  | Labels
  | Columns
  | Factor
  | Constant
  | { readonly kind: "list"; readonly items: readonly Value[] };

/** A level as Python's `str` has it. */
export function levelText(value: number, { kind, whole }: { readonly kind: string; readonly whole?: boolean }): string {
  if (kind === "truths") return value === 0 ? "False" : "True";
  return whole === true || !Number.isInteger(value) ? String(value) : `${value}.0`;
}

/** The label of each row as text; `null` where it is missing. */
export function labelsOf(value: Numbers | Truths | Labels): readonly (string | null)[] {
  if (value.kind === "labels") return value.data;
  return Array.from(value.data, (each) => (Number.isNaN(each) ? null : levelText(each, value)));
}

/** The levels of some values, in the order that Python sorts them in. */
export function levelsOf(value: Numbers | Truths | Labels): readonly string[] {
  if (value.kind === "labels") return value.levels ?? distinct(value.data);
  const numbers = [...new Set(value.data)].filter((each) => !Number.isNaN(each)).sort((a, b) => a - b);
  return numbers.map((each) => levelText(each, value));
}

function distinct(data: readonly (string | null)[]): readonly string[] {
  const texts = [...new Set(data)].filter((each) => each !== null);
  return texts.sort(byCodePoint);
}

/** Python's order of texts: by code point, not by unit of UTF-16. */
function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const apart = left[at]!.codePointAt(0)! - right[at]!.codePointAt(0)!;
    if (apart !== 0) return apart;
  }
  return left.length - right.length;
}
