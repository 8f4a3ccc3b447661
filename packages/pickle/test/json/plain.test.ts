import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  Decimal,
  Deque,
  Dict,
  EnumMember,
  Fraction,
  FrozenSet,
  fromJson,
  Global,
  Instance,
  OrderedDict,
  PyDate,
  PyDateTime,
  PyPath,
  PySet,
  PyTime,
  TimeDelta,
  Tuple,
  toJson,
  Uuid,
} from "../../src/index.ts";
import { exact, pickled } from "./kit.ts";

describe("plain JSON", () => {
  const plainValues = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constant(null),
      fc.boolean(),
      fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string(),
      fc.array(tie("value"), { maxLength: 4 }),
      fc
        .array(
          fc.tuple(
            fc.string().filter((key) => !key.startsWith("$")),
            tie("value"),
          ),
          { maxLength: 4 },
        )
        .map((entries) => new Dict(entries)),
    ),
  })).value;

  it("is written where it loses nothing", () => {
    fc.assert(
      fc.property(plainValues, (value) => {
        const text = toJson(value, exact);
        expect(text).not.toMatch(/"\$\w+":/);
        expect(pickled(fromJson(text, exact))).toBe(pickled(value));
        expect(pickled(fromJson(text, { ...exact, form: "plain" }))).toBe(pickled(value));
        if (!/\d{16}|"__proto__"|"\d+"/.test(text)) expect(JSON.stringify(JSON.parse(text))).toBeDefined();
      }),
    );
  });

  it("has arrays for tuples and sets, null for NaN, and texts for keys, when it is asked for", () => {
    const value = new Dict<unknown>([
      [2n, new Tuple([1.5, new FrozenSet(["a"])])],
      [true, Number.NaN],
      [null, new PySet([1n])],
      [0.5, 1],
      ["$a", 2n ** 64n],
    ]);
    expect(toJson(value, { ...exact, form: "plain" })).toBe(
      '{"2":[1.5,["a"]],"true":null,"null":[1],"0.5":1.0,"$a":18446744073709551616}',
    );
  });

  it.each([
    ["bytes", { a: [Uint8Array.of(1)] }, /at \$\.a\[0\]\): bytes/],
    ["a name", [new Global("m", "f")], /at \$\[0\]\): global/],
    ["an instance", new Instance(new Global("m", "C"), [], "newobj"), /at \$\): instance/],
    ["a tuple for a key", new Dict([[new Tuple([1]), 1]]), /a key is neither/],
    ["a function", [() => 1], /a value of type function/],
    ["a very large int", [10n ** 5000n], /at \$\[0\]\): write typed/],
    ["a class of one's own", [new (class Mine {})()], /class Mine has no JSON form/],
  ])("refuses %s, and says where", (_, value, message) => {
    expect(() => toJson(value, { form: "plain" })).toThrow(message);
  });

  it("has words for the values of Python's library", () => {
    const value = [
      new PyDateTime(new PyDate(2024, 2, 29), new PyTime(12, 30, 0, 0)),
      new PyDate(2024, 2, 29),
      new TimeDelta(1, 2, 3),
      new Decimal("1.50"),
      new Fraction(1, 3),
      new Uuid(1n),
      new PyPath("PurePosixPath", ["a", "b"]),
      new EnumMember(new Global("re", "RegexFlag"), 2n),
      new OrderedDict([["a", 1n]]),
      new Deque(["x"]),
    ];
    expect(toJson(value, { ...exact, form: "plain" })).toBe(
      '["2024-02-29T12:30:00","2024-02-29","1 day, 0:00:02.000003","1.50","1/3","00000000-0000-0000-0000-000000000001","a/b",2,{"a":1},["x"]]',
    );
  });

  it("refuses a value that lies in itself", () => {
    const list: unknown[] = [];
    list.push([list]);
    expect(() => toJson(list, { form: "plain" })).toThrow(/lies in itself \(at \$\[0\]\[0\]\)/);
  });
});
