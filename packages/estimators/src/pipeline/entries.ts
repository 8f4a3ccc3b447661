import type { Entries } from "../base/entry.ts";
import { Pipeline } from "./pipeline.ts";
import { FeatureUnion } from "./union.ts";

/** Chains and unions. */
export const pipelineEntries: Entries = [
  { name: "sklearn.pipeline.Pipeline", revive: (state) => new Pipeline(state) },
  { name: "sklearn.pipeline.FeatureUnion", revive: (state) => new FeatureUnion(state) },
];
