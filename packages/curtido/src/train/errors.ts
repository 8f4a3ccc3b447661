/** @module Errors of training: what of the data or of the wishes does not fit. */

import { CurtidoError, type ErrorFields } from "@curtido/pickle";

/** The data cannot be learned from; the message says what, where, and what to do. */
export function dataError(message: string, fields: ErrorFields["E_DATA"] = {}): CurtidoError {
  return new CurtidoError("E_DATA", message, fields);
}

/** Up to so many names are listed in a message. */
const MOST_LISTED = 12;

/** Names for a message. */
export function listed(names: readonly unknown[]): string {
  const shown = names.slice(0, MOST_LISTED).map((name) => {
    const text = String(name).slice(0, 60);
    // Spaces at the ends would not be seen.
    return text.trim() === text ? text : `'${text}'`;
  });
  const rest = names.length - shown.length;
  return `${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
