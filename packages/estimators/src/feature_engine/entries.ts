import { alike, type Entries, family, type Revive } from "../base/entry.ts";
import { estimatorError } from "../base/errors.ts";
import type { State } from "../base/state.ts";
import { FittedPipeline } from "../pipeline/pipeline.ts";
import { cyclicalFeatures, datetimeFeatures, mathFeatures, relativeFeatures } from "./creation.ts";
import { numbersByCategory, oneHot, rareLabels } from "./encoding.ts";
import {
  arcsine,
  bins,
  boxCox,
  caps,
  dropped,
  imputer,
  logarithm,
  logarithmAfterShift,
  meanNormalization,
  missingIndicator,
  power,
  reciprocal,
  treeBins,
  yeoJohnson,
} from "./numeric.ts";
import { type Work, Worker } from "./table.ts";
import { SklearnTransformerWrapper } from "./wrapper.ts";

const worker =
  (work: (state: State) => Work): Revive =>
  (state) =>
    new Worker(state, work(state));

/** What draws, or drops rows: it has no answer for each row that it is given. */
const refuse: Revive = (state) => {
  const message = `${state.className} draws values at random, or drops rows: it has no answer of its own for each row, and is not served`;
  throw estimatorError("E_STATE", message, { path: state.path, class: state.className });
};

const of = (module: string, name: string, work: (state: State) => Work): Entries =>
  alike(`feature_engine.${module}`, name, worker(work));

const SELECTION = `
  DropConstantFeatures DropCorrelatedFeatures DropDuplicateFeatures DropFeatures DropHighPSIFeatures MRMR ProbeFeatureSelection
  RecursiveFeatureAddition RecursiveFeatureElimination SelectByInformationValue SelectByShuffling
  SelectBySingleFeaturePerformance SelectByTargetMeanPerformance SmartCorrelatedSelection`;

/** feature-engine. */
export const featureEngineEntries: Entries = family(
  of("imputation", "MeanMedianImputer ArbitraryNumberImputer EndTailImputer CategoricalImputer", imputer),
  of("imputation", "AddMissingIndicator", (state) => missingIndicator(state)),
  of("encoding", "OrdinalEncoder MeanEncoder CountFrequencyEncoder WoEEncoder", numbersByCategory),
  of("encoding", "RareLabelEncoder", rareLabels),
  of("encoding", "OneHotEncoder", oneHot),
  of(
    "discretisation",
    "ArbitraryDiscretiser EqualFrequencyDiscretiser EqualWidthDiscretiser GeometricWidthDiscretiser",
    bins,
  ),
  of("discretisation", "DecisionTreeDiscretiser", treeBins),
  of("outliers", "Winsorizer ArbitraryOutlierCapper", caps),
  of("transformation", "LogTransformer", logarithm),
  of("transformation", "LogCpTransformer", logarithmAfterShift),
  of("transformation", "ReciprocalTransformer", reciprocal),
  of("transformation", "ArcsinTransformer", arcsine),
  of("transformation", "PowerTransformer", power),
  of("transformation", "BoxCoxTransformer", boxCox),
  of("transformation", "YeoJohnsonTransformer", yeoJohnson),
  of("scaling", "MeanNormalizationScaler", meanNormalization),
  of("creation", "MathFeatures", mathFeatures),
  of("creation", "RelativeFeatures", relativeFeatures),
  of("creation", "CyclicalFeatures", cyclicalFeatures),
  of("datetime", "DatetimeFeatures", datetimeFeatures),
  of("selection", SELECTION, dropped),
  alike("feature_engine.imputation", "RandomSampleImputer DropMissingData", refuse),
  alike("feature_engine.outliers", "OutlierTrimmer", refuse),
  alike("feature_engine.wrappers", "SklearnTransformerWrapper", (state) => new SklearnTransformerWrapper(state)),
  alike("feature_engine.pipeline", "Pipeline", (state) => new FittedPipeline(state)),
);
