/** @module What the tests of JSON share. */

import fc from "fast-check";
import {
  ByteArray,
  Complex,
  Counter,
  DefaultDict,
  Deque,
  Dict,
  dumps,
  FrozenSet,
  fromJson,
  Global,
  Instance,
  OrderedDict,
  PyDate,
  PyDateTime,
  PySet,
  PyTime,
  Range,
  Slice,
  Tuple,
  toJson,
} from "../../src/index.ts";

export const exact = { exact: true } as const;
/** A value's pickle says all of it: types, order, what is shared. */
export const pickled = (value: unknown) => Buffer.from(dumps(value, { ...exact, protocol: 5 })).toString("latin1");

/** JSON of a value, written and read as text, and once more by JavaScript's own parser. */
export function bothWays(value: unknown): unknown[] {
  const typed = toJson(value, { ...exact, form: "typed" });
  return [fromJson(toJson(value, exact), exact), fromJson(typed, exact), parsed(typed)];
}

export function parsed(text: string): unknown {
  const json: unknown = JSON.parse(text);
  return typeof json === "string" ? json : fromJson(json, exact);
}

export const atoms = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
  fc.double(),
  fc.constantFrom(-0, 1, 1e21, -1e300, 5e-324, 2 ** 53),
  fc.string({ unit: "binary" }),
  fc.constantFrom("$a", "$$", "__proto__", "1", "\ud800", "\u2028"),
);
export const names = fc.constantFrom("a", "a.b", "", "ü");
export const globals = fc.tuple(names, names).map(([module, name]) => new Global(module, name));
/** Keys that are hashable, and equal to no other of their dict but when they are. */
export const keys = fc.oneof(
  atoms.filter((key) => typeof key !== "number" || !Number.isNaN(key)),
  globals,
);

export const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: "small", withCrossShrink: true }, atoms, tie("object")),
  list: fc.array(tie("value"), { maxLength: 4 }),
  object: fc.oneof(
    { depthSize: "small" },
    globals,
    fc.uint8Array({ maxLength: 9 }),
    fc.uint8Array({ maxLength: 9 }).map((bytes) => new ByteArray(bytes)),
    fc.tuple(fc.double(), fc.double()).map(([real, imaginary]) => new Complex(real, imaginary)),
    fc.tuple(fc.bigInt(), fc.bigInt(), fc.bigInt()).map(([start, stop, step]) => new Range(start, stop, step)),
    tie("list"),
    (tie("list") as fc.Arbitrary<unknown[]>).map((items) => new Tuple(items)),
    fc.array(keys, { maxLength: 3 }).map((items) => new PySet(items)),
    fc.array(keys, { maxLength: 3 }).map((items) => new FrozenSet(items)),
    fc.tuple(tie("value"), tie("value"), tie("value")).map(([a, b, c]) => new Slice(a, b, c)),
    fc.array(fc.tuple(keys, tie("value")), { maxLength: 4 }).map((entries) => new Dict(entries)),
    fc.array(fc.tuple(keys, tie("value")), { maxLength: 3 }).map((entries) => new OrderedDict(entries)),
    fc
      .tuple(globals, fc.array(fc.tuple(keys, tie("value")), { maxLength: 3 }))
      .map(([factory, entries]) => new DefaultDict(factory, entries)),
    fc.array(fc.tuple(keys, fc.bigInt()), { maxLength: 3 }).map((entries) => new Counter(entries)),
    (tie("list") as fc.Arbitrary<unknown[]>).map((items) => new Deque(items, 2)),
    fc.date({ noInvalidDate: true, min: new Date("0001-01-01"), max: new Date("9999-12-31") }).map((date) => {
      const day = new PyDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
      return new PyDateTime(day, new PyTime(date.getUTCHours(), date.getUTCMinutes(), 0, date.getUTCMilliseconds()));
    }),
    // What is there twice.
    tie("value").map((each) => [each, new Tuple([each, each])]),
    fc
      .tuple(
        globals,
        tie("list"),
        fc.constantFrom("reduce", "newobj", "obj"),
        fc.array(tie("value"), { maxLength: 2 }),
        tie("list"),
        fc.array(fc.tuple(tie("value"), tie("value")), { maxLength: 2 }),
      )
      .map(([cls, args, form, states, items, entries]) => {
        const instance = new Instance(cls, args as unknown[], form as "reduce");
        instance.states.push(...states);
        instance.items.push(...(items as unknown[]));
        instance.entries.push(...entries);
        return instance;
      }),
  ),
}));
