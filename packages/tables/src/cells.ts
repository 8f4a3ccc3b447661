/** @module What a cell means: a number, a boolean, a text, a category, or that something is missing. */

import { parseNumber } from "@curtido/arrays";
import { type CellRule, readByRule } from "./cell_rules.ts";
import { booleanOf, KnownCategories } from "./known.ts";
import type { Notation, TextSource } from "./types.ts";

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
export interface Wanted extends CellRule {
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
   * @param notation - how numbers and missing values are spelled there
   */
  read(value: unknown, text?: TextSource, notation?: Notation): unknown;
  /** Whether a value that {@link read} gave is a category that training has not seen. */
  unknown(taken: unknown): boolean;
}

/**
 * How a feature is read: numbers as numbers, numeric text and booleans; booleans as `true`, `1` and their spellings;
 * categories by value, whether they come as numbers, texts or dates.
 *
 * @example
 * const cell = cellOf({ name: "bmi", type: "number", missing: true });
 * cell.read("0.5"); // 0.5
 * cell.read(true); // 1
 * cell.read("NA", "table"); // NaN
 */
export function cellOf(feature: Wanted): Cell {
  const { name, type } = feature;
  const ruled = feature.date !== undefined || feature.numerals !== undefined || feature.spellings !== undefined;
  const present = feature.categories?.filter((category) => !isMissing(category));
  const known = present === undefined ? undefined : new KnownCategories(present);
  const closed = feature.closed === true && known !== undefined;
  const missing = feature.missing ? missingOf(feature) : BAD;
  const convert = converter(feature, known);
  const free = type === "string" && known === undefined;
  const shared = { name, expected: expectation(feature, present, closed), missing };
  return {
    ...shared,
    absent: feature.optional === true ? missingOf(feature) : BAD,
    read(sent, text, notation) {
      const value = ruled ? readByRule(sent, feature) : sent;
      if (feature.date !== undefined && isBeyondDates(value)) return BAD;
      if (typeof value === "number" && type === "number" && known === undefined)
        return Number.isNaN(value) ? missing : value;
      if (value === null || value === undefined) return missing;
      const category = known?.find(value, (each) => numberIn(each, notation));
      if (category !== undefined) return category;
      if (typeof value === "string" && meansMissing(value, { type, text, free, notation })) return missing;
      const converted = convert(value, notation);
      if (typeof converted === "number" && Number.isNaN(converted)) return missing;
      return closed ? BAD : converted;
    },
    unknown: (taken) => known !== undefined && !isMissing(taken) && !known.has(taken),
  };
}

/** 9999-12-31 in days since 1970. */
const LAST_DAY = 2_932_896;

/** Whether a number cannot be days: it is milliseconds, as JSON of pandas and `Date.now()` have them, or seconds. */
function isBeyondDates(value: unknown): boolean {
  return (typeof value === "number" || typeof value === "string") && Math.abs(Number(value)) > LAST_DAY;
}

/** Where a text stands that may mean nothing. */
interface Spelled {
  readonly type: Wanted["type"];
  readonly text: TextSource | undefined;
  /** Whether it may be any text. */
  readonly free: boolean;
  readonly notation: Notation | undefined;
}

/** Whether a text stands for a missing value: in tables and forms a spelling of one; in JSON only where no text can stand. */
function meansMissing(value: string, { type, text, free, notation }: Spelled): boolean {
  if (text !== undefined && notation?.missing?.includes(value) === true) return true;
  if (text === undefined ? type !== "number" && type !== "boolean" : free && text === "form") return false;
  return spellsMissing(value) || (type === "number" && BLANK.test(value));
}

const BLANK = /^[\s\u00a0]{0,100}$/;

type Convert = (value: unknown, notation?: Notation) => unknown;

function converter({ type }: Wanted, known: KnownCategories | undefined): Convert {
  if (type === "any" && known === undefined) return anything;
  if (type === "string" && known !== undefined) return textOrNumber;
  return CONVERT[type];
}

const CONVERT: Readonly<Record<Wanted["type"], Convert>> = {
  number(value, notation) {
    if (typeof value === "number") return value;
    if (typeof value === "boolean" || typeof value === "bigint") return Number(value);
    if (typeof value !== "string") return BAD;
    const truth = booleanOf(value);
    return truth === undefined ? (numberIn(value, notation) ?? BAD) : Number(truth);
  },
  string: (value) => (typeof value === "string" ? value : BAD),
  boolean(value) {
    if (typeof value === "boolean") return value;
    if (value === 1 || value === "1") return true;
    if (value === 0 || value === "0") return false;
    return (typeof value === "string" ? booleanOf(value) : undefined) ?? BAD;
  },
  any: (value) => (typeof value === "object" ? BAD : value),
};

/** Among categories that are texts, a number that is none of them is no less unknown than a text is. */
const textOrNumber: Convert = (value) => (typeof value === "object" ? BAD : String(value));

/** A number from a text, which may have a decimal comma where its source has one. */
function numberIn(text: string, notation?: Notation): number | undefined {
  if (notation?.decimal === undefined && notation?.thousands === undefined) return numberOf(text);
  return numberOf(plainNumber(text, notation));
}

/**
 * A number as it would stand in a table of points: `1.234,5` as `1234.5`. What is none stays as it is.
 *
 * @example
 * plainNumber("1.234,5", { decimal: ",", thousands: "." }); // "1234.5"
 */
export function plainNumber(text: string, notation: Notation): string {
  const { decimal = POINT_TEXT, thousands }: { decimal?: string; thousands?: string } = notation;
  if (text.length > LONGEST_NUMBER) return text;
  const [whole = "", fraction, ...more] = text.split(decimal);
  if (more.length > 0) return text;
  const digits = thousands === undefined ? whole : ungrouped(whole, thousands);
  if (decimal !== POINT_TEXT && digits.includes(".")) return text;
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

const POINT_TEXT = ".";
const LONGEST_NUMBER = 400;

/** Digits in groups of three, without what stands between them; any other text as it is. */
function ungrouped(text: string, separator: string): string {
  const [first = "", ...groups] = text.split(separator);
  const grouped =
    groups.length > 0 && /^\s*[+-]?\d{1,3}$/.test(first) && groups.every((group) => /^\d{3}\s*$/.test(group));
  return grouped ? [first, ...groups].join("") : text;
}

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
  return (typeof value === "string" ? booleanOf(value) : undefined) ?? value;
}

/** pandas reads an empty cell as NaN, so that is what a model met in training; None only where it is a category itself. */
function missingOf(feature: Wanted): unknown {
  return feature.categories?.includes(null) === true ? null : Number.NaN;
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
  if (feature.date !== undefined) return "a date such as 2024-02-29, or days since 1970";
  if (!closed || categories === undefined) return WORDS[feature.type];
  const listed = categories.slice(0, MOST_LISTED).map((category) => shownCategory(category));
  const rest = categories.length - listed.length;
  return `one of ${listed.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

function shownCategory(category: unknown): string {
  return typeof category === "bigint" ? String(category) : JSON.stringify(category);
}
