/** @module The parameters that trees and forests share, and the rules of growth that follow from them. */

import type { CriterionName, TreeRules } from "@curtido/kernels";
import { Float, float } from "@curtido/pickle";
import { estimatorError } from "../../base/errors.ts";
import {
  anything,
  flag,
  int,
  none,
  type ParameterTable,
  parameter,
  randomState,
  real,
  settledNumber,
  word,
} from "../base/parameters.ts";
import type { ClassSpec } from "../base/trainer.ts";
import { classWeight } from "../base/weights.ts";

/** `numpy.iinfo(numpy.int32).max`: as deep as it gets. */
const UNLIMITED_DEPTH = 2147483647;

const CLASS_CRITERIA = word("gini", "entropy", "log_loss");
const NUMBER_CRITERIA = word("squared_error", "absolute_error", "poisson");
/** scikit-learn's names of how many features are looked at. */
export const MAX_FEATURES = [word("sqrt", "log2"), none, int(1), real(0, 1, true)] as const;
/** A share of the rows below all of them. */
const PART = real(0, 1 - Number.EPSILON, true);

/** How large trees get. */
export const SIZES: ParameterTable = {
  maxDepth: parameter(null, none, int(1)),
  minSamplesSplit: parameter(2, int(2), real(0, 1, true)),
  minSamplesLeaf: parameter(1, int(1), PART),
  minWeightFractionLeaf: parameter(float(0), real(0, 0.5)),
};
export const maxLeafNodes = parameter(null, none, int(2));
export const minImpurityDecrease = parameter(float(0), real(0));
export const ccpAlpha = parameter(float(0), real(0));
/** For each feature -1, 0 or 1; {@link constraintsOf} looks at them. */
const monotonicCst = parameter(null, none, anything);

/** Trees and forests of numbers keep the weights of classes that they share code with: fitting them again asks for those. */
export function sharedWith(isClassifier: boolean): Pick<ClassSpec, "older"> {
  return isClassifier ? {} : { older: () => ({ class_weight: null }) };
}

/** The parameters of a single tree. */
export function treeParameters(isClassifier: boolean, splitter: "best" | "random", features: unknown): ParameterTable {
  return {
    criterion: criterionParameter(isClassifier),
    splitter: parameter(splitter, word("best", "random")),
    ...SIZES,
    maxFeatures: parameter(features, ...MAX_FEATURES),
    randomState,
    maxLeafNodes,
    minImpurityDecrease,
    ...(isClassifier ? { classWeight } : {}),
    ccpAlpha,
    monotonicCst,
  };
}

/** The parameters of a forest. */
export function forestParameters(isClassifier: boolean, bootstrap: boolean): ParameterTable {
  const weights = parameter(null, ...classWeight.allows, word("balanced_subsample"));
  return {
    nEstimators: parameter(100, int(1, 1_000_000)),
    criterion: criterionParameter(isClassifier),
    ...SIZES,
    maxFeatures: parameter(isClassifier ? "sqrt" : float(1), ...MAX_FEATURES),
    maxLeafNodes,
    minImpurityDecrease,
    bootstrap: parameter(bootstrap, flag),
    oobScore: parameter(false, flag),
    nJobs: parameter(null, none, int(-1)),
    randomState,
    verbose: parameter(0, int(0)),
    warmStart: parameter(false, word()),
    ...(isClassifier ? { classWeight: weights } : {}),
    ccpAlpha,
    maxSamples: parameter(null, none, int(1), real(0, Number.POSITIVE_INFINITY, true)),
    monotonicCst,
  };
}

function criterionParameter(isClassifier: boolean) {
  return isClassifier ? parameter("gini", CLASS_CRITERIA) : parameter("squared_error", NUMBER_CRITERIA);
}

/** What rules of growth follow from beside the parameters. */
export interface Grounds {
  readonly rows: number;
  readonly width: number;
  /** How many classes there are; 0 for numbers. */
  readonly classes: number;
  /** Whether sums of weights and of targets are exact in any order. */
  readonly exact: boolean;
}

/** How a tree with these parameters grows; `splitter` is the tree's own parameter, or that of its forest's trees. */
export function growthRules(
  parameters: ReadonlyMap<string, unknown>,
  splitter: unknown,
  { rows, width, classes, exact }: Grounds,
): TreeRules {
  const leastSamples = share(parameters, "minSamplesLeaf", rows);
  const fraction = parameters.get("minSamplesSplit") instanceof Float;
  const leastToSplit = Math.max(share(parameters, "minSamplesSplit", rows), fraction ? 2 : 0, 2 * leastSamples);
  const criterion = (parameters.get("criterion") as string).replace("log_loss", "entropy");
  return {
    criterion: criterion as CriterionName,
    classes,
    random: splitter === "random",
    features: featureCount(parameters.get("maxFeatures"), width),
    leastSamples,
    leastToSplit,
    mostDepth: (parameters.get("maxDepth") as number | null) ?? UNLIMITED_DEPTH,
    mostLeaves: (parameters.get("maxLeafNodes") as number | null) ?? undefined,
    leastDecrease: settledNumber(parameters, "minImpurityDecrease"),
    constraints: constraintsOf(parameters.get("monotonicCst"), width, classes),
    exact,
  };
}

/**
 * `monotonic_cst`; turned round for classifiers, which look at the share of the first of two classes.
 *
 * @throws CurtidoError E_UNSUPPORTED for what is not -1, 0 or 1 for each feature, or with more than two classes
 */
function constraintsOf(given: unknown, width: number, classes: number): Int8Array | undefined {
  if (given === null || given === undefined) return undefined;
  const list: unknown[] = Array.isArray(given) ? given : [];
  const fail = (why: string) => estimatorError("E_UNSUPPORTED", `'monotonicCst' ${why}`, { path: "monotonicCst" });
  if (list.length !== width || !list.every((each) => each === -1 || each === 0 || each === 1))
    throw fail(`is null, or a list of -1, 0 or 1 for each of the ${width} features`);
  if (classes > 2) throw fail(`is for two classes; there are ${classes}`);
  return Int8Array.from(list as number[], (each) => (classes > 0 ? -each : each));
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
