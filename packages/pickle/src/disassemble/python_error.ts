/** @module What Python's `pickletools` would raise, in its own words. */

import type { PythonErrorType } from "../codes.ts";
import { CurtidoError, type PickleErrorCode } from "../errors.ts";

/** An exception of Python; whoever reads the stream adds where. */
export class PythonError extends Error {
  readonly code: PickleErrorCode;
  readonly type: PythonErrorType;

  constructor(code: PickleErrorCode, message: string, type: PythonErrorType = "ValueError") {
    super(message);
    this.code = code;
    this.type = type;
  }
}

/**
 * The error as callers see it: Python's message word for word, with the `offset` of the opcode and the exception's class
 * as `type` in its fields. Anything but a {@link PythonError} stays what it is.
 */
export function raisedAt(error: unknown, offset: number): unknown {
  if (!(error instanceof PythonError)) return error;
  return new CurtidoError(error.code, error.message, { offset, type: error.type });
}
