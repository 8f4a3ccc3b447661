import { expect, test } from "vitest";
import { Dict, dumps, FrozenSet, loads, PySet, Tuple } from "../src/index.ts";

/** A tuple of twice the same tuple, and so on: 2 ** depth leaves that take no room. */
function shared(depth: number, leaf: unknown): Tuple {
  let tuple = new Tuple([leaf]);
  for (let at = 0; at < depth; at++) tuple = new Tuple([tuple, tuple]);
  return tuple;
}

test("tuples that share tuples are keys by value, at the cost of what they hold themselves", () => {
  const dict = new Dict([
    [shared(300, "a"), 1],
    [shared(300, "b"), 2],
    [shared(299, "a"), 3],
  ]);
  expect(dict.size).toBe(3);
  expect(dict.get(shared(300, "a"))).toBe(1);
  expect(dict.get(shared(300, "b"))).toBe(2);
  expect(dict.get(shared(300, "c"))).toBeUndefined();
  expect((loads(dumps(dict)) as Dict).get(shared(299, "a"))).toBe(3);
});

test("long texts, bytes and integers in tuples are keys by value", () => {
  const long = "é".repeat(1000);
  const integer = 3n ** 5000n;
  const keys = [long, `${long}x`, new TextEncoder().encode(long), integer, integer + 1n, -integer, 2 ** 1000];
  const dict = new Dict(keys.map((key, at) => [new Tuple([key, "k"]), at]));
  expect(dict.size).toBe(keys.length);
  keys.forEach((key, at) => expect(dict.get(new Tuple([key, "k"]))).toBe(at));
  expect(dict.get(new Tuple([2n ** 1000n, "k"]))).toBe(keys.length - 1); // as Python: the float and the int are equal
  expect(dict.get(new Tuple([new TextEncoder().encode(long), "k"]))).toBe(2);
});

test("a long text counts once, however many keys hold it", () => {
  const long = "x".repeat(1_000_000);
  const dict = loads(dumps(new Dict(Array.from({ length: 20_000 }, (_, at) => [new Tuple([long, at]), at])))) as Dict;
  expect(dict.size).toBe(20_000);
  expect(dict.get(new Tuple([long, 19_999]))).toBe(19_999);
});

test("sets of frozensets that share members", () => {
  let set = new FrozenSet<unknown>([1]);
  for (let at = 0; at < 300; at++) set = new FrozenSet([set, new Tuple([set])]);
  expect(new PySet([set, new FrozenSet([...set])]).size).toBe(1);
});
