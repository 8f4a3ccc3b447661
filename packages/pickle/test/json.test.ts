import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ByteArray,
  Complex,
  Counter,
  Decimal,
  DefaultDict,
  Deque,
  Dict,
  dumps,
  EnumMember,
  Float,
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
  Range,
  Slice,
  StateSetter,
  TimeDelta,
  TimeZone,
  Tuple,
  toJson,
  Uuid,
} from "../src/index.ts";
import { corpusLoads, corpusStreams } from "./corpus.ts";

const exact = { exact: true } as const;
/** A value's pickle says all of it: types, order, what is shared. */
const pickled = (value: unknown) => Buffer.from(dumps(value, { ...exact, protocol: 5 })).toString("latin1");

/** JSON of a value, written and read as text, and once more by JavaScript's own parser. */
function bothWays(value: unknown): unknown[] {
  const typed = toJson(value, { ...exact, form: "typed" });
  return [fromJson(toJson(value, exact), exact), fromJson(typed, exact), parsed(typed)];
}

function parsed(text: string): unknown {
  const json: unknown = JSON.parse(text);
  return typeof json === "string" ? json : fromJson(json, exact);
}

const atoms = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
  fc.double(),
  fc.constantFrom(-0, 1, 1e21, -1e300, 5e-324, 2 ** 53),
  fc.string({ unit: "binary" }),
  fc.constantFrom("$a", "$$", "__proto__", "1", "\ud800", "\u2028"),
);
const names = fc.constantFrom("a", "a.b", "", "ü");
const globals = fc.tuple(names, names).map(([module, name]) => new Global(module, name));
/** Keys that are hashable, and equal to no other of their dict but when they are. */
const keys = fc.oneof(
  atoms.filter((key) => typeof key !== "number" || !Number.isNaN(key)),
  globals,
);

const { value: values } = fc.letrec((tie) => ({
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

describe("reading", () => {
  it("tells ints from floats, and keeps ints of any size", () => {
    expect(fromJson("[1, 1.0, 1e2, -0, -0.0, 123456789012345678901]", exact)).toEqual([
      1n,
      1,
      100,
      0n,
      -0,
      123456789012345678901n,
    ]);
    expect(fromJson("[1, 123456789012345678901]")).toEqual([1, 123456789012345678901n]);
    expect(fromJson({ a: 1.5 })).toEqual(new Dict([["a", 1.5]]));
    expect(dumps(fromJson('{"$float": 1}', exact), exact)).toEqual(dumps(new Float(1)));
  });

  it("keeps the order of keys, takes the last of two, and sets no prototype", () => {
    const dict = fromJson('{"2": 1, "1": 2, "__proto__": 3, "2": 4}') as Dict;
    expect([...dict]).toEqual([
      ["2", 4],
      ["1", 2],
      ["__proto__", 3],
    ]);
  });

  it("takes what Python's json writes for floats that JSON does not have", () => {
    expect(fromJson("[NaN, Infinity, -Infinity]")).toEqual([Number.NaN, Infinity, -Infinity]);
    expect(fromJson("\ufeff 1\n")).toBe(1);
  });

  it("takes an $instance whose keys another program sorted", () => {
    const text = '{"$instance": {"args": [1], "class": {"$global": "m.C"}, "form": "newobj", "state": {"a": 1}}}';
    expect(fromJson(text)).toMatchObject({ args: [1], form: "newobj", states: [new Dict([["a", 1]])] });
  });

  const malformed: readonly (readonly [string, RegExp])[] = [
    ["", /ends too early \(line 1, column 1\)/],
    ["[1,\n 2", /lacks , or \] \(line 2, column 3\)/],
    ["[1 2]", /lacks , or \]/],
    ["[1,]", /there is no value/],
    ['{"a" 1}', /a key lacks :/],
    ["{1: 2}", /a key is no text/],
    ['{"a": 1,}', /a key is no text/],
    ["1 2", /something follows/],
    ["01", /there is no value/],
    [".5", /there is no value/],
    ["+1", /there is no value/],
    ["nul", /there is no value/],
    ['"a', /does not end/],
    ['"a\nb"', /control character/],
    ['"\\x"', /an escape/],
    ["1".repeat(20_000), /more than 10000 characters/],
    ["1".repeat(5000), /more than 4300 digits/],
    ['{"$what": 1}', /'\$what' is no tag .* it is written '\$\$what'/],
    ['{"a": 1, "$tuple": []}', /stands among other keys/],
    ['{"$tuple": [], "a": 1}', /stands beside the tag/],
    ['{"$tuple": 1}', /behind '\$tuple' is malformed/],
    ['{"$bytes": "a"}', /behind '\$bytes' is malformed/],
    ['{"$bytes": "a*=="}', /behind '\$bytes' is malformed/],
    ['{"$int": "1.5"}', /behind '\$int'/],
    ['{"$float": "x"}', /behind '\$float'/],
    ['{"$complex": ["1"]}', /behind '\$complex'/],
    ['{"$range": [1, 2, "x"]}', /behind '\$range'/],
    ['{"$global": "nodot"}', /behind '\$global'/],
    ['{"$dict": [1]}', /list of pairs/],
    ['{"$ordereddict": {"items": []}}', /where it cannot/],
    ['{"$defaultdict": {"factory": 1, "entries": []}}', /malformed 'factory'/],
    ['{"$defaultdict": {"entries": [], "factory": null}}', /where it cannot/],
    ['{"$deque": {"maxlen": -1}}', /malformed 'maxlen'/],
    ['{"$deque": {"items": 1}}', /malformed 'items'/],
    ['{"$deque": 1}', /behind '\$deque'/],
    ['{"$counter": {"entries": [1]}}', /list of pairs/],
    ['{"$datetime": "2024-02-30T00:00:00"}', /behind '\$datetime'/],
    ['{"$datetime": {"at": "2024-02-29"}}', /behind '\$datetime'/],
    ['{"$time": "24:00:00"}', /behind '\$time'/],
    ['{"$date": "2023-02-29"}', /behind '\$date'/],
    ['{"$timedelta": [1, 2]}', /behind '\$timedelta'/],
    ['{"$timedelta": [1000000000, 0, 0]}', /behind '\$timedelta'/],
    ['{"$timezone": {"offset": 1}}', /behind '\$timezone'/],
    ['{"$decimal": "x"}', /behind '\$decimal'/],
    ['{"$fraction": [1, 0]}', /behind '\$fraction'/],
    ['{"$uuid": "1"}', /behind '\$uuid'/],
    ['{"$path": {"class": "Nonsense", "parts": []}}', /behind '\$path'/],
    ['{"$enum": {"class": {"$global": "re.RegexFlag"}}}', /behind '\$enum'/],
    ['{"$dict": [[[], 1]]}', /unhashable/],
    ['{"$set": [[]]}', /unhashable/],
    ['{"$instance": {"class": 1}}', /malformed 'class'/],
    ['{"$instance": {"class": {"$global": "m.C"}, "form": "x"}}', /malformed 'form'/],
    ['{"$instance": {"class": {"$global": "m.C"}, "args": 1}}', /malformed 'args'/],
    ['{"$instance": {"class": {"$global": "m.C"}, "states": 1}}', /malformed 'states'/],
    ['{"$instance": {"class": {"$global": "m.C"}, "entries": [1]}}', /list of pairs/],
    ['{"$instance": {"class": {"$global": "m.C"}, "items": [], "args": []}}', /where it cannot/],
    ['{"$instance": {}}', /malformed 'class'/],
    ['{"$instance": 1}', /behind '\$instance'/],
    ['{"$ref": 1}', /no \$id 1/],
    ['{"$ref": "1"}', /no number/],
    ['{"$id": 1}', /no \$value/],
    ['{"$value": 1}', /no tag/],
    ['[{"$id": 1, "$value": []}, {"$id": 1, "$value": []}]', /there twice/],
    ['{"$id": 1, "$value": {"$frozenset": [{"$ref": 1}]}}', /can only be made after it/],
    ['{"$id": 1, "$value": {"$slice": [{"$ref": 1}, 1, 1]}}', /can only be made after it/],
    ['{"$id": 1, "$value": {"$ref": 1}}', /can only be made after it/],
  ];

  it.each(malformed)("refuses %j", (text, message) => {
    let error: unknown;
    try {
      fromJson(text, exact);
    } catch (caught) {
      error = caught;
    }
    expect(error, "accepted").toBeInstanceOf(Error);
    expect(isCurtidoError(error), String((error as Error).stack)).toBe(true);
    expect((error as Error).message).toMatch(message);
  });

  it("refuses objects that no JSON parser makes", () => {
    const loop: unknown[] = [];
    loop.push(loop);
    for (const [json, message] of [
      [loop, /lies in itself/],
      [[undefined], /no undefined/],
      [{ a: () => 1 }, /no function/],
    ] as const)
      expect(() => fromJson(json)).toThrow(message);
  });

  it("gives a value or an error of its own for any text", () => {
    const pieces = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"$id"',
      '"$value"',
      '"$ref"',
      "1",
      '"$tuple"',
      '"$instance"',
      '"class"',
      '{"$global":"a.b"}',
      '"state"',
      '"a"',
      '"$dict"',
      "null",
      '"$frozenset"',
      '"$set"',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        try {
          fromJson(parts.join(""), exact);
        } catch (error) {
          if (!isCurtidoError(error)) throw error;
        }
      }),
      { numRuns: 1000 },
    );
  });
});
