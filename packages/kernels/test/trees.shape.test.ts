import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RawTree, TreeEnsemble, type TreeOptions, TreeShapeError } from "../src/index.ts";
import { chain, type PlainTree, toRecords } from "./trees.ts";

const options: TreeOptions = { nFeatures: 2, outputs: 1, input: "float32" };
const good = chain(3);
const bad = (change: Partial<PlainTree>): PlainTree => ({ ...good, ...change });
const record = (tree: PlainTree): RawTree =>
  toRecords(tree, { stride: 56, littleEndian: true, int: "i8", missing: false, shift: 0 });

describe("prepare refuses", () => {
  it.each<[string, Partial<PlainTree>, number, string]>([
    ["a child beyond the end", { left: [1, -1, 7, -1, 5, -1, -1] }, 2, "left child 7 is not in 1..6"],
    ["the root as a child", { right: [2, -1, 0, -1, 6, -1, -1] }, 2, "right child 0 is not in 1..6"],
    ["a split without a right child", { right: [2, -1, -1, -1, 6, -1, -1] }, 2, "right child -1 is not in 1..6"],
    ["a cycle", { right: [2, -1, 4, -1, 2, -1, -1] }, 4, "right child 2 is reached twice"],
    ["a shared child", { left: [1, -1, 1, -1, 5, -1, -1] }, 2, "left child 1 is reached twice"],
    ["twins", { left: [1, -1, 4, -1, 5, -1, -1] }, 2, "left child 4 is reached twice"],
    ["nodes that hang on nothing", { left: [-1, -1, 3, -1, 5, -1, -1] }, 1, "is not reached from the root"],
    ["an unknown feature", { feature: [0, -2, 2, -2, 0, -2, -2] }, 2, "feature 2 is not in 0..1"],
    ["a negative feature", { feature: [0, -2, -2, -2, 0, -2, -2] }, 2, "feature -2 is not in 0..1"],
    ["a NaN threshold", { threshold: [0, 0, 0, 0, Number.NaN, 0, 0] }, 4, "threshold is NaN"],
    ["half a node", { left: [1, -1, 3.5, -1, 5, -1, -1] }, 2, "left is 3.5, which is out of range"],
    ["missing thresholds", { threshold: [0, 1] }, 7, "threshold has length 2, 7 are needed"],
    ["missing values", { value: [0, 1] }, 7, "value has length 2, 7 are needed"],
    ["an even number of nodes", { nodeCount: 6 }, 0, "nodeCount is 6"],
  ])("%s", (_, change, node, problem) => {
    for (const engine of ["typescript", "wasm"] as const) {
      const prepare = (): unknown => TreeEnsemble.prepare([good, bad(change)], { ...options, engine });
      expect(prepare).toThrow(RangeError);
      expect(prepare).toThrow(expect.objectContaining({ name: "TreeShapeError", tree: 1, node, problem }));
      const indices = [change.left, change.right, change.feature, change.threshold?.slice(0, 4)].flatMap(
        (a) => a ?? [],
      );
      if (change.nodeCount || change.value || change.threshold?.length === 2 || indices.includes(3.5)) continue;
      const records = (): unknown => TreeEnsemble.prepare([record(good), record(bad(change))], { ...options, engine });
      expect(records).toThrow(expect.objectContaining({ name: "TreeShapeError", tree: 1, node, problem }));
    }
  });

  it("children that do not fit into 32 bits", () => {
    const tree = record(good);
    new DataView(tree.bytes.buffer).setBigInt64(2 * 56, 2n ** 32n + 3n, true);
    expect(() => TreeEnsemble.prepare([tree], options)).toThrow(
      "tree 0, node 2: left is 4294967299, which is out of range",
    );
  });

  it("records that end too early", () => {
    const tree = record(good);
    const short = { ...tree, bytes: tree.bytes.subarray(1) };
    expect(() => TreeEnsemble.prepare([short], options)).toThrow(TreeShapeError);
    const few = { ...tree, value: tree.value.subarray(0, 55) };
    expect(() => TreeEnsemble.prepare([few], options)).toThrow("value has length 55, 56 are needed");
  });

  it("the same broken trees with both engines, and accepts the same ones", () => {
    const change = fc.record({
      field: fc.constantFrom("left" as const, "right" as const),
      at: fc.nat(16),
      to: fc.integer({ min: -1, max: 17 }),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const tree = { ...chain(8), left: [...chain(8).left], right: [...chain(8).right] };
        for (const { field, at, to } of changes) tree[field][at] = to;
        const outcomes = [tree, record(tree)].flatMap((source) =>
          (["typescript", "wasm"] as const).map((engine) => {
            try {
              const out = new Float64Array(9);
              const x = Float64Array.from({ length: 18 }, (_, i) => i / 2 - 0.5);
              TreeEnsemble.prepare([source], { ...options, engine }).addTo(x, 9, out);
              return [...out];
            } catch (error) {
              return (error as TreeShapeError).message;
            }
          }),
        );
        for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
      }),
      { numRuns: 500 },
    );
  });

  it("options out of range", () => {
    expect(() => TreeEnsemble.prepare([good], { ...options, nFeatures: -1 })).toThrow("nFeatures is -1");
    expect(() => TreeEnsemble.prepare([good], { ...options, outputs: 0 })).toThrow("outputs is 0");
    expect(() => TreeEnsemble.prepare([good], { ...options, outputOf: [1] })).toThrow("outputOf[0] is 1");
    expect(() => TreeEnsemble.prepare([good], { ...options, outputOf: [] })).toThrow("outputOf[0] is undefined");
  });
});

describe("addTo and apply refuse", () => {
  const ensemble = TreeEnsemble.prepare([good], options);
  it("arrays that are too short", () => {
    expect(() => ensemble.addTo(new Float64Array(3), 2, new Float64Array(2))).toThrow("x has 3 values, not 2 * 2");
    expect(() => ensemble.addTo(new Float64Array(4), 2, new Float64Array(1))).toThrow("out has 1 values, not 2 * 1");
    expect(() => ensemble.apply(new Float64Array(4), -1, new Int32Array(4))).toThrow("n is -1");
  });
});

describe("leaf values", () => {
  const three = { nodeCount: 1, left: [-1], right: [-1], feature: [-2], threshold: [-2], value: [1, 2, 4] };
  const sum = (change: Partial<TreeOptions>, value = three.value): number[] => {
    const sums = [{ ...three, value }, record({ ...three, value })].flatMap((tree) =>
      (["typescript", "wasm"] as const).map((engine) => {
        const out = new Float64Array(3);
        const all = { ...options, outputs: 3, ...change, engine };
        TreeEnsemble.prepare([tree], all).addTo(new Float64Array(2), 1, out);
        return [...out];
      }),
    );
    for (const each of sums) expect(each).toEqual(sums[0]);
    return sums[0]!;
  };
  it("are divided by their sum", () => expect(sum({ normalize: true })).toEqual([1 / 7, 2 / 7, 4 / 7]));
  it("stay zero if their sum is zero", () => expect(sum({ normalize: true }, [0, 0, 0])).toEqual([0, 0, 0]));
  it("are scaled with one rounding", () => expect(sum({ scale: 0.1 })).toEqual([0.1, 0.2, 0.4]));
  it("are scaled if there is one per leaf", () => {
    for (const engine of ["typescript", "wasm"] as const) {
      const out = new Float64Array(1);
      const trees = [record(chain(3)), chain(3)];
      TreeEnsemble.prepare(trees, { ...options, scale: 0.1, engine }).addTo(Float64Array.of(1, 0), 1, out);
      expect([...out]).toEqual([3 * 0.1 + 3 * 0.1]);
    }
  });
  it("are mapped last", () => {
    const seen: unknown[] = [];
    const mapLeaf = (tree: number, node: number, values: Float64Array): void => {
      seen.push([tree, node, ...values]);
      values.reverse();
    };
    expect(sum({ scale: 2, mapLeaf })).toEqual([8, 4, 2]);
    expect(seen).toEqual(Array.from({ length: 4 }, () => [0, 0, 2, 4, 8]));
  });
  it("are mapped per leaf of the source, whatever its order", () => {
    const tree = { ...chain(1), left: [2, -1, -1], right: [1, -1, -1] };
    const seen: number[][] = [];
    const mapLeaf = (_: number, node: number, values: Float64Array): void => void seen.push([node, ...values]);
    TreeEnsemble.prepare([tree], { ...options, mapLeaf });
    expect(seen).toEqual([
      [2, 2],
      [1, 1],
    ]);
  });
});
