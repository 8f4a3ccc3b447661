/** @module The categories that a feature knows, and which of them a value as people send it is. */

import { parseDate } from "@curtido/arrays";

/** Booleans as tables spell them: what pandas' `read_csv` takes for them. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map(
  [true, false].flatMap((value) => {
    const text = String(value);
    return [text, text.toUpperCase(), `${text[0]!.toUpperCase()}${text.slice(1)}`].map(
      (each) => [each, value] as const,
    );
  }),
);

/**
 * A boolean that a text spells, as pandas' `read_csv` reads it: `true`, `True`, `TRUE` and the same of false.
 *
 * @example
 * booleanOf("True"); // true
 */
export function booleanOf(text: string): boolean | undefined {
  return text.length <= LONGEST_BOOLEAN ? BOOLEANS.get(text) : undefined;
}

const LONGEST_BOOLEAN = 5;

/** Python's equality: `True == 1`, and an int is its number, whatever its size: one beyond 2^53 has all its digits. */
function comparable(value: unknown): unknown {
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  return typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value;
}

/** An integer that may be beyond 2^53. */
const LONG_INTEGER = /^\s*[+-]?\d{16,400}\s*$/;

/** Categories by what they are equal to. */
export class KnownCategories {
  readonly categories: readonly unknown[];
  private readonly values: ReadonlyMap<unknown, unknown>;
  /** Where categories are dates: by the moment that they are. */
  private readonly moments: ReadonlyMap<bigint, unknown>;
  private readonly numbers: boolean;

  /** @param categories - without what stands for a missing one */
  constructor(categories: readonly unknown[]) {
    this.categories = categories;
    this.values = new Map(categories.map((category) => [comparable(category), category]));
    this.moments = new Map(
      categories.flatMap((category) => {
        const moment = momentOf(category);
        return moment === undefined ? [] : [[moment, category] as const];
      }),
    );
    this.numbers = categories.some((category) => typeof category !== "string");
  }

  /** Whether a value is one of them as it is. */
  has(value: unknown): boolean {
    return this.values.has(comparable(value));
  }

  /**
   * The category that a value stands for: itself, a number for its text and a text for its number, booleans by their
   * spellings, dates by the moment that they are; `undefined` for what is none.
   *
   * @param number - reads a number from a text
   */
  find(value: unknown, number: (text: string) => number | undefined): unknown {
    const same = this.values.get(comparable(value));
    if (same !== undefined) return same;
    if (typeof value !== "string")
      return this.values.get(textOf(value)) ?? this.values.get(String(value)) ?? this.moments.get(sinceEpoch(value));
    const truth = booleanOf(value);
    if (truth !== undefined) return this.values.get(Number(truth)) ?? this.values.get(textOf(truth));
    const asNumber = this.numbers ? (LONG_INTEGER.test(value) ? BigInt(value) : number(value)) : undefined;
    if (asNumber !== undefined) return this.values.get(comparable(asNumber));
    if (this.moments.size === 0) return undefined;
    const moment = momentOf(value);
    return moment === undefined ? undefined : this.moments.get(moment);
  }
}

/** The moment that a number of milliseconds since 1970 is: so pandas' `to_json` writes dates. -1 for what is no such number. */
function sinceEpoch(value: unknown): bigint {
  return Number.isSafeInteger(value) ? BigInt(value as number) * 1_000_000n : -1n;
}

/** A number or a boolean as pandas would have written it among texts. */
function textOf(value: unknown): unknown {
  return typeof value === "boolean" ? (value ? "True" : "False") : value;
}

/** A date of which the year comes first: there is no doubt what the others are. */
const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=$|[ T])/;

function momentOf(value: unknown): bigint | undefined {
  if (typeof value !== "string") return undefined;
  const plain = value
    .trim()
    .replace(YEAR_FIRST, (_, year, month, day) => [year, month.padStart(2, "0"), day.padStart(2, "0")].join("-"));
  return parseDate(plain)?.nanoseconds;
}
