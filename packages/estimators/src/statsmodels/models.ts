/** @module What each model of statsmodels makes of its linear predictors. */

import { exp, ndtr } from "@curtido/kernels";
import type { Revive } from "../base/entry.ts";
import type { State } from "../base/state.ts";
import { Link } from "./links.ts";

/** A model's mean: of one predictor for each row, or of several. */
export class MeanModel {
  readonly state: State;
  /** Whether `params` may hold more than coefficients: a dispersion behind them. */
  readonly more: boolean;
  /** The mean of each predictor; `undefined` where classes share them. */
  readonly mean: ((eta: number) => number) | undefined;

  constructor(state: State, mean: MeanModel["mean"], more = false) {
    this.state = state;
    this.mean = mean;
    this.more = more;
  }
}

/** Revives models whose mean is one function of the predictor. */
export const meanOf =
  (mean: (eta: number) => number, more = false): Revive =>
  (state) =>
    new MeanModel(state, mean, more);

/** Generalised linear models: the inverse of the family's link. */
export const glm: Revive = (state) => {
  const family = state.child("family");
  const link = family.part(family.named("_link", "link"));
  if (!(link instanceof Link)) return family.fail("link", "must be a link");
  return new MeanModel(state, link.inverse);
};

/** Multinomial logit: a predictor for every class but the first. */
export const multinomial: Revive = (state) => new MeanModel(state, undefined);

export const identity = (eta: number): number => eta;
export const logit = (eta: number): number => 1 / (1 + exp(-eta));
export const probit = (eta: number): number => ndtr(eta);
