/** @module FeatureUnion: transformers side by side (`sklearn.pipeline`). */

import { Csr, DataFrame, NdArray } from "@curtido/arrays";
import { Tuple } from "@curtido/pickle";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { hstack } from "../base/hstack.ts";
import { asTable, type Input, numbersOf, shapeOf } from "../base/input.ts";
import type { Downstream, FeatureShape } from "../base/signature.ts";
import { mergeFeatures } from "../base/signature.ts";
import type { State } from "../base/state.ts";

interface Part {
  readonly estimator: Estimator | undefined;
  readonly weight: number | undefined;
}

/** The factors of a composite's parts, by name. */
export function readWeights(state: State): ReadonlyMap<unknown, unknown> {
  return state.given("transformer_weights") ? state.dict("transformer_weights") : new Map();
}

/** Every element times a factor. */
export function weighted(X: NdArray | Csr, weight: number | undefined): NdArray | Csr {
  if (weight === undefined) return X;
  if (X instanceof Csr)
    return new Csr(
      X.shape,
      X.indptr,
      X.indices,
      X.data.map((value) => value * weight),
      X.dtype,
    );
  return NdArray.of(
    numbersOf(X).map((value) => value * weight),
    X.shape,
  );
}

/** The outputs of several transformers of the same rows, side by side. */
export class FeatureUnion extends Estimator {
  private readonly parts: readonly Part[];

  constructor(state: State) {
    super(state);
    const weights = readWeights(state);
    this.parts = state.list("transformer_list").flatMap((item, at): Part[] => {
      const place = `transformer_list[${at}]`;
      if (!(item instanceof Tuple) || item.length !== 2)
        return state.fail(place, "must be a pair of a name and a transformer");
      const [name, value] = item.items;
      if (value === null || value === "drop") return [];
      const weight = weights.get(name);
      const estimator = value === "passthrough" ? undefined : state.estimatorFrom(value, place);
      return [{ estimator, weight: weight === undefined || weight === null ? undefined : Number(weight) }];
    });
    const first = this.parts.find((part) => part.estimator !== undefined)?.estimator;
    this.takeFeaturesOf(first);
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }

  override features(downstream: Downstream): readonly FeatureShape[] {
    // What stands behind takes the columns of all parts: how many of them are whose is not known here.
    const behind = this.parts.length > 1 ? { missing: downstream.missing } : downstream;
    return this.parts
      .flatMap((part) => (part.estimator === undefined ? [] : [part.estimator.features(behind)]))
      .reduce(mergeFeatures, []);
  }

  protected doTransform(X: Input): NdArray | Csr {
    const [rows] = shapeOf(X);
    const blocks = this.parts.map(({ estimator, weight }) => {
      const out = estimator === undefined ? X : estimator.transformed(X);
      return weighted(out instanceof DataFrame ? asTable(out) : out, weight);
    });
    return hstack(
      blocks,
      rows,
      blocks.some((block) => block instanceof Csr),
    );
  }
}
