/** @module PLSRegression, PLSCanonical, CCA and PLSSVD: directions that rows and targets share (`sklearn.cross_decomposition`). */

import { NdArray } from "@curtido/arrays";
import { affine, matmul } from "@curtido/kernels";
import { featureError } from "../base/errors.ts";
import type { InputRules, Method } from "../base/estimator.ts";
import { type Input, type Rows, toInput } from "../base/input.ts";
import type { State } from "../base/state.ts";
import { agreeOnFeatures } from "../linear_model/linear.ts";
import { NumericTransformer } from "../preprocessing/scalers.ts";

/** How targets are projected. */
interface TargetSide {
  readonly mean: Float64Array;
  readonly scale: Float64Array;
  /** `[targets, components]` */
  readonly directions: Float64Array;
}

/** What all of them do with rows first: the mean taken away, divided by the standard deviations. */
abstract class SharedDirections extends NumericTransformer {
  protected readonly mean: Float64Array;
  protected readonly scale: Float64Array;
  /** `[features, components]` */
  protected readonly directions: Float64Array;
  protected readonly components: number;
  private readonly targetDirections: string;
  private targetSide: TargetSide | undefined;

  constructor(state: State, directions: string) {
    super(state);
    this.targetDirections = directions.replace("x_", "y_");
    const { data, rows, columns } = state.matrix(directions);
    agreeOnFeatures(this, state, rows, directions);
    this.directions = data;
    this.components = columns;
    this.mean = state.floats(state.named("_x_mean", "x_mean_"), [rows]);
    this.scale = state.floats(state.named("_x_std", "x_std_"), [rows]);
    if (this.scale.includes(0)) state.fail(state.named("_x_std", "x_std_"), "must not hold 0");
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: false };
  }

  /** Rows without the mean, and divided where `scaled`; float32 where they are. */
  protected centred(X: NdArray, scaled = true): Float64Array {
    const { mean, scale } = this;
    const features = mean.length;
    const numbers = X.data as Float64Array | Float32Array;
    const out = numbers.map((value, at) => value - mean[at % features]!);
    if (scaled) for (let at = 0; at < out.length; at++) out[at]! /= scale[at % features]!;
    return Float64Array.from(out);
  }

  /**
   * The targets' side of the shared directions: what `transform(X, y)` gives second in Python.
   *
   * @param targets `[rows, targets]`
   * @throws CurtidoError E_FEATURES when there are not as many targets as in training
   */
  transformTargets(targets: Rows): NdArray {
    this.targetSide ??= readTargetSide(this.state, this.targetDirections, this.components);
    const { mean, scale, directions } = this.targetSide;
    const table = this.numbers(toInput(targets));
    const [rows, width] = table.shape as readonly [number, number];
    if (width !== mean.length) throw featureError([{ detail: `expected ${mean.length} targets, found ${width}` }]);
    const scaled = table.toFloat64().map((value, at) => (value - mean[at % width]!) / scale[at % width]!);
    const out = new Float64Array(rows * this.components);
    matmul(scaled, rows, width, directions, this.components, out);
    return NdArray.of(out, [rows, this.components]);
  }

  protected doTransform(X: NdArray): NdArray {
    const rows = X.shape[0]!;
    const out = new Float64Array(rows * this.components);
    matmul(this.centred(X), rows, this.mean.length, this.directions, this.components, out);
    return NdArray.of(out, [rows, this.components]);
  }
}

function readTargetSide(state: State, name: string, components: number): TargetSide {
  const { data, rows } = state.matrix(name, undefined, components);
  return {
    directions: data,
    mean: state.floats(state.named("_y_mean", "y_mean_"), [rows]),
    scale: state.floats(state.named("_y_std", "y_std_"), [rows]),
  };
}

/** PLSSVD: directions only. */
export class PLSSVD extends SharedDirections {
  constructor(state: State) {
    super(state, "x_weights_");
  }
}

/** PLSRegression, PLSCanonical and CCA. */
export class PLS extends SharedDirections {
  /** `[targets, features]` */
  private readonly coefficients: Float64Array;
  private readonly intercepts: Float64Array;
  private readonly targets: number;
  /** Whether predictions are vectors: from 1.3 on those of targets that were one. */
  private readonly flat: boolean;
  /** `[features, components]`; releases before 0.22 did not go back. */
  private readonly loadings: Float64Array | undefined;

  constructor(state: State) {
    super(state, "x_rotations_");
    const features = this.mean.length;
    [this.coefficients, this.targets] = readCoefficients(state, features);
    const offset = state.has("intercept_") ? "intercept_" : state.named("_y_mean", "y_mean_");
    this.intercepts = state.floats(offset, [this.targets]);
    this.flat = state.boolean("_predict_1d", false);
    if (this.flat && this.targets !== 1) state.fail("_predict_1d", `but there are ${this.targets} targets`);
    const returns = state.version.atLeast(0, 22);
    this.loadings = returns ? state.matrix("x_loadings_", features, this.components).data : undefined;
  }

  override outputs(): number {
    return this.targets;
  }
  override offers(method: Method): boolean {
    return method === "inverseTransform" ? this.loadings !== undefined : super.offers(method);
  }

  protected doPredict(X: NdArray): NdArray {
    const rows = X.shape[0]!;
    // From 1.5 on the coefficients hold the scale.
    const table = this.centred(X, !this.version.atLeast(1, 5));
    const out = new Float64Array(rows * this.targets);
    affine(table, rows, this.mean.length, this.coefficients, this.intercepts, this.targets, out);
    return NdArray.of(out, this.flat ? [rows] : [rows, this.targets]);
  }

  protected doInverseTransform(X: Input): NdArray {
    const table = this.numbers(X);
    const { mean, scale, components } = this;
    const [rows, width] = table.shape as readonly [number, number];
    if (width !== components) throw featureError([{ detail: `expected ${components} columns, found ${width}` }]);
    const features = mean.length;
    const out = new Float64Array(rows * features);
    affine(table.toFloat64(), rows, components, this.loadings!, undefined, features, out);
    for (let at = 0; at < out.length; at++) out[at] = out[at]! * scale[at % features]! + mean[at % features]!;
    return NdArray.of(out, [rows, features]);
  }
}

/** `[targets, features]`, as they are from 1.1 on (in 1.1 and 1.2 under a name of their own); before, the other way round. */
function readCoefficients(state: State, features: number): [coefficients: Float64Array, targets: number] {
  if (state.version.atLeast(1, 1)) {
    const { data, rows } = state.matrix(state.named("coef_", "_coef_"), undefined, features);
    return [data, rows];
  }
  const { data, columns } = state.matrix("coef_", features);
  return [Float64Array.from(data, (_, at) => data[(at % features) * columns + Math.floor(at / features)]!), columns];
}
