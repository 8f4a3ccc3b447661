import type { Entries } from "../base/entry.ts";
import { DummyClassifier, DummyRegressor, MultiDummyClassifier } from "./dummy.ts";

/** Baselines. */
export const dummyEntries: Entries = {
  "sklearn.dummy.DummyClassifier": (state) =>
    Array.isArray(state.raw("classes_")) ? new MultiDummyClassifier(state) : new DummyClassifier(state),
  "sklearn.dummy.DummyRegressor": (state) => new DummyRegressor(state),
};
