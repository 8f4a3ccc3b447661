import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type RawLayout, type RawTree, TreeEnsemble } from "../src/index.ts";

interface Forest {
  trees: { nodeCount: number; nodes: string; values: string }[];
  sum: string;
  apply: string;
}
interface Fixture {
  rows: number;
  X: string;
  regressor: Forest;
  classifier: Forest;
}

// Two forests of scikit-learn 1.9.1 on iris with a tenth of the cells missing; the classifier is grown best-first.
const fixture = JSON.parse(readFileSync(new URL("sklearn-forest.json", import.meta.url), "utf8")) as Fixture;
const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, "base64"));
const doubles = (text: string): Float64Array => new Float64Array(bytes(text).buffer);

const layout: RawLayout = {
  stride: 64,
  littleEndian: true,
  left: { offset: 0, type: "i8" },
  right: { offset: 8, type: "i8" },
  feature: { offset: 16, type: "i8" },
  threshold: { offset: 24, type: "f8" },
  missingLeft: { offset: 56, type: "u1" },
};

describe.each(["typescript", "wasm"] as const)("%s", (engine) => {
  it.each([
    ["regressor", 1],
    ["classifier", 3],
  ] as const)("agrees with a %s of scikit-learn", (name, outputs) => {
    const { trees, sum, apply } = fixture[name];
    const x = doubles(fixture.X);
    const sources: RawTree[] = trees.map(({ nodeCount, nodes, values }) => {
      return { nodeCount, bytes: bytes(nodes), layout, value: bytes(values) };
    });
    const ensemble = TreeEnsemble.prepare(sources, { nFeatures: 4, outputs, input: "float32", engine });
    const out = new Float64Array(fixture.rows * outputs);
    ensemble.addTo(x, fixture.rows, out);
    expect(out).toEqual(doubles(sum));
    const leaves = new Int32Array(fixture.rows * trees.length);
    ensemble.apply(x, fixture.rows, leaves);
    expect(leaves).toEqual(new Int32Array(bytes(apply).buffer));
  });
});
