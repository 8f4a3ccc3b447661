/** @module FastICA: sources that are independent of each other (`sklearn.decomposition._fastica`). */

import type { NdArray } from "@curtido/arrays";
import { affine } from "@curtido/kernels";
import { featureError } from "../base/errors.ts";
import type { InputRules } from "../base/estimator.ts";
import type { Input } from "../base/input.ts";
import type { State } from "../base/state.ts";
import { agreeOnFeatures, typed } from "../linear_model/linear.ts";
import { NumericTransformer } from "../preprocessing/scalers.ts";
import { type Components, readComponents } from "./components.ts";

/** Rows unmixed, and mixed again. */
export class FastICA extends NumericTransformer {
  private readonly parts: Components;
  /** `[features, components]` */
  private readonly mixing: Float64Array;
  /** What is taken away first; nothing without whitening. */
  private readonly mean: Float64Array | undefined;

  constructor(state: State) {
    super(state);
    this.parts = readComponents(state);
    const { rows, columns } = this.parts;
    agreeOnFeatures(this, state, columns, "components_");
    this.mixing = state.matrix("mixing_", columns, rows).data;
    this.mean = state.given("mean_") ? state.floats("mean_", [columns]) : undefined;
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: false };
  }

  protected doTransform(X: NdArray): NdArray {
    const { data, rows: components, columns, single } = this.parts;
    const rows = X.shape[0]!;
    const { mean } = this;
    const numbers = X.data as Float64Array | Float32Array;
    const centred = mean === undefined ? numbers : numbers.map((value, at) => value - mean[at % columns]!);
    const out = new Float64Array(rows * components);
    affine(Float64Array.from(centred), rows, columns, data, undefined, components, out);
    return typed(out, [rows, components], X, single);
  }

  protected doInverseTransform(X: Input): NdArray {
    const table = this.numbers(X);
    const { rows: components, columns, single } = this.parts;
    const [rows, width] = table.shape as readonly [number, number];
    if (width !== components) throw featureError([{ detail: `expected ${components} columns, found ${width}` }]);
    const out = new Float64Array(rows * columns);
    affine(table.toFloat64(), rows, components, this.mixing, this.mean, columns, out);
    return typed(out, [rows, columns], table, single);
  }
}
