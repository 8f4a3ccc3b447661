/** @module How kernels of Gaussian processes combine (`sklearn.gaussian_process.kernels`). */

import { pow } from "@curtido/kernels";
import { estimatorError } from "../base/errors.ts";
import type { Matrix, State } from "../base/state.ts";
import { CovarianceKernel, readCovariance } from "../pairwise/covariance.ts";

/** Kernels in a kernel: a file may share one among many, so that few objects mean endless work. */
const MOST_KERNELS = 512;

/** One more than the kernels in `parts`. */
function countOf(state: State, name: string, parts: readonly CovarianceKernel[]): number {
  const count = parts.reduce((sum, part) => sum + part.count, 1);
  return count <= MOST_KERNELS ? count : state.fail(name, `is made of more than ${MOST_KERNELS} kernels`);
}

/** Sum and Product. */
export class Combination extends CovarianceKernel {
  private readonly first: CovarianceKernel;
  private readonly second: CovarianceKernel;
  private readonly product: boolean;

  constructor(state: State, product: boolean) {
    const parts = [readCovariance(state, "k1"), readCovariance(state, "k2")] as const;
    super(countOf(state, "k2", parts));
    [this.first, this.second] = parts;
    this.product = product;
  }

  check(features: number, state: State, name: string): void {
    this.first.check(features, state, name);
    this.second.check(features, state, name);
  }

  private combine(a: Float64Array, b: Float64Array): Float64Array {
    if (this.product) for (let at = 0; at < a.length; at++) a[at]! *= b[at]!;
    else for (let at = 0; at < a.length; at++) a[at]! += b[at]!;
    return a;
  }
  between(X: Matrix, Y: Matrix): Float64Array {
    return this.combine(this.first.between(X, Y), this.second.between(X, Y));
  }
  override within(X: Matrix): Float64Array {
    return this.combine(this.first.within(X), this.second.within(X));
  }
  variances(X: Matrix): Float64Array {
    return this.combine(this.first.variances(X), this.second.variances(X));
  }
}

/** Exponentiation: a kernel to a power. */
export class Exponentiation extends CovarianceKernel {
  private readonly kernel: CovarianceKernel;
  private readonly exponent: number;

  constructor(state: State) {
    const kernel = readCovariance(state, "kernel");
    super(countOf(state, "kernel", [kernel]));
    this.kernel = kernel;
    this.exponent = state.number("exponent");
  }

  check(features: number, state: State, name: string): void {
    this.kernel.check(features, state, name);
  }

  private raise(values: Float64Array): Float64Array {
    const { exponent } = this;
    // numpy squares instead of taking a power of 2.
    for (let at = 0; at < values.length; at++)
      values[at] = exponent === 2 ? values[at]! ** 2 : pow(values[at]!, exponent);
    return values;
  }
  between(X: Matrix, Y: Matrix): Float64Array {
    return this.raise(this.kernel.between(X, Y));
  }
  override within(X: Matrix): Float64Array {
    return this.raise(this.kernel.within(X));
  }
  variances(X: Matrix): Float64Array {
    return this.raise(this.kernel.variances(X));
  }
}

/** CompoundKernel: what scikit-learn shows of a classifier with several classes; no estimator computes with it. */
export function refuseCompound(state: State): never {
  const { path } = state;
  throw estimatorError("E_UNSUPPORTED", `'${path}' is a CompoundKernel, with which no estimator can predict`, { path });
}
