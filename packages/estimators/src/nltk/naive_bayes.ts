/** @module NaiveBayesClassifier of nltk (`nltk.classify.naivebayes`). */

import type { State } from "../base/state.ts";
import { Distribution, normalizedLogs } from "./distributions.ts";
import { byLabel, type Featureset, ProbabilityClassifier, tupleOf } from "./features.ts";

/** By label how likely each value of a feature is. */
type ByLabel = (Distribution | undefined)[];

/** What a feature that a label never had adds to it: nothing is less likely. */
const NEVER = -1e300;

/** The probability of each label, times that of each value of a row under it, normalised; to base 2. */
export class NaiveBayesClassifier extends ProbabilityClassifier {
  private readonly priors: Float64Array;
  private readonly distributions: ReadonlyMap<string, ByLabel>;
  protected readonly probabilityOf = (log: number) => 2 ** log;

  constructor(state: State) {
    const labels = state.list("_labels");
    const distributions = readDistributions(state, labels);
    super(state, labels, valuesSeen(distributions));
    this.distributions = distributions;
    const prior = new Distribution(state, state.raw("_label_probdist"), "_label_probdist");
    this.priors = Float64Array.from(labels, (label) => prior.log(label));
  }

  protected probabilities(row: Featureset): Float64Array {
    const logs = this.priors.slice();
    for (const [name, value] of row) {
      const known = this.distributions.get(name);
      if (known === undefined) continue;
      for (let at = 0; at < logs.length; at++) logs[at]! += known[at]?.log(value) ?? NEVER;
    }
    return normalizedLogs(logs);
  }
}

function readDistributions(state: State, labels: readonly unknown[]): ReadonlyMap<string, ByLabel> {
  const places = byLabel(labels);
  const found = new Map<string, ByLabel>();
  for (const [key, value] of state.dict("_feature_probdist")) {
    const [label, name] = tupleOf(state, key, 2, "_feature_probdist");
    const at = places.get(label);
    if (at === undefined) continue;
    const all: ByLabel = found.get(String(name)) ?? [];
    all[at] = new Distribution(state, value, `_feature_probdist[${String(label)}, ${String(name)}]`);
    found.set(String(name), all);
  }
  return found;
}

function valuesSeen(distributions: ReadonlyMap<string, ByLabel>): ReadonlyMap<string, ReadonlySet<unknown>> {
  const seen = new Map<string, Set<unknown>>();
  for (const [name, all] of distributions)
    seen.set(name, new Set(all.flatMap((each) => (each === undefined ? [] : [...each.values.keys()]))));
  return seen;
}
