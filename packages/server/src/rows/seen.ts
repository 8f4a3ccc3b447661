/** @module What of a batch is kept for those who log: its first rows, and what was answered to them. */

import type { Answer } from "./answer.ts";
import type { Batch } from "./rows.ts";

/** Of a batch with more rows only the first are kept. */
export const MOST_SEEN = 1_000;

/** The first rows of a batch, and the answers to them. */
export interface Seen {
  readonly batch: Batch;
  readonly answer: Answer;
}

/** The first {@link MOST_SEEN} rows. */
export function seenOf(batch: Batch, answer: Answer): Seen {
  if (batch.single || batch.rows.length <= MOST_SEEN) return { batch, answer };
  const first = Object.entries(answer).map(([key, values]) => [
    key,
    Array.isArray(values) ? values.slice(0, MOST_SEEN) : values,
  ]);
  return { batch: { ...batch, rows: batch.rows.slice(0, MOST_SEEN) }, answer: Object.fromEntries(first) as Answer };
}
