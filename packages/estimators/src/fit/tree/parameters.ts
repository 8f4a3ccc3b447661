/** @module The parameters that trees and forests share, and the rules of growth that follow from them. */

import { Float, float } from "@curtido/pickle";
import { estimatorError } from "../../base/index.ts";
import { bool, int, none, numberOf, type ParameterTable, parameter, real, word } from "../parameters.ts";
import { type CriterionName, type GrowthRules, UNLIMITED_DEPTH } from "./grow.ts";

/** The greatest seed of numpy. */
export const MOST_SEED = 2 ** 32 - 1;

/** The seed of an estimator: an integer, or `null` for an unforeseen one. */
export const randomState = parameter(null, int(0, MOST_SEED), none);

const CLASS_CRITERIA = word("gini", "entropy", "log_loss");
/** scikit-learn's names of how many features are looked at. */
const MAX_FEATURES = [word("sqrt", "log2"), none, int(1), real(0, 1, true)] as const;

const SIZES: ParameterTable = {
  maxDepth: parameter(null, none, int(1)),
  minSamplesSplit: parameter(2, int(2), real(0, 1, true)),
  minSamplesLeaf: parameter(1, int(1), real(0, 1, true)),
  minWeightFractionLeaf: parameter(float(0), real(0, 0.5)),
};

/** The parameters of a single tree. */
export function treeParameters(isClassifier: boolean, splitter: "best" | "random", features: unknown): ParameterTable {
  return {
    criterion: criterionParameter(isClassifier),
    splitter: parameter(splitter, word("best", "random")),
    ...SIZES,
    maxFeatures: parameter(features, ...MAX_FEATURES),
    randomState,
    maxLeafNodes: parameter(null, none),
    minImpurityDecrease: parameter(float(0), real(0)),
    ...(isClassifier ? { classWeight: parameter(null, none) } : {}),
    ccpAlpha: parameter(float(0), real(0, 0)),
    monotonicCst: parameter(null, none),
  };
}

/** The parameters of a forest. */
export function forestParameters(isClassifier: boolean, bootstrap: boolean): ParameterTable {
  return {
    nEstimators: parameter(100, int(1, 1_000_000)),
    criterion: criterionParameter(isClassifier),
    ...SIZES,
    maxFeatures: parameter(isClassifier ? "sqrt" : float(1), ...MAX_FEATURES),
    maxLeafNodes: parameter(null, none),
    minImpurityDecrease: parameter(float(0), real(0)),
    bootstrap: parameter(bootstrap, bool),
    oobScore: parameter(false, word()),
    nJobs: parameter(null, none, int(-1)),
    randomState,
    verbose: parameter(0, int(0)),
    warmStart: parameter(false, word()),
    ...(isClassifier ? { classWeight: parameter(null, none) } : {}),
    ccpAlpha: parameter(float(0), real(0, 0)),
    maxSamples: parameter(null, none, int(1), real(0, Number.POSITIVE_INFINITY, true)),
    monotonicCst: parameter(null, none),
  };
}

function criterionParameter(isClassifier: boolean) {
  return isClassifier ? parameter("gini", CLASS_CRITERIA) : parameter("squared_error", word("squared_error"));
}

/** How a tree with these parameters grows; `splitter` is the tree's own parameter, or that of its forest's trees. */
export function growthRules(
  parameters: ReadonlyMap<string, unknown>,
  splitter: unknown,
  rows: number,
  width: number,
  weight: number,
): GrowthRules {
  const leastSamples = share(parameters, "minSamplesLeaf", rows);
  const fraction = parameters.get("minSamplesSplit") instanceof Float;
  const leastToSplit = Math.max(share(parameters, "minSamplesSplit", rows), fraction ? 2 : 0, 2 * leastSamples);
  return {
    criterion: parameters.get("criterion") as CriterionName,
    random: splitter === "random",
    features: featureCount(parameters.get("maxFeatures"), width),
    leastSamples,
    leastToSplit,
    leastWeight: numberOf(parameters, "minWeightFractionLeaf") * weight,
    mostDepth: (parameters.get("maxDepth") as number | null) ?? UNLIMITED_DEPTH,
    leastDecrease: numberOf(parameters, "minImpurityDecrease"),
  };
}

/** An integer as it is, a float as a share of the rows. */
function share(parameters: ReadonlyMap<string, unknown>, name: string, rows: number): number {
  const value = parameters.get(name);
  return value instanceof Float ? Math.ceil(value.value * rows) : (value as number);
}

/** How many features are looked at (`max_features_`). */
export function featureCount(maxFeatures: unknown, width: number): number {
  if (maxFeatures === null) return width;
  if (maxFeatures === "sqrt") return Math.max(1, Math.floor(Math.sqrt(width)));
  if (maxFeatures === "log2") return Math.max(1, Math.floor(Math.log2(width)));
  if (maxFeatures instanceof Float) return Math.max(1, Math.floor(maxFeatures.value * width));
  if ((maxFeatures as number) > width)
    throw estimatorError("E_UNSUPPORTED", `'maxFeatures' is ${String(maxFeatures)}, the rows have ${width}`, {
      path: "maxFeatures",
    });
  return maxFeatures as number;
}
