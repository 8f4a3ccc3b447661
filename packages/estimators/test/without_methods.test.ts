import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { NdArray } from "@curtido/arrays";
import { decompress } from "@curtido/arrays/node";
import { describe, expect, it } from "vitest";
import { Estimator, METHODS, revive } from "../src/index.ts";

const root = join(import.meta.dirname, "../../../fixtures");
const load = (file: string) => revive(readFileSync(join(root, file)), { decompress });

describe("a class without methods", () => {
  const model = load("cluster/DBSCAN-blobs.sk1.9.1.joblib");

  it("loads, and shows what it learned", () => {
    expect(model.className).toBe("DBSCAN");
    expect(model.task()).toBe("clustering");
    expect([...model.attributes.keys()]).toEqual(["n_features_in_", "core_sample_indices_", "labels_", "components_"]);
    expect(model.attributes.get("n_features_in_")).toBe(3);
    expect((model.attributes.get("labels_") as NdArray).shape).toEqual([54]);
  });

  it("says of every method that scikit-learn has none either", () => {
    expect(model.methods).toEqual([]);
    for (const method of METHODS) {
      const ask = () => (model as unknown as Record<string, (rows: unknown) => unknown>)[method]!([[1, 2, 3]]);
      expect(ask, method).toThrow(
        /DBSCAN has no \w+; scikit-learn's DBSCAN has no method for new rows either; .*labels_/,
      );
    }
  });
});

it("attributes of a model hold arrays, numbers and estimators", () => {
  const { attributes } = load("mixture/GaussianMixture-full.sk1.9.1.pkl");
  expect((attributes.get("means_") as NdArray).shape).toEqual([3, 3]);
  expect(attributes.get("n_iter_")).toBeTypeOf("number");
  expect(attributes.get("converged_")).toBe(true);
  const outer = load("semi_supervised/SelfTrainingClassifier-tree.sk1.9.1.joblib");
  expect(outer.attributes.get("estimator_")).toBeInstanceOf(Estimator);
});
