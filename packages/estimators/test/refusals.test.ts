import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { loadFile } from "@curtido/arrays";
import { decompress } from "@curtido/arrays/node";
import { type Dict, Global, type Instance } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { reviveModel } from "../src/index.ts";

const root = join(import.meta.dirname, "../../../fixtures");

/** A model of scikit-learn 1.9.1, with some of its attributes changed. */
function changed(name: string, changes: Readonly<Record<string, unknown>> = {}) {
  const folder = join(root, dirname(name));
  const file = readdirSync(folder).find((each) => each.startsWith(`${basename(name)}.sk1.9.1.`) && !/json$/.test(each));
  const value = loadFile(readFileSync(join(folder, file!)), { decompress, encoding: "latin1" });
  const state = (value as Instance).state as Dict;
  for (const [attribute, by] of Object.entries(changes)) state.set(attribute, by);
  return () => reviveModel(value);
}

describe("functions of a user's own are refused by their names", () => {
  const own = new Global("__main__", "mine");

  it.each([
    ["neighbors/NearestNeighbors-canberra_brute", "effective_metric_"],
    ["kernel_ridge/KernelRidge-rbf", "kernel"],
    ["kernel_approximation/Nystroem-rbf", "kernel"],
    ["cluster/FeatureAgglomeration-mean", "pooling_func"],
  ])("%s", (name, attribute) => {
    expect(changed(name)).not.toThrow();
    const refused = expect(changed(name, { [attribute]: own }));
    refused.toThrow(expect.objectContaining({ code: "E_UNSUPPORTED" }));
    refused.toThrow(/__main__\.mine/);
  });
});

it("draws from a posterior are refused: nothing can repeat them", () => {
  expect(changed("impute/IterativeImputer-bayesian", { sample_posterior: true })).toThrow(/'sample_posterior' draws/);
});

it("values that a kernel is not made for are refused with their place", () => {
  const chi2 = changed("kernel_ridge/KernelRidge-chi2")();
  expect(() => chi2.predict([[1, 2, 3, 0, -1]])).toThrow(/column 5 is negative: -1/);
  const skewed = changed("kernel_approximation/SkewedChi2Sampler-default")();
  expect(() => skewed.transform([[1, 2, 3, -1, 0]])).toThrow(/'feature4' must be above -1, not -1/);
  const additive = changed("kernel_approximation/AdditiveChi2Sampler-default")();
  expect(() => additive.transform([[0, 1, -2, 0, 0]])).toThrow(/'feature3' must not be negative/);
});
