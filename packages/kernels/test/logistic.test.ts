import { describe, expect, it } from "vitest";
import { exp, LogisticPass, log, log1p, MatrixMemory, RandomState } from "../src/index.ts";

const ROWS = 20_003;
const random = new RandomState(0);
/** Raw predictions of every size: most near 0, some beyond what exp takes. */
const raw = Float64Array.from({ length: ROWS }, (_, row) => random.standardNormal() * 10 ** ((row % 9) - 5));

function passOf(targets: number, labels: Int32Array) {
  const memory = new MatrixMemory(ROWS * (1 + 2 * targets) + 4 * targets + LogisticPass.spare(ROWS) + 16, "wasm");
  const take = (elements: number) => memory.take(elements);
  const blocks = {
    x: take(ROWS),
    raw: take(ROWS * targets),
    slopes: take(ROWS * targets),
    coefficients: take(targets),
    gradient: take(targets),
  };
  blocks.x.data.set(raw);
  return { blocks, pass: LogisticPass.over(memory, blocks, labels, undefined, false)! };
}

describe("the pass over rows of logistic regression has the bits of exp, log1p and log", () => {
  it("for two classes", () => {
    const labels = Int32Array.from(raw, (_, row) => row % 2);
    const { blocks, pass } = passOf(1, labels);
    pass.run(Float64Array.of(1), ROWS, true);
    let slopes = 0;
    raw.forEach((x, row) => {
      const y = labels[row]!;
      const e = exp(x <= -2 ? x : -x);
      const upper = x <= 18 ? log1p(e) : e;
      const loss = x <= -2 ? (x <= -37 ? e : log1p(e)) - y * x : upper + (1 - y) * x;
      expect(pass.losses[row]).toBe(loss);
      slopes += blocks.slopes.data[row]! * x;
    });
    expect(blocks.gradient.data[0]).toBeCloseTo(slopes, 9);
  });

  it("for three classes", () => {
    const labels = Int32Array.from(raw, (_, row) => row % 3);
    const { blocks, pass } = passOf(3, labels);
    const coefficients = Float64Array.of(1, -0.5, 0.25);
    pass.run(coefficients, 1, true);
    raw.forEach((x, row) => {
      const all = coefficients.map((each) => each * x);
      const most = Math.max(...all);
      const powers = all.map((each) => exp(each - most));
      const sum = powers[0]! + powers[1]! + powers[2]!;
      expect(pass.losses[row]).toBe(log(sum) + most - all[labels[row]!]!);
      const shares = Array.from(powers, (each) => each / sum);
      expect(Array.from(blocks.raw.data.subarray(3 * row, 3 * row + 3))).toEqual(shares);
    });
  });
});
