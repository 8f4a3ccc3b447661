import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AffineMap, affine, dot, matmul, squaredDistances, squaredNorms } from "../src/index.ts";

const sizes = fc.record({
  n: fc.integer({ min: 0, max: 9 }),
  k: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom(63, 64, 65, 130)),
  m: fc.integer({ min: 0, max: 11 }),
  seed: fc.nat(),
});

/** Numbers of mixed size, so that another order of additions shows. */
function numbers(length: number, seed: number): Float64Array {
  let state = seed | 1;
  return Float64Array.from({ length }, () => {
    state = Math.imul(state, 1664525) + 1013904223;
    return (state / 2 ** 31) * 10 ** (state & 7);
  });
}

/** Element (i, j) of x times w transposed, by the definition. */
function inOrder(x: Float64Array, i: number, w: Float64Array, at: number, step: number, k: number): number {
  let sum = 0;
  for (let p = 0; p < k; p++) sum += x[i * k + p]! * w[at + p * step]!;
  return sum;
}

const grid = (n: number, m: number, f: (i: number, j: number) => number): number[] =>
  Array.from({ length: n * m }, (_, at) => f(Math.floor(at / m), at % m));

describe("linear kernels add in order", () => {
  it("dot", () => {
    expect(dot(Float64Array.of(9, 1, 2), 1, Float64Array.of(3, 4), 0, 2)).toBe(11);
    expect(dot(Float64Array.of(1e16, 1, -1e16), 0, Float64Array.of(1, 1, 1), 0, 3)).toBe(0);
  });

  it("affine", () => {
    fc.assert(
      fc.property(sizes, fc.boolean(), ({ n, k, m, seed }, withBias) => {
        const x = numbers(n * k, seed);
        const w = numbers(m * k, seed + 1);
        const b = withBias ? numbers(m, seed + 2) : undefined;
        const out = new Float64Array(n * m).fill(7);
        affine(x, n, k, w, b, m, out);
        expect([...out]).toEqual(grid(n, m, (i, j) => inOrder(x, i, w, j * k, 1, k) + (b ? b[j]! : 0)));
      }),
    );
  });

  it("matmul", () => {
    fc.assert(
      fc.property(sizes, ({ n, k, m, seed }) => {
        const a = numbers(n * k, seed);
        const b = numbers(k * m, seed + 1);
        const out = new Float64Array(n * m).fill(7);
        matmul(a, n, k, b, m, out);
        expect([...out]).toEqual(grid(n, m, (i, j) => inOrder(a, i, b, j, m, k)));
      }),
    );
  });

  it("squaredDistances", () => {
    fc.assert(
      fc.property(sizes, ({ n, k, m, seed }) => {
        const x = numbers(n * k, seed);
        const y = numbers(m * k, seed + 1);
        const xNorms = new Float64Array(n);
        const yNorms = new Float64Array(m);
        squaredNorms(x, n, k, xNorms);
        squaredNorms(y, m, k, yNorms);
        const out = new Float64Array(n * m);
        squaredDistances(x, xNorms, n, y, yNorms, m, k, out);
        const expected = grid(n, m, (i, j) => {
          return Math.max(0, -2 * inOrder(x, i, y, j * k, 1, k) + xNorms[i]! + yNorms[j]!);
        });
        expect([...out]).toEqual(expected);
      }),
    );
  });
});

describe.each(["typescript", "wasm"] as const)("AffineMap in %s", (engine) => {
  it("adds in order, and the bias last", () => {
    const orders = fc.constantFrom("inputs first" as const, "outputs first" as const);
    fc.assert(
      fc.property(sizes, orders, fc.boolean(), ({ n, k, m, seed }, order, withBias) => {
        const x = numbers(n * k, seed);
        const w = numbers(m * k, seed + 1);
        const bias = withBias ? numbers(m, seed + 2) : undefined;
        const map = AffineMap.prepare(w, { inputs: k, outputs: m, order, bias, engine });
        expect(map.engine).toBe(engine);
        const [first, step] = order === "inputs first" ? [1, m] : [k, 1];
        const expected = grid(n, m, (i, j) => inOrder(x, i, w, j * first, step, k) + (bias ? bias[j]! : 0));
        const out = new Float64Array(n * m).fill(7);
        map.apply(x, n, out);
        expect([...out]).toEqual(expected);
        for (let i = 0; i < n; i++) {
          const one = new Float64Array(m);
          map.apply(x.subarray(i * k), 1, one);
          expect([...one]).toEqual(expected.slice(i * m, (i + 1) * m));
        }
      }),
    );
  });

  it("passes more rows than fit into its memory", () => {
    const x = numbers(1_003 * 40, 1);
    const w = numbers(40 * 33, 2);
    const out = new Float64Array(1_003 * 33);
    AffineMap.prepare(w, { inputs: 40, outputs: 33, order: "inputs first", engine }).apply(x, 1_003, out);
    expect([...out]).toEqual(grid(1_003, 33, (i, j) => inOrder(x, i, w, j, 33, 40)));
  });

  it("refuses what does not fit", () => {
    const options = { inputs: 2, outputs: 3, order: "inputs first", engine } as const;
    expect(() => AffineMap.prepare(new Float64Array(5), options)).toThrow("5 weights, not 6");
    expect(() => AffineMap.prepare(new Float64Array(6), { ...options, bias: new Float64Array(2) })).toThrow(RangeError);
    const map = AffineMap.prepare(new Float64Array(6), options);
    expect(() => map.apply(new Float64Array(3), 2, new Float64Array(6))).toThrow("x has 3 values, not 2 * 2");
    expect(() => map.apply(new Float64Array(4), 2, new Float64Array(5))).toThrow("out has 5 values, not 2 * 3");
  });
});
