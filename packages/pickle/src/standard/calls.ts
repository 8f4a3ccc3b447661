/** @module Calls that a pickle makes for plain values (sets of old protocols, bytes, complex ...), done here by our own hand. */

import { Dict } from "../dict.ts";
import { Complex, FrozenSet, Global, Instance, PySet, Range, Slice, Tuple } from "../values.ts";
import { bytearray, encode } from "./bytes.ts";
import { LIBRARY_NAMES, libraryValue, newLibraryValue } from "./library.ts";

type Maker = (args: readonly unknown[], exact: boolean) => unknown;

const isInteger = (value: unknown): value is number | bigint =>
  typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value));

function items(args: readonly unknown[]): readonly unknown[] | undefined {
  if (args.length === 0) return [];
  const first = args.length === 1 ? args[0] : undefined;
  if (Array.isArray(first)) return first;
  if (first instanceof Tuple) return first.items;
  if (first instanceof PySet || first instanceof FrozenSet) return [...first];
  return undefined;
}

/** `str()` and `str(text)`: what `str` gives for other values is not known here. */
const str: Maker = (args) => {
  if (args.length === 0) return "";
  return args.length === 1 && typeof args[0] === "string" ? args[0] : undefined;
};

/** `int()` and `int(number)` of a whole one. */
const int: Maker = (args, exact) => {
  const value = args.length === 0 ? 0 : args[0];
  if (args.length > 1 || !isInteger(value)) return undefined;
  return exact ? BigInt(value) : value;
};

const range: Maker = (args) => {
  if (!args.every(isInteger) || args.length < 1 || args.length > 3) return undefined;
  const [first, second, step] = args as readonly (number | bigint)[];
  return second === undefined ? new Range(0, first!, 1) : new Range(first!, second, step ?? 1);
};

/** `copyreg._reconstructor(cls, object, None)`: how protocols below 2 make an instance. */
const reconstructor: Maker = ([cls, base, state]) => {
  if (!(cls instanceof Global || cls instanceof Instance)) return undefined;
  const plain = base instanceof Global && base.module === "builtins" && base.name === "object" && state === null;
  if (!plain) return undefined;
  return (cls instanceof Global ? newLibraryValue(cls) : undefined) ?? new Instance(cls, [], "newobj", undefined, true);
};

const makers: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ["_codecs.encode", encode],
  ["builtins.set", (args) => (items(args) === undefined ? undefined : new PySet(items(args)))],
  ["builtins.frozenset", (args) => (items(args) === undefined ? undefined : new FrozenSet(items(args)))],
  ["builtins.list", (args) => (items(args) === undefined ? undefined : [...items(args)!])],
  ["builtins.tuple", (args) => (items(args) === undefined ? undefined : new Tuple([...items(args)!]))],
  ["builtins.dict", (args) => (args.length === 0 ? new Dict() : undefined)],
  ["builtins.bytearray", bytearray],
  ["builtins.bytes", (args) => (args.length === 0 ? new Uint8Array(0) : undefined)],
  [
    "builtins.complex",
    (args) =>
      args.length === 2 && args.every((part) => typeof part === "number")
        ? new Complex(args[0] as number, args[1] as number)
        : undefined,
  ],
  ["builtins.str", str],
  ["builtins.int", int],
  ["builtins.slice", (args) => (args.length === 3 ? new Slice(args[0], args[1], args[2]) : undefined)],
  ["builtins.range", range],
  ["copyreg._reconstructor", reconstructor],
]);

/** The modules whose calls are looked at: of any other one nothing is known here. */
export const STANDARD_MODULES: ReadonlySet<string> = new Set([...makers.keys(), ...LIBRARY_NAMES].map(moduleOf));

function moduleOf(name: string): string {
  return name.slice(0, name.lastIndexOf("."));
}

/** The plain value that calling `callable` with `args` gives, or `undefined` when that stays an inert {@link Instance}. */
export function standardValue(callable: Global, args: readonly unknown[], exact: boolean): unknown {
  const maker = makers.get(callable.toString());
  return maker === undefined ? libraryValue(callable, args) : maker(args, exact);
}

/** Types whose `__new__` looks at its arguments as the type itself does, and those whose `__new__` does not. */
const VALUES = /^builtins\.(int|str|bytes|complex|tuple|frozenset)$/;
const CONTAINERS = /^builtins\.(list|dict|set|bytearray)$/;

/** The same for `cls.__new__(cls, *args)`. */
export function newStandardValue(cls: Global, args: readonly unknown[], exact: boolean): unknown {
  const name = cls.toString();
  if (VALUES.test(name)) return standardValue(cls, args, exact);
  return CONTAINERS.test(name) ? standardValue(cls, [], exact) : newLibraryValue(cls);
}
