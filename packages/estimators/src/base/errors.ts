/** @module Errors about estimators. */

import { CurtidoError, type ErrorRest, type EstimatorErrors, type FeatureProblem } from "@curtido/pickle";

export type { FeatureProblem };

/** The codes that estimators can end with. */
export type EstimatorErrorCode = keyof EstimatorErrors | "E_LIMIT";

/** A {@link CurtidoError} about an estimator. */
export function estimatorError<Code extends EstimatorErrorCode>(
  code: Code,
  message: string,
  ...rest: ErrorRest<Code>
): CurtidoError<Code> {
  return new CurtidoError(code, message, ...rest);
}

/** E_FEATURES with everything that is wrong, the first {@link MOST_PROBLEMS} of it. */
export function featureError(problems: readonly FeatureProblem[]): CurtidoError<"E_FEATURES"> {
  const [first] = problems;
  const where = first?.row === undefined ? "" : ` (row ${first.row + 1})`;
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : "";
  return estimatorError("E_FEATURES", `${first?.detail ?? "the rows do not fit the model"}${where}${more}`, {
    problems: problems.slice(0, MOST_PROBLEMS),
  });
}

/** How many problems an error lists. */
export const MOST_PROBLEMS = 100;
