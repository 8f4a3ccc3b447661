import { describe, expect, it } from "vitest";
import { exp, type SupportKernel, SupportSpace, tanh } from "../src/index.ts";

const RULES = { tolerance: 1e-10, shrinking: true, maxIter: -1 };
const ROWS = 41;
const WIDTH = 3;
const data = Float64Array.from({ length: ROWS * WIDTH }, (_, at) => Math.sin(at * at + 1) * 2);
const all = Int32Array.from({ length: ROWS }, (_, row) => row);
const signs = Float64Array.from(all, (row) => (data[row * WIDTH]! + 0.8 * Math.cos(7 * row) > 0 ? 1 : -1));

function dot(one: number, other: number): number {
  let sum = 0;
  for (let k = 0; k < WIDTH; k++) sum += data[one * WIDTH + k]! * data[other * WIDTH + k]!;
  return sum;
}

const SIMILARITIES: Readonly<Record<string, (one: number, other: number) => number>> = {
  linear: dot,
  poly: (one, other) => (0.7 * dot(one, other) + 0.3) ** 3,
  rbf: (one, other) => exp(-0.7 * (dot(one, one) + dot(other, other) - 2 * dot(one, other))),
  sigmoid: (one, other) => tanh(0.7 * dot(one, other) + 0.3),
};

describe.each(Object.keys(SIMILARITIES))("kernel %s", (name) => {
  const similarity = SIMILARITIES[name]!;
  const kernel: SupportKernel = { name: name as SupportKernel["name"], gamma: 0.7, coef0: 0.3, degree: 3 };
  const space = new SupportSpace(data, ROWS, WIDTH, ROWS, kernel, 2 ** 20);

  it("weighs similarities as they are computed one by one", () => {
    const weights = Float64Array.from(all, (row) => Math.cos(row));
    const found = space.weigh(all, all, weights);
    all.forEach((row) => {
      const expected = all.reduce((sum, other) => sum + weights[other]! * similarity(row, other), 0);
      const size = all.reduce((sum, other) => sum + Math.abs(weights[other]! * similarity(row, other)), 0);
      expect(Math.abs(found[row]! - expected)).toBeLessThan(1e-14 * size);
    });
  });

  // Sigmoids are no inner products: there the least value may not be reached.
  if (name === "sigmoid") return;
  it("finds where no two unknowns can gain", () => {
    const limit = 5;
    const problem = {
      rows: all,
      signs,
      linear: new Float64Array(ROWS).fill(-1),
      bounds: new Float64Array(ROWS).fill(limit),
    };
    const { alphas, threshold, converged } = space.solve(problem, RULES);
    expect(converged).toBe(true);
    expect(Math.abs(alphas.reduce((sum, alpha, at) => sum + alpha * signs[at]!, 0))).toBeLessThan(1e-9);
    for (const row of all) {
      // The solver has similarities as float32.
      const value = all.reduce(
        (sum, at) => sum + alphas[at]! * signs[at]! * Math.fround(similarity(row, at)),
        -threshold,
      );
      const margin = signs[row]! * value;
      if (alphas[row] === 0) expect(margin).toBeGreaterThan(1 - 1e-5);
      else if (alphas[row] === limit) expect(margin).toBeLessThan(1 + 1e-5);
      else expect(Math.abs(margin - 1)).toBeLessThan(1e-5);
    }
  });
});

const linear: SupportKernel = { name: "linear", gamma: 0, coef0: 0, degree: 3 };

it("ends where rounding lets nothing get better", () => {
  const space = new SupportSpace(data, ROWS, WIDTH, ROWS, linear, 2 ** 20);
  const problem = { rows: all, signs, linear: new Float64Array(ROWS).fill(-1), bounds: new Float64Array(ROWS).fill(1) };
  const { converged, iterations } = space.solve(problem, { ...RULES, tolerance: 1e-300 });
  expect(converged).toBe(false);
  expect(iterations).toBeGreaterThan(1000);
});

it("stops after as many iterations as it is given", () => {
  const space = new SupportSpace(data, ROWS, WIDTH, ROWS, linear, 2 ** 20);
  const problem = { rows: all, signs, linear: new Float64Array(ROWS).fill(-1), bounds: new Float64Array(ROWS).fill(1) };
  expect(space.solve(problem, { ...RULES, maxIter: 3 })).toMatchObject({ converged: false, iterations: 3 });
});

it("says when there is not the memory for its vectors", () => {
  expect(() => new SupportSpace(data, 2 ** 20, 2 ** 10, ROWS, linear, 2 ** 20)).toThrow(RangeError);
});
