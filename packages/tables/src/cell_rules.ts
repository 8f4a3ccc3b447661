/** @module How the texts of a column stand for what a model learned from: numbers as people write them, dates, words. */

import { parseDate } from "@curtido/arrays";

/** How numbers are written: `1.234,5` has a decimal comma, and dots that group digits. */
export interface Numerals {
  readonly decimal: "." | ",";
  /** What groups digits by three; a space stands for any of them. */
  readonly thousands?: string;
}

/** That a column is of dates, and what becomes of them: days since 1970, fractions for times. */
export interface DateRule {
  readonly unit: "days";
  /** Whether the day or the month comes first where dates are written `1/2/2024`; neither, without it. */
  readonly order?: "dmy" | "mdy";
}

/** What texts of a column stand for. */
export interface CellRule {
  /** Texts that stand for another one, or, `null`, for a missing value. */
  readonly spellings?: Readonly<Record<string, string | null>>;
  readonly numerals?: Numerals;
  readonly date?: DateRule;
}

/**
 * What a text stands for; anything else, and what no rule is for, stays as it is.
 *
 * @example
 * readByRule("1.200 €", { numerals: { decimal: ",", thousands: "." } }); // 1200
 * readByRule("2024-02-29", { date: { unit: "days" } }); // 19782
 */
export function readByRule(value: unknown, { spellings, numerals, date }: CellRule): unknown {
  if (typeof value !== "string") return value;
  const text = value.trim();
  if (spellings !== undefined && Object.hasOwn(spellings, text)) return spellings[text];
  if (date !== undefined) return daysOf(text, date.order) ?? value;
  return (numerals && numeralOf(text, numerals)) ?? value;
}

const SIGNS = "[$€£¥₹₩₽₺₪฿₫₦₱₲₴₡]|R\\$|US\\$|S/\\.?";
const CODES =
  "USD|EUR|GBP|MXN|ARS|COP|CLP|PEN|BRL|UYU|BOB|VES|DOP|CRC|GTQ|JPY|CNY|INR|CHF|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RON|TRY|ZAR|KRW";
const MONEY = `(?:${SIGNS}|${CODES}|kr|zł|Kč|euros?|dólares)`;
const WRITTEN = new RegExp(
  `^(?<minus>[-+\u2212])?\\s*(?<before>${MONEY})?\\s*(?<inner>[-+\u2212])?(?<digits>\\d[\\d.,'\u2019\\s]*|[.,]\\d+)(?<power>e[-+]?\\d+)?\\s*(?<behind>%|${MONEY})?$`,
  "iu",
);
/** What is longer is no number that anybody wrote. */
const LONGEST = 60;

/** A number as people write it, taken apart. */
export interface Written {
  readonly negative: boolean;
  /** Digits, and what stands between them. */
  readonly digits: string;
  /** The power of ten that it is to be taken by, as `e-3`; mostly nothing. */
  readonly power?: string;
  /** Whether a currency stands beside it, or a percent sign. */
  readonly mark: "currency" | "percent" | undefined;
}

/** The parts of a number as people write it; `undefined` when it is none. */
export function writtenNumber(text: string): Written | undefined {
  if (text.length > LONGEST) return undefined;
  const inner = /^\((.+)\)$/.exec(text)?.[1];
  const groups = WRITTEN.exec(inner ?? text)?.groups;
  if (groups === undefined) return undefined;
  const { minus, before, inner: sign, digits, power, behind } = groups;
  if ((minus !== undefined && sign !== undefined) || (before !== undefined && behind !== undefined)) return undefined;
  const negative = inner !== undefined || /[-\u2212]/.test(minus ?? sign ?? "");
  const currency = before !== undefined || (behind !== undefined && behind !== "%");
  return {
    negative,
    digits: digits!.trim(),
    ...(power !== undefined && { power }),
    mark: currency ? "currency" : behind === "%" ? "percent" : undefined,
  };
}

/** The number that a text is in a notation; currencies and percent signs are left out: `12%` is 12. */
function numeralOf(text: string, { decimal, thousands }: Numerals): number | undefined {
  const written = writtenNumber(text);
  if (written === undefined) return undefined;
  const [whole = "", fraction, ...more] = written.digits.split(decimal);
  if (more.length > 0 || (fraction !== undefined && !/^\d*$/.test(fraction))) return undefined;
  const digits = ungrouped(whole, thousands);
  if (digits === undefined) return undefined;
  const number = Number(`${digits}.${fraction ?? ""}0${written.power ?? ""}`);
  return Number.isNaN(number) ? undefined : written.negative ? -number : number;
}

/** Digits without what groups them; `undefined` where that stands elsewhere than between threes. */
function ungrouped(whole: string, thousands: string | undefined): string | undefined {
  if (/^\d*$/.test(whole)) return whole;
  if (thousands === undefined) return undefined;
  const groups = whole.split(thousands === " " ? /\s/u : thousands === "'" ? /['\u2019]/u : thousands);
  const right = /^\d{1,3}$/.test(groups[0]!) && groups.slice(1).every((group) => /^\d{3}$/.test(group));
  return right ? groups.join("") : undefined;
}

const DAY = 86_400_000_000_000;
const WITH_NAMES =
  /^(?:(?<year>\d{4})[/.](?<month>\d{1,2})[/.](?<day>\d{1,2})|(?<first>\d{1,2})[/.-](?<second>\d{1,2})[/.-](?<last>\d{4}))(?:[T ]+(?<time>\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?))?$/;

/**
 * Days since 1970 of a date in ISO 8601, or, where an order is given, as `31/12/2024 10:30`; `undefined` for what is none.
 *
 * @example
 * daysOf("1970-01-02T12:00"); // 1.5
 */
export function daysOf(text: string, order?: DateRule["order"]): number | undefined {
  const parsed = parseDate(text) ?? parseDate(isoOf(text, order) ?? "");
  return parsed === undefined ? undefined : Number(parsed.nanoseconds) / DAY;
}

function isoOf(text: string, order: DateRule["order"]): string | undefined {
  const groups = text.length > LONGEST ? undefined : WITH_NAMES.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { first, second, last, time } = groups;
  if (last !== undefined && order === undefined) return undefined;
  const [day, month] = order === "mdy" ? [second, first] : [first, second];
  const parts = [groups["year"] ?? last, groups["month"] ?? month, groups["day"] ?? day];
  return `${parts.map((part) => part!.padStart(2, "0")).join("-")}${time === undefined ? "" : `T${time.padStart(time.indexOf(":") === 1 ? time.length + 1 : 0, "0")}`}`;
}

/** What of a date may be a column of its own: the month from 1, or the day of the week, where Monday is 0 as in pandas. */
export type DatePart = "month" | "weekday";

/**
 * A part of a date that is given in days since 1970.
 *
 * @example
 * datePart(19782, "weekday"); // 3, a Thursday
 */
export function datePart(days: number, part: DatePart): number {
  const day = Math.floor(days);
  if (part === "month") return new Date(day * 86_400_000).getUTCMonth() + 1;
  // 1970 began on a Thursday.
  return (((day + 3) % 7) + 7) % 7;
}

/**
 * The text of a day, or of a moment, of days since 1970.
 *
 * @example
 * dayText(19782.5); // "2024-02-29T12:00:00"
 */
export function dayText(days: number): string {
  const text = new Date(Math.round(days * 86_400_000)).toISOString();
  return text.slice(0, Number.isInteger(days) ? 10 : 19);
}
