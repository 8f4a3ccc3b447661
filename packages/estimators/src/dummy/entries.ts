import type { Entries } from "../base/entry.ts";
import { DummyClassifier, DummyRegressor, MultiDummyClassifier } from "./dummy.ts";

/** Baselines. */
export const dummyEntries: Entries = [
  {
    name: "sklearn.dummy.DummyClassifier",
    revive: (state) =>
      Array.isArray(state.raw("classes_")) ? new MultiDummyClassifier(state) : new DummyClassifier(state),
  },
  { name: "sklearn.dummy.DummyRegressor", revive: (state) => new DummyRegressor(state) },
];
