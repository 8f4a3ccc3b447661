import { CurtidoError } from "@curtido/pickle";

/** The codes that estimators can end with. */
export type EstimatorErrorCode =
  /** A class or function of the file that nothing here knows: `fields.name`, `fields.path`. */
  | "E_UNKNOWN_NAME"
  /** A call in the file that Python would execute and that no model needs: `fields.name`. */
  | "E_UNSAFE"
  /** The file holds no model: `fields.found`. */
  | "E_NOT_A_MODEL"
  /** A fitted attribute is missing or malformed: `fields.path`. */
  | "E_STATE"
  /** The model has no such method: `fields.method`, `fields.methods`. */
  | "E_NO_METHOD"
  /** A parameter whose effect is not known: `fields.path`. */
  | "E_UNSUPPORTED"
  /** Rows do not fit the model: `fields.problems`. */
  | "E_FEATURES"
  /** There is not the memory for it. */
  | "E_LIMIT";

/** A {@link CurtidoError} about an estimator. */
export function estimatorError(
  code: EstimatorErrorCode,
  message: string,
  fields: Readonly<Record<string, unknown>> = {},
  cause?: unknown,
): CurtidoError<EstimatorErrorCode> {
  return new CurtidoError(code, message, fields, cause);
}

/** One thing that is wrong with the rows: which row (from 0), which feature, and what was expected. */
export interface FeatureProblem {
  readonly row?: number;
  readonly feature?: string;
  readonly detail: string;
}

/** E_FEATURES with everything that is wrong, the first {@link MOST_PROBLEMS} of it. */
export function featureError(problems: readonly FeatureProblem[]): CurtidoError<EstimatorErrorCode> {
  const [first] = problems;
  const where = first?.row === undefined ? "" : ` (row ${first.row + 1})`;
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : "";
  return estimatorError("E_FEATURES", `${first?.detail ?? "the rows do not fit the model"}${where}${more}`, {
    problems: problems.slice(0, MOST_PROBLEMS),
  });
}

/** How many problems an error lists. */
export const MOST_PROBLEMS = 100;
