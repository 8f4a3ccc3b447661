/** @module Errors about arrays, tables and the files around them. */

import { type ArrayErrors, CurtidoError, type ErrorRest } from "@curtido/pickle";

/** The codes that array values can end with. */
export type ArrayErrorCode = keyof ArrayErrors | "E_LIMIT";

/** A {@link CurtidoError} about an array. */
export function arrayError<Code extends ArrayErrorCode>(
  code: Code,
  message: string,
  ...rest: ErrorRest<Code>
): CurtidoError<Code> {
  return new CurtidoError(code, message, ...rest);
}
