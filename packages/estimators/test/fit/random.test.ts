import { RandomState } from "@curtido/kernels";
import { describe, expect, it } from "vitest";
import { fixture } from "./cases.ts";

interface Draws {
  readonly weights: readonly number[];
  readonly draws: readonly ({ readonly seed: number } & Readonly<Record<string, number[]>>)[];
}
const made = fixture<Draws>("random");

describe("RandomState draws what numpy's draws", () => {
  it.each(made.draws)("with the seed $seed", ({ seed, ...draws }) => {
    const items = Array.from({ length: 9 }, (_, at) => at);
    new RandomState(seed).shuffle(items);
    expect(items).toEqual(draws["shuffle"]);
    expect([...new RandomState(seed).integers(90, 12)]).toEqual(draws["integers"]);
    expect([...new RandomState(seed).integers(2147483647, 5)]).toEqual(draws["seeds"]);
    expect([...new RandomState(seed).choice(20, 6)]).toEqual(draws["choice"]);
    expect([...new RandomState(seed).weighted(made.weights, 15)]).toEqual(draws["weighted"]);
    const random = new RandomState(seed);
    expect(Array.from({ length: 7 }, () => random.standardNormal())).toEqual(draws["normal"]);
  });
  it("refuses to draw more different numbers than there are", () => {
    expect(() => new RandomState(0).choice(3, 4)).toThrow(RangeError);
  });
});
