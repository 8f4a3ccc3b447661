/** @module One feature's values: from what a client wrote to what the model takes. */

import { type Feature, parseNumber } from "@curtido/estimators";

/** What {@link Cell.read} gives for a value that does not fit. */
export const BAD = Symbol("a value that does not fit");

/** How one feature is read. */
export interface Cell {
  readonly name: string;
  /** In words: "a number", "one of Biscoe, Dream, Torgersen". */
  readonly expected: string;
  /** What stands for a missing value, or {@link BAD} where none is allowed. */
  readonly missing: unknown;
  /** What stands for a feature that a row leaves out, or {@link BAD}. */
  readonly absent: unknown;
  /** The value as the model takes it, or {@link BAD}. */
  read(value: unknown): unknown;
}

/** How a feature is read. Numbers come as numbers or numeric text, booleans as `true` and `false` or those texts. */
export function cellOf(feature: Feature): Cell {
  const categories = feature.categories?.filter((category) => !isMissing(category));
  const closed = feature.closed === true && categories !== undefined ? new Set(categories.map(comparable)) : undefined;
  const missing = feature.missing ? missingOf(feature) : BAD;
  const convert = feature.type === "any" && categories === undefined ? anything : CONVERT[feature.type];
  return {
    name: feature.name,
    expected: expectation(feature, categories, closed !== undefined),
    missing,
    absent: feature.optional === true ? missingOf(feature) : BAD,
    read(value) {
      if (value === null || value === undefined) return missing;
      const converted = convert(value);
      if (converted === BAD) return BAD;
      if (typeof converted === "number" && Number.isNaN(converted)) return missing;
      return closed === undefined || closed.has(comparable(converted)) ? converted : BAD;
    },
  };
}

const CONVERT: Readonly<Record<Feature["type"], (value: unknown) => unknown>> = {
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
function missingOf(feature: Feature): unknown {
  return feature.categories?.includes(null) === true ? null : Number.NaN;
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "number" && Number.isNaN(value));
}

function comparable(value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}

const WORDS: Readonly<Record<Feature["type"], string>> = {
  number: "a number",
  string: "a text",
  boolean: "true or false",
  any: "a number, a text or a boolean",
};

/** How many categories a message lists. */
const MOST_LISTED = 20;

function expectation(feature: Feature, categories: readonly unknown[] | undefined, closed: boolean): string {
  if (!closed || categories === undefined) return WORDS[feature.type];
  const listed = categories.slice(0, MOST_LISTED).map((category) => JSON.stringify(comparable(category)));
  const rest = categories.length - listed.length;
  return `one of ${listed.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
