/** @module The one family of errors that every curtido package throws. */

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
export class CurtidoError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: Code, message: string, fields: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "CurtidoError";
    this.code = code;
    this.fields = fields;
  }
}

/** Whether `error` is a {@link CurtidoError}, and one with this `code` when one is given. */
export function isCurtidoError<Code extends string>(error: unknown, code?: Code): error is CurtidoError<Code> {
  return error instanceof CurtidoError && (code === undefined || error.code === code);
}

/** The codes that reading a pickle can end with. */
export type PickleErrorCode =
  | "E_NOT_A_PICKLE"
  | "E_TRUNCATED"
  | "E_OPCODE"
  | "E_PROTOCOL"
  | "E_STACK"
  | "E_MEMO"
  | "E_ARGUMENT"
  | "E_ENCODING"
  | "E_TYPE"
  | "E_UNHASHABLE"
  | "E_PERSISTENT_ID"
  | "E_EXTENSION"
  | "E_BUFFER"
  | "E_LIMIT";

/** A {@link CurtidoError} at a byte of the file. */
export function pickleError(code: PickleErrorCode, offset: number, message: string, cause?: unknown): CurtidoError {
  return new CurtidoError(code, `${message} (at byte ${offset})`, { offset }, cause);
}
