import { Dict, Instance, Tuple } from "@curtido/pickle";
import { alike, type Entries, family, type Revive } from "../base/entry.ts";
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

/** What revives a class that was built on one of scikit-learn's, and does not note the release itself. */
const builtOn =
  (revive: Revive): Revive =>
  (state) =>
    revive(new State(state.instance, state.context, state.path, versionWithin(state.instance)));

const sampler: Revive = (state) => new Sampler(state);

const COMBINED = "SMOTEENN SMOTETomek";
const OVER = "ADASYN BorderlineSMOTE KMeansSMOTE RandomOverSampler SMOTE SMOTEN SMOTENC SVMSMOTE";
const UNDER = `
  AllKNN ClusterCentroids CondensedNearestNeighbour EditedNearestNeighbours InstanceHardnessThreshold NearMiss
  NeighbourhoodCleaningRule OneSidedSelection RandomUnderSampler RepeatedEditedNearestNeighbours TomekLinks`;

/** imbalanced-learn. */
export const imblearnEntries: Entries = family(
  alike("imblearn.combine", COMBINED, sampler),
  alike("imblearn.over_sampling", OVER, sampler),
  alike("imblearn.under_sampling", UNDER, sampler),
  [
    { name: "imblearn.pipeline.Pipeline", revive: builtOn((state) => new SamplingPipeline(state)) },
    { name: "imblearn.ensemble.BalancedBaggingClassifier", revive: builtOn((state) => new BaggingClassifier(state)) },
    {
      name: "imblearn.ensemble.BalancedRandomForestClassifier",
      revive: builtOn((state) => new TreeClassifier(state, false)),
    },
    { name: "imblearn.ensemble.EasyEnsembleClassifier", revive: builtOn((state) => new EasyEnsembleClassifier(state)) },
    {
      name: "imblearn.ensemble.RUSBoostClassifier",
      revive: builtOn((state) => new AdaBoostClassifier(state)),
      fixedLabels: true,
    },
    { name: "imblearn.base.FunctionSampler", revive: sampler },
  ],
);
