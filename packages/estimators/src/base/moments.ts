/** @module Parts of dates, by the names that pandas has for them. */

import { parseDate } from "@curtido/arrays";

const NANOSECONDS_OF_MS = 1_000_000n;
const DAY_MS = 86_400_000;

/** A moment in UTC, and the nanoseconds that a Date has no room for. */
export interface Moment {
  readonly date: Date;
  /** Since 1970. */
  readonly nanoseconds: bigint;
}

/** The moment that a cell says: a date in ISO 8601, as columns of dates are read; `undefined` for what is none. */
export function momentOf(cell: unknown): Moment | undefined {
  const parsed = typeof cell === "string" ? parseDate(cell.trim()) : undefined;
  return parsed === undefined ? undefined : momentAt(parsed.nanoseconds);
}

/** The moment so many nanoseconds since 1970. */
export function momentAt(nanoseconds: bigint): Moment {
  const rest = ((nanoseconds % NANOSECONDS_OF_MS) + NANOSECONDS_OF_MS) % NANOSECONDS_OF_MS;
  return { date: new Date(Number((nanoseconds - rest) / NANOSECONDS_OF_MS)), nanoseconds };
}

const monthEnd = (date: Date) => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
const startOfYear = (date: Date) => Date.UTC(date.getUTCFullYear(), 0, 1);
const weekday = (date: Date) => (date.getUTCDay() + 6) % 7;
const isLeap = (date: Date) => new Date(Date.UTC(date.getUTCFullYear(), 1, 29)).getUTCMonth() === 1;
const dayOfYear = (date: Date) => Math.floor((date.getTime() - startOfYear(date)) / DAY_MS) + 1;
const isFirst = (date: Date) => date.getUTCDate() === 1;
const isLast = (date: Date) => date.getUTCDate() === monthEnd(date);
const quarter = (date: Date) => Math.floor(date.getUTCMonth() / 3) + 1;

/** ISO 8601's week: that of the year in which its Thursday lies. */
function isoWeek(date: Date): number {
  const thursday = new Date(date.getTime() + (3 - weekday(date)) * DAY_MS);
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1;
}

/** Each part as a number; truths are 0 and 1. */
const PARTS: Readonly<Record<string, (moment: Moment) => number>> = {
  year: ({ date }) => date.getUTCFullYear(),
  month: ({ date }) => date.getUTCMonth() + 1,
  day: ({ date }) => date.getUTCDate(),
  hour: ({ date }) => date.getUTCHours(),
  minute: ({ date }) => date.getUTCMinutes(),
  second: ({ date }) => date.getUTCSeconds(),
  microsecond: ({ nanoseconds }) => Number(positiveRest(nanoseconds, 1_000_000_000n) / 1000n),
  nanosecond: ({ nanoseconds }) => Number(positiveRest(nanoseconds, 1000n)),
  weekday: ({ date }) => weekday(date),
  dayofyear: ({ date }) => dayOfYear(date),
  quarter: ({ date }) => quarter(date),
  semester: ({ date }) => (date.getUTCMonth() < 6 ? 1 : 2),
  week: ({ date }) => isoWeek(date),
  days_in_month: ({ date }) => monthEnd(date),
  is_weekend: ({ date }) => Number(weekday(date) > 4),
  is_leap_year: ({ date }) => Number(isLeap(date)),
  is_month_start: ({ date }) => Number(isFirst(date)),
  is_month_end: ({ date }) => Number(isLast(date)),
  is_quarter_start: ({ date }) => Number(isFirst(date) && date.getUTCMonth() % 3 === 0),
  is_quarter_end: ({ date }) => Number(isLast(date) && date.getUTCMonth() % 3 === 2),
  is_year_start: ({ date }) => Number(isFirst(date) && date.getUTCMonth() === 0),
  is_year_end: ({ date }) => Number(isLast(date) && date.getUTCMonth() === 11),
};

const OTHER_NAMES: Readonly<Record<string, string>> = {
  dayofweek: "weekday",
  day_of_week: "weekday",
  day_of_year: "dayofyear",
  daysinmonth: "days_in_month",
  weekofyear: "week",
  day_of_month: "day",
};

function positiveRest(value: bigint, by: bigint): bigint {
  return ((value % by) + by) % by;
}

/** The part of a moment that pandas calls so; `undefined` for a name that it has no part of. */
export function datePart(name: string): ((moment: Moment) => number) | undefined {
  const own = OTHER_NAMES[name] ?? name;
  return Object.hasOwn(PARTS, own) ? PARTS[own] : undefined;
}
