/** @module Values of Python's library in typed JSON: a row per type. */

import { Counter, DefaultDict, Deque, OrderedDict } from "../standard/collections.ts";
import { PyDate, PyDateTime, PyTime, TimeDelta, TimeZone } from "../standard/dates.ts";
import { Decimal, Fraction } from "../standard/numbers.ts";
import { EnumMember, type PathClass, PyPath, Uuid } from "../standard/things.ts";
import { Global } from "../values.ts";
import { type JsonType, jsonType } from "./types.ts";

type Fields = ReadonlyMap<string, unknown>;

const fieldsOf = (parts: unknown): Fields => (parts instanceof Map ? parts : new Map());
const text = (value: object): string => String(value);
const isInteger = (value: unknown): value is number | bigint =>
  typeof value === "bigint" || Number.isSafeInteger(value);

/** A number while it is exact. */
function narrow(value: number | bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** Only what there is. */
function present(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

function dateOf(iso: string): PyDate | undefined {
  const [year = 0, month = 0, day = 0] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(iso) ?? []).slice(1).map(Number);
  return PyDate.ofBytes(Uint8Array.of(year >> 8, year & 255, month, day));
}

function timeOf(iso: string, tzinfo: unknown, fold: 0 | 1): PyTime | undefined {
  const match = /^(\d\d):(\d\d):(\d\d)(?:\.(\d{6}))?$/.exec(iso);
  const [hour = 99, minute = 0, second = 0, micro = 0] =
    match === null ? [] : match.slice(1).map((each) => Number(each ?? 0));
  return PyTime.ofBytes(
    Uint8Array.of(hour, minute, second, micro >> 16, (micro >> 8) & 255, micro & 255),
    tzinfo,
    fold,
  );
}

/** ISO text of a time without its zone. */
function bare(time: PyTime): string {
  return String(new PyTime(time.hour, time.minute, time.second, time.microsecond));
}

/** A moment or a time of day: its text alone when it has neither zone nor fold. */
function withZone(at: string, { tzinfo, fold }: PyTime): string | Readonly<Record<string, unknown>> {
  if (tzinfo === null && fold === 0) return at;
  return present({ at, tzinfo: tzinfo ?? undefined, fold: fold === 1 ? 1n : undefined });
}

function zoneOf(parts: unknown): { readonly at: string; readonly tzinfo: unknown; readonly fold: 0 | 1 } {
  if (typeof parts === "string") return { at: parts, tzinfo: null, fold: 0 };
  const fields = fieldsOf(parts);
  return {
    at: String(fields.get("at")),
    tzinfo: fields.get("tzinfo") ?? null,
    fold: Number(fields.get("fold") ?? 0) === 1 ? 1 : 0,
  };
}

const PATHS: ReadonlySet<unknown> = new Set<PathClass>([
  "PosixPath",
  "WindowsPath",
  "PurePosixPath",
  "PureWindowsPath",
  "Path",
  "PurePath",
]);

/** Collections may lie in themselves: the reader makes them; see `collections.ts`. */
const collections: readonly JsonType[] = [
  jsonType(
    "$ordereddict",
    OrderedDict,
    (dict) => present({ entries: [...dict], attributes: dict.attributes }),
    () => undefined,
    (dict) => new Map(dict),
  ),
  jsonType(
    "$defaultdict",
    DefaultDict,
    (dict) => present({ factory: dict.factory, entries: [...dict], attributes: dict.attributes }),
    () => undefined,
    (dict) => new Map(dict),
  ),
  jsonType(
    "$counter",
    Counter,
    (dict) => present({ entries: [...dict], attributes: dict.attributes }),
    () => undefined,
    (dict) => new Map(dict),
  ),
  jsonType(
    "$deque",
    Deque,
    ({ items, maxlen, attributes }) =>
      present({ maxlen: maxlen === null ? undefined : BigInt(maxlen), items, attributes }),
    () => undefined,
    (deque) => deque.items,
  ),
];

/** Types of Python's library. */
export const libraryTypes: readonly JsonType[] = [
  ...collections,
  jsonType(
    "$datetime",
    PyDateTime,
    ({ date, time }) => withZone(`${date}T${bare(time)}`, time),
    (parts) => {
      const { at, tzinfo, fold } = zoneOf(parts);
      const [day = "", clock = ""] = at.split("T");
      const [date, time] = [dateOf(day), timeOf(clock, tzinfo, fold)];
      return date && time && new PyDateTime(date, time);
    },
    (value) => String(value).replace(" ", "T"),
  ),
  jsonType("$date", PyDate, text, (parts) => (typeof parts === "string" ? dateOf(parts) : undefined), text),
  jsonType(
    "$time",
    PyTime,
    (time) => withZone(bare(time), time),
    (parts) => {
      const { at, tzinfo, fold } = zoneOf(parts);
      return timeOf(at, tzinfo, fold);
    },
    text,
  ),
  jsonType(
    "$timedelta",
    TimeDelta,
    ({ days, seconds, microseconds }) => [days, seconds, microseconds].map(BigInt),
    (parts) => {
      if (!Array.isArray(parts) || parts.length !== 3 || !parts.every(isInteger)) return undefined;
      const [days, seconds, microseconds] = parts.map(Number);
      return TimeDelta.of(days!, seconds!, microseconds!);
    },
    text,
  ),
  jsonType(
    "$timezone",
    TimeZone,
    ({ offset, name }) => present({ offset, name }),
    (parts) => {
      const [offset, name] = [fieldsOf(parts).get("offset"), fieldsOf(parts).get("name")];
      if (!(offset instanceof TimeDelta) || !(name === undefined || typeof name === "string")) return undefined;
      return new TimeZone(offset, name);
    },
    text,
  ),
  jsonType("$decimal", Decimal, text, (parts) => (typeof parts === "string" ? Decimal.of(parts) : undefined), text),
  jsonType(
    "$fraction",
    Fraction,
    ({ numerator, denominator }) => [BigInt(numerator), BigInt(denominator)],
    (parts) => {
      const [up, down] = Array.isArray(parts) && parts.length === 2 && parts.every(isInteger) ? parts : [];
      return up !== undefined && down !== undefined && down > 0 ? new Fraction(narrow(up), narrow(down)) : undefined;
    },
    text,
  ),
  jsonType(
    "$uuid",
    Uuid,
    (uuid) => (uuid.isSafe === undefined ? String(uuid) : { id: String(uuid), isSafe: uuid.isSafe }),
    (parts) => {
      const id = typeof parts === "string" ? parts : fieldsOf(parts).get("id");
      const hex = typeof id === "string" ? id.replaceAll("-", "") : "";
      return /^[0-9a-f]{32}$/.test(hex) ? new Uuid(BigInt(`0x${hex}`), fieldsOf(parts).get("isSafe")) : undefined;
    },
    text,
  ),
  jsonType(
    "$path",
    PyPath,
    ({ className, parts }) => ({ class: className, parts: [...parts] }),
    (parts) => {
      const [cls, names] = [fieldsOf(parts).get("class"), fieldsOf(parts).get("parts")];
      const valid = PATHS.has(cls) && Array.isArray(names) && names.every((name) => typeof name === "string");
      return valid ? new PyPath(cls as PathClass, names) : undefined;
    },
    text,
  ),
  jsonType(
    "$enum",
    EnumMember,
    ({ class: cls, value, name }) => (name === undefined ? { class: cls, value } : { class: cls, name }),
    (parts) => {
      const fields = fieldsOf(parts);
      const [cls, name] = [fields.get("class"), fields.get("name")];
      const named = typeof name === "string";
      if (!(cls instanceof Global) || !(named || fields.has("value"))) return undefined;
      return named ? new EnumMember(cls, undefined, name) : new EnumMember(cls, fields.get("value"));
    },
    ({ value, name }) => name ?? value,
  ),
];
