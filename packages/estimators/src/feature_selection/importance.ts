/** @module How much each feature counts in a fitted estimator: `coef_` or `feature_importances_`. */

import { estimatorError } from "../base/errors.ts";
import type { State } from "../base/state.ts";

/** Per feature, the absolute coefficient, or the norm over several rows of them. */
export function coefficientNorms(
  coefficients: Float64Array,
  rows: number,
  columns: number,
  order: number,
): Float64Array {
  return Float64Array.from({ length: columns }, (_, column) => {
    let total = 0;
    for (let row = 0; row < rows; row++) {
      const size = Math.abs(coefficients[row * columns + column]!);
      total = order === Number.POSITIVE_INFINITY ? Math.max(total, size) : total + (order === 1 ? size : size ** order);
    }
    return order === 1 || order === Number.POSITIVE_INFINITY || rows === 1
      ? rows === 1
        ? Math.abs(coefficients[column]!)
        : total
      : total ** (1 / order);
  });
}

/** The importances of the estimator under `name`. */
export function importances(state: State, name: string, order: number): Float64Array {
  const inner = state.child(name);
  if (inner.given("coef_")) {
    const { data, rows, columns } = inner.matrix("coef_");
    return coefficientNorms(data, rows, columns, order);
  }
  const estimator = state.estimator(name) as unknown as { feature_importances_?: Float64Array };
  const found = estimator.feature_importances_;
  if (found !== undefined) return found;
  const path = state.at(name);
  throw estimatorError("E_UNSUPPORTED", `'${path}' has neither coef_ nor feature_importances_`, { path });
}
