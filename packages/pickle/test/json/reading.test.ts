import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Dict, dumps, Float, fromJson, isCurtidoError } from "../../src/index.ts";
import { exact } from "./kit.ts";

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
