/** @module Which category a value is: equality as Python's, missing values included. */

import { dateText, type NdArray, nanosecondsPerTick, parseDate, parseNumber } from "@curtido/arrays";

const NAN = Symbol("nan");
const MIDNIGHT = /T00:00(:00)?$/;

/** A moment apart from ticks, which are numbers in another unit. */
function momentKey(nanoseconds: bigint): string {
  return `moment ${nanoseconds}`;
}

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
