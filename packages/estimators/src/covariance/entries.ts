import { alike, type Entries, family, type Revive } from "../base/entry.ts";
import { Covariance, EllipticEnvelope } from "./covariance.ts";

const NAMES = `EmpiricalCovariance ShrunkCovariance LedoitWolf OAS MinCovDet GraphicalLasso GraphicalLassoCV
  GraphLasso GraphLassoCV`;
const covariance: Revive = (state) => new Covariance(state);

/** Covariance. */
export const covarianceEntries: Entries = family(alike("sklearn.covariance", NAMES, covariance), [
  { name: "sklearn.covariance.EllipticEnvelope", revive: (state) => new EllipticEnvelope(state) },
]);
