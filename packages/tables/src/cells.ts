/** @module What a cell means: a number, a boolean, a text, a category, or that something is missing. */

import { parseNumber } from "@curtido/arrays";
import type { TextSource } from "./types.ts";

/** How a missing value is spelled in tables of text: what pandas' `read_csv` takes for one. */
const SPELLINGS: ReadonlySet<string> = new Set(
  "|#N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN|<NA>|N/A|NA|NULL|NaN|None|n/a|nan|null".split("|"),
);

/**
 * Whether a cell of a table of text spells a missing value: `NA`, `N/A`, `nan`, `null`, `None`, nothing at all ....
 *
 * @example
 * spellsMissing("NA"); // true
 */
export function spellsMissing(text: string): boolean {
  return text.length <= LONGEST_SPELLING && SPELLINGS.has(text);
}

/** What is longer is not looked up: it would have to be read to its end. */
const LONGEST_SPELLING = 8;

/** Whether pandas takes a cell of an object column for missing. */
export function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "number" && Number.isNaN(value));
}

/** What {@link Cell.read} gives for a value that does not fit. */
export const BAD = Symbol("a value that does not fit");

/** What a model says of one of its features. */
export interface Wanted {
  readonly name: string;
  readonly type: "number" | "string" | "boolean" | "any";
  /** Whether a missing value is allowed. */
  readonly missing: boolean;
  /** The values that were seen in training. */
  readonly categories?: readonly unknown[];
  /** Whether other categories than those are refused. */
  readonly closed?: boolean;
  /** Whether a row may leave it out altogether. */
  readonly optional?: boolean;
}

/** How one feature is read. */
export interface Cell {
  readonly name: string;
  /** In words: "a number", "one of Biscoe, Dream, Torgersen". */
  readonly expected: string;
  /** What stands for a missing value, or {@link BAD} where none is allowed. */
  readonly missing: unknown;
  /** What stands for a feature that a row leaves out, or {@link BAD}. */
  readonly absent: unknown;
  /**
   * The value as the model takes it, or {@link BAD}.
   *
   * @param text - whether it comes out of a table of text or a form: there a spelling such as `NA` is a missing value, unless
   *   it is itself a known category, or a text in a form
   */
  read(value: unknown, text?: TextSource): unknown;
}

/**
 * How a feature is read. Numbers come as numbers or numeric text, booleans as `true` and `false` or those texts.
 *
 * @example
 * const cell = cellOf({ name: "bmi", type: "number", missing: true });
 * cell.read("0.5"); // 0.5
 * cell.read("NA", "table"); // NaN
 */
export function cellOf(feature: Wanted): Cell {
  const categories = feature.categories?.filter((category) => !isMissing(category));
  const known = new Set(categories?.map(comparable));
  const closed = feature.closed === true && categories !== undefined;
  const missing = feature.missing ? missingOf(feature) : BAD;
  const convert = feature.type === "any" && categories === undefined ? anything : CONVERT[feature.type];
  const free = feature.type === "string" && categories === undefined;
  return {
    name: feature.name,
    expected: expectation(feature, categories, closed),
    missing,
    absent: feature.optional === true ? missingOf(feature) : BAD,
    read(value, text) {
      if (value === null || value === undefined) return missing;
      const converted = convert(value);
      if (typeof converted === "number" && Number.isNaN(converted)) return missing;
      if (text !== undefined && typeof converted !== "number" && typeof value === "string") {
        const taken = known.has(value) || (free && text === "form");
        if (!taken && spellsMissing(value)) return missing;
      }
      return !closed || known.has(comparable(converted)) ? converted : BAD;
    },
  };
}

const CONVERT: Readonly<Record<Wanted["type"], (value: unknown) => unknown>> = {
  number(value) {
    if (typeof value === "number") return value;
    return (typeof value === "string" ? numberOf(value) : undefined) ?? BAD;
  },
  string: (value) => (typeof value === "string" ? value : BAD),
  boolean(value) {
    if (value === true || value === 1 || value === "true" || value === "True" || value === "1") return true;
    if (value === false || value === 0 || value === "false" || value === "False" || value === "0") return false;
    return BAD;
  },
  any: (value) => (typeof value === "object" ? BAD : value),
};

/** A number from text, as {@link parseNumber} reads it; plain ones, such as a table holds by the million, at once. */
export function numberOf(text: string): number | undefined {
  const first = text.charCodeAt(0);
  const digit = (first >= ZERO && first <= NINE) || first === MINUS || first === POINT;
  if (digit && !(text.charCodeAt(1) > NINE)) {
    const number = Number(text);
    if (!Number.isNaN(number)) return number;
  }
  return parseNumber(text);
}

const [ZERO, NINE, MINUS, POINT] = ["0", "9", "-", "."].map((character) => character.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
];

/** Where anything may stand and nothing is known of it, the booleans of a table are what pandas takes them for. */
function anything(value: unknown): unknown {
  if (typeof value === "object") return BAD;
  return typeof value === "string" && /^(true|false)$/i.test(value) ? value.toLowerCase() === "true" : value;
}

/** pandas reads an empty cell as NaN, so that is what a model met in training; None only where it is a category itself. */
function missingOf(feature: Wanted): unknown {
  return feature.categories?.includes(null) === true ? null : Number.NaN;
}

function comparable(value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}

const WORDS: Readonly<Record<Wanted["type"], string>> = {
  number: "a number",
  string: "a text",
  boolean: "true or false",
  any: "a number, a text or a boolean",
};

/** How many categories a message lists. */
const MOST_LISTED = 20;

function expectation(feature: Wanted, categories: readonly unknown[] | undefined, closed: boolean): string {
  if (!closed || categories === undefined) return WORDS[feature.type];
  const listed = categories.slice(0, MOST_LISTED).map((category) => JSON.stringify(comparable(category)));
  const rest = categories.length - listed.length;
  return `one of ${listed.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
