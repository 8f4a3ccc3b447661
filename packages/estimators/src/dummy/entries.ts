import type { Entries } from "../registry.ts";
import { DummyClassifier, DummyRegressor } from "./dummy.ts";

/** Baselines. */
export const dummyEntries: Entries = {
  "sklearn.dummy.DummyClassifier": (state) => new DummyClassifier(state),
  "sklearn.dummy.DummyRegressor": (state) => new DummyRegressor(state),
};
