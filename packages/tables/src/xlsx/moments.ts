/** @module What numbers and texts of a workbook stand for where they show a date, a time of day or a length of time. */

import { PyDate, PyDateTime, PyTime, TimeDelta } from "@curtido/pickle";

/** How a number is shown: as a date, which below 1 is a time of day, or as a length of time. */
export type Look = "date" | "duration";
export type Moment = Date | PyTime | TimeDelta;

const DAY = 86_400_000;
/** The days from Excel's first ones to 1970. */
const DAYS_FROM_1900 = 25_569;
const DAYS_FROM_1904 = 24_107;
/** Excel's own 29 February 1900, which never was, is its day 60. */
const LEAP_DAY = 60;

/**
 * What a number of days stands for, to the millisecond; `undefined` when it is too far away.
 *
 * @example
 * momentOf(0.5, "date", false); // 12:00:00
 * momentOf(1.5, "duration", false); // 1 day, 12:00:00
 */
export function momentOf(value: number, look: Look, from1904: boolean): Moment | undefined {
  const milliseconds = Math.round(value * DAY);
  if (look === "duration") return durationOf(milliseconds / 1000);
  if (value >= 0 && milliseconds < DAY) return timeOf(milliseconds);
  const missed = value > 0 && value < LEAP_DAY && !from1904 ? 1 : 0;
  const days = from1904 ? DAYS_FROM_1904 : DAYS_FROM_1900;
  return valid(new Date(Math.round((value + missed - days) * DAY)));
}

/** What an ISO text stands for: a date and its time without a zone, a time of day, a length of time. */
export function momentIn(text: string): Moment | undefined {
  const time = /^(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?$/.exec(text);
  if (time !== null) {
    const [hours, minutes, seconds = 0] = time.slice(1).map((part) => Number(part ?? 0));
    const milliseconds = Math.round((hours! * 3600 + minutes! * 60 + seconds) * 1000);
    return milliseconds < DAY ? timeOf(milliseconds) : undefined;
  }
  const length = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (length !== null) {
    const [days, hours, minutes, seconds] = length.slice(1).map((part) => Number(part ?? 0));
    return durationOf(((days! * 24 + hours!) * 60 + minutes!) * 60 + seconds!);
  }
  const date = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(text);
  if (date === null) return undefined;
  return valid(new Date(text.includes("T") && date[1] === undefined ? `${text}Z` : text));
}

function valid(date: Date): Date | undefined {
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function durationOf(seconds: number): TimeDelta | undefined {
  const whole = Math.floor(seconds);
  return TimeDelta.of(0, whole, Math.round((seconds - whole) * 1000) * 1000);
}

function timeOf(milliseconds: number): PyTime {
  const seconds = Math.floor(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  return new PyTime(Math.floor(minutes / 60), minutes % 60, seconds % 60, (milliseconds % 1000) * 1000);
}

/** A date as Python has it; beyond its years 1 to 9999, as a text. */
export function pythonDate(date: Date): PyDateTime | string {
  const year = date.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) return date.toISOString();
  const day = new PyDate(year, date.getUTCMonth() + 1, date.getUTCDate());
  return new PyDateTime(day, timeOf(((date.getTime() % DAY) + DAY) % DAY));
}
