import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BinLookup } from "../../src/fit/ensemble/hist_gradient_boosting/lookup.ts";
import { sortNumbers } from "../../src/fit/ensemble/hist_gradient_boosting/sort.ts";

/** More than are sorted by the typed array's own method. */
const MANY = 1500;
const sizes = { minLength: MANY, maxLength: MANY };
const numbers = fc.oneof(
  fc.double({ noNaN: true }),
  // The upper halves of their bits are the same.
  fc.integer({ min: -1000, max: 1000 }).map((value) => 1 + value * 1e-13),
  fc.constantFrom(0, -0, 1, -1, 5e-324, -5e-324, 1e300, Infinity, -Infinity),
);

describe("numbers to be binned", () => {
  it("are sorted as typed arrays sort them", () => {
    fc.assert(
      fc.property(fc.array(numbers, sizes), (list) => {
        const expected = Float64Array.from(list).sort();
        const sorted = sortNumbers(Float64Array.from(list));
        expect(sorted.findIndex((value, at) => !Object.is(value, expected[at]))).toBe(-1);
      }),
      { numRuns: 50 },
    );
  });

  it("find the first bin whose upper bound is not below them", () => {
    const bound = fc.oneof(
      fc.double({ min: -1e300, max: 1e300, noNaN: true }),
      fc.integer({ min: -9, max: 9 }).map((value) => 1 + value * 1e-15),
      fc.double({ min: -5, max: 5, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.uniqueArray(bound, { maxLength: 254 }), fc.array(numbers), (given, list) => {
        const bounds = Float64Array.from(given).sort();
        const lookup = new BinLookup(bounds);
        for (const value of [...list, ...bounds]) {
          const first = bounds.findIndex((each) => value <= each);
          expect(lookup.binOf(value)).toBe(first < 0 ? bounds.length : first);
        }
      }),
    );
  });
});
