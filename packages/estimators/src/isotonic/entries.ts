import type { Entries } from "../base/entry.ts";
import { IsotonicRegression } from "./isotonic.ts";

/** Isotonic regression. */
export const isotonicEntries: Entries = {
  "sklearn.isotonic.IsotonicRegression": (state) => new IsotonicRegression(state),
};
