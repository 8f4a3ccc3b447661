import { readFileSync } from "node:fs";
import { NdArray } from "@curtido/arrays";
import { type Estimator, reviveModel } from "@curtido/estimators";
import { loadNow } from "@curtido/estimators/node";
import { Dict, Global, Instance } from "@curtido/pickle";
import { expect, test } from "vitest";
import { Cost } from "../../src/models/cost.ts";
import { lookAt } from "../../src/models/look.ts";
import { Served } from "../../src/models/served.ts";

/** What the service does on the loop itself, in milliseconds. */
const LONGEST_HERE = 4;

/** A regressor of the nearest of so many rows, of so many features. */
function neighbors(rows: number, features: number): Estimator {
  const instance = new Instance(new Global("sklearn.neighbors", "KNeighborsRegressor"), [], "newobj");
  instance.states.push(
    new Dict<unknown>([
      ["n_neighbors", 5],
      ["weights", "uniform"],
      ["algorithm", "brute"],
      ["metric", "euclidean"],
      ["effective_metric_", "euclidean"],
      ["effective_metric_params_", new Dict()],
      ["_fit_method", "brute"],
      ["_fit_X", NdArray.of(new Float64Array(rows * features), [rows, features])],
      ["_y", NdArray.of(new Float64Array(rows))],
      ["n_features_in_", features],
      ["n_samples_fit_", rows],
      ["_sklearn_version", "1.9.1"],
    ]),
  );
  return reviveModel(instance);
}

test("the first batch of an expensive model is known to be long, and a single row of a very expensive one", () => {
  const some = new Served("near", neighbors(20_000, 50)).cost;
  expect(some.of(150)).toBeGreaterThan(LONGEST_HERE);
  expect(some.one).toBeLessThan(LONGEST_HERE);
  expect(new Served("far", neighbors(100_000, 50)).cost.one).toBeGreaterThan(LONGEST_HERE);
});

test("a small model answers on the loop from the first row on", () => {
  const { cost } = new Served("modelo", loadNow(new URL("../../../../examples/modelo.pkl", import.meta.url)));
  expect(cost.one).toBeLessThan(0.1);
  expect(cost.of(100)).toBeLessThan(LONGEST_HERE);
});

test("a single row that took less than its estimate counts as what it took, until many were measured", () => {
  const cost = new Cost({ perCall: 2000, perRow: 1e8, perCharacter: 0 });
  expect(cost.one).toBeGreaterThan(100);
  cost.note(1, 0.5);
  expect(cost.one).toBe(0.5);
  cost.note(100, 1);
  cost.note(1, 80);
  expect(cost.one).toBeCloseTo(0.01);
});

test("texts cost by their length, whatever others cost", () => {
  const cost = new Cost({ perCall: 2000, perRow: 100, perCharacter: 60 });
  cost.note(1000, 1);
  expect(cost.ofBatch({ rows: [["short"]], single: true })).toBeLessThan(0.1);
  expect(cost.ofBatch({ rows: [{ text: "x".repeat(100_000) }], single: true })).toBeGreaterThan(LONGEST_HERE);
});

test("a batch that no thread may take is refused with the figures", () => {
  const cost = new Cost({ perCall: 0, perRow: 4e8, perCharacter: 0 });
  const rows = Array.from({ length: 1000 }, () => [0]);
  expect(() => cost.expected({ rows, single: false })).toThrow(
    expect.objectContaining({ code: "E_LIMIT", fields: expect.objectContaining({ most: 600_000 }) }),
  );
});

test("a file that costs more than the service allows is not looked at further", () => {
  const bytes = readFileSync(new URL("../../../../examples/modelo.pkl", import.meta.url));
  const look = { bytes, name: "modelo", scan: true, allow: [], own: [] };
  expect(() => lookAt({ ...look, limits: { memory: 10 } })).toThrow(/needs \d+ bytes of memory, more than the 10/);
  expect(lookAt(look).description?.estimate.perRow).toBeGreaterThan(0);
});

test("what an answer has to write counts: a row of a million values is one for a thread", () => {
  const cost = new Cost();
  cost.noteWidth(1_000_000);
  expect(cost.one).toBeGreaterThan(20);
  expect(cost.of(10)).toBeGreaterThan(200);
  cost.note(10, 1);
  expect(cost.of(10)).toBeGreaterThan(200);
  cost.noteWidth(2);
  expect(cost.of(10)).toBeLessThan(2);
});
