/** @module What a kernel of a Gaussian process is: kernel machines take one too. */

import type { Matrix, State } from "../base/state.ts";

/** A covariance function of two rows. */
export abstract class CovarianceKernel {
  /** How many kernels it is made of. */
  readonly count: number;

  constructor(count = 1) {
    this.count = count;
  }

  /** Refuses rows of `features` columns if it cannot take them; `name` is the attribute that holds the kernel. */
  abstract check(features: number, state: State, name: string): void;
  /** `[X.rows, Y.rows]`: the covariances of rows with others. */
  abstract between(X: Matrix, Y: Matrix): Float64Array;
  /** `[rows, rows]`: the covariances of rows with each other. */
  within(X: Matrix): Float64Array {
    return this.between(X, X);
  }
  /** `[rows]`: the variance of each row. */
  abstract variances(X: Matrix): Float64Array;
}

/** The kernel under `name`. */
export function readCovariance(state: State, name: string): CovarianceKernel {
  const part = state.part(name);
  return part instanceof CovarianceKernel ? part : state.fail(name, "must be a kernel");
}
