import { CurtidoError } from "@curtido/pickle";

/** The codes that array values can end with. */
export type ArrayErrorCode = "E_ARRAY" | "E_DTYPE" | "E_LIMIT" | "E_CONTAINER" | "E_FRAME";

/** A {@link CurtidoError} about an array. */
export function arrayError(
  code: ArrayErrorCode,
  message: string,
  fields: Record<string, unknown> = {},
  cause?: unknown,
): CurtidoError {
  return new CurtidoError(code, message, fields, cause);
}
