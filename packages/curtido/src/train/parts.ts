/** @module Rows to learn from and rows to test with. */

import type { DataFrame } from "@curtido/arrays";
import { rowsAt, trainTestSplit } from "@curtido/estimators/fit";
import { dataError } from "./errors.ts";
import type { Goal } from "./task.ts";

/** Rows and their targets. */
export interface Part {
  readonly X: DataFrame;
  readonly y: readonly unknown[];
}

/** The rows of a table. */
export interface Parts {
  readonly train: Part;
  readonly test?: Part;
}

/** Rows to learn from and rows to test with; labels keep their shares where each is there twice. */
export function splitOf(
  { X, y }: Part,
  goal: Goal,
  { testSize, seed }: { readonly testSize: number; readonly seed: number },
  notes: string[],
): Parts {
  if (testSize === 0) return { train: { X, y } };
  const rare = goal.labels?.filter(([, count]) => count < 2).map(([label]) => String(label)) ?? [];
  if (rare.length > 0)
    notes.push(`only one row has the label ${rare.slice(0, 3).join(", ")}: labels are not kept in proportion`);
  const held = testSize < 1 ? Math.ceil(testSize * y.length) : testSize;
  if (y.length - held < 2)
    throw dataError(`${y.length} rows are too few to hold ${held} back for testing; add rows, or --test-size 0`);
  const tooFew = goal.labels !== undefined && Math.min(held, y.length - held) < goal.labels.length;
  const stratify = goal.labels !== undefined && rare.length === 0 && !tooFew ? { stratify: y } : {};
  const { train, test } = trainTestSplit(y.length, { testSize, randomState: seed, ...stratify });
  const part = (rows: Int32Array): Part => ({ X: rowsAt(X, rows) as DataFrame, y: Array.from(rows, (row) => y[row]) });
  const parts = { train: part(train), test: part(test) };
  if (new Set(parts.train.y).size < 2)
    throw dataError(
      `${y.length} rows are too few: those to learn from all have the target ${String(parts.train.y[0])}`,
    );
  return parts;
}
