import type { Entries } from "../base/entry.ts";
import { Pipeline } from "./pipeline.ts";
import { FeatureUnion } from "./union.ts";

/** Chains and unions. */
export const pipelineEntries: Entries = {
  "sklearn.pipeline.Pipeline": (state) => new Pipeline(state),
  "sklearn.pipeline.FeatureUnion": (state) => new FeatureUnion(state),
};
