/** @module Cross-validation. */

import { type Rows, shapeOf } from "../../base/input.ts";
import { rowsAt, type Target, tableOfRows, targetValues } from "../base/data.ts";
import type { Trainer } from "../base/trainer.ts";
import { type Score, scoreOf } from "./scoring.ts";
import type { Split } from "./split.ts";

/**
 * Fits on the training rows of each split and scores on its test rows.
 *
 * @param scoring - a name of scikit-learn's, such as `"neg_mean_absolute_error"`, or a function; accuracy or R2 without it
 * @example
 * crossValScore(new GaussianNB(), X, y, new StratifiedKFold().split(y)); // [0.9, 0.8, ...]
 */
export function crossValScore(
  trainer: Trainer,
  X: Rows,
  y: Target,
  splits: readonly Split[],
  scoring?: string | Score | null,
): number[] {
  const score = scoreOf(scoring);
  const table = tableOfRows(X);
  const values = targetValues(y, shapeOf(table)[0], "crossValScore");
  const targets = (rows: Int32Array) => Array.from(rows, (row) => values[row]);
  return splits.map(({ train, test }) => {
    const model = trainer.fit(rowsAt(table, train), targets(train));
    return score(model, rowsAt(table, test), targets(test));
  });
}
