/** @module Errors of tables: what a format cannot hold, and sources that are not what they say. */

import { CurtidoError, type ErrorFields } from "@curtido/pickle";

/** The column and the row that it stands in. */
type Where = Omit<ErrorFields["E_FORMAT"], "format">;

/** A format cannot hold something; the message says what and where. */
export function cannotHold(format: string, what: string, fields: Where = {}): CurtidoError {
  return new CurtidoError("E_FORMAT", `${format} cannot hold ${what}`, { format, ...fields });
}

/**
 * A source cannot be read.
 *
 * @param problem - what it is or does, behind a name for it: "is not JSON: ..."; whoever knows what was sent says so
 */
export function unreadable(
  format: string,
  problem: string,
  { line, cause }: { readonly line?: number; readonly cause?: unknown } = {},
): CurtidoError {
  const what = line === undefined ? "this" : `line ${line}`;
  const fields = { format, problem, ...(line !== undefined && { line }) };
  return new CurtidoError("E_TABLE", `${what} ${problem}`, fields, cause);
}

/** A file is malformed. */
export function malformed(format: string, problem: string, cause?: unknown): CurtidoError {
  return unreadable(format, `is no ${format} file that can be read: ${problem}`, { cause });
}

/** A source holds too much. */
export function tooLarge(format: string, most: number, what: string): CurtidoError {
  const problem = `holds more than ${most} ${what}`;
  return new CurtidoError("E_TABLE_LIMIT", `the ${format} file ${problem}`, { format, problem, most });
}

/** A column's label for messages. */
export function shownValue(label: unknown): string {
  const text = Array.isArray(label) ? label.map(String).join(", ") : String(label);
  return text.length > 60 ? `'${text.slice(0, 60)}...'` : `'${text}'`;
}

/** Refuses names that two columns have. */
export function refuseTwins(names: readonly unknown[], format: string): void {
  const seen = new Map<unknown, number>();
  for (const [at, name] of names.entries()) {
    const first = seen.get(name);
    if (first !== undefined)
      throw malformed(format, `its columns ${first + 1} and ${at + 1} are both called ${shownValue(name)}`);
    seen.set(name, at);
  }
}
