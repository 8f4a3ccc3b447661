/** @module pandas' names of the dtypes that numpy does not have, from inert pickle values. */

import { Dict, Global, Instance, TimeZone } from "@curtido/pickle";
import type { DType } from "../dtype.ts";

/** What stands for a time zone or a frequency whose name cannot be told. */
export const UNKNOWN = "unknown";

/** `datetime64[ns]`, or `datetime64[ns, Europe/Madrid]` for a `DatetimeTZDtype`. */
export function datetimeName(array: DType, dtype: unknown): string {
  const unit = array.unit?.[0] ?? "ns";
  if (!(dtype instanceof Instance) || !dtype.className.endsWith(".DatetimeTZDtype")) return `datetime64[${unit}]`;
  const { state } = dtype;
  const zone = state instanceof Dict ? state.get("tz") : dtype.args[1];
  return `datetime64[${unit}, ${zoneName(zone) ?? UNKNOWN}]`;
}

/** The name of a `tzinfo`: of the IANA data base, `UTC`, or `UTC+01:00`; `undefined` when it has none. */
export function zoneName(zone: unknown): string | undefined {
  if (typeof zone === "string") return zone;
  if (zone instanceof TimeZone) return offsetName(zone.offset.totalSeconds);
  if (!(zone instanceof Instance)) return undefined;
  const [first] = zone.args;
  if (zone.class instanceof Instance) {
    // zoneinfo.ZoneInfo._unpickle(key, from_cache)
    return zone.class.args[1] === "_unpickle" && typeof first === "string" ? first : undefined;
  }
  switch (zone.className) {
    case "pytz._UTC":
    case "dateutil.tz.tz.tzutc":
    case "dateutil.tz.tzutc":
      return "UTC";
    case "pytz._p":
    case "zoneinfo.ZoneInfo":
      return typeof first === "string" ? first : undefined;
    case "pytz._FixedOffset":
      return offsetName(Number(first) * 60);
    default:
      return undefined;
  }
}

function offsetName(seconds: number): string | undefined {
  if (seconds === 0) return "UTC";
  if (!(Number.isInteger(seconds / 60) && Math.abs(seconds) < 86400)) return undefined;
  const minutes = Math.abs(seconds) / 60;
  const two = (number: number) => String(number).padStart(2, "0");
  return `UTC${seconds < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Offsets that need nothing but how many of them, by pandas' class. */
const OFFSETS: Readonly<Record<string, string>> = {
  MonthEnd: "M",
  BusinessDay: "B",
  Day: "D",
  Hour: "h",
  Minute: "min",
  Second: "s",
  Milli: "ms",
  Micro: "us",
  Nano: "ns",
};

/** `period[M]`, from a `PeriodDtype` or, in old releases, from an offset. */
export function periodName(dtype: unknown): string {
  return `period[${frequency(dtype) ?? UNKNOWN}]`;
}

function frequency(value: unknown): string | undefined {
  if (typeof value === "string") return /^[Pp]eriod\[(.+)\]$/.exec(value)?.[1] ?? value;
  if (!(value instanceof Instance) || !(value.class instanceof Global)) return undefined;
  const { state } = value;
  if (value.class.name === "PeriodDtype")
    return frequency(state instanceof Dict && state.has("freq") ? state.get("freq") : value.args[0]);
  const alias = OFFSETS[value.class.name];
  const count = Number(state instanceof Dict ? state.get("n") : value.args[0]);
  if (alias === undefined || !Number.isInteger(count)) return undefined;
  return count === 1 ? alias : `${count}${alias}`;
}

/** `str`, pandas 3's own texts, whose missing values are NaN; `string` where they are NA. */
export function textName(dtype: unknown): "str" | "string" {
  const missing = dtype instanceof Instance ? dtype.args[1] : undefined;
  return typeof missing === "number" && Number.isNaN(missing) ? "str" : "string";
}
