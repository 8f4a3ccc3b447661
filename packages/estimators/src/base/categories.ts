/** @module Which category a value is: equality as Python's, missing values included. */

import { type NdArray, parseNumber } from "@curtido/arrays";

const NAN = Symbol("nan");

function key(value: unknown): unknown {
  if (typeof value === "boolean" || typeof value === "bigint") return Number(value);
  if (typeof value === "number" && Number.isNaN(value)) return NAN;
  return value === undefined ? null : value;
}

/** The positions of a column's categories. */
export class CategoryIndex {
  readonly categories: readonly unknown[];
  /** Where a missing value (None or NaN) stands, or -1. */
  readonly missing: number;
  /** Where NaN stands, or -1. */
  readonly nan: number;
  private readonly positions = new Map<unknown, number>();

  constructor(categories: NdArray) {
    this.categories = categories.flat();
    this.categories.forEach((category, at) => this.positions.set(key(category), at));
    this.nan = this.positions.get(NAN) ?? -1;
    this.missing = this.positions.get(NAN) ?? this.positions.get(null) ?? -1;
    this.type = this.typeOf();
  }

  /** The position of a value, or -1. A missing value of either kind finds the other. */
  find(value: unknown): number {
    const found = this.positions.get(key(value));
    if (found !== undefined) return found;
    // Among numbers a numeric text is its number, as in columns of numbers.
    if (typeof value === "string" && this.type === "number") return this.positions.get(parseNumber(value)) ?? -1;
    return value === null || value === undefined || Number.isNaN(value) ? this.missing : -1;
  }

  /** The categories that are no missing values. */
  get present(): readonly unknown[] {
    return this.categories.filter((_, at) => at !== this.missing);
  }

  /** The type of feature that takes these categories. */
  readonly type: "number" | "string" | "boolean" | "any";

  private typeOf(): "number" | "string" | "boolean" | "any" {
    const { present } = this;
    for (const type of ["number", "string", "boolean"] as const)
      if (present.length > 0 && present.every((value) => typeof value === type)) return type;
    return "any";
  }
}
