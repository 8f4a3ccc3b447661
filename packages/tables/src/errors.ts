/** @module Errors of conversions: what a format cannot hold, and files that are not what their names say. */

import { CurtidoError } from "@curtido/pickle";

/** A format cannot hold something; the message says what and where. */
export function cannotHold(format: string, what: string, fields: Record<string, unknown> = {}): CurtidoError {
  return new CurtidoError("E_FORMAT", `${format} cannot hold ${what}`, { format, ...fields });
}

/** A file is malformed. */
export function malformed(format: string, problem: string, cause?: unknown): CurtidoError {
  return new CurtidoError("E_INPUT", `this is no ${format} file that can be read: ${problem}`, { format }, cause);
}

/** A column's label for messages. */
export function shown(label: unknown): string {
  const text = Array.isArray(label) ? label.map(String).join(", ") : String(label);
  return text.length > 60 ? `'${text.slice(0, 60)}...'` : `'${text}'`;
}

/** Refuses names that two columns have. */
export function refuseTwins(names: readonly unknown[], format: string): void {
  const second = names.findIndex((name, at) => names.indexOf(name) < at);
  if (second < 0) return;
  const first = names.indexOf(names[second]);
  throw malformed(format, `its columns ${first + 1} and ${second + 1} are both called ${shown(names[second])}`);
}
