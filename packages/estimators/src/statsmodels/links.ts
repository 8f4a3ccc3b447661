/** @module Links of generalised linear models: from the linear predictor back to the mean (`statsmodels.genmod.families.links`). */

import { exp, ndtr, pow } from "@curtido/kernels";
import type { Revive } from "../base/entry.ts";

/** A link's inverse, element by element. */
export class Link {
  readonly inverse: (z: number) => number;

  constructor(inverse: (z: number) => number) {
    this.inverse = inverse;
  }
}

const fixed =
  (inverse: (z: number) => number): Revive =>
  () =>
    new Link(inverse);

/** Powers: the state says which, where the class does not. */
const power: Revive = (state) => {
  const p = state.number("power", 1);
  return new Link(p === 1 ? (z) => z : (z) => pow(z, 1 / p));
};

const negativeBinomial: Revive = (state) => {
  const alpha = state.number("alpha", 1);
  return new Link((z) => -1 / (alpha * (1 - exp(-z))));
};

/** How each link is revived, by the names that its class had over the releases. */
export const LINKS: readonly (readonly [names: string, revive: Revive])[] = [
  ["Logit logit", fixed((z) => 1 / (1 + exp(-z)))],
  ["Log log", fixed(exp)],
  ["LogC logc", fixed((z) => 1 - exp(z))],
  ["Identity identity", fixed((z) => z)],
  ["InversePower inverse_power", fixed((z) => pow(z, -1))],
  ["InverseSquared inverse_squared", fixed((z) => pow(z, -0.5))],
  ["Sqrt sqrt", fixed((z) => pow(z, 2))],
  ["Power", power],
  ["Probit probit", fixed(ndtr)],
  ["Cauchy cauchy", fixed((z) => 0.5 + Math.atan(z) / Math.PI)],
  ["CLogLog cloglog", fixed((z) => 1 - exp(-exp(z)))],
  ["LogLog loglog", fixed((z) => exp(-exp(-z)))],
  ["NegativeBinomial nbinom", negativeBinomial],
];
