/** @module Cross-validation. */

import { type Rows, shapeOf } from "../../base/index.ts";
import { readTable, rowsAt, type Table, type Target, valuesOf } from "../data.ts";
import { accuracyScore, r2Score } from "../metrics/metrics.ts";
import type { Fitted, Trainer } from "../trainer.ts";
import type { Split } from "./split.ts";

/** How good a fitted estimator is on rows that it did not see; greater is better. */
export type Score = (model: Fitted, X: Table, y: readonly unknown[]) => number;

/** Accuracy of classifiers, R2 of regressors: what `score` of scikit-learn's estimators gives. */
function usualScore(model: Fitted, X: Table, y: readonly unknown[]): number {
  return (model.classes_ === undefined ? r2Score : accuracyScore)(y, model.predict(X));
}

/**
 * Fits on the training rows of each split and scores on its test rows.
 *
 * @example
 * crossValScore(new GaussianNB(), X, y, new StratifiedKFold().split(y)); // [0.9, 0.8, ...]
 */
export function crossValScore(
  trainer: Trainer,
  X: Rows,
  y: Target,
  splits: readonly Split[],
  score: Score = usualScore,
): number[] {
  const table = readTable(X);
  const values = valuesOf(y, shapeOf(table)[0], "crossValScore");
  const targets = (rows: Int32Array) => Array.from(rows, (row) => values[row]);
  return splits.map(({ train, test }) => {
    const model = trainer.fit(rowsAt(table, train), targets(train));
    return score(model, rowsAt(table, test), targets(test));
  });
}
