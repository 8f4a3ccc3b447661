/** @module Pipeline: transformers one after the other, then an estimator (`sklearn.pipeline`). */

import type { Csr, DataFrame, NdArray } from "@curtido/arrays";
import { Tuple } from "@curtido/pickle";
import { Delegate, NOT_FORWARDED } from "../base/delegate.ts";
import type { Estimator, Method } from "../base/estimator.ts";
import type { Input } from "../base/input.ts";
import type { Downstream, FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { FittedSimpleImputer } from "../impute/simple.ts";
import { CategoryEncoder } from "../preprocessing/encoders.ts";

/** A named part of a composite; `undefined` stands for `"passthrough"` or None. */
export interface NamedPart {
  readonly name: string;
  readonly estimator: Estimator | undefined;
}

/** The `(name, estimator)` pairs of a list. */
export function readSteps(state: State, name: string): readonly NamedPart[] {
  return state.list(name).map((item, at): NamedPart => {
    const place = `${name}[${at}]`;
    if (!(item instanceof Tuple) || item.length !== 2)
      return state.fail(place, "must be a pair of a name and an estimator");
    const [label, value] = item.items;
    const none = value === null || value === "passthrough";
    return { name: String(label), estimator: none ? undefined : state.estimatorFrom(value, `${place}`) };
  });
}

/** What a chain of transformers asks of its rows, given what stands behind it. */
export function chainFeatures(
  steps: readonly (Estimator | undefined)[],
  downstream: Downstream,
): readonly FeatureShape[] {
  const parts = steps.filter((step) => step !== undefined);
  let behind = downstream;
  let features: readonly FeatureShape[] = [];
  for (const part of parts.reverse()) {
    features = part.features(behind);
    behind = { missing: features.every((feature) => feature.missing), features };
  }
  return features;
}

/** A pipeline; it has the methods of its last step, and `transform` when every step has it. */
export class FittedPipeline extends Delegate {
  /** The steps by name, in order. */
  readonly steps: readonly NamedPart[];

  /** @param steps the pairs of `steps`; a composite of another library may leave out what does nothing when it predicts */
  constructor(state: State, steps = readSteps(state, "steps")) {
    if (steps.length === 0) state.fail("steps", "is empty");
    super(state, steps.at(-1)!.estimator);
    this.steps = steps;
    for (const [at, { estimator }] of steps.entries()) {
      const next = steps[at + 1]?.estimator;
      if (estimator instanceof FittedSimpleImputer && next instanceof CategoryEncoder)
        estimator.letNonePass(next.columnsWithNone);
    }
    const first = steps.find((step) => step.estimator !== undefined)?.estimator;
    this.takeFeaturesOf(first);
  }

  override offers(method: Method): boolean {
    const all = (each: Method) =>
      this.steps.every((step) => step.estimator === undefined || step.estimator.offers(each));
    if (method === "transform" || method === "inverseTransform") return all(method);
    // predict hands its parameters on from 0.20 on.
    if (method === "predictStd" || method === "predictCov") return this.version.atLeast(0, 20) && super.offers(method);
    if (NOT_FORWARDED.has(method)) return false;
    return super.offers(method);
  }

  override features(downstream: Downstream): readonly FeatureShape[] {
    return chainFeatures(
      this.steps.map((step) => step.estimator),
      downstream,
    );
  }

  protected override prepare(X: Input): Input {
    let rows = X;
    for (const { estimator } of this.steps.slice(0, -1))
      if (estimator !== undefined) rows = estimator.transformed(rows);
    return rows;
  }

  protected override doTransform(X: Input): NdArray | Csr | DataFrame {
    const rows = this.prepare(X);
    return this.inner === undefined ? rows : this.inner.transform(rows);
  }

  protected override doInverseTransform(X: Input): NdArray | Csr {
    let rows: Input = X;
    for (const { estimator } of [...this.steps].reverse())
      if (estimator !== undefined) rows = estimator.inverseTransform(rows);
    return rows as NdArray | Csr;
  }
}
