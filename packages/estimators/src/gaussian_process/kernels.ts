/** @module The kernels of Gaussian processes (`sklearn.gaussian_process.kernels`). */

import { affine, exp, gamma, kv, pow } from "@curtido/kernels";
import { estimatorError } from "../base/errors.ts";
import type { Matrix, State } from "../base/state.ts";
import { globalName } from "../base/state.ts";
import { CovarianceKernel } from "../pairwise/covariance.ts";
import { KERNELS, type KernelName, type KernelParams, pairwiseKernels } from "../pairwise/kernels.ts";

const EPSILON = 2 ** -52;

/** ConstantKernel: the same for any two rows. */
export class ConstantKernel extends CovarianceKernel {
  private readonly value: number;

  constructor(state: State) {
    super();
    this.value = state.number("constant_value");
  }
  check(): void {}
  between(X: Matrix, Y: Matrix): Float64Array {
    return new Float64Array(X.rows * Y.rows).fill(this.value);
  }
  variances(X: Matrix): Float64Array {
    return new Float64Array(X.rows).fill(this.value);
  }
}

/** WhiteKernel: noise, which no two rows share. */
export class WhiteKernel extends CovarianceKernel {
  private readonly level: number;

  constructor(state: State) {
    super();
    this.level = state.number("noise_level");
  }
  check(): void {}
  between(X: Matrix, Y: Matrix): Float64Array {
    return new Float64Array(X.rows * Y.rows);
  }
  override within(X: Matrix): Float64Array {
    const out = new Float64Array(X.rows * X.rows);
    for (let row = 0; row < X.rows; row++) out[row * (X.rows + 1)] = this.level;
    return out;
  }
  variances(X: Matrix): Float64Array {
    return new Float64Array(X.rows).fill(this.level);
  }
}

/** Kernels of the distance between two rows, 1 for a row and itself. */
abstract class DistanceKernel extends CovarianceKernel {
  /** One number, or one per feature. */
  private readonly scales: Float64Array;

  constructor(scales: Float64Array = Float64Array.of(1)) {
    super();
    this.scales = scales;
  }

  check(features: number, state: State, name: string): void {
    const { length } = this.scales;
    if (length !== 1 && length !== features) state.fail(name, `has ${length} length scales for ${features} features`);
  }

  /** The covariance at a squared distance. */
  protected abstract at(squared: number): number;

  between(X: Matrix, Y: Matrix): Float64Array {
    const [x, y] = [this.scaled(X), this.scaled(Y)];
    const { columns } = X;
    const out = new Float64Array(X.rows * Y.rows);
    for (let i = 0, at = 0; i < X.rows; i++) {
      for (let j = 0; j < Y.rows; j++, at++) {
        let sum = 0;
        for (let k = 0; k < columns; k++) sum += (x[i * columns + k]! - y[j * columns + k]!) ** 2;
        out[at] = this.at(sum);
      }
    }
    return out;
  }

  override within(X: Matrix): Float64Array {
    const out = this.between(X, X);
    for (let row = 0; row < X.rows; row++) out[row * (X.rows + 1)] = 1;
    return out;
  }
  variances(X: Matrix): Float64Array {
    return new Float64Array(X.rows).fill(1);
  }

  private scaled({ data, columns }: Matrix): Float64Array {
    const { scales } = this;
    if (scales.length === 1) return scales[0] === 1 ? data : data.map((value) => value / scales[0]!);
    return data.map((value, at) => value / scales[at % columns]!);
  }
}

function readScales(state: State): Float64Array {
  const scales = state.floats("length_scale");
  if (scales.length === 0 || !scales.every((scale) => scale !== 0))
    state.fail("length_scale", "must hold numbers other than 0");
  return scales;
}

/** RBF: the squared exponential; with a length scale of 1 when it is not read from a file. */
export class RBF extends DistanceKernel {
  constructor(state?: State) {
    super(state && readScales(state));
  }
  protected at(squared: number): number {
    return exp(-0.5 * squared);
  }
}

/** Matern: less smooth than {@link RBF}, by `nu`. */
export class Matern extends DistanceKernel {
  private readonly nu: number;
  private readonly factor: number;

  constructor(state: State) {
    super(readScales(state));
    this.nu = state.number("nu", 1.5);
    if (!(this.nu > 0)) state.fail("nu", "must be above 0");
    this.factor = 2 ** (1 - this.nu) / gamma(this.nu);
  }

  protected at(squared: number): number {
    const { nu } = this;
    const distance = Math.sqrt(squared);
    if (nu === 0.5) return exp(-distance);
    if (nu === 1.5) {
      const k = distance * Math.sqrt(3);
      return (1 + k) * exp(-k);
    }
    if (nu === 2.5) {
      const k = distance * Math.sqrt(5);
      return (1 + k + (k * k) / 3) * exp(-k);
    }
    if (nu === Infinity) return exp(-(distance * distance) / 2);
    const k = Math.sqrt(2 * nu) * (distance === 0 ? EPSILON : distance);
    return this.factor * pow(k, nu) * kv(nu, k);
  }
}

/** RationalQuadratic: a mixture of {@link RBF} of many length scales. */
export class RationalQuadratic extends DistanceKernel {
  private readonly alpha: number;
  private readonly divisor: number;

  constructor(state: State) {
    super();
    this.alpha = state.number("alpha");
    this.divisor = 2 * this.alpha * state.number("length_scale") ** 2;
    if (this.divisor === 0) state.fail("alpha", "and the length scale must not be 0");
  }
  protected at(squared: number): number {
    return pow(1 + squared / this.divisor, -this.alpha);
  }
}

/** ExpSineSquared: repeats itself. */
export class ExpSineSquared extends DistanceKernel {
  private readonly scale: number;
  private readonly frequency: number;

  constructor(state: State) {
    super();
    this.scale = state.number("length_scale");
    this.frequency = Math.PI / state.number("periodicity");
    if (this.scale === 0 || !Number.isFinite(this.frequency))
      state.fail("periodicity", "and the length scale must not be 0");
  }
  protected at(squared: number): number {
    const ratio = Math.sin(this.frequency * Math.sqrt(squared)) / this.scale;
    return exp(-2 * (ratio * ratio));
  }
}

/** DotProduct: linear functions with an offset. */
export class DotProduct extends CovarianceKernel {
  private readonly offset: number;

  constructor(state: State) {
    super();
    this.offset = state.number("sigma_0") ** 2;
  }
  check(): void {}
  between(X: Matrix, Y: Matrix): Float64Array {
    const out = new Float64Array(X.rows * Y.rows);
    affine(X.data, X.rows, X.columns, Y.data, undefined, Y.rows, out);
    for (let at = 0; at < out.length; at++) out[at]! += this.offset;
    return out;
  }
  variances({ data, rows, columns }: Matrix): Float64Array {
    return Float64Array.from({ length: rows }, (_, row) => {
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += data[row * columns + k]! ** 2;
      return sum + this.offset;
    });
  }
}

/** PairwiseKernel: one of `sklearn.metrics.pairwise`. */
export class PairwiseCovariance extends CovarianceKernel {
  private readonly metric: KernelName;
  private readonly params: KernelParams;

  constructor(state: State) {
    super();
    const metric = state.plain("metric");
    if (typeof metric !== "string" || !(KERNELS as readonly string[]).includes(metric)) {
      const path = state.at("metric");
      const shown = typeof metric === "string" ? `'${metric}'` : (globalName(metric) ?? "a function of its own");
      throw estimatorError("E_UNSUPPORTED", `'${path}' is ${shown}, a kernel that is not supported`, { path });
    }
    this.metric = metric as KernelName;
    const given = state.given("pairwise_kernels_kwargs") ? state.dict("pairwise_kernels_kwargs") : undefined;
    const number = (name: string) => {
      const value = given?.get(name);
      if (value === undefined || typeof value === "number") return value;
      return state.fail("pairwise_kernels_kwargs", `holds no number as '${name}'`);
    };
    this.params = { gamma: state.number("gamma"), degree: number("degree"), coef0: number("coef0") };
  }
  check(): void {}
  between(X: Matrix, Y: Matrix): Float64Array {
    return pairwiseKernels(X, Y, this.metric, this.params);
  }
  variances({ data, rows, columns }: Matrix): Float64Array {
    return Float64Array.from({ length: rows }, (_, row) => {
      const own = { data: data.subarray(row * columns, (row + 1) * columns), rows: 1, columns };
      return this.between(own, own)[0]!;
    });
  }
}
