/** @module numpy's dates and durations as text, and back. Ticks are counted from 1970-01-01, in a unit of the dtype. */

import type { DType } from "./dtype.ts";
import { arrayError } from "./errors.ts";

/** numpy's NaT: a date or duration that is missing. */
export const NOT_A_TIME = -(2n ** 63n);

const NANOSECONDS: Readonly<Record<string, bigint>> = {
  W: 604_800_000_000_000n,
  D: 86_400_000_000_000n,
  h: 3_600_000_000_000n,
  m: 60_000_000_000n,
  s: 1_000_000_000n,
  ms: 1_000_000n,
  us: 1000n,
  ns: 1n,
};
const DAY = NANOSECONDS["D"]!;
const MILLISECOND = NANOSECONDS["ms"]!;
/** JavaScript's dates reach so many days to either side of 1970. */
const MOST_DAYS = 100_000_000n;

/** Nanoseconds of one tick of a dtype; `undefined` for years, months and what is finer than a nanosecond. */
export function nanosecondsPerTick(dtype: DType): bigint | undefined {
  const [unit, count] = dtype.unit ?? ["generic", 1];
  const nanoseconds = NANOSECONDS[unit];
  return nanoseconds === undefined ? undefined : nanoseconds * BigInt(count);
}

/** A point in time, in parts that are joined as a format wants it. */
export interface DateParts {
  /** `2024-02-29` */
  readonly date: string;
  /** `12:30:00` */
  readonly time: string;
  /** Nine digits. */
  readonly fraction: string;
}

/**
 * The parts of a date, in UTC; `undefined` for NaT.
 *
 * @throws CurtidoError E_ARRAY for units and dates that have no text here
 * @example
 * dateParts(1n, parseDType("M8[D]")); // { date: "1970-01-02", time: "00:00:00", fraction: "000000000" }
 */
export function dateParts(ticks: bigint, dtype: DType): DateParts | undefined {
  if (ticks === NOT_A_TIME) return undefined;
  const nanoseconds = ticks * perTick(dtype);
  const days = floorDivide(nanoseconds, DAY);
  if (days > MOST_DAYS || days < -MOST_DAYS)
    throw arrayError("E_ARRAY", `a date ${days} days from 1970 is not written`);
  const rest = nanoseconds - days * DAY;
  const [date, time] = new Date(Number(days) * 86_400_000 + Number(rest / MILLISECOND)).toISOString().split("T");
  return { date: date!, time: time!.slice(0, 8), fraction: String(rest % NANOSECONDS["s"]!).padStart(9, "0") };
}

function perTick(dtype: DType): bigint {
  const nanoseconds = nanosecondsPerTick(dtype);
  if (nanoseconds === undefined)
    throw arrayError("E_DTYPE", `dates in units of '${dtype.unit?.[0] ?? "generic"}' are not written as text`);
  return nanoseconds;
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

/**
 * A date as ISO text, as short as it is exact, `null` for NaT.
 *
 * @example
 * dateText(1500n, parseDType("M8[ms]")); // "1970-01-01T00:00:01.5"
 */
export function dateText(ticks: bigint, dtype: DType): string | null {
  const parts = dateParts(ticks, dtype);
  if (parts === undefined) return null;
  const fraction = parts.fraction.replace(/0+$/, "");
  return `${parts.date}T${parts.time}${fraction === "" ? "" : `.${fraction}`}`;
}

const ISO =
  /^([+-]\d{6}|\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9})\d*)?)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** A point in time that a text says. */
export interface ParsedDate {
  /** Nanoseconds since 1970-01-01, in UTC where the text names an offset. */
  readonly nanoseconds: bigint;
  /** Whether the text names an offset from UTC. */
  readonly zoned: boolean;
  /** Digits of the fraction of a second. */
  readonly digits: number;
}

/**
 * Reads a date in ISO 8601: a day, or a day and a time, with or without an offset; `undefined` for anything else.
 *
 * @example
 * parseDate("2024-02-29 12:30:00"); // { nanoseconds: 1709209800000000000n, zoned: false, digits: 0 }
 */
export function parseDate(text: string): ParsedDate | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "", offset] = match;
  const milliseconds = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const exists = !Number.isNaN(milliseconds) && new Date(milliseconds).getUTCDate() === Number(day);
  if (!exists) return undefined;
  const nanoseconds = BigInt(milliseconds) * MILLISECOND + BigInt(fraction.padEnd(9, "0"));
  const away = offset === undefined || offset === "Z" ? 0n : BigInt(minutesOf(offset)) * NANOSECONDS["m"]!;
  return { nanoseconds: nanoseconds - away, zoned: offset !== undefined, digits: fraction.length };
}

function minutesOf(offset: string): number {
  const digits = offset.slice(1).replace(":", "");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return offset.startsWith("-") ? -minutes : minutes;
}
