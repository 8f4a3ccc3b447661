/** @module Scalers: each feature shifted and stretched by fitted numbers (`sklearn.preprocessing._data`). */

import { Csr, NdArray } from "@curtido/arrays";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { type Input, toInput, toNumbers } from "../base/input.ts";
import { type Downstream, type FeatureShape, featuresAlike, numberFeature } from "../base/signature.ts";
import type { State } from "../base/state.ts";

/** A number per feature, or `undefined` for a step that was switched off. */
type PerFeature = Float64Array | undefined;

/** A transformer of numbers that lets missing values through. */
export abstract class NumericTransformer extends Estimator {
  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: true, sparse: true };
  }

  override features(downstream: Downstream): readonly FeatureShape[] {
    const missing = this.inputRules().missing && downstream.missing;
    return featuresAlike(this.n_features_in_, numberFeature(missing));
  }

  /** Numbers for an inverse transformation: no names, any missing values. */
  protected numbers(X: Input): NdArray {
    if (X instanceof Csr) return X.toDense();
    return toNumbers(toInput(X) as NdArray, {
      missing: true,
      infinite: true,
      names: (column) => this.featureName(column),
    });
  }
}

/** A transformer that gives a column for each feature. */
export abstract class OneToOneTransformer extends NumericTransformer {
  override namesOut(): readonly string[] {
    return this.namesIn();
  }
}

/** One step of a scaler, on every element of a column. */
export type ScalingStep = { readonly operation: "add" | "subtract" | "multiply" | "divide"; readonly by: PerFeature };

/**
 * Applies steps to a copy of `X`, element by element and rounded after each step as numpy's in-place operations are. With
 * `singleOperands` a float32 table sees its operands as float32 (StandardScaler from 1.8 on).
 */
export function applySteps(X: NdArray, steps: readonly ScalingStep[], singleOperands = false): NdArray {
  const [rows, columns] = X.shape as readonly [number, number];
  const source = X.data as Float64Array | Float32Array;
  const out = source.slice();
  for (const { operation, by } of steps) {
    if (by === undefined) continue;
    const operand = singleOperands && out instanceof Float32Array ? Float32Array.from(by) : by;
    for (let row = 0; row < rows; row++) {
      const from = row * columns;
      if (operation === "add") for (let k = 0; k < columns; k++) out[from + k] = out[from + k]! + operand[k]!;
      else if (operation === "subtract") for (let k = 0; k < columns; k++) out[from + k] = out[from + k]! - operand[k]!;
      else if (operation === "multiply") for (let k = 0; k < columns; k++) out[from + k] = out[from + k]! * operand[k]!;
      else for (let k = 0; k < columns; k++) out[from + k] = out[from + k]! / operand[k]!;
    }
  }
  return NdArray.of(out, [rows, columns]);
}

/** Every kept element times its column's factor. */
export function scaleColumns(X: Csr, factors: PerFeature): Csr {
  if (factors === undefined) return X;
  const data = X.data.map((value, at) => value * factors[X.indices[at]!]!);
  return new Csr(X.shape, X.indptr, X.indices, data, X.dtype);
}

/** A fitted vector of the model's width, or `undefined` when it is None or switched off. */
function perFeature(state: State, name: string, enabled: boolean): PerFeature {
  return enabled && state.given(name) ? state.floats(name, [undefined]) : undefined;
}

/** Scalers of the form (X - centre) / scale: StandardScaler, RobustScaler, MaxAbsScaler. */
export class CenterScaler extends OneToOneTransformer {
  private readonly center: PerFeature;
  private readonly scale: PerFeature;
  private readonly reciprocal: PerFeature;
  private readonly singleOperands: boolean;
  private readonly clip: boolean;

  constructor(state: State, names: { center?: string; centered: boolean; scaled: boolean; single?: boolean }) {
    super(state);
    this.center = names.center === undefined ? undefined : perFeature(state, names.center, names.centered);
    this.scale = perFeature(state, state.named("scale_", "std_"), names.scaled);
    this.n_features_in_ ??= (this.center ?? this.scale)?.length;
    for (const vector of [this.center, this.scale]) {
      if (vector !== undefined && vector.length !== this.n_features_in_)
        state.fail("scale_", `does not have ${this.n_features_in_} elements`);
    }
    this.reciprocal = this.scale?.map((value) => 1 / value);
    this.singleOperands = names.single ?? false;
    this.clip = state.boolean("clip", false);
  }

  protected doTransform(X: NdArray | Csr): NdArray | Csr {
    if (X instanceof Csr) return scaleColumns(X, this.reciprocal);
    const steps: ScalingStep[] = [
      { operation: "subtract", by: this.center },
      { operation: "divide", by: this.scale },
    ];
    const out = applySteps(X, steps, this.singleOperands);
    return this.clip ? clipped(out, -1, 1) : out;
  }

  protected doInverseTransform(X: Input): NdArray | Csr {
    if (X instanceof Csr) return scaleColumns(X, this.scale);
    const steps: ScalingStep[] = [
      { operation: "multiply", by: this.scale },
      { operation: "add", by: this.center },
    ];
    return applySteps(this.numbers(X), steps, this.singleOperands);
  }
}

/** MinMaxScaler: `X * scale_ + min_`, clipped to the range when it was told so. */
export class FittedMinMaxScaler extends OneToOneTransformer {
  private readonly scale: Float64Array;
  private readonly min: Float64Array;
  private readonly range: readonly [number, number] | undefined;

  constructor(state: State) {
    super(state);
    this.scale = state.floats("scale_", [undefined]);
    this.min = state.floats("min_", [this.scale.length]);
    this.n_features_in_ ??= this.scale.length;
    state.checkExtents("scale_", [this.scale.length], [this.n_features_in_]);
    const [low, high] = state.list("feature_range");
    this.range = state.boolean("clip", false) ? [Number(low), Number(high)] : undefined;
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: true, sparse: false };
  }

  protected doTransform(X: NdArray): NdArray {
    const out = applySteps(X, [
      { operation: "multiply", by: this.scale },
      { operation: "add", by: this.min },
    ]);
    return this.range === undefined ? out : clipped(out, ...this.range);
  }

  protected doInverseTransform(X: Input): NdArray {
    return applySteps(this.numbers(X), [
      { operation: "subtract", by: this.min },
      { operation: "divide", by: this.scale },
    ]);
  }
}

function clipped(X: NdArray, low: number, high: number): NdArray {
  const data = X.data as Float64Array;
  return NdArray.of(
    data.map((value) => (value < low ? low : value > high ? high : value)),
    X.shape,
  );
}

/** What rows are divided by: the sum of sizes, the root of the sum of squares, the largest size or the largest value. */
export type Norm = "l1" | "l2" | "max" | "largest";

/** The norm of a transformer that may have none. */
export function readNorm(state: State): Norm | undefined {
  if (state.has("norm") && !state.given("norm")) return undefined;
  return state.oneOf("norm", ["l1", "l2", "max"] as const, "l2");
}

/** Divides the elements from `from` to `to` by their norm, in place; zeros stay zeros. */
export function normalizeRange(data: Float64Array | Float32Array, from: number, to: number, norm: Norm): void {
  let total = norm === "largest" ? Number.NEGATIVE_INFINITY : 0;
  for (let at = from; at < to; at++) {
    const value = data[at]!;
    if (norm === "l2") total += value * value;
    else if (norm === "l1") total += Math.abs(value);
    else total = Math.max(total, norm === "largest" ? value : Math.abs(value));
  }
  const divisor = norm === "l2" ? Math.sqrt(total) : total;
  const rounded = data instanceof Float32Array ? Math.fround(divisor) : divisor;
  if (rounded === 0) return;
  for (let at = from; at < to; at++) data[at] = data[at]! / rounded;
}

/** Normalizer: each row divided by its norm. */
export class Normalizer extends OneToOneTransformer {
  private readonly norm: Norm;

  constructor(state: State) {
    super(state);
    const norm = state.oneOf("norm", ["l1", "l2", "max"], "l2");
    // Before 0.23 the largest value counted, not the largest magnitude.
    this.norm = norm === "max" && !this.version.atLeast(0, 23) ? "largest" : norm;
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: true };
  }

  protected doTransform(X: NdArray | Csr): NdArray | Csr {
    if (X instanceof Csr) {
      const data = X.data.slice();
      for (let row = 0; row < X.shape[0]; row++) normalizeRange(data, X.indptr[row]!, X.indptr[row + 1]!, this.norm);
      return new Csr(X.shape, X.indptr, X.indices, data, X.dtype);
    }
    const [rows, columns] = X.shape as readonly [number, number];
    const data = (X.data as Float64Array).slice();
    for (let row = 0; row < rows; row++) normalizeRange(data, row * columns, (row + 1) * columns, this.norm);
    return NdArray.of(data, X.shape);
  }
}

/** Binarizer: 1 above the threshold, else 0. */
export class Binarizer extends OneToOneTransformer {
  private readonly threshold: number;

  constructor(state: State) {
    super(state);
    this.threshold = state.number("threshold", 0);
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: true };
  }

  protected doTransform(X: NdArray | Csr): NdArray | Csr {
    const above = (value: number) => (value > this.threshold ? 1 : 0);
    if (X instanceof Csr) return Csr.fromDense(X.toDense().toFloat64().map(above), X.shape[0], X.shape[1]);
    return NdArray.of((X.data as Float64Array).map(above), X.shape);
  }
}
