/** @module Where an error happened: what makes values knows what is wrong, the machine knows the byte. */

import { BuildError } from "./builder.ts";
import { CurtidoError, pickleError } from "./errors.ts";
import { NumberError } from "./numbers.ts";
import { TextError } from "./text.ts";

/** The same error, told with the byte of the opcode that it happened at. */
export function located(error: unknown, at: number): unknown {
  if (error instanceof BuildError) return pickleError(error.code, at, error.message);
  if (error instanceof NumberError) return pickleError(error.limit ? "E_LIMIT" : "E_ARGUMENT", at, error.message);
  if (error instanceof TextError) return pickleError("E_ENCODING", at, error.message);
  if (isUnlocated(error))
    return new CurtidoError(error.code, `${error.message} (at byte ${at})`, { ...error.fields, offset: at }, error);
  return error;
}

/** Errors of values (an unhashable key) know what, not where. */
function isUnlocated(error: unknown): error is CurtidoError {
  return (
    error instanceof Error && error.name === "CurtidoError" && (error as CurtidoError).fields["offset"] === undefined
  );
}
