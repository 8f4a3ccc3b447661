import { NdArray } from "@curtido/arrays";
import { RandomState } from "@curtido/kernels";
import { Dict, Global, Instance, Tuple } from "@curtido/pickle";
import { expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../src/base/cost.ts";
import { randomSource } from "../src/base/random.ts";
import { State } from "../src/base/state.ts";

const nothing = {
  revive: (value: unknown) => value,
  value: (value: unknown) => value,
  names: {},
  entryOf: () => undefined,
  isEstimator: () => false,
  limits: DEFAULT_LIMITS,
  costOf: () => {
    throw new Error("nobody asks");
  },
  note: () => undefined,
};
const withSeed = (seed: unknown) => {
  const instance = new Instance(new Global("m", "Model"), [], "newobj");
  instance.states.push(new Dict([["random_state", seed]]));
  return new State(instance, nothing, "");
};

/** numpy's generator with a key of ascending words, as its releases pickle it. */
function generator(state: unknown): Instance {
  const instance = new Instance(new Global("numpy.random", "__RandomState_ctor"), [], "reduce");
  instance.states.push(state);
  return instance;
}
const key = Uint32Array.from({ length: 624 }, (_, at) => at * 7919);
const words = NdArray.of(key);
const dict = (position: number, array = words) =>
  new Dict<unknown>([
    ["bit_generator", "MT19937"],
    [
      "state",
      new Dict<unknown>([
        ["key", array],
        ["pos", position],
      ]),
    ],
  ]);

const otherKind = new Dict<unknown>();
otherKind.set("bit_generator", "PCG64");
otherKind.set("state", new Dict());

it("a seed gives the same draws at every call, None others", () => {
  const source = randomSource(withSeed(3));
  expect(source().random()).toBe(new RandomState(3).random());
  expect(source().random()).toBe(new RandomState(3).random());
  const free = randomSource(withSeed(null));
  expect(free().random()).not.toBe(free().random());
});

it.each<[string, unknown]>([
  ["since numpy 1.17", dict(624)],
  ["before", new Tuple(["MT19937", words, 624, 0, 0])],
])("a generator of the file goes on where it stands: %s", (_, state) => {
  const source = randomSource(withSeed(generator(state)));
  const expected = new RandomState({ key, position: 624 });
  expect([source().random(), source().random()]).toEqual([expected.random(), expected.random()]);
});

it.each<[string, unknown]>([
  ["a generator of another kind", otherKind],
  ["too few words", dict(0, NdArray.of(key.slice(1)))],
  ["a position outside", dict(625)],
  ["no state", null],
])("refuses %s", (_, state) => {
  expect(() => randomSource(withSeed(generator(state)))).toThrow(/random_state/);
});
