import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  Complex,
  Counter,
  Decimal,
  DefaultDict,
  Deque,
  Dict,
  EnumMember,
  Fraction,
  FrozenSet,
  float,
  fromJson,
  Global,
  Instance,
  isCurtidoError,
  loads,
  OrderedDict,
  PickleBuffer,
  PyDate,
  PyDateTime,
  PyPath,
  PySet,
  PyTime,
  StateSetter,
  TimeDelta,
  TimeZone,
  Tuple,
  toJson,
  Uuid,
} from "../../src/index.ts";
import { corpusLoads, corpusStreams } from "../corpus.ts";
import { bothWays, exact, pickled, values } from "./kit.ts";

describe("typed JSON", () => {
  it("says every value, both ways, whatever parser reads it", () => {
    fc.assert(
      fc.property(values, (value) => {
        const wanted = pickled(value);
        for (const got of bothWays(value)) expect(pickled(got)).toBe(wanted);
      }),
      { numRuns: 300 },
    );
  });

  it("says everything that CPython's tests pickle", () => {
    const streams = corpusStreams();
    let said = 0;
    const problems: string[] = [];
    const done = new Set<number>();
    for (const each of corpusLoads().cases) {
      if (each.error !== undefined || each.outside !== undefined || done.has(each.stream)) continue;
      done.add(each.stream);
      if (streams[each.stream]!.length > 10_000) continue; // the same values, only more of them
      let value: unknown;
      try {
        value = loads(streams[each.stream]!, exact);
      } catch {
        continue; // it needs buffers, extension codes or a persistent id
      }
      const wanted = pickled(value);
      if (bothWays(value).some((got) => pickled(got) !== wanted)) problems.push(toJson(value, exact).slice(0, 200));
      said++;
    }
    expect(problems).toEqual([]);
    expect(said).toBeGreaterThan(4000);
  });

  it("keeps cycles through every kind of container", () => {
    const list: unknown[] = [];
    const dict = new Dict();
    const tuple = new Tuple([list]);
    const instance = new Instance(new Global("m", "C"), [1n], "newobj");
    const frozen = new FrozenSet([instance]);
    list.push(dict, list, tuple);
    dict
      .set("self", dict)
      .set(1n, frozen)
      .set(tuple.items[0] === list ? "t" : "f", tuple);
    instance.states.push(
      new Dict<unknown>([
        ["set", new PySet([instance])],
        ["frozen", frozen],
      ]),
    );
    instance.items.push(instance);
    instance.entries.push(["me", instance]);
    for (const root of [list, dict, tuple, instance, frozen]) {
      const again = fromJson(toJson(root, exact), exact);
      expect(toJson(again, exact)).toBe(toJson(root, exact));
      expect(again?.constructor).toBe(root.constructor);
    }
    const [first, second] = fromJson(toJson([instance, instance], exact), exact) as Instance[];
    expect(first).toBe(second);
    expect(([...((first!.state as Dict).get("set") as PySet)] as unknown[])[0]).toBe(first);
    expect([...((first!.state as Dict).get("frozen") as FrozenSet)][0]).toBe(first);
  });

  it("keeps what is made from a set or a dict that holds it", () => {
    const set = new PySet();
    const made = new Instance(new Global("m", "K"), [set], "reduce");
    set.add(made);
    const dict = new Dict();
    const key = new Instance(new Global("m", "K"), [dict], "reduce");
    dict.set("before", 1n).set(key, key).set("after", 2n);
    for (const root of [made, set, key, dict]) {
      const text = toJson(root, exact);
      expect(toJson(fromJson(text, exact), exact)).toBe(text);
    }
    const again = fromJson(toJson(key, exact), exact) as Instance;
    expect([...(again.args[0] as Dict).keys()]).toEqual(["before", again, "after"]);
  });

  it("keeps collections that lie in themselves, and what was set on them", () => {
    const deque = new Deque<unknown>([1n], 3);
    deque.push(deque);
    const ordered = new OrderedDict<unknown>([["a", 1n]]);
    ordered.set("self", ordered);
    ordered.attributes = new Dict([["owner", ordered]]);
    const byDefault = new DefaultDict(new Global("builtins", "list"));
    byDefault.set(1n, byDefault).set("2", [byDefault]);
    const counter = new Counter([["x", 2n]]);
    counter.attributes = counter;
    for (const root of [deque, ordered, byDefault, counter, new DefaultDict(null), new Deque(), new OrderedDict()]) {
      for (const again of bothWays(root)) {
        expect(again?.constructor).toBe(root.constructor);
        expect(toJson(again, exact)).toBe(toJson(root, exact));
      }
    }
  });

  it("looks as the documentation says", () => {
    const hour = new TimeZone(new TimeDelta(0, 3600, 0));
    const shown: readonly (readonly [unknown, string])[] = [
      [new Tuple([1, 2]), '{"$tuple":[1,2]}'],
      [Uint8Array.of(0, 1), '{"$bytes":"AAE="}'],
      [new Global("m", "n"), '{"$global":"m.n"}'],
      [new Global("m", "A.b"), '{"$global":["m","A.b"]}'],
      [[float(1), new Tuple([])], '[{"$float":"1.0"},{"$tuple":[]}]'],
      [[2n ** 53n, Number.NaN], '[{"$int":"9007199254740992"},{"$float":"nan"}]'],
      [new Dict<unknown>([["$a", new Tuple([])]]), '{"$$a":{"$tuple":[]}}'],
      [new Dict([[1, "a"]]), '{"$dict":[[1,"a"]]}'],
      [{ "7": new Set([1]) }, '{"$dict":[["7",{"$set":[1]}]]}'],
      [new StateSetter(new Global("m", "f"), 1), '{"$setter":[{"$global":"m.f"},1]}'],
      [new PyDateTime(new PyDate(2024, 2, 29), new PyTime(12, 30, 0, 1)), '{"$datetime":"2024-02-29T12:30:00.000001"}'],
      [
        new PyTime(1, 2, 3, 0, hour, 1),
        '{"$time":{"at":"01:02:03","tzinfo":{"$timezone":{"offset":{"$timedelta":[0,3600,0]}}},"fold":1}}',
      ],
      [new PyDate(1, 1, 1), '{"$date":"0001-01-01"}'],
      [new Decimal("1.50"), '{"$decimal":"1.50"}'],
      [new Fraction(-1, 3), '{"$fraction":[-1,3]}'],
      [new Uuid(1n), '{"$uuid":"00000000-0000-0000-0000-000000000001"}'],
      [new PyPath("PosixPath", ["/", "a"]), '{"$path":{"class":"PosixPath","parts":["/","a"]}}'],
      [new EnumMember(new Global("re", "RegexFlag"), 2n), '{"$enum":{"class":{"$global":"re.RegexFlag"},"value":2}}'],
      [
        new EnumMember(new Global("http", "HTTPStatus"), undefined, "OK"),
        '{"$enum":{"class":{"$global":"http.HTTPStatus"},"name":"OK"}}',
      ],
      [new Counter([["a", 2n]]), '{"$counter":{"entries":[["a",2]]}}'],
      [new Deque([1n], 3), '{"$deque":{"maxlen":3,"items":[1]}}'],
      [new PickleBuffer(Uint8Array.of(1)), '{"$buffer":[{"$bytes":"AQ=="},true]}'],
    ];
    for (const [value, json] of shown) {
      expect(toJson(value)).toBe(json);
      expect(toJson(fromJson(json, exact), exact)).toBe(json);
    }
  });

  it("indents, and keeps on one line what holds nothing but tokens", () => {
    expect(toJson({ a: [1, 2], b: [[1], []] }, { indent: 2 })).toBe(
      '{\n  "a": [1, 2],\n  "b": [\n    [1],\n    []\n  ]\n}',
    );
    expect(fromJson(toJson(new Dict([[1, new Tuple(["a"])]]), { indent: 1 }))).toEqual(
      new Dict([[1, new Tuple(["a"])]]),
    );
  });

  it("takes hundreds of thousands of levels, and very large ints", () => {
    let deep: unknown = 1n;
    for (let level = 0; level < 300_000; level++) deep = level % 2 === 0 ? [deep] : new Tuple([deep]);
    expect(toJson(fromJson(toJson(deep, exact), exact), exact).length).toBe(toJson(deep, exact).length);
    const large = -(3n ** 100_000n);
    expect((fromJson(toJson(new Tuple([large]), exact), exact) as Tuple).at(0)).toBe(large);
  });

  it("stays small where values are shared over and over", () => {
    let laughs: unknown[] = ["ha"];
    for (let level = 0; level < 60; level++) laughs = [laughs, laughs];
    const text = toJson(laughs);
    expect(text.length).toBeLessThan(5000);
    const again = fromJson(text) as unknown[];
    expect(again[0]).toBe(again[1]);
    let refusal: unknown;
    try {
      toJson(laughs, { form: "plain" });
    } catch (error) {
      refusal = error;
    }
    expect(isCurtidoError(refusal, "E_LIMIT")).toBe(true);
    expect((refusal as Error).message).toMatch(/write typed JSON/);
  });
});

it("keeps the bits of NaN, and takes a string that was parsed", () => {
  const bits = new DataView(new ArrayBuffer(8));
  for (const hex of ["fff8000000000000", "7ff8000000000000", "7ff8000000000123"]) {
    bits.setBigUint64(0, BigInt(`0x${hex}`));
    const nan = bits.getFloat64(0);
    const text = toJson([nan, new Complex(1, nan)]);
    const [again, complex] = fromJson(text) as [number, Complex];
    for (const each of [again, complex.imaginary]) {
      bits.setFloat64(0, each);
      expect(bits.getBigUint64(0).toString(16), text).toBe(hex);
    }
  }
  expect(toJson([Number.NaN])).toBe('[{"$float":"nan"}]');
  expect(() => fromJson('{"$float":"nan:3ff0000000000000"}')).toThrow("malformed");
  expect(fromJson("abc", { parsed: true })).toBe("abc");
  expect(() => fromJson("abc")).toThrow("malformed");
});
