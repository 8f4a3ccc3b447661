import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MatrixMemory } from "../src/index.ts";

const doubles = (length: number) =>
  fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: length, maxLength: length });

/** What both engines make of the same work. */
function both(elements: number, work: (memory: MatrixMemory) => Float64Array): [Float64Array, Float64Array] {
  return [work(new MatrixMemory(elements, "typescript")), work(new MatrixMemory(elements, "wasm"))];
}

const sizes = fc.record({
  m: fc.integer({ min: 1, max: 13 }),
  n: fc.integer({ min: 1, max: 13 }),
  k: fc.integer({ min: 1, max: 9 }),
});

describe("both engines give the same bits", () => {
  it("of products, which are added in order", () => {
    fc.assert(
      fc.property(
        sizes.chain((size) =>
          fc.record({ size: fc.constant(size), a: doubles(size.m * size.k), b: doubles(size.k * size.n) }),
        ),
        ({ size: { m, n, k }, a, b }) => {
          const [plain, wasm] = both(1000, (memory) => {
            const [left, right, out] = [memory.take(m * k), memory.take(k * n), memory.take(m * n)];
            left.data.set(a);
            right.data.set(b);
            memory.multiply(left, right, out, m, n, k);
            return out.data.slice();
          });
          expect(wasm).toEqual(plain);
          let sum = 0;
          for (let p = 0; p < k; p++) sum += a[(m - 1) * k + p]! * b[p * n + n - 1]!;
          expect(wasm[m * n - 1]).toBe(sum);
        },
      ),
    );
  });

  it("of products of more rows than fit at once", () => {
    const k = 600;
    const rows = Float64Array.from({ length: 3 * k }, (_, at) => Math.sin(at));
    const [plain, wasm] = both(4000, (memory) => {
      const [a, out] = [memory.take(3 * k), memory.take(9)];
      a.data.set(rows);
      memory.multiplyTransposed(a, a, out, 3, 3, k);
      return out.data.slice();
    });
    expect(wasm).toEqual(plain);
  });

  it("of the lower triangle of a Gram matrix", () => {
    fc.assert(
      fc.property(
        sizes.chain(({ n, k }) => fc.record({ n: fc.constant(n), k: fc.constant(k), a: doubles(n * k) })),
        ({ n, k, a }) => {
          const [plain, wasm] = both(1000, (memory) => {
            const [rows, out] = [memory.take(n * k), memory.take(n * n)];
            rows.data.set(a);
            memory.gram(rows, out, n, k);
            return out.data.slice();
          });
          expect(wasm).toEqual(plain);
        },
      ),
    );
  });

  it("of reflections and rotations", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), doubles(12 * 9), doubles(7 * 9), (n, block, triangle) => {
        const [plain, wasm] = both(1000, (memory) => {
          const columns = n + 2;
          const [top, rest, norms] = [memory.take(n * columns), memory.take(12 * columns), memory.take(n)];
          for (let i = 0; i < n; i++)
            for (let j = i; j < columns; j++) top.data[i * columns + j] = triangle[i * columns + j]!;
          rest.data.set(block.slice(0, 12 * columns));
          memory.operations.reduce(top.at, rest.at, 12, n, columns);
          memory.operations.orthogonalize(top.at, n, columns, rest.at, 12, norms.at, 1e-15);
          return Float64Array.from([...top.data, ...rest.data, ...norms.data]);
        });
        expect(wasm).toEqual(plain);
      }),
    );
  });

  it("of centring and of turning", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), doubles(90), doubles(20), fc.boolean(), (width, x, rest, scaled) => {
        const [plain, wasm] = both(1000, (memory) => {
          const [rows, means, roots] = [memory.take(90), memory.take(10), memory.take(10)];
          const out = memory.take(12 * width);
          rows.data.set(x);
          means.data.set(rest.slice(0, 10));
          roots.data.set(rest.slice(10));
          memory.operations.center(rows.at, 10, width, means.at, scaled ? roots.at : undefined);
          memory.operations.transpose(rows.at, 10, width, out.at, 12);
          return out.data.slice();
        });
        expect(wasm).toEqual(plain);
        expect(wasm[12 * (width - 1) + 9]).toBe((x[10 * width - 1]! - rest[width - 1]!) * (scaled ? rest[19]! : 1));
      }),
    );
  });
});

it("reduces rows to a triangle with the same Gram matrix", () => {
  const memory = new MatrixMemory(200);
  const [top, block] = [memory.take(9), memory.take(24)];
  const rows = Float64Array.from({ length: 24 }, (_, at) => Math.cos(at * at));
  block.data.set(rows);
  memory.operations.reduce(top.at, block.at, 8, 3, 3);
  for (let i = 0; i < 3; i++) {
    for (let j = i; j < 3; j++) {
      let [gram, found] = [0, 0];
      for (let k = 0; k < 8; k++) gram += rows[i * 8 + k]! * rows[j * 8 + k]!;
      for (let k = 0; k <= i; k++) found += top.data[k * 3 + i]! * top.data[k * 3 + j]!;
      expect(found).toBeCloseTo(gram, 13);
    }
  }
});

it("says when the memory is full", () => {
  const memory = new MatrixMemory(4);
  memory.take(3);
  expect(() => memory.take(1)).toThrow("more than the 0 that are left");
});
