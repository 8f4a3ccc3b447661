/** @module Columns whose cells hold several values: tables have them, rows for a model do not. */

import { shownValue, unreadable } from "./errors.ts";
import type { Reading } from "./types.ts";

/** What a column of several values in a cell is called, in every format alike. */
export type Shape = "list" | "struct" | "map" | "interval";

/**
 * Refuses a feature of several values in a cell. A column that is no feature is left for whoever refuses or ignores it.
 *
 * @throws CurtidoError E_TABLE with the column and its type
 */
export function refuseShape(format: string, name: string, shape: Shape | undefined, { features }: Reading): void {
  if (shape === undefined || features?.includes(name) !== true) return;
  const problem = `has a column ${shownValue(name)} of the ${format} type '${shape}', and a model takes one value for each row: give each of its values a column of its own`;
  throw unreadable(format, problem);
}
