/** @module PowerTransformer: powers that make a feature look like a normal distribution (`sklearn.preprocessing._data`). */

import { Csr, NdArray } from "@curtido/arrays";
import { exp, expm1, log, log1p, pow } from "@curtido/kernels";
import { type FeatureProblem, featureError, MOST_PROBLEMS } from "../base/errors.ts";
import type { InputRules } from "../base/estimator.ts";
import type { Input } from "../base/input.ts";
import type { State } from "../base/state.ts";
import type { Version } from "../base/version.ts";
import { CenterScaler, OneToOneTransformer } from "./scalers.ts";

/** A function of a value and the power of its feature. */
type Curve = (x: number, lambda: number) => number;

const EPSILON = 2 ** -52;
/** Where exp overflows. */
const LARGEST_EXPONENT = 709.78;
const LARGEST = 1.79e308;

/** `scipy.special.boxcox` */
const boxCox: Curve = (x, lambda) => {
  if (Math.abs(lambda) < 1e-19) return log(x);
  const exponent = lambda * log(x);
  if (exponent < LARGEST_EXPONENT) return expm1(exponent) / lambda;
  return Math.sign(lambda) * exp(exponent - log(Math.abs(lambda))) - 1 / lambda;
};

/** `scipy.special.inv_boxcox`, which releases before 1.6 wrote with a power. */
const inverseBoxCox: Curve = (x, lambda) => {
  if (lambda === 0) return exp(x);
  if (lambda * x < LARGEST) return exp(log1p(lambda * x) / lambda);
  return exp((log(Math.sign(lambda) * (x + 1 / lambda)) + log(Math.abs(lambda))) / lambda);
};
const oldInverseBoxCox: Curve = (x, lambda) => (lambda === 0 ? exp(x) : pow(x * lambda + 1, 1 / lambda));

/** Yeo and Johnson's transformation with powers, as releases up to 1.8 had it. */
const yeoJohnson: Curve = (x, lambda) => {
  if (x >= 0) return Math.abs(lambda) < EPSILON ? log1p(x) : (pow(x + 1, lambda) - 1) / lambda;
  const other = 2 - lambda;
  return Math.abs(lambda - 2) > EPSILON ? -(pow(-x + 1, other) - 1) / other : -log1p(-x);
};

/** The same through logarithms, which does not cancel (`scipy.stats.yeojohnson`). */
const stableYeoJohnson: Curve = (x, lambda) => {
  if (x >= 0) return Math.abs(lambda) < EPSILON ? log1p(x) : expm1(lambda * log1p(x)) / lambda;
  const other = 2 - lambda;
  return Math.abs(lambda - 2) > EPSILON ? -expm1(other * log1p(-x)) / other : -log1p(-x);
};

const inverseYeoJohnson: Curve = (x, lambda) => {
  if (x >= 0) return Math.abs(lambda) < EPSILON ? exp(x) - 1 : pow(x * lambda + 1, 1 / lambda) - 1;
  const other = 2 - lambda;
  return Math.abs(lambda - 2) > EPSILON ? 1 - pow(-other * x + 1, 1 / other) : 1 - exp(-x);
};

function curves(method: "box-cox" | "yeo-johnson", version: Version): readonly [forth: Curve, back: Curve] {
  if (method === "box-cox") return [boxCox, version.atLeast(1, 6) ? inverseBoxCox : oldInverseBoxCox];
  return [version.atLeast(1, 9) ? stableYeoJohnson : yeoJohnson, inverseYeoJohnson];
}

/** A power per feature, then a StandardScaler. */
export class PowerTransformer extends OneToOneTransformer {
  private readonly lambdas: Float64Array;
  private readonly positive: boolean;
  private readonly forth: Curve;
  private readonly back: Curve;
  private readonly scaler: CenterScaler | undefined;

  constructor(state: State) {
    super(state);
    this.lambdas = state.floats("lambdas_", [this.n_features_in_]);
    this.n_features_in_ ??= this.lambdas.length;
    const method = state.oneOf("method", ["box-cox", "yeo-johnson"], "yeo-johnson");
    this.positive = method === "box-cox";
    [this.forth, this.back] = curves(method, this.version);
    const scaler = state.boolean("standardize", true) ? state.estimator("_scaler") : undefined;
    if (scaler !== undefined && !(scaler instanceof CenterScaler)) state.fail("_scaler", "must be a StandardScaler");
    this.scaler = scaler as CenterScaler | undefined;
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: true, sparse: false };
  }

  protected doTransform(X: NdArray): NdArray {
    if (this.positive) this.checkPositive(X);
    const out = this.applied(X, this.forth);
    return this.scaler === undefined ? out : (this.scaler.transformed(out) as NdArray);
  }

  protected doInverseTransform(X: Input): NdArray {
    const given = this.numbers(X);
    const scaled = this.scaler === undefined ? given : this.scaler.inverseTransform(given);
    return this.applied(scaled instanceof Csr ? scaled.toDense() : scaled, this.back);
  }

  private applied(X: NdArray, curve: Curve): NdArray {
    const { lambdas } = this;
    const data = X.data as Float64Array | Float32Array;
    return NdArray.of(
      data.map((value, at) => curve(value, lambdas[at % lambdas.length]!)),
      X.shape,
    );
  }

  private checkPositive(X: NdArray): void {
    const data = X.data as Float64Array;
    const width = this.lambdas.length;
    const problems: FeatureProblem[] = [];
    for (let at = 0; at < data.length && problems.length < MOST_PROBLEMS; at++) {
      if (!(data[at]! <= 0)) continue;
      const feature = this.featureName(at % width);
      problems.push({ row: Math.floor(at / width), feature, detail: `'${feature}' must be above 0, not ${data[at]}` });
    }
    if (problems.length > 0) throw featureError(problems);
  }
}
