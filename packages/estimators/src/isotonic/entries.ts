import type { Entries } from "../base/entry.ts";
import { IsotonicRegression } from "./isotonic.ts";

/** Isotonic regression. */
export const isotonicEntries: Entries = [
  { name: "sklearn.isotonic.IsotonicRegression", revive: (state) => new IsotonicRegression(state) },
];
