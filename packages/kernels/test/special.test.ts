import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { digamma, erf, erfc, gamma, lgamma, ndtr, ndtri } from "../src/index.ts";

// Written by scripts/special.py with scipy.
const vectors = JSON.parse(readFileSync(new URL("special.json", import.meta.url), "utf8")) as Record<
  string,
  { readonly x: readonly number[]; readonly y: readonly (number | string)[] }
>;

/** Units in the last place between two numbers. */
function ulps(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(b))), -1022);
  return Math.abs(a - b) / 2 ** (exponent - 52);
}

describe.each([
  ["erf", erf],
  ["erfc", erfc],
  ["ndtr", ndtr],
  ["ndtri", ndtri],
  ["gammaln", lgamma],
  ["gamma", gamma],
  ["psi", digamma],
] as const)("%s", (name, of) => {
  it("is within 2 ulp of scipy", () => {
    const { x, y } = vectors[name]!;
    x.forEach((value, at) => {
      const expected = y[at] === "inf" ? Infinity : y[at] === "-inf" ? -Infinity : (y[at] as number);
      expect(ulps(of(value), expected), `${name}(${value}) is ${of(value)}, not ${expected}`).toBeLessThanOrEqual(2);
    });
    expect(x.length).toBeGreaterThan(60);
  });
});

it("lgamma is that of positive numbers", () => {
  expect([lgamma(1), lgamma(2), lgamma(0), lgamma(-1.5), lgamma(Infinity)]).toEqual([
    0,
    0,
    Infinity,
    Number.NaN,
    Infinity,
  ]);
  expect(lgamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 15);
});

it("digamma is that of positive numbers", () => {
  expect([digamma(0), digamma(-1.5), digamma(Number.NaN), digamma(Infinity)]).toEqual([
    -Infinity,
    Number.NaN,
    Number.NaN,
    Infinity,
  ]);
  expect(digamma(1.4616321449683622)).toBeCloseTo(0, 15);
});

it("are odd, complementary and undone by each other", () => {
  expect(erf(-0.3)).toBe(-erf(0.3));
  expect(erfc(-2)).toBe(2 - erfc(2));
  expect(ndtri(ndtr(0.75))).toBeCloseTo(0.75, 14);
  expect([ndtri(-0.1), ndtri(1.5), erf(Number.NaN)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect([erfc(Infinity), erfc(-Infinity), ndtr(-Infinity), ndtr(Infinity)]).toEqual([0, 2, 0, 1]);
});
