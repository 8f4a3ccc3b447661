import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kv } from "../src/index.ts";

// Written by scripts/bessel.py with mpmath.
const vectors = JSON.parse(readFileSync(new URL("bessel.json", import.meta.url), "utf8")) as [number, number, number][];

describe("kv", () => {
  it("is within 10 ulp of the exact value", () => {
    for (const [order, x, exact] of vectors) {
      const ulp = 2 ** (Math.floor(Math.log2(exact)) - 52);
      expect(Math.abs(kv(order, x) - exact) / ulp, `kv(${order}, ${x})`).toBeLessThanOrEqual(10);
    }
    expect(vectors.length).toBe(112);
  });

  it("does not mind the sign of the order", () => {
    expect(kv(-1.3, 0.7)).toBe(kv(1.3, 0.7));
  });

  it("has the values of elementary functions at half-integer orders", () => {
    expect(kv(0.5, 3)).toBeCloseTo(Math.sqrt(Math.PI / 6) * Math.exp(-3), 16);
  });

  it("ends at its limits", () => {
    expect([kv(1, 0), kv(1, -1), kv(1, Number.NaN), kv(0, 800), kv(2e6, 1), kv(400, 1e-3)]).toEqual([
      Infinity,
      Number.NaN,
      Number.NaN,
      0,
      Number.NaN,
      Infinity,
    ]);
  });

  it("falls with the argument and grows with the order", () => {
    const order = fc.double({ min: 0, max: 20, noNaN: true });
    const x = fc.double({ min: 0.01, max: 50, noNaN: true });
    fc.assert(
      fc.property(order, x, (nu, at) => {
        expect(kv(nu, at)).toBeGreaterThan(kv(nu, at * 1.01));
        expect(kv(nu + 0.1, at)).toBeGreaterThan(kv(nu, at) * (1 - 1e-14));
      }),
    );
  });
});
