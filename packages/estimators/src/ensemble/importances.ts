/** @module The importances of an ensemble of estimators that have them. */

import type { Estimator } from "../base/estimator.ts";

/** The weighted mean of the parts' `feature_importances_`, or `undefined` when one has none. */
export function meanOf(estimators: readonly Estimator[], weights?: Float64Array): Float64Array | undefined {
  const parts = estimators.map(
    (estimator) => (estimator as unknown as { feature_importances_?: Float64Array }).feature_importances_,
  );
  const first = parts[0];
  if (first === undefined) return undefined;
  const out = new Float64Array(first.length);
  let total = 0;
  parts.forEach((part, at) => {
    const weight = weights?.[at] ?? 1;
    total += weight;
    part?.forEach((value, column) => (out[column]! += weight * value));
  });
  return out.map((value) => value / total);
}
