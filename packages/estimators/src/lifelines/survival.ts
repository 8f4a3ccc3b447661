/** @module Distributions of lifetimes, as lifelines has them: the cumulative hazard of a time. */

import { exp, log, log1p, ndtr, pow } from "@curtido/kernels";

/** A distribution with two parameters, of which regressions know the logarithm of the second. */
export interface Lifetime {
  /** The names of the parameters. */
  readonly names: readonly string[];
  /** From a regression's linear functions to the parameters. */
  readonly parameters: (eta: readonly number[]) => readonly number[];
  readonly hazard: (time: number, parameters: readonly number[]) => number;
  readonly median: (parameters: readonly number[]) => number;
}

/** Times before which nothing happens: a logarithm has to have something. */
const LEAST = 1e-25;
const MOST_EXPONENT = 709.782712893384;

/** Python's `safe_exp`. */
const bounded = (value: number): number => exp(Math.min(value, MOST_EXPONENT));
const exponentials = (eta: readonly number[]): readonly number[] => eta.map(bounded);
const scaled = (time: number, [scale = 1, shape = 1]: readonly number[]): number =>
  shape * (log(Math.max(time, LEAST)) - log(scale));

export const WEIBULL: Lifetime = {
  names: ["lambda_", "rho_"],
  parameters: exponentials,
  hazard: (time, parameters) => bounded(scaled(time, parameters)),
  median: ([lambda = 1, rho = 1]) => lambda * pow(Math.LN2, 1 / rho),
};

export const LOG_LOGISTIC: Lifetime = {
  names: ["alpha_", "beta_"],
  parameters: exponentials,
  hazard(time, parameters) {
    const z = scaled(time, parameters);
    return z > 0 ? z + log1p(exp(-z)) : log1p(exp(z));
  },
  median: ([alpha = 1]) => alpha,
};

export const LOG_NORMAL: Lifetime = {
  names: ["mu_", "sigma_"],
  parameters: ([mu = 0, sigma = 0]) => [mu, bounded(sigma)],
  hazard: (time, [mu = 0, sigma = 1]) => (time <= 0 ? 0 : -log(ndtr(-(log(time) - mu) / sigma))),
  median: ([mu = 0]) => exp(mu),
};

export const EXPONENTIAL: Lifetime = {
  names: ["lambda_"],
  parameters: exponentials,
  hazard: (time, [lambda = 1]) => time / lambda,
  median: ([lambda = 1]) => lambda * Math.LN2,
};
