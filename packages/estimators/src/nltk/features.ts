/** @module Rows as nltk has them: what a text or a thing is like, a value by the name of each feature. */

import { NdArray } from "@curtido/arrays";
import { Dict, Tuple } from "@curtido/pickle";
import type { Input } from "../base/input.ts";
import { takeLabels } from "../base/labels.ts";
import type { FeatureShape, Signature } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { MappingEstimator } from "../feature_extraction/mappings.ts";
import { recordsOf } from "../feature_extraction/samples.ts";

/** One row: pairs of a name and a value. */
export type Featureset = readonly (readonly [name: string, value: unknown])[];

/** A classifier of mappings: features that it does not know are left out, and any may be absent. */
export abstract class FeaturesetClassifier extends MappingEstimator {
  declare readonly classes_: NdArray;
  private readonly shapes: ReadonlyMap<string, FeatureShape>;

  /** @param seen - the values of each feature that the file has */
  constructor(state: State, labels: readonly unknown[], seen: ReadonlyMap<string, ReadonlySet<unknown>>) {
    super(state);
    if (labels.length === 0) state.fail("_labels", "is empty");
    this.classes_ = NdArray.objects([...labels], [labels.length]);
    this.shapes = new Map([...seen].map(([name, values]) => [name, shapeOf(values)]));
    this.feature_names_in_ = [...this.shapes.keys()];
    this.n_features_in_ = this.shapes.size;
  }

  override task(): Signature["task"] {
    return "classification";
  }
  override features(): readonly FeatureShape[] {
    return [...this.shapes.values()];
  }

  protected doPredict(X: Input): NdArray {
    return takeLabels(
      this.classes_,
      featuresets(X).map((row) => this.best(row)),
    );
  }

  /** Which of the classes a row is of. */
  protected abstract best(row: Featureset): number;
}

/** A classifier that gives a probability of each class. */
export abstract class ProbabilityClassifier extends FeaturesetClassifier {
  protected doPredictProba(X: Input): NdArray {
    const rows = featuresets(X);
    const width = this.classes_.size;
    const out = new Float64Array(rows.length * width);
    rows.forEach((row, at) => out.set(this.probabilities(row).map(this.probabilityOf), at * width));
    return NdArray.of(out, [rows.length, width]);
  }

  /** The class with the largest of {@link probabilities}; of several alike the last by Python's order of labels. */
  protected best(row: Featureset): number {
    const all = this.probabilities(row);
    let best = 0;
    for (let at = 1; at < all.length; at++) {
      const tied = all[at] === all[best] && isAfter(this.classes_.item(at), this.classes_.item(best));
      if (all[at]! > all[best]! || tied) best = at;
    }
    return best;
  }

  /** Normalised probabilities, or their logarithms: what nltk compares. */
  protected abstract probabilities(row: Featureset): Float64Array;
  protected abstract readonly probabilityOf: (value: number) => number;
}

function isAfter(a: unknown, b: unknown): boolean {
  return (a as string) > (b as string);
}

function featuresets(X: Input): readonly Featureset[] {
  return recordsOf(X).map((record) => Array.from(record, ([name, value]) => [String(name), value] as const));
}

/** What a feature may be, by the values that were seen of it. */
function shapeOf(values: ReadonlySet<unknown>): FeatureShape {
  const seen = [...values].filter((value) => value !== null);
  const is = (type: string) => seen.length > 0 && seen.every((value) => typeof value === type);
  const any = { missing: true, optional: true } as const;
  if (is("boolean")) return { type: "boolean", ...any };
  if (is("number")) return { type: "number", ...any };
  return is("string") ? { type: "string", ...any, categories: seen, closed: false } : { type: "any", ...any };
}

/** A key that is a tuple of so many items. @throws CurtidoError E_STATE */
export function tupleOf(state: State, key: unknown, length: number, name: string): readonly unknown[] {
  return key instanceof Tuple && key.length === length
    ? key.items
    : state.fail(name, `must have tuples of ${length} for its keys`);
}

/** Numbers by label, in the order of the labels; `undefined` for labels that have none. */
export function byLabel(labels: readonly unknown[]): Dict<number> {
  return new Dict<number>(labels.map((label, at) => [label, at] as const));
}
