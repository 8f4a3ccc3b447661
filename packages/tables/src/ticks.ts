/** @module Counts of a unit: times of day, and lengths of time. */

import { NdArray, NOT_A_TIME, parseDType, Series } from "@curtido/arrays";
import { PyTime } from "@curtido/pickle";
import { malformed } from "./errors.ts";

export type TickUnit = "s" | "ms" | "us" | "ns";
const NANOSECONDS: Readonly<Record<TickUnit, bigint>> = { s: 1_000_000_000n, ms: 1_000_000n, us: 1000n, ns: 1n };
const DAY = 86_400;

/** Counts since midnight as times of day, to the microsecond. @throws CurtidoError E_TABLE for what lies beyond a day */
export function timesOfDay(values: readonly unknown[], unit: TickUnit, format: string): readonly (PyTime | null)[] {
  return values.map((value) => {
    if (value === null) return null;
    const micros = Number((BigInt(value as number | bigint) * NANOSECONDS[unit]) / 1000n);
    const seconds = Math.floor(micros / 1_000_000);
    if (!(seconds >= 0 && seconds < DAY)) throw malformed(format, `${micros} microseconds are no time of day`);
    return new PyTime(Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, micros % 1_000_000);
  });
}

/** Counts of a unit as a column of lengths of time. */
export function durationColumn(name: unknown, values: readonly unknown[], unit: TickUnit): Series {
  const ticks = BigInt64Array.from(values, (value) => (value === null ? NOT_A_TIME : BigInt(value as number | bigint)));
  const array = NdArray.of(ticks, [ticks.length], parseDType(`m8[${unit}]`));
  return new Series({ name, values: array, dtype: `timedelta64[${unit}]` });
}
