import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import {
  ByteArray,
  Counter,
  Deque,
  Dict,
  dumps,
  FrozenSet,
  isCurtidoError,
  loadAll,
  loads,
  type PyPath,
  PySet,
  Tuple,
} from "../src/index.ts";

interface Corners {
  readonly paths: readonly {
    class: string;
    of: string[];
    protocol: number;
    pickle: string;
    call: string;
    parts: string[];
    is: string;
  }[];
  readonly subclasses: readonly { name: string; source: string; protocol: number; written: string }[];
  readonly reconstructed: readonly { source: string; protocol: number; written: string }[];
  readonly calls: readonly { pickle: string; is?: Tagged; error?: string }[];
  readonly nan: readonly { name: string; protocol: number; pickle: string; size: number | null }[];
  readonly unhashable: readonly { name: string; error: string | null }[];
  readonly encodings: readonly { name: string; is: string | null; bytes?: (string | number | null)[] }[];
}
type Tagged = { bytes?: string; bytearray?: string; list?: Tagged[] };

const corners: Corners = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../fixtures/pickle_corners.json"), "utf8"),
);
const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));
const base64Of = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
  } catch (error) {
    return isCurtidoError(error) ? error.code : String(error);
  }
  return undefined;
};

describe("paths", () => {
  test.each(corners.paths)("$class of $of, protocol $protocol", (row) => {
    const read = loads<PyPath>(bytesOf(row.pickle));
    expect([read.parts, String(read)]).toEqual([row.parts, row.is]);
    expect(base64Of(dumps(read, { protocol: row.protocol }))).toBe(row.pickle);
    expect(loads<PyPath>(bytesOf(row.call)).parts).toEqual(row.parts);
  });
});

it("writes instances of Python's containers in protocols 0 and 1 so that Python makes them", () => {
  for (const { name, source, protocol, written } of corners.subclasses)
    expect(base64Of(dumps(loads(bytesOf(source)), { protocol })), `${name} in ${protocol}`).toBe(written);
  expect(corners.subclasses.length).toBeGreaterThan(90);
});

it("makes an object of protocols 0 and 1 without its own class's __new__ in later ones too", () => {
  for (const { source, protocol, written } of corners.reconstructed)
    expect(base64Of(dumps(loads(bytesOf(source)), { protocol })), String(protocol)).toBe(written);
  expect(corners.reconstructed).toHaveLength(8);
});

it("writes plain objects of protocols 0 and 1 again as they were", () => {
  const bytes = new TextEncoder().encode(
    "ccopy_reg\n_reconstructor\np0\n(cm\nC\np1\nc__builtin__\nobject\np2\nNtp3\nRp4\n.",
  );
  expect(dumps(loads(bytes), { protocol: 0 })).toEqual(bytes);
});

const tagged = (value: unknown): Tagged => {
  if (value instanceof ByteArray) return { bytearray: Buffer.from(value).toString("hex") };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("hex") };
  return { list: [...(value as Iterable<unknown>)].map(tagged) };
};

it("takes and refuses the arguments of what makes bytes, as CPython does", () => {
  const problems: string[] = [];
  for (const { pickle, is, error } of corners.calls) {
    const stream = bytesOf(pickle);
    const shown = Buffer.from(stream).toString("latin1");
    const code = codeOf(() => loads(stream));
    if (error !== undefined) {
      if (!/^E_(TYPE|ARGUMENT|ENCODING)$/.test(code ?? "")) problems.push(`${error}, not ${code}: ${shown}`);
    } else if (code !== undefined) problems.push(`${code}: ${shown}`);
    else if (JSON.stringify(tagged(loads(stream))) !== JSON.stringify(is)) problems.push(`another value: ${shown}`);
  }
  expect(problems).toEqual([]);
  expect(corners.calls.length).toBeGreaterThan(150);
});

it("keeps a bytearray that grows one object", () => {
  const stream = Uint8Array.of(0x80, 5, 0x96, 1, 0, 0, 0, 0, 0, 0, 0, 0x78, 0x94, 0x4b, 7, 0x61, 0x68, 0, 0x86, 0x2e);
  const [first, second] = loads<Tuple>(stream).items;
  expect(first).toBe(second);
  expect([...(first as ByteArray)]).toEqual([0x78, 7]);
});

it("tells members that hold NaN apart by identity, as Python does", () => {
  for (const { name, protocol, pickle, size } of corners.nan) {
    const where = `${name} in ${protocol}`;
    if (size === null)
      expect(
        codeOf(() => loads(bytesOf(pickle))),
        where,
      ).toBe("E_UNHASHABLE");
    else {
      const value = loads<PySet | Dict>(bytesOf(pickle));
      expect(value.size, where).toBe(size);
      expect(loads<PySet | Dict>(dumps(value, { protocol })).size, where).toBe(size);
    }
  }
  const key = new Tuple([Number.NaN]);
  const dict = new Dict([[key, 1]]);
  expect([dict.get(key), dict.get(new Tuple([Number.NaN]))]).toEqual([1, undefined]);
  expect(new PySet([new Tuple(["\0nab"]), new Tuple(["\0nab"])]).size).toBe(1);
});

describe("what Python cannot hash", () => {
  const values: Readonly<Record<string, unknown>> = {
    list: [1],
    dict: {},
    set: new Set(),
    bytearray: new ByteArray(1),
    "tuple of a list": new Tuple([1, [2]]),
    deque: new Deque(),
    tuple: new Tuple([1, 2]),
    frozenset: new FrozenSet([1]),
    text: "a",
  };
  test.each(corners.unhashable)("$name: $error", ({ name, error }) => {
    for (const protocol of [0, 1, 2, 3, 4, 5])
      for (const container of [new Set([values[name]]), new Map([[values[name], 1]])])
        expect(codeOf(() => dumps(container, { protocol }))).toBe(error === null ? undefined : "E_UNHASHABLE");
    if (error !== null) expect(() => dumps(new Set([values[name]]))).toThrow(error);
  });
});

describe("encodings of Python 2's texts", () => {
  test.each(corners.encodings)("$name is $is", ({ name, is, bytes }) => {
    const read = (byte: number) => {
      const got = loads(Uint8Array.of(0x55, 1, byte, 0x2e), { encoding: name });
      return typeof got === "string" ? got : (got as Uint8Array)[0];
    };
    if (is === null) expect(codeOf(() => read(0x61))).toBe("E_ENCODING");
    else
      for (let byte = 0; byte < 256; byte++)
        expect(codeOf(() => read(byte)) ?? read(byte), String(byte)).toBe(bytes![byte] ?? "E_ENCODING");
  });
});

it("tells where the value is that cannot be written", () => {
  const thrown = (value: unknown) => {
    try {
      dumps(value);
    } catch (error) {
      return isCurtidoError(error) ? [error.fields["path"], error.message] : error;
    }
    return undefined;
  };
  const f = () => 0;
  expect(thrown({ a: [1, f] })).toEqual(["a[1]", "cannot pickle a value of type function (at a[1])"]);
  expect(thrown([new Tuple([1, { "b c": f }])])).toEqual([
    '[0][1]["b c"]',
    'cannot pickle a value of type function (at [0][1]["b c"])',
  ]);
  expect(thrown({ model: { x: new Set([[1]]) } })).toEqual(["model.x", "unhashable type: 'list' (at model.x)"]);
  expect(thrown(f)).toEqual([undefined, "cannot pickle a value of type function"]);
});

it("refuses a Counter that counts itself, as Python's recursion does, and ends", () => {
  const counter = new Counter();
  counter.set("a", [counter]);
  expect(codeOf(() => dumps(counter))).toBe("E_TYPE");
  const twice = new Counter([["b", 2]]);
  expect(loads<unknown[]>(dumps([twice, twice]))).toHaveLength(2);
});

it("takes an ArrayBuffer", () => {
  expect(loads<number>(dumps(5).slice().buffer)).toBe(5);
  expect(loadAll<number>(dumps(5).slice().buffer)).toEqual([5]);
});
