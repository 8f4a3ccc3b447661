/** @module Values of Python's library: from what a pickle calls to make them, and back. */

import { Dict } from "../dict.ts";
import { latin1Bytes } from "../text.ts";
import { Global, Instance, Tuple } from "../values.ts";
import { Counter, DefaultDict, Deque, OrderedDict } from "./collections.ts";
import { PyDate, PyDateTime, PyTime, TimeDelta, TimeZone } from "./dates.ts";
import { isLibraryEnum, LIBRARY_ENUMS } from "./enums.ts";
import { Decimal, Fraction } from "./numbers.ts";
import { EnumMember, type PathClass, PyPath, Uuid } from "./things.ts";

type Args = readonly unknown[];
type Maker = (args: Args) => object | undefined;

const isInteger = (value: unknown): value is number | bigint =>
  typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value));

/** Bytes, which Python 2 had as text. */
function bytesOf(value: unknown, length: number): Uint8Array | undefined {
  if (typeof value === "string" && /^[\0-\xff]*$/.test(value) && value.length === length) return latin1Bytes(value);
  return value instanceof Uint8Array && value.length === length ? value : undefined;
}

const datetime: Maker = ([state, tzinfo = null]) => {
  const bytes = bytesOf(state, 10);
  return bytes && PyDateTime.ofBytes(bytes, tzinfo);
};

const date: Maker = ([state]) => {
  const bytes = bytesOf(state, 4);
  return bytes && PyDate.ofBytes(bytes);
};

const time: Maker = ([state, tzinfo = null]) => {
  const bytes = bytesOf(state, 6);
  return bytes && PyTime.ofBytes(bytes, tzinfo);
};

const timedelta: Maker = (args) => {
  if (args.length > 3 || !args.every((arg) => isInteger(arg) && Number.isSafeInteger(Number(arg)))) return undefined;
  const [days = 0, seconds = 0, microseconds = 0] = args.map(Number);
  return TimeDelta.of(days, seconds, microseconds);
};

const timezone: Maker = ([offset, name]) => {
  if (!(offset instanceof TimeDelta) || (name !== undefined && typeof name !== "string")) return undefined;
  return new TimeZone(offset, name);
};

const fraction: Maker = ([first, second]) => {
  const [numerator, denominator = 1n] =
    typeof first === "string"
      ? first.split("/").map((part) => (/^-?\d{1,4300}$/.test(part) ? BigInt(part) : undefined))
      : [first, second];
  const valid = isInteger(numerator) && isInteger(denominator) && denominator > 0;
  return valid ? new Fraction(narrow(numerator), narrow(denominator)) : undefined;
};

/** A number while it is exact. */
function narrow(value: number | bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

const pathOf =
  (className: PathClass): Maker =>
  (args) => {
    if (!args.every((part) => typeof part === "string")) return undefined;
    const parts = args as readonly string[];
    if (/Windows|^Path|^PurePath$/.test(className)) return new PyPath(className, parts);
    return new PyPath(className, posixParts(parts));
  };

/** The parts of a POSIX path, which may be told in pieces: the last one that begins with a slash has the root. */
function posixParts(pieces: readonly string[]): readonly string[] {
  const from = pieces.findLastIndex((piece) => piece.startsWith("/"));
  const slashes = from < 0 ? "" : /^\/*/.exec(pieces[from]!)![0];
  const names = pieces.slice(Math.max(from, 0)).flatMap((piece) => piece.split("/"));
  const kept = names.filter((name) => name !== "" && name !== ".");
  // POSIX leaves to the system what two slashes mean; three and more are one.
  return slashes === "" ? kept : [slashes === "//" ? "//" : "/", ...kept];
}

function pairsOf(value: unknown): (readonly [unknown, unknown])[] | undefined {
  const rows = Array.isArray(value) ? (value as unknown[]) : value instanceof Tuple ? value.items : undefined;
  const pairs = rows?.map((row) => (row instanceof Tuple ? row.items : Array.isArray(row) ? (row as unknown[]) : []));
  return pairs?.every((pair) => pair.length === 2) ? (pairs as unknown as [unknown, unknown][]) : undefined;
}

const orderedDict: Maker = (args) => {
  const pairs = args.length === 0 ? [] : pairsOf(args[0]);
  if (pairs === undefined || args.length > 1) return undefined;
  const dict = new OrderedDict();
  for (const [key, value] of pairs) dict.set(key, value);
  return dict;
};

const defaultDict: Maker = (args) => {
  const [factory = null] = args;
  const valid = factory === null || factory instanceof Global || factory instanceof Instance;
  return valid && args.length <= 1 ? new DefaultDict(factory) : undefined;
};

const counter: Maker = (args) => {
  const [counts] = args;
  if (args.length > 1 || !(counts === undefined || counts instanceof Dict)) return undefined;
  const made = new Counter();
  made.setPairs(counts?.flat() ?? []);
  return made;
};

const deque: Maker = (args) => {
  const [items = [], maxlen = null] = args;
  if (args.length > 2 || !(maxlen === null || (isInteger(maxlen) && maxlen >= 0))) return undefined;
  const most = maxlen === null ? null : Number(maxlen);
  if (Array.isArray(items)) return new Deque(items, most);
  return items instanceof Tuple ? new Deque(items.items, most) : undefined;
};

const getattr: Maker = ([cls, name]) =>
  cls instanceof Global && typeof name === "string" && isLibraryEnum(cls.toString())
    ? new EnumMember(cls, undefined, name)
    : undefined;

const PATHS: readonly PathClass[] = [
  "PosixPath",
  "WindowsPath",
  "PurePosixPath",
  "PureWindowsPath",
  "Path",
  "PurePath",
];

const makers: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ["datetime.datetime", datetime],
  ["datetime.date", date],
  ["datetime.time", time],
  ["datetime.timedelta", timedelta],
  ["datetime.timezone", timezone],
  ["decimal.Decimal", ([text]) => (typeof text === "string" ? Decimal.of(text) : undefined)],
  ["fractions.Fraction", fraction],
  ["collections.OrderedDict", orderedDict],
  ["collections.defaultdict", defaultDict],
  ["collections.Counter", counter],
  ["collections.deque", deque],
  ["builtins.getattr", getattr],
  ...PATHS.flatMap((name): [string, Maker][] => [
    [`pathlib.${name}`, pathOf(name)],
    [`pathlib._local.${name}`, pathOf(name)],
  ]),
]);

/** Every name that one of the functions below knows. */
export const LIBRARY_NAMES: readonly string[] = [...makers.keys(), ...LIBRARY_ENUMS, "uuid.UUID"];

/** The value that calling `callable` gives, or `undefined` when that is none of Python's library, or not one that is known. */
export function libraryValue(callable: Global, args: Args): object | undefined {
  const name = callable.toString();
  const maker = makers.get(name);
  if (maker !== undefined) return maker(args);
  return args.length === 1 && isLibraryEnum(name) ? new EnumMember(callable, args[0]) : undefined;
}

/** The same for `cls.__new__(cls)`. */
export function newLibraryValue(cls: Global): object | undefined {
  return cls.toString() === "uuid.UUID" ? new Uuid(0n) : undefined;
}

/** Gives such a value its state; false when it takes none. */
export function setLibraryState(value: unknown, state: unknown): boolean {
  if (value instanceof Uuid) {
    const int = state instanceof Dict ? state.get("int") : undefined;
    if (!isInteger(int) || int < 0 || BigInt(int) >= 1n << 128n) return false;
    value.int = BigInt(int);
    value.isSafe = (state as Dict).get("is_safe");
    return true;
  }
  const takes =
    value instanceof OrderedDict || value instanceof DefaultDict || value instanceof Counter || value instanceof Deque;
  if (takes) value.attributes = state;
  return takes;
}

const call = (name: string, args: Args): Instance => {
  const dot = name.lastIndexOf(".");
  return new Instance(new Global(name.slice(0, dot), name.slice(dot + 1)), args, "reduce");
};

const zoned = (bytes: Uint8Array, tzinfo: unknown): Args => (tzinfo === null ? [bytes] : [bytes, tzinfo]);

function collection(value: OrderedDict | DefaultDict | Counter | Deque, made: Instance): Instance {
  if (value instanceof Dict && !(value instanceof Counter)) for (const entry of value) made.entries.push(entry);
  if (value instanceof Deque) for (const item of value) made.items.push(item);
  if (value.attributes !== undefined) made.states.push(value.attributes);
  return made;
}

/** The call that makes a value of Python's library, as CPython 3.11 spells it; `undefined` for other objects. */
export function reducedLibraryValue(value: object, protocol: number): Instance | undefined {
  if (value instanceof PyDateTime)
    return call("datetime.datetime", zoned(value.bytes(protocol > 3), value.time.tzinfo));
  if (value instanceof PyDate) return call("datetime.date", [value.bytes()]);
  if (value instanceof PyTime) return call("datetime.time", zoned(value.bytes(protocol > 3), value.tzinfo));
  if (value instanceof TimeDelta)
    return call("datetime.timedelta", [value.days, value.seconds, value.microseconds].map(BigInt));
  if (value instanceof TimeZone)
    return call("datetime.timezone", value.name === undefined ? [value.offset] : [value.offset, value.name]);
  if (value instanceof Decimal) return call("decimal.Decimal", [value.text]);
  if (value instanceof Fraction)
    return call("fractions.Fraction", [BigInt(value.numerator), BigInt(value.denominator)]);
  if (value instanceof PyPath) return call(`pathlib.${value.className}`, value.parts);
  if (value instanceof OrderedDict) return collection(value, call("collections.OrderedDict", []));
  if (value instanceof DefaultDict)
    return collection(value, call("collections.defaultdict", value.factory === null ? [] : [value.factory]));
  if (value instanceof Counter) return collection(value, call("collections.Counter", [new Dict(value)]));
  if (value instanceof Deque)
    return collection(
      value,
      call("collections.deque", value.maxlen === null ? [] : [new Tuple([]), BigInt(value.maxlen)]),
    );
  if (value instanceof EnumMember) return reducedMember(value);
  return value instanceof Uuid ? reducedUuid(value, protocol) : undefined;
}

function reducedMember({ class: cls, value, name }: EnumMember): Instance {
  return name === undefined ? new Instance(cls, [value], "reduce") : call("builtins.getattr", [cls, name]);
}

function reducedUuid({ int, isSafe }: Uuid, protocol: number): Instance {
  const made = new Instance(new Global("uuid", "UUID"), [], "newobj", undefined, protocol < 2);
  made.states.push(
    new Dict(
      isSafe === undefined
        ? [["int", int]]
        : [
            ["int", int],
            ["is_safe", isSafe],
          ],
    ),
  );
  return made;
}
