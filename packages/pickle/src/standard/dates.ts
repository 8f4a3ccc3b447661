/** @module `datetime` of Python: dates, times and what lies between them. */

import type { Keyed } from "../keyed.ts";

const two = (value: number): string => String(value).padStart(2, "0");
const SECOND = 1_000_000;
const DAY = 86400;
const MOST_DAYS = 999_999_999;
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A duration, as Python keeps it: days of either sign, 0 to 86399 seconds, 0 to 999999 microseconds. */
export class TimeDelta implements Keyed {
  readonly days: number;
  readonly seconds: number;
  readonly microseconds: number;

  constructor(days: number, seconds: number, microseconds: number) {
    this.days = days;
    this.seconds = seconds;
    this.microseconds = microseconds;
  }

  /** The duration of any days, seconds and microseconds, or `undefined` when Python has none so long. */
  static of(days: number, seconds: number, microseconds: number): TimeDelta | undefined {
    const carried = seconds + Math.floor(microseconds / SECOND);
    const whole = days + Math.floor(carried / DAY);
    if (!(Math.abs(whole) <= MOST_DAYS)) return undefined;
    return new TimeDelta(
      whole,
      carried - Math.floor(carried / DAY) * DAY,
      microseconds - Math.floor(microseconds / SECOND) * SECOND,
    );
  }

  /** All of it in seconds, rounded to a double. */
  get totalSeconds(): number {
    return this.days * DAY + this.seconds + this.microseconds / SECOND;
  }

  key(): string {
    return `timedelta ${this.days} ${this.seconds} ${this.microseconds}`;
  }

  /** As Python's `str`. */
  toString(): string {
    const days = this.days === 0 ? "" : `${this.days} day${Math.abs(this.days) === 1 ? "" : "s"}, `;
    return `${days}${Math.floor(this.seconds / 3600)}:${clock(this.seconds % 3600)}${fraction(this.microseconds)}`;
  }
}

const clock = (seconds: number): string => `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
const fraction = (microseconds: number): string =>
  microseconds === 0 ? "" : `.${String(microseconds).padStart(6, "0")}`;

/** A fixed offset from UTC; `name` is what it is called, if anything. */
export class TimeZone implements Keyed {
  readonly offset: TimeDelta;
  readonly name: string | undefined;

  constructor(offset: TimeDelta, name?: string) {
    this.offset = offset;
    this.name = name;
  }

  key(): string {
    return `timezone ${this.offset.key()}`;
  }

  toString(): string {
    return this.name ?? (this.offset.totalSeconds === 0 ? "UTC" : `UTC${offsetText(this.offset)}`);
  }
}

/** `+01:00`, with seconds where there are any. */
function offsetText({ days, seconds, microseconds }: TimeDelta): string {
  const total = days * DAY + seconds + microseconds / SECOND;
  const size = Math.abs(total);
  const rest = size % 60 === 0 ? "" : `:${two(Math.floor(size % 60))}${fraction(Math.round((size % 1) * SECOND))}`;
  return `${total < 0 ? "-" : "+"}${two(Math.floor(size / 3600))}:${two(Math.floor((size % 3600) / 60))}${rest}`;
}

/** A day of the Gregorian calendar. */
export class PyDate implements Keyed {
  readonly year: number;
  readonly month: number;
  readonly day: number;

  constructor(year: number, month: number, day: number) {
    this.year = year;
    this.month = month;
    this.day = day;
  }

  /** The four bytes that Python pickles; the highest bit of the month is not the date's. */
  static ofBytes([high = 0, low = 0, month = 0, day = 0]: Uint8Array): PyDate | undefined {
    const year = high * 256 + low;
    const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
    const valid =
      year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= DAYS_OF_MONTH[month - 1]! + leap;
    return valid ? new PyDate(year, month, day) : undefined;
  }

  bytes(): Uint8Array {
    return Uint8Array.of(this.year >> 8, this.year & 255, this.month, this.day);
  }

  key(): string {
    return `date ${this.toString()}`;
  }

  /** ISO 8601. */
  toString(): string {
    return `${String(this.year).padStart(4, "0")}-${two(this.month)}-${two(this.day)}`;
  }
}

/** What a time zone may be: a {@link TimeZone}, an object of another class, or none. */
type TimeZoneInfo = unknown;

/** A time of day. */
export class PyTime implements Keyed {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  readonly tzinfo: TimeZoneInfo;
  /** 1 for the second of two equal times when clocks are put back. */
  readonly fold: 0 | 1;

  constructor(
    hour: number,
    minute: number,
    second: number,
    microsecond: number,
    tzinfo: TimeZoneInfo = null,
    fold: 0 | 1 = 0,
  ) {
    this.hour = hour;
    this.minute = minute;
    this.second = second;
    this.microsecond = microsecond;
    this.tzinfo = tzinfo;
    this.fold = fold;
  }

  /** The six bytes that Python pickles; the highest bit of the first one is the fold. */
  static ofBytes(bytes: Uint8Array, tzinfo: TimeZoneInfo, fold?: 0 | 1): PyTime | undefined {
    const [first = 0, minute = 0, second = 0, high = 0, middle = 0, low = 0] = bytes;
    const hour = fold === undefined ? first & 127 : first;
    const microsecond = (high << 16) | (middle << 8) | low;
    if (hour > 23 || minute > 59 || second > 59 || microsecond >= SECOND) return undefined;
    return new PyTime(hour, minute, second, microsecond, tzinfo, fold ?? (first > 127 ? 1 : 0));
  }

  bytes(withFold: boolean): Uint8Array {
    const { hour, minute, second, microsecond } = this;
    const fold = withFold && this.fold === 1 ? 128 : 0;
    return Uint8Array.of(hour | fold, minute, second, microsecond >> 16, (microsecond >> 8) & 255, microsecond & 255);
  }

  key(): unknown {
    return keyOf("time", this.toString(), this.tzinfo);
  }

  /** ISO 8601. */
  toString(): string {
    return `${two(this.hour)}:${two(this.minute)}:${two(this.second)}${fraction(this.microsecond)}${zoneText(this.tzinfo)}`;
  }
}

/** A moment: a date and a time of day. */
export class PyDateTime implements Keyed {
  readonly date: PyDate;
  readonly time: PyTime;

  constructor(date: PyDate, time: PyTime) {
    this.date = date;
    this.time = time;
  }

  /** The ten bytes that Python pickles; the highest bit of the month is the fold. */
  static ofBytes(bytes: Uint8Array, tzinfo: TimeZoneInfo): PyDateTime | undefined {
    const plain = bytes.slice(0, 4);
    plain[2]! &= 127;
    const date = PyDate.ofBytes(plain);
    const time = PyTime.ofBytes(bytes.subarray(4), tzinfo, bytes[2]! > 127 ? 1 : 0);
    return date && time && new PyDateTime(date, time);
  }

  bytes(withFold: boolean): Uint8Array {
    const bytes = new Uint8Array(10);
    bytes.set(this.date.bytes());
    bytes.set(this.time.bytes(false), 4);
    if (withFold && this.time.fold === 1) bytes[2]! |= 128;
    return bytes;
  }

  /** The instant, in milliseconds since 1970 began in UTC; without a time zone as if it were UTC. */
  getTime(): number {
    const { year, month, day } = this.date;
    const { hour, minute, second, microsecond, tzinfo } = this.time;
    const local = new Date(0);
    local.setUTCFullYear(year, month - 1, day);
    local.setUTCHours(hour, minute, second);
    const offset = tzinfo instanceof TimeZone ? tzinfo.offset.totalSeconds : 0;
    return local.getTime() - offset * 1000 + microsecond / 1000;
  }

  key(): unknown {
    const { tzinfo } = this.time;
    if (tzinfo instanceof TimeZone) return `instant ${Math.floor(this.getTime())} ${this.time.microsecond}`;
    return keyOf("datetime", this.toString(), tzinfo);
  }

  /** ISO 8601, with a blank between date and time as Python's `str`. */
  toString(): string {
    return `${this.date} ${this.time}`;
  }
}

function zoneText(tzinfo: TimeZoneInfo): string {
  if (!(tzinfo instanceof TimeZone)) return "";
  return offsetText(tzinfo.offset);
}

/** Times without a zone are equal when they read the same; with one of another class, only to themselves. */
function keyOf(kind: string, text: string, tzinfo: TimeZoneInfo): string | undefined {
  if (tzinfo === null) return `${kind} ${text}`;
  return tzinfo instanceof TimeZone ? `${kind} ${text}` : undefined;
}
