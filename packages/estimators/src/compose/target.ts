/** @module TransformedTargetRegressor: a regressor of a transformed target, transformed back (`sklearn.compose._target`). */

import { NdArray } from "@curtido/arrays";
import { Delegate } from "../base/delegate.ts";
import type { Estimator, Method } from "../base/estimator.ts";
import type { Input } from "../base/input.ts";
import type { State } from "../base/state.ts";

/** Predicts with its regressor and undoes the transformation. */
export class TransformedTargetRegressor extends Delegate {
  private readonly transformer: Estimator;
  private readonly flat: boolean;

  constructor(state: State) {
    const inner = state.estimator("regressor_");
    super(state, inner);
    this.transformer = state.estimator("transformer_");
    this.flat = state.integer("_training_dim", 1) === 1;
    this.takeFeaturesOf(inner);
  }

  override offers(method: Method): boolean {
    return method === "predict";
  }

  protected override doPredict(X: Input): NdArray {
    const raw = this.inner!.predict(X);
    const rows = raw.shape[0]!;
    const back = this.transformer.inverseTransform(raw.ndim === 1 ? raw.reshape([rows, 1]) : raw) as NdArray;
    return this.flat && back.size === rows ? NdArray.of(back.toFloat64(), [rows]) : back;
  }
}
