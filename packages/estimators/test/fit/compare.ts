/** @module Compares what was learned here with what scikit-learn learned. */

import { NdArray } from "@curtido/arrays";
import { Dict, Float } from "@curtido/pickle";
import { expect } from "vitest";

/** Values as the fixture has them. */
export function plain(value: unknown): unknown {
  if (value instanceof NdArray) return plain(value.tolist());
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Dict) return Object.fromEntries([...value].map(([key, each]) => [String(key), plain(each)]));
  if (value instanceof Float) return plain(value.value);
  if (typeof value === "bigint") return Number(value);
  return typeof value === "number" && Number.isNaN(value) ? null : value;
}

/** Numbers within a relative distance, everything else equal. */
export function expectNear(found: unknown, expected: unknown, relative: number): void {
  if (typeof expected === "number" && typeof found === "number") {
    const apart = Math.abs(found - expected);
    expect(apart, `${found} is not ${expected}`).toBeLessThanOrEqual(relative * Math.max(1e-3, Math.abs(expected)));
  } else if (Array.isArray(expected) && Array.isArray(found)) {
    expect(found.length).toBe(expected.length);
    expected.forEach((each, at) => {
      expectNear(found[at], each, relative);
    });
  } else expect(found).toEqual(expected);
}

/** What a call throws. */
export function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
