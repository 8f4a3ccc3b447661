/** @module Rows that must not hold negative numbers. */

import { type FeatureProblem, featureError, MOST_PROBLEMS } from "../base/errors.ts";

/**
 * Refuses negative values, and zeros too where `positive`.
 *
 * @throws CurtidoError E_FEATURES with every one of them
 */
export function refuseNegative(
  table: Float64Array,
  columns: number,
  name: (column: number) => string,
  positive = false,
): void {
  const problems: FeatureProblem[] = [];
  for (let at = 0; at < table.length && problems.length < MOST_PROBLEMS; at++) {
    const value = table[at]!;
    if (value > 0 || (value === 0 && !positive)) continue;
    const feature = name(at % columns);
    const must = positive ? "must be above 0" : "must not be negative";
    problems.push({ row: Math.floor(at / columns), feature, detail: `'${feature}' ${must}, found ${value}` });
  }
  if (problems.length > 0) throw featureError(problems);
}
