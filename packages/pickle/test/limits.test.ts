import { describe, expect, it } from "vitest";
import {
  Complex,
  Dict,
  dumps,
  Global,
  Instance,
  isCurtidoError,
  type Limits,
  loads,
  PySet,
  Tuple,
  toJson,
} from "../src/index.ts";

describe("limits", () => {
  const codeOf = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      return isCurtidoError(error) ? error.code : String(error);
    }
    return undefined;
  };
  const nested = (depth: number) => {
    let key: Tuple = new Tuple([1]);
    for (let at = 1; at < depth; at++) key = new Tuple([key]);
    return key;
  };

  it("each is reached, and just below it all is well", () => {
    const digits = (count: number) => new TextEncoder().encode(`L${"9".repeat(count)}L\n.`);
    const cases: [name: keyof Limits, value: number, good: Uint8Array, bad: Uint8Array][] = [
      ["bytes", 10, dumps("12345", { protocol: 4 }).subarray(0, 10), dumps("12345678", { protocol: 4 })],
      ["integerDigits", 30, digits(30), digits(31)],
      ["stack", 5, dumps([[[[[]]]]], { protocol: 2 }), dumps([[[[[[]]]]]], { protocol: 2 })],
      ["memoIndex", 300, Uint8Array.of(0x4e, 0x72, 44, 1, 0, 0, 0x2e), Uint8Array.of(0x4e, 0x72, 45, 1, 0, 0, 0x2e)],
      ["keyDepth", 20, dumps(new Dict([[nested(20), 1]])), dumps(new Dict([[nested(21), 1]]))],
      ["keyDepth", 20, dumps(new PySet([nested(20)])), dumps(new PySet([nested(21)]))],
    ];
    for (const [name, value, good, bad] of cases) {
      const limits = { [name]: value };
      expect(
        codeOf(() => loads(good, { limits })),
        name,
      ).not.toBe("E_LIMIT");
      expect(
        codeOf(() => loads(bad, { limits })),
        name,
      ).toBe("E_LIMIT");
      expect(
        codeOf(() => loads(bad)),
        name,
      ).toBeUndefined();
    }
    expect(codeOf(() => loads(digits(4301)))).toBe("E_LIMIT");
  });

  it("reads a billion laughs at once, and what would write them out refuses", () => {
    let laughs: unknown[] = ["ha"];
    for (let level = 0; level < 30; level++) laughs = Array.from({ length: 10 }, () => laughs);
    const bytes = dumps(laughs);
    expect(bytes.length).toBeLessThan(2000);
    const value = loads(bytes);
    expect(dumps(value)).toEqual(bytes);
    expect(codeOf(() => toJson(value, { form: "plain" }))).toBe("E_LIMIT");
    expect(toJson(value).length).toBeLessThan(10_000);
    let key = new Tuple<unknown>(["ha"]);
    for (let level = 0; level < 30; level++) key = new Tuple(Array.from({ length: 10 }, () => key));
    expect(codeOf(() => loads(dumps(new Dict([["value", key]]))))).toBeUndefined();
    const asKey = Uint8Array.of(...dumps(key).subarray(0, -1), 0x85, 0x2e);
    // A key costs what its tuples hold themselves, however often they are in each other.
    expect(new Dict([[loads(asKey), 1]]).get(new Tuple([key]))).toBe(1);
    expect(new PySet([key, key]).size).toBe(1);
  });

  it("takes large bytes and complex numbers as keys", () => {
    const dict = new Dict<number>([
      [new Uint8Array(1 << 20), 1],
      [new Complex(2, 0), 2],
    ]);
    expect(dict.get(new Uint8Array(1 << 20))).toBe(1);
    expect(dict.get(2)).toBe(2);
    expect(dict.has(new Complex(2, 1))).toBe(false);
  });
});

it("writes objects with any number of arguments and states", () => {
  const many = Array.from({ length: 300_000 }, (_, at) => at);
  for (const form of ["inst", "obj", "reduce", "newobj"] as const) {
    const instance = new Instance(new Global("m", "C"), many, form);
    for (let at = 0; at < 200_000; at++) instance.states.push(null);
    const again = loads(dumps(instance, { protocol: form === "inst" ? 0 : 2 })) as Instance;
    expect([again.args.length, again.states.length]).toEqual([300_000, 200_000]);
  }
});

it("reads lists of plain values of every length around a batch, also when they lie in one another", () => {
  for (const length of [999, 1000, 1001, 1999, 2000, 2001, 66_000]) {
    const plain = Array.from({ length }, (_, at) => [at, at / 3, null, true, -at, at * 1000][at % 6]);
    const nested = [plain, "between", [plain, plain.slice(1)], ...plain.slice(0, 1500)];
    for (const value of [plain, nested, [nested, plain]])
      for (const protocol of [1, 2, 3, 4, 5]) expect(loads(dumps(value, { protocol }))).toEqual(value);
  }
});
