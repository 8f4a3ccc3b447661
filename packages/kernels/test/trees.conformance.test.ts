import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TreeEnsemble, type TreeOptions } from "../src/index.ts";
import { chain, expectedSum, leafOf, type PlainTree, renumber, toRecords } from "./trees.ts";

const engines = ["typescript", "wasm"] as const;

/** Values that thresholds and inputs share, so that comparisons meet equality and the edges of float32. */
const numbers = [
  0,
  -0,
  1,
  -1,
  0.1,
  Math.fround(0.1),
  -0.1,
  Math.fround(-0.1),
  2 ** -149,
  -(2 ** -149),
  2 ** -150,
  -(2 ** -151),
  1e-300,
  -1e-300,
  3.4028234663852886e38,
  3.5e38,
  -3.5e38,
  1e300,
  -1e300,
  Infinity,
  -Infinity,
  16777217,
  0.30000000000000004,
];
const threshold = fc.oneof(
  fc.constantFrom(...numbers),
  fc.double({ noNaN: true }),
  fc.double({ min: -1, max: 1, noNaN: true }),
);
const cell = fc.oneof(threshold, fc.constant(Number.NaN));

const treeOf = (features: number, width: number): fc.Arbitrary<PlainTree> =>
  fc
    .record({
      choices: fc.array(fc.nat(), { maxLength: 40 }),
      feature: fc.array(fc.nat(features - 1), { minLength: 81, maxLength: 81 }),
      threshold: fc.array(threshold, { minLength: 81, maxLength: 81 }),
      missing: fc.option(fc.array(fc.constantFrom(0, 1), { minLength: 81, maxLength: 81 }), { nil: undefined }),
      value: fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), {
        minLength: 81 * width,
        maxLength: 81 * width,
      }),
      shuffle: fc.option(fc.array(fc.nat(), { minLength: 81, maxLength: 81 }), { nil: undefined }),
    })
    .map(({ choices, feature, threshold, missing, value, shuffle }) => {
      // Grown by splitting one leaf after the other, which is best-first order.
      const left = [-1];
      const right = [-1];
      const leaves = [0];
      for (const choice of choices) {
        const [leaf] = leaves.splice(choice % leaves.length, 1);
        leaves.push(left.length, left.length + 1);
        left[leaf!] = left.length;
        right[leaf!] = left.length + 1;
        left.push(-1, -1);
        right.push(-1, -1);
      }
      const n = left.length;
      const tree: PlainTree = {
        nodeCount: n,
        left,
        right,
        feature: feature.slice(0, n),
        threshold: threshold.slice(0, n),
        missingLeft: missing?.slice(0, n),
        value: value.slice(0, n * width),
      };
      const order = left.map((_, i) => i).sort((a, b) => (a && b ? (shuffle?.[a] ?? a) - (shuffle?.[b] ?? b) : a - b));
      const to: number[] = [];
      for (const [k, i] of order.entries()) to[i] = k;
      return shuffle === undefined ? depthFirst(tree, width) : renumber(tree, to, width);
    });

function depthFirst(tree: PlainTree, width: number): PlainTree {
  const to: number[] = [];
  let next = 0;
  const visit = (i: number): void => {
    to[i] = next++;
    if (tree.left[i] === -1) return;
    visit(tree.left[i]!);
    visit(tree.right[i]!);
  };
  visit(0);
  return renumber(tree, to, width);
}

const cases = fc
  .record({
    features: fc.integer({ min: 1, max: 5 }),
    outputs: fc.integer({ min: 1, max: 3 }),
    spread: fc.boolean(),
    input: fc.constantFrom("float32", "float64"),
    sum: fc.constantFrom("float32", "float64"),
    treeCount: fc.integer({ min: 0, max: 35 }),
  })
  .chain(({ features, outputs, spread, input, sum, treeCount }) => {
    const width = spread ? 1 : outputs;
    return fc.record({
      options: fc.record({
        nFeatures: fc.constant(features),
        outputs: fc.constant(outputs),
        input: fc.constant(input as TreeOptions["input"]),
        sum: fc.constant(sum as TreeOptions["sum"]),
        outputOf: spread
          ? fc.array(fc.nat(outputs - 1), { minLength: treeCount, maxLength: treeCount })
          : fc.constant(undefined),
      }),
      trees: fc.array(treeOf(features, width), { minLength: treeCount, maxLength: treeCount }),
      rows: fc.array(fc.array(cell, { minLength: features, maxLength: features }), { maxLength: 20 }),
      start: fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
    });
  });

const bitsOf = (values: Float64Array): BigUint64Array => new BigUint64Array(values.buffer.slice(0));

describe.each(engines)("%s", (engine) => {
  it("gives the definition's bits for random trees and rows", () => {
    fc.assert(
      fc.property(cases, ({ options, trees, rows, start }) => {
        const ensemble = TreeEnsemble.prepare(trees, { ...options, engine });
        expect(ensemble.engine).toBe(engine);
        const out = new Float64Array(rows.length * options.outputs).fill(start);
        const expected = expectedSum(trees, rows, out, options);
        const x = Float64Array.from(rows.flat());
        const before = bitsOf(x);
        ensemble.addTo(x, rows.length, out);
        expect(bitsOf(out)).toEqual(bitsOf(expected));
        expect(bitsOf(x)).toEqual(before);
        // Many rows take another way than few.
        const many = rows.length === 0 ? [] : Array.from({ length: 133 }, (_, i) => rows[i % rows.length]!);
        const sums = new Float64Array(many.length * options.outputs).fill(start);
        ensemble.addTo(Float64Array.from(many.flat()), many.length, sums);
        expect(sums).toEqual(Float64Array.from(sums, (_, i) => out[i % out.length]!));
        const leaves = new Int32Array(rows.length * trees.length);
        ensemble.apply(x, rows.length, leaves);
        expect([...leaves]).toEqual(rows.flatMap((row) => trees.map((tree) => leafOf(tree, row, options.input))));
      }),
      { numRuns: 150 },
    );
  });

  it("reads the same tree from records of any layout", () => {
    const layouts = fc.record({
      int: fc.constantFrom("i4" as const, "i8" as const),
      littleEndian: fc.boolean(),
      shift: fc.nat(7),
      stride: fc.constantFrom(56, 64, 41),
    });
    fc.assert(
      fc.property(treeOf(3, 2), layouts, (tree, layout) => {
        const options = { nFeatures: 3, outputs: 2, input: "float32", engine } as const;
        const rows = [0, 1, 2, 3, 4, 5].map((i) => [numbers[i]!, Number.NaN, -numbers[i + 4]!]);
        const record = toRecords(tree, { ...layout, missing: tree.missingLeft !== undefined });
        const out = new Float64Array(12);
        TreeEnsemble.prepare([record], options).addTo(Float64Array.from(rows.flat()), 6, out);
        expect(bitsOf(out)).toEqual(bitsOf(expectedSum([tree], rows, new Float64Array(12), options)));
      }),
      { numRuns: 100 },
    );
  });

  it.each(["float32", "float64"] as const)("walks a chain of 5,000 splits of %s", (input) => {
    const options = { nFeatures: 1, outputs: 1, input, engine } as const;
    const tree = chain(5_000);
    const rows = Array.from({ length: 1_000 }, (_, i) => [i * 5.01]);
    const out = new Float64Array(1_000);
    TreeEnsemble.prepare([tree, tree], options).addTo(Float64Array.from(rows.flat()), 1_000, out);
    expect(bitsOf(out)).toEqual(bitsOf(expectedSum([tree, tree], rows, new Float64Array(1_000), options)));
  });

  it("uses the wide format for features that a narrow node cannot name", () => {
    const tree = { ...chain(3), feature: [2_999, -2, 2_048, -2, 0, -2, -2] };
    const options = { nFeatures: 3_000, outputs: 1, input: "float32", engine } as const;
    const rows = [0, 1, 2, 3].map((k) => Array.from({ length: 3_000 }, (_, j) => (j === 2_999 ? 1 : k) + 1e-9));
    const out = new Float64Array(4);
    TreeEnsemble.prepare([tree], options).addTo(Float64Array.from(rows.flat()), 4, out);
    expect(out).toEqual(expectedSum([tree], rows, new Float64Array(4), options));
  });

  it("passes blocks of rows that hold more than the scratch memory", () => {
    const options = { nFeatures: 1, outputs: 3, input: "float64", engine } as const;
    const tree = { ...chain(9), value: Array.from({ length: 57 }, (_, i) => i / 7) };
    const rows = Array.from({ length: 5_003 }, (_, i) => [i % 11 === 3 ? Number.NaN : i % 10]);
    const out = new Float64Array(15_009);
    TreeEnsemble.prepare([tree, tree, tree], options).addTo(Float64Array.from(rows.flat()), 5_003, out);
    expect(out).toEqual(expectedSum([tree, tree, tree], rows, new Float64Array(15_009), options));
  });

  it.each([1, 2])("places large trees of node records, %d values a leaf", (width) => {
    const left: number[] = [];
    const right: number[] = [];
    const grow = (depth: number): void => {
      const node = left.push(-1) - 1;
      right.push(-1);
      if (depth === 0) return;
      left[node] = left.length;
      grow(depth % 4 === 1 ? 0 : depth - 1);
      right[node] = left.length;
      grow(depth % 4 === 3 ? 0 : depth - 1);
    };
    grow(20);
    const n = left.length;
    expect(n).toBeGreaterThan(2_000);
    const tree: PlainTree = {
      nodeCount: n,
      left,
      right,
      feature: left.map((_, i) => i % 7),
      threshold: left.map((_, i) => Math.sin(i)),
      value: Array.from({ length: n * width }, (_, i) => Math.cos(i)),
    };
    const layout = { stride: 64, littleEndian: true, int: "i8", missing: true, shift: 0 } as const;
    const record = toRecords({ ...tree, missingLeft: left.map((_, i) => i % 2) }, layout);
    const options = { nFeatures: 7, outputs: width, input: "float32", engine } as const;
    const rows = Array.from({ length: 140 }, (_, r) => Array.from({ length: 7 }, (_, j) => Math.sin(r * 31 + j * 17)));
    const x = Float64Array.from(rows.flat());
    const ensemble = TreeEnsemble.prepare([record, record], options);
    for (const count of [1, 140]) {
      const out = new Float64Array(count * width);
      ensemble.addTo(x, count, out);
      expect(out).toEqual(expectedSum([tree, tree], rows.slice(0, count), new Float64Array(count * width), options));
    }
    const leaves = new Int32Array(2);
    ensemble.apply(x, 1, leaves);
    expect([...leaves]).toEqual([leafOf(tree, rows[0]!, "float32"), leafOf(tree, rows[0]!, "float32")]);
  });

  it("keeps the sign of a zero", () => {
    const leaf = { nodeCount: 1, left: [-1], right: [-1], feature: [-2], threshold: [-2], value: [-0] };
    const ensemble = TreeEnsemble.prepare([leaf], { nFeatures: 0, outputs: 1, input: "float32", engine });
    for (const n of [1, 9]) {
      const out = new Float64Array(n).fill(-0);
      ensemble.addTo(new Float64Array(0), n, out);
      expect([...out]).toEqual(Array.from(out, () => -0));
    }
  });
});
