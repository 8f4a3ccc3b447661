import { alike, type Entries, family } from "../base/entry.ts";
import { TransformedTargetRegressor } from "../compose/target.ts";
import { Sampler } from "../imblearn/samplers.ts";
import { PyCaretPipeline } from "./pipeline.ts";
import { CustomProbabilityThresholdClassifier } from "./threshold.ts";
import {
  CleanColumnNames,
  DropImputer,
  EmbedTextFeatures,
  ExtractDateTimeFeatures,
  GroupFeatures,
  RareCategoryGrouping,
  RemoveMulticollinearity,
  TargetTransformer,
} from "./transformers.ts";
import { TransformerWrapper } from "./wrapper.ts";

const TRANSFORMERS = "pycaret.internal.preprocess.transformers";
const META = "pycaret.internal.meta_estimators";

/** PyCaret 3. */
export const pycaretEntries: Entries = family(
  [{ name: "pycaret.internal.pipeline.Pipeline", revive: (state) => new PyCaretPipeline(state) }],
  alike(TRANSFORMERS, "TransformerWrapper TransformerWrapperWithInverse", (state) => new TransformerWrapper(state)),
  // What changes the rows of training alone.
  alike(TRANSFORMERS, "FixImbalancer RemoveOutliers", (state) => new Sampler(state)),
  alike(TRANSFORMERS, "CleanColumnNames", (state) => new CleanColumnNames(state)),
  alike(TRANSFORMERS, "DropImputer", (state) => new DropImputer(state)),
  alike(TRANSFORMERS, "EmbedTextFeatures", (state) => new EmbedTextFeatures(state)),
  alike(TRANSFORMERS, "ExtractDateTimeFeatures", (state) => new ExtractDateTimeFeatures(state)),
  alike(TRANSFORMERS, "GroupFeatures", (state) => new GroupFeatures(state)),
  alike(TRANSFORMERS, "RareCategoryGrouping", (state) => new RareCategoryGrouping(state)),
  alike(TRANSFORMERS, "RemoveMulticollinearity", (state) => new RemoveMulticollinearity(state)),
  alike(TRANSFORMERS, "TargetTransformer", (state) => new TargetTransformer(state)),
  alike(META, "CustomProbabilityThresholdClassifier", (state) => new CustomProbabilityThresholdClassifier(state)),
  alike(META, "PowerTransformedTargetRegressor", (state) => new TransformedTargetRegressor(state)),
);
