/** @module How many columns categories are encoded to, so that no column of many texts makes a table that nobody waits for. */

import type { FeatureColumn } from "./feature.ts";

/** The categories of one column that get a column of their own, at most, the rest of them together included; */
const MOST_CATEGORIES = 50;
/** and at least, where there are many columns. */
const LEAST_CATEGORIES = 5;
/** Columns of an encoded table. */
const MOST_WIDTH = 2000;
/** Numbers of an encoded table. */
const MOST_NUMBERS = 30_000_000;
/** Categories that histograms have a bin for; one is left for those that are rare. */
export const MOST_NATIVE = 254;

/** How a table of so many rows is encoded with a column for each category. */
export interface Width {
  /** The most categories of one column; the rest share the last of them. `undefined` where no column has more. */
  readonly mostCategories?: number;
  /** Columns of the encoded table. */
  readonly columns: number;
}

/**
 * How wide an encoded table becomes.
 *
 * @param asked - the most categories of a column, as the command line says
 */
export function widthOf(features: readonly FeatureColumn[], rows: number, asked?: number): Width {
  const wide = (most: number) => features.reduce((sum, { categories = 1 }) => sum + Math.min(categories, most), 0);
  const limit = Math.min(MOST_WIDTH, MOST_NUMBERS / rows);
  let most = asked ?? MOST_CATEGORIES;
  if (asked === undefined) while (most > LEAST_CATEGORIES && wide(most) > limit) most--;
  const capped = features.some(({ categories = 1 }) => categories > most);
  return { columns: wide(most), ...(capped ? { mostCategories: most } : {}) };
}
