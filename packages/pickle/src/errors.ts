/** @module The one family of errors that every curtido package throws. */

import type { ErrorCode, ErrorRest, FieldsOf, PickleErrors } from "./codes.ts";

/**
 * An error with a machine-readable `code` and typed `fields`; the words are for people.
 *
 * `code` tells what happened (`"E_TRUNCATED"`, `"E_UNKNOWN_NAME"`, ...), `fields` where and with what: an `offset` is a
 * byte position in the file, a `path` the place in the object (`steps[1].coef_`). HTTP statuses and exit codes are mapped
 * from `code` at the edge.
 *
 * @example
 * try { loads(bytes); } catch (error) { if (isCurtidoError(error, "E_TRUNCATED")) console.error(error.fields.offset); }
 */
export class CurtidoError<out Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly fields: FieldsOf<Code>;

  constructor(code: Code, message: string, ...[fields, cause]: ErrorRest<Code>) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "CurtidoError";
    this.code = code;
    this.fields = (fields ?? {}) as FieldsOf<Code>;
  }
}

/** Whether `error` is a {@link CurtidoError}, and one with this `code` when one is given. */
export function isCurtidoError(error: unknown): error is CurtidoError;
export function isCurtidoError<Code extends ErrorCode>(error: unknown, code: Code): error is CurtidoError<Code>;
export function isCurtidoError(error: unknown, code?: ErrorCode): boolean {
  return error instanceof CurtidoError && (code === undefined || error.code === code);
}

/** The codes that reading a pickle can end with. */
export type PickleErrorCode = Exclude<keyof PickleErrors, "E_JSON">;

/** A {@link CurtidoError} at a byte of the file. */
export function pickleError(
  code: PickleErrorCode,
  offset: number,
  message: string,
  cause?: unknown,
): CurtidoError<PickleErrorCode> {
  return new CurtidoError(code, `${message} (at byte ${offset})`, { offset }, cause);
}
