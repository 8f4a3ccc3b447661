import type { Entries } from "../base/entry.ts";
import { FittedPipeline } from "./pipeline.ts";
import { FeatureUnion } from "./union.ts";

/** Chains and unions. */
export const pipelineEntries: Entries = [
  { name: "sklearn.pipeline.Pipeline", revive: (state) => new FittedPipeline(state) },
  { name: "sklearn.pipeline.FeatureUnion", revive: (state) => new FeatureUnion(state) },
];
