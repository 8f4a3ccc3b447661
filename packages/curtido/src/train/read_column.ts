/** @module What the cells of a column are: numbers, dates, words; and how their texts are read. */

import { NOT_A_TIME, nanosecondsPerTick, type Series } from "@curtido/arrays";
import { Float } from "@curtido/pickle";
import {
  type CellRule,
  type DateRule,
  daysOf,
  isMissing,
  numberOf,
  readByRule,
  type Written,
  writtenNumber,
} from "@curtido/tables";
import { notationOf } from "./notation.ts";
import { booleanSpellings, withCases } from "./words.ts";

/** A column as it is read. */
export interface ColumnReading {
  readonly type: "numeric" | "categorical";
  /** Numbers, texts, booleans; NaN where something is missing. */
  readonly values: readonly unknown[];
  /** How texts were read; nothing where they stay as they are. */
  readonly rule: CellRule;
  /** The same in words. */
  readonly done: readonly string[];
}

/** What the command line says of the cells of all columns. */
export interface CellWishes {
  readonly missing?: readonly string[] | undefined;
  readonly decimal?: "." | "," | undefined;
  /** Whether texts that are no numbers among numbers are refused, and not taken for spellings of missing ones. */
  readonly strict?: boolean | undefined;
}

/** Of the cells that are there so many are numbers, or dates, where the others spell missing ones, */
const MOSTLY = 0.8;
/** in so many ways. */
const MOST_SPELLINGS = 3;
const DAY = 86_400_000_000_000;

/** Values as they are learned from, one by one. */
export function plainValues({ values }: Series): unknown[] {
  const { dtype } = values;
  if (dtype.kind === "M" || dtype.kind === "m") {
    const nanoseconds = nanosecondsPerTick(dtype);
    return values
      .flat()
      .map((ticks) =>
        ticks === NOT_A_TIME || nanoseconds === undefined ? Number.NaN : daysIn(ticks as bigint, nanoseconds),
      );
  }
  return values.flat().map((value) => {
    if (isMissing(value)) return Number.NaN;
    return value instanceof Float ? value.value : typeof value === "bigint" ? Number(value) : value;
  });
}

function daysIn(ticks: bigint, nanoseconds: bigint): number {
  return Number(ticks * nanoseconds) / DAY;
}

/** What a column is, by what it holds. */
export function readColumn(column: Series, wishes: CellWishes): ColumnReading {
  const { values, rule, done } = withoutSpelled(plainValues(column), wishes.missing ?? []);
  const { kind } = column.values.dtype;
  if (kind === "M") return dated(values, { unit: "days" }, rule, done);
  if (kind === "m") return { type: "numeric", values, rule, done: [...done, "durations -> days"] };
  const counts = countsOf(values);
  if (counts.size === 0) {
    const numbers = values.every((value) => typeof value === "number");
    return { type: numbers && column.dtype !== "category" ? "numeric" : "categorical", values, rule, done };
  }
  if (column.dtype === "category") return { type: "categorical", values, rule, done };
  return (
    numbersOf(values, counts, rule, done, wishes) ??
    datesOf(values, counts, rule, done, wishes) ??
    wordsOf(values, counts, rule, done)
  );
}

/** The column with what was said to spell a missing value missing. */
export function withoutSpelled(values: readonly unknown[], missing: readonly string[]) {
  const spelled = new Map<string, number>();
  const rest = values.map((value) => {
    if (typeof value !== "string" || !missing.includes(value.trim())) return value;
    spelled.set(value.trim(), (spelled.get(value.trim()) ?? 0) + 1);
    return Number.NaN;
  });
  return { values: rest, ...spelledMissing(spelled, values.length) };
}

function spelledMissing(spelled: ReadonlyMap<string, number>, rows: number) {
  const done = [...spelled].map(([text, count]) => `missing where '${text}', ${count} of ${rows}`);
  const spellings = Object.fromEntries([...spelled.keys()].map((text) => [text, null]));
  const rule: CellRule = spelled.size === 0 ? {} : { spellings };
  return { rule, done };
}

function countsOf(values: readonly unknown[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (typeof value !== "string") continue;
    const text = value.trim();
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

/** The texts that are none of what most of a column is, when they are few enough to spell what is missing. */
function othersIn(
  values: readonly unknown[],
  counts: ReadonlyMap<string, number>,
  fits: (text: string) => boolean,
  strict: boolean | undefined,
): ReadonlyMap<string, number> | undefined {
  const others = new Map([...counts].filter(([text]) => !fits(text)));
  if (strict === true && others.size > 0) return undefined;
  // What has digits is something, such as `<5`, and not nothing.
  if (others.size > MOST_SPELLINGS || [...others.keys()].some((text) => /\d/.test(text))) return undefined;
  const there = values.filter((value) => !isMissing(value)).length;
  const other = [...others.values()].reduce((sum, count) => sum + count, 0);
  return there - other >= MOSTLY * there ? others : undefined;
}

function numbersOf(
  values: readonly unknown[],
  counts: ReadonlyMap<string, number>,
  before: CellRule,
  done: readonly string[],
  { decimal, strict }: CellWishes,
): ColumnReading | undefined {
  if (values.some((value) => typeof value === "boolean")) return undefined;
  const written = [...counts.keys()].flatMap((text): readonly Written[] => {
    const number = writtenNumber(text);
    return number === undefined ? [] : [number];
  });
  const numerals = notationOf(written, decimal);
  if (numerals === undefined) return undefined;
  const plain = [...counts.keys()].every((text) => writtenNumber(text) === undefined || numberOf(text) !== undefined);
  const rule: CellRule = plain && numerals.decimal === "." && numerals.thousands === undefined ? {} : { numerals };
  const numberIn = (text: string) => {
    const value = readByRule(text, rule);
    return typeof value === "number" ? value : numberOf(text);
  };
  const others = othersIn(values, counts, (text) => numberIn(text) !== undefined, strict);
  if (others === undefined) return undefined;
  const missing = spelledMissing(others, values.length);
  const shown = [...counts.keys()].find(
    (text) => rule.numerals !== undefined && !others.has(text) && numberIn(text) !== Number(text),
  );
  return {
    type: "numeric",
    values: values.map((value) => (typeof value === "string" ? (numberIn(value.trim()) ?? Number.NaN) : value)),
    rule: joined(before, missing.rule, rule),
    done: [...done, ...(shown === undefined ? [] : [`'${shown}' read as ${numberIn(shown)}`]), ...missing.done],
  };
}

function datesOf(
  values: readonly unknown[],
  counts: ReadonlyMap<string, number>,
  before: CellRule,
  done: readonly string[],
  { strict }: CellWishes,
): ColumnReading | undefined {
  if (values.some((value) => typeof value !== "string" && !isMissing(value))) return undefined;
  const read = (order?: DateRule["order"]) =>
    othersIn(values, counts, (text) => daysOf(text, order) !== undefined, strict);
  const orders = [undefined, "dmy", "mdy"] as const;
  const found = orders.map(read);
  const at = found.findIndex((others) => others !== undefined);
  if (at < 0) return undefined;
  const order = orders[at];
  const missing = spelledMissing(found[at]!, values.length);
  const unsure =
    order === "dmy" && found[2] !== undefined ? ["the day before the month, which the table leaves open"] : [];
  const days = values.map((value) => (typeof value === "string" ? (daysOf(value.trim(), order) ?? Number.NaN) : value));
  return dated(days, { unit: "days", ...(order && { order }) }, joined(before, missing.rule), [
    ...done,
    ...unsure,
    ...missing.done,
  ]);
}

function dated(values: readonly unknown[], date: DateRule, rule: CellRule, done: readonly string[]): ColumnReading {
  return { type: "numeric", values, rule: { ...rule, date }, done: ["dates -> days since 1970", ...done] };
}

function wordsOf(
  values: readonly unknown[],
  counts: ReadonlyMap<string, number>,
  before: CellRule,
  done: readonly string[],
): ColumnReading {
  const spellings = values.every((value) => typeof value === "string" || isMissing(value))
    ? booleanSpellings(counts)
    : undefined;
  if (spellings === undefined) return { type: "categorical", values, rule: before, done };
  const rule = joined(before, { spellings: withCases(spellings, counts.keys()) });
  const pairs = Object.entries(spellings).map(([text, most]) => `'${text}' as '${most}'`);
  return {
    type: "categorical",
    values: values.map((value) => (typeof value === "string" ? (spellings[value.trim()] ?? value.trim()) : value)),
    rule,
    done: [...done, `read ${pairs.join(", ")}`],
  };
}

function joined(...rules: readonly CellRule[]): CellRule {
  const spellings = Object.assign({}, ...rules.map((rule) => rule.spellings)) as Record<string, string | null>;
  const all: CellRule = Object.assign({}, ...rules);
  return Object.keys(spellings).length === 0 ? all : { ...all, spellings };
}
