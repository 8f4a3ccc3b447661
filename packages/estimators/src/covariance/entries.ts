import type { Entries } from "../base/entry.ts";
import { Covariance, EllipticEnvelope } from "./covariance.ts";

const NAMES = `EmpiricalCovariance ShrunkCovariance LedoitWolf OAS MinCovDet GraphicalLasso GraphicalLassoCV
  GraphLasso GraphLassoCV`;

/** Covariance. */
export const covarianceEntries: Entries = {
  ...Object.fromEntries(
    NAMES.split(/\s+/).map((name) => [`sklearn.covariance.${name}`, (state) => new Covariance(state)] as const),
  ),
  "sklearn.covariance.EllipticEnvelope": (state) => new EllipticEnvelope(state),
};
