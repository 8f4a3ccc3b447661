import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RandomState } from "../src/index.ts";

interface Draws {
  readonly seed: number;
  readonly words: readonly number[];
  readonly random: readonly number[];
  readonly below: Readonly<Record<string, readonly number[]>>;
  readonly outcome: readonly (readonly number[])[];
}

// Written by scripts/random_state.py with numpy.
const { probabilities, draws } = JSON.parse(readFileSync(new URL("random_state.json", import.meta.url), "utf8")) as {
  readonly probabilities: readonly (readonly number[])[];
  readonly draws: readonly Draws[];
};

const times = (count: number, draw: () => number) => Array.from({ length: count }, draw);

describe.each(draws)("RandomState($seed)", ({ seed, words, random, below, outcome }) => {
  it("draws what numpy draws", () => {
    const bits = new RandomState(seed);
    expect(times(3, () => bits.uint32())).toEqual(words);
    const floats = new RandomState(seed);
    expect(times(700, () => floats.random()).slice(-3)).toEqual(random);
    for (const [end, expected] of Object.entries(below)) {
      const whole = new RandomState(seed);
      expect(times(12, () => whole.below(Number(end)))).toEqual(expected);
    }
    for (const [at, expected] of outcome.entries()) {
      const lots = new RandomState(seed);
      expect(times(12, () => lots.outcome(probabilities[at]!))).toEqual(expected);
    }
  });
});

it("orders numbers as numpy's permutation does", () => {
  // numpy.random.RandomState(0).permutation(9)
  expect([...new RandomState(0).permutation(9)]).toEqual([7, 2, 1, 4, 8, 6, 3, 0, 5]);
  expect([...new RandomState(5).permutation(1)]).toEqual([0]);
});

it("goes on where another stands, and refuses what is no seed or state", () => {
  const key = new Uint32Array(624).fill(7);
  const [one, other] = [new RandomState({ key, position: 3 }), new RandomState({ key, position: 3 })];
  expect(times(700, () => one.uint32())).toEqual(times(700, () => other.uint32()));
  for (const seed of [-1, 0.5, 2 ** 32, Number.NaN]) expect(() => new RandomState(seed)).toThrow(RangeError);
  expect(() => new RandomState({ key: key.subarray(1), position: 0 })).toThrow(RangeError);
  expect(() => new RandomState({ key, position: 625 })).toThrow(RangeError);
});
