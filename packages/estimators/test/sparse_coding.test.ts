import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { solveLower, solveLowerTransposed } from "../src/base/triangular.ts";
import { Version } from "../src/base/version.ts";
import { leastAngle } from "../src/decomposition/least_angle.ts";
import { lassoDescent, matchingPursuit } from "../src/decomposition/sparse_coding.ts";

/** Atoms of ten numbers, their inner products, and those with a row. */
const problems = fc
  .tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 70, maxLength: 70 }),
  )
  .map(([count, given]) => {
    // Ties between atoms are decided by rounding, in Python too.
    const numbers = given.map((x, at) => x + 0.3 * Math.sin(at * at));
    const row = numbers.slice(60);
    const atoms = Array.from({ length: count }, (_, k) =>
      numbers.slice(k * 10, k * 10 + 10).map((x, i) => x + (i === k ? 3 : 0)),
    );
    const inner = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
    return {
      count,
      gram: Float64Array.from({ length: count * count }, (_, at) =>
        inner(atoms[Math.floor(at / count)]!, atoms[at % count]!),
      ),
      target: Float64Array.from(atoms, (atom) => inner(atom, row)),
      squared: inner(row, row),
    };
  });

describe("sparse codes", () => {
  it("of the Lasso are at its minimum, whichever way they are found", () => {
    fc.assert(
      fc.property(
        problems,
        fc.double({ min: 0.05, max: 2, noNaN: true }),
        ({ count, gram, target, squared }, alpha) => {
          const path = { gram, count, length: 1, least: alpha, steps: 500, lasso: true, positive: false };
          const version = new Version("1.9.1");
          const descent = { gram, count, alpha, positive: false, steps: 100_000, version };
          for (const code of [leastAngle(path, target), lassoDescent(descent, target, squared)]) {
            for (let k = 0; k < count; k++) {
              let slope = target[k]!;
              for (let j = 0; j < count; j++) slope -= gram[k * count + j]! * code[j]!;
              // Where a weight is not 0 the slope is alpha, elsewhere it is not larger.
              expect(Math.abs(slope)).toBeLessThan(alpha + 2e-3);
              if (Math.abs(code[k]!) > 1e-2) expect(slope * Math.sign(code[k]!)).toBeGreaterThan(alpha - 2e-3);
            }
          }
        },
      ),
    );
  });

  it("of all atoms are the least squares, by pursuit as by the whole path", () => {
    fc.assert(
      fc.property(problems, ({ count, gram, target }) => {
        fc.pre(target.every((value) => Math.abs(value) > 1e-3));
        const pursued = matchingPursuit(gram, count, target, count, false);
        const path = leastAngle(
          { gram, count, length: 1, least: 0, steps: 500, lasso: false, positive: false },
          target,
        );
        pursued.forEach((weight, k) => expect(path[k]).toBeCloseTo(weight, 4));
      }),
    );
  });

  it("end on atoms that are the same", () => {
    const gram = Float64Array.of(1, 1, 1, 1);
    const problem = { gram, count: 2, length: 1, least: 0.1, steps: 500, lasso: true, positive: false };
    const code = leastAngle(problem, Float64Array.of(1, 1));
    expect(code[0]! + code[1]!).toBeCloseTo(0.9, 6);
    expect([...matchingPursuit(gram, 2, Float64Array.of(1, 1), 2, false)]).toEqual([1, 0]);
  });
});

it("triangular systems are solved forth and back", () => {
  const lower = Float64Array.of(2, 99, 1, 4);
  const right = Float64Array.of(2, 9, 4, 6);
  solveLower(lower, 2, right, 2);
  expect([...right]).toEqual([1, 2, 2, 1]);
  solveLowerTransposed(lower, 2, right, 2);
  expect([...right]).toEqual([0.25, 0.5, 0.875, 0.25]);
});
