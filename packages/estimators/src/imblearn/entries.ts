import { Dict, Instance, Tuple } from "@curtido/pickle";
import type { Entries, Entry } from "../base/entry.ts";
import { State } from "../base/state.ts";
import { UNKNOWN_VERSION, Version } from "../base/version.ts";
import { AdaBoostClassifier } from "../ensemble/adaboost.ts";
import { BaggingClassifier } from "../ensemble/bagging.ts";
import { TreeClassifier } from "../tree/forest.ts";
import { EasyEnsembleClassifier } from "./easy_ensemble.ts";
import { Sampler, SamplingPipeline } from "./samplers.ts";

/** How many values are looked at for a release. */
const MOST_LOOKED_AT = 10_000;

/** The release of scikit-learn that a part was trained with: only scikit-learn's own classes note it. */
function versionWithin(instance: Instance): Version {
  const seen = new Set<unknown>();
  const open: unknown[] = [instance];
  for (let at = 0; at < open.length && seen.size < MOST_LOOKED_AT; at++) {
    const value = open[at];
    if (seen.has(value)) continue;
    seen.add(value);
    const version = value instanceof Dict ? value.get("_sklearn_version") : undefined;
    if (typeof version === "string") return new Version(version);
    for (const part of partsWithin(value)) if (typeof part === "object") open.push(part);
  }
  return UNKNOWN_VERSION;
}

function partsWithin(value: unknown): Iterable<unknown> {
  if (value instanceof Instance) return value.states;
  if (value instanceof Dict) return value.values();
  return Array.isArray(value) || value instanceof Tuple ? value : [];
}

/** The entry of a class that was built on one of scikit-learn's, and does not note the release itself. */
const builtOn =
  (entry: Entry): Entry =>
  (state) =>
    entry(new State(state.instance, state.context, state.path, versionWithin(state.instance)));

const sampler: Entry = (state) => new Sampler(state);

const SAMPLERS = {
  combine: "SMOTEENN SMOTETomek",
  over_sampling: "ADASYN BorderlineSMOTE KMeansSMOTE RandomOverSampler SMOTE SMOTEN SMOTENC SVMSMOTE",
  under_sampling: `
    AllKNN ClusterCentroids CondensedNearestNeighbour EditedNearestNeighbours InstanceHardnessThreshold NearMiss
    NeighbourhoodCleaningRule OneSidedSelection RandomUnderSampler RepeatedEditedNearestNeighbours TomekLinks`,
};

/** imbalanced-learn. */
export const imblearnEntries: Entries = {
  "imblearn.pipeline.Pipeline": builtOn((state) => new SamplingPipeline(state)),
  "imblearn.ensemble.BalancedBaggingClassifier": builtOn((state) => new BaggingClassifier(state)),
  "imblearn.ensemble.BalancedRandomForestClassifier": builtOn((state) => new TreeClassifier(state)),
  "imblearn.ensemble.EasyEnsembleClassifier": builtOn((state) => new EasyEnsembleClassifier(state)),
  "imblearn.ensemble.RUSBoostClassifier": builtOn((state) => new AdaBoostClassifier(state)),
  "imblearn.base.FunctionSampler": sampler,
  ...Object.fromEntries(
    Object.entries(SAMPLERS).flatMap(([family, names]) =>
      names
        .trim()
        .split(/\s+/)
        .map((name) => [`imblearn.${family}.${name}`, sampler]),
    ),
  ),
};
