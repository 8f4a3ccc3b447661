/** @module Which category a value is: equality as Python's, missing values included. */

import { Csr, DataFrame, dateText, type NdArray, nanosecondsPerTick, parseDate, parseNumber } from "@curtido/arrays";
import { columnValues, type Input, shapeOf } from "./input.ts";

const NAN = Symbol("nan");
const MIDNIGHT = /T00:00(:00)?$/;

/** A moment apart from ticks, which are numbers in another unit. */
function momentKey(nanoseconds: bigint): string {
  return `moment ${nanoseconds}`;
}

function key(value: unknown): unknown {
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "number" && Number.isNaN(value)) return NAN;
  // An integer beyond 2^53 keeps its digits: several of them are one double.
  if (typeof value === "bigint" && Number.isSafeInteger(Number(value))) return Number(value);
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) return BigInt(value);
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
  /** Nanoseconds per tick, where the categories are dates: those come as texts. */
  private readonly tick: bigint | undefined;
  private readonly texts: readonly unknown[] | undefined;

  constructor(categories: NdArray) {
    this.categories = categories.flat();
    this.tick = categories.dtype.kind === "M" ? nanosecondsPerTick(categories.dtype) : undefined;
    if (this.tick !== undefined) {
      const { tick } = this;
      this.texts = this.categories.map(
        (ticks) => dateText(ticks as bigint, categories.dtype)?.replace(MIDNIGHT, "") ?? null,
      );
      this.categories.forEach((ticks, at) => {
        if (this.texts![at] === null)
          this.positions.set(NAN, at); // NaT
        else this.positions.set(momentKey((ticks as bigint) * tick), at);
      });
    }
    this.categories.forEach((category, at) => this.positions.set(key(category), at));
    this.nan = this.positions.get(NAN) ?? -1;
    this.missing = this.positions.get(NAN) ?? this.positions.get(null) ?? -1;
    this.type = this.typeOf();
  }

  /** The position of a value, or -1. A missing value of either kind finds the other. */
  find(value: unknown): number {
    const found = this.positions.get(key(value));
    if (found !== undefined) return found;
    if (this.tick !== undefined && typeof value === "string") {
      const moment = parseDate(value.trim());
      return moment === undefined ? -1 : (this.positions.get(momentKey(moment.nanoseconds)) ?? -1);
    }
    // Among numbers a numeric text is its number, as in columns of numbers.
    if (typeof value === "string" && this.type === "number") return this.positions.get(parseNumber(value)) ?? -1;
    return value === null || value === undefined || Number.isNaN(value) ? this.missing : -1;
  }

  /** The categories that are no missing values; dates as texts in ISO 8601. */
  get present(): readonly unknown[] {
    return (this.texts ?? this.categories).filter((_, at) => at !== this.missing);
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

/** The values of one column, with all digits of integers beyond 2^53: several of them are one double, but not one category. */
export function exactValues(X: Input, column: number): Float64Array | unknown[] {
  if (X instanceof Csr) return columnValues(X, column);
  const [values, from, width] = X instanceof DataFrame ? [X.series[column]!.values, 0, 1] : [X, column, X.shape[1]!];
  if (!((values.dtype.kind === "i" || values.dtype.kind === "u") && values.dtype.itemsize === 8))
    return columnValues(X, column);
  return Array.from({ length: shapeOf(X)[0] }, (_, row) => values.item(row * width + from));
}
