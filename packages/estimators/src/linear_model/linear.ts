/** @module Linear functions of the features: `X @ coef_.T + intercept_`. */

import { Csr, NdArray } from "@curtido/arrays";
import { affine as denseAffine } from "@curtido/kernels";
import { Estimator, type InputRules, type Method } from "../base/estimator.ts";
import { exp } from "../base/math.ts";
import type { State } from "../base/state.ts";

/** Weights and offsets of one or several linear functions. */
export interface LinearWeights {
  /** `[targets, features]` */
  readonly coefficients: Float64Array;
  /** `[targets]` */
  readonly intercepts: Float64Array;
  readonly targets: number;
  readonly features: number;
  /** Whether Python would give a vector: `coef_` has one dimension. */
  readonly flat: boolean;
  /** Whether the weights are float32. */
  readonly single: boolean;
}

/** How linear models take their rows. */
export const LINEAR_INPUT: InputRules = { kind: "numbers", missing: false, sparse: true };

/** `coef_` and `intercept_`, of one shape with each other. */
export function readLinear(state: State, coefName = "coef_", interceptName = "intercept_"): LinearWeights {
  const flat = state.context.value(state.raw(coefName)) instanceof Csr ? false : state.array(coefName).ndim < 2;
  const { data, rows, columns } = state.matrix(coefName);
  const given = state.has(interceptName) ? state.floats(interceptName) : Float64Array.of(0);
  if (given.length !== 1 && given.length !== rows)
    state.fail(interceptName, `holds ${given.length} numbers for ${rows} targets`);
  const intercepts = given.length === rows ? given : new Float64Array(rows).fill(given[0]!);
  const single = state.isSingle(coefName) && !isDoubles(state, interceptName);
  return { coefficients: data, intercepts, targets: rows, features: columns, flat, single };
}

/** Whether numpy would widen a float32 product by adding this: a vector of doubles does, a scalar did not. */
function isDoubles(state: State, name: string): boolean {
  if (!state.has(name)) return false;
  const array = state.array(name);
  return array.ndim > 0 && array.dtype.kind === "f" && array.dtype.itemsize === 8;
}

/** `X @ W.T + b`, `[rows, targets]`, each sum in the order of the features. */
export function linearScores(X: NdArray | Csr, weights: LinearWeights): Float64Array {
  if (X instanceof Csr) return affineSparse(X, weights);
  const { coefficients, intercepts, targets, features } = weights;
  const rows = X.shape[0]!;
  const out = new Float64Array(rows * targets);
  denseAffine(
    X.data instanceof Float64Array ? X.data : X.toFloat64(),
    rows,
    features,
    coefficients,
    intercepts,
    targets,
    out,
  );
  return out;
}

function affineSparse(X: Csr, { coefficients, intercepts, targets, features }: LinearWeights): Float64Array {
  const out = new Float64Array(X.shape[0] * targets);
  for (let row = 0; row < X.shape[0]; row++) {
    for (let target = 0; target < targets; target++) {
      let sum = 0;
      for (let at = X.indptr[row]!; at < X.indptr[row + 1]!; at++)
        sum += X.data[at]! * coefficients[target * features + X.indices[at]!]!;
      out[row * targets + target] = sum + intercepts[target]!;
    }
  }
  return out;
}

/** The result as Python types it: float32 when rows and weights are. */
export function typed(out: Float64Array, shape: readonly number[], X: NdArray | Csr, single: boolean): NdArray {
  return NdArray.of(single && isSingle(X) ? Float32Array.from(out) : out, shape);
}

/** Whether rows are float32. */
export function isSingle(X: NdArray | Csr): boolean {
  return X instanceof Csr ? X.dtype.kind === "f" && X.dtype.itemsize === 4 : X.data instanceof Float32Array;
}

/** Sets how many features a row has from the weights, and checks that the two agree. */
export function agreeOnFeatures(estimator: Estimator, state: State, features: number, name = "coef_"): void {
  estimator.n_features_in_ ??= features;
  if (estimator.n_features_in_ !== features)
    state.fail(name, `has ${features} columns for ${estimator.n_features_in_} features`);
}

/** LinearRegression and every regressor that predicts as it does (`sklearn.linear_model._base.LinearModel`). */
export class LinearRegressor extends Estimator {
  protected readonly weights: LinearWeights;
  /** Whether it ever had a decision function. */
  protected readonly decides: boolean = true;
  /** The answer to one row. */
  private readonly one = new Float64Array(1);

  constructor(state: State) {
    super(state);
    this.weights = readLinear(state);
    agreeOnFeatures(this, state, this.weights.features);
  }

  protected override inputRules(): InputRules {
    return LINEAR_INPUT;
  }

  /** The weights, `[features]` or `[targets, features]`. */
  get coef_(): NdArray {
    const { coefficients, targets, features, flat } = this.weights;
    return NdArray.of(coefficients, flat ? [features] : [targets, features]);
  }
  /** The offsets, `[targets]`. */
  get intercept_(): NdArray {
    return NdArray.of(this.weights.intercepts);
  }

  override outputs(): number {
    return this.weights.targets;
  }

  override offers(method: Method): boolean {
    return method === "decisionFunction" ? this.decides && !this.version.atLeast(0, 19) : super.offers(method);
  }
  /** Releases before 0.19 had it for regressors too. */
  protected doDecisionFunction(X: NdArray | Csr): NdArray {
    return this.doPredict(X);
  }

  override predictRow(row: Float64Array): unknown {
    const { coefficients, intercepts, targets, features } = this.weights;
    if (targets !== 1 || row.length !== features || !row.every(Number.isFinite)) return super.predictRow(row);
    denseAffine(row, 1, features, coefficients, intercepts, 1, this.one);
    return this.inverseLink(this.one[0]!);
  }

  /** From the linear function to the prediction. */
  protected inverseLink(value: number): number {
    return value;
  }

  protected doPredict(X: NdArray | Csr): NdArray {
    const shape = this.weights.flat ? [X.shape[0]!] : [X.shape[0]!, this.weights.targets];
    return typed(linearScores(X, this.weights), shape, X, this.weights.single);
  }
}

/** Regressors that ravel: one target always comes as a vector (`SGDRegressor`, `LinearSVR`). */
export class FlatLinearRegressor extends LinearRegressor {
  protected override doPredict(X: NdArray | Csr): NdArray {
    return super.doPredict(X).reshape([X.shape[0]!]);
  }
}

/** Generalised linear models: the inverse link of a linear function (`sklearn.linear_model._glm`). */
export class GeneralizedLinearRegressor extends LinearRegressor {
  private readonly logLink: boolean;

  constructor(state: State, logLink: boolean) {
    super(state);
    this.logLink = logLink;
  }

  protected override inverseLink(value: number): number {
    return this.logLink ? exp(value) : value;
  }

  protected override doPredict(X: NdArray | Csr): NdArray {
    const raw = linearScores(X, this.weights);
    return typed(this.logLink ? raw.map(exp) : raw, [X.shape[0]!], X, this.weights.single);
  }
}
