/** @module What is said of values that cannot be written. */

import type { ErrorFields } from "../codes.ts";
import { CurtidoError, isCurtidoError } from "../errors.ts";
import type { Work } from "./work.ts";

/** Containers in one another of which a message tells the way to a value. */
const LONGEST_PATH = 100;

/** The same error, told with the path of the value in question, as in `a[1].b`. */
export function placed(error: unknown, waiting: readonly Work[]): unknown {
  if (!isCurtidoError(error) || (error.code !== "E_TYPE" && error.code !== "E_UNHASHABLE")) return error;
  if (waiting.length > LONGEST_PATH || error.fields["path"] !== undefined) return error;
  const path = waiting
    .map((work) => work.place?.() ?? "")
    .join("")
    .replace(/^\./, "");
  if (path === "") return error;
  const fields = { ...error.fields, path } as ErrorFields["E_TYPE"];
  return new CurtidoError(error.code, `${error.message} (at ${path})`, fields, error);
}

/** The error for an object that is there only once it is there. */
export function madeFromItself(): CurtidoError {
  return new CurtidoError("E_TYPE", "cannot pickle an object that can only be made from itself");
}
