import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pairwiseSum, pairwiseSumFloat32, sumColumns, sumRows } from "../src/index.ts";

interface Sums {
  lengths: number[];
  shapes: [number, number][];
  float64: number[];
  float32: number[];
  "every third": number[];
  columns: number[][];
  rows: number[][];
}

// Written by scripts/sums.py with numpy 2.5.5.
const sums = JSON.parse(readFileSync(new URL("sums.json", import.meta.url), "utf8")) as Sums;

/** The numbers that scripts/sums.py makes. */
function numbers(n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    let h = Math.imul(i, 0x9e3779b1);
    h = Math.imul(h ^ (h >>> 15), 0x85ebca6b) >>> 0;
    return (h * 2 ** -32 - 0.5) * Number(`1e${i % 7}`);
  });
}

/** Long results are stored as their first and last number and their sum in order. */
const brief = (a: Float64Array): number[] => (a.length < 40 ? [...a] : [a[0]!, a.at(-1)!, a.reduce((x, y) => x + y)]);

describe("like numpy", () => {
  it.each(sums.lengths.map((n, i) => [n, i] as const))("adds %d numbers", (n, i) => {
    expect(pairwiseSum(numbers(n))).toBe(sums.float64[i]);
    expect(pairwiseSumFloat32(Float32Array.from(numbers(n)))).toBe(sums.float32[i]);
    expect(pairwiseSum(numbers(3 * n), 0, n, 3)).toBe(sums["every third"][i]);
  });

  it.each(sums.shapes.map(([n, m], i) => [n, m, i] as const))("adds an array of %d x %d", (n, m, i) => {
    const x = numbers(n * m);
    const rows = new Float64Array(n);
    const columns = new Float64Array(m);
    sumRows(x, n, m, rows);
    sumColumns(x, n, m, columns);
    expect(brief(rows)).toEqual(sums.rows[i]);
    expect(brief(columns)).toEqual(sums.columns[i]);
  });

  it("starts at an offset", () => {
    expect(pairwiseSum(Float64Array.of(1, 2, 3, 4), 1)).toBe(9);
    expect(pairwiseSumFloat32(Float32Array.of(1, 2, 3, 4), 1, 2, 2)).toBe(6);
  });

  it("passes NaN and infinity on", () => {
    expect(pairwiseSum(Float64Array.of(1, Number.NaN))).toBeNaN();
    expect(pairwiseSum(Float64Array.of(1, Infinity))).toBe(Infinity);
  });
});
