/** @module Which rows boosting learns from, and which ones say when it is enough. */

import { featureError } from "../../../base/errors.ts";
import type { Rows } from "../../../base/input.ts";
import { lengthOf, type Target } from "../../base/data.ts";
import { sampleWeights } from "../../base/weights.ts";
import { trainTestSplit } from "../../model_selection/split.ts";
import type { BoostedRows } from "./binning.ts";
import type { BoostedPart } from "./boost.ts";

/** Rows to validate with (`X_val`, `y_val`, `sample_weight_val`). */
export interface ValidationOptions {
  readonly XVal?: Rows | undefined;
  readonly yVal?: Target | undefined;
  readonly sampleWeightVal?: ArrayLike<number> | undefined;
}

/** How rows are parted where none were given to validate with. */
export interface ValidationRules {
  readonly stopsEarly: boolean;
  /** The share or the number of rows to validate with; `null` for none. */
  readonly fraction: number | null;
  readonly seed: number;
  /** Labels whose shares are kept in both parts. */
  readonly stratify: Int32Array | undefined;
}

/** Rows to learn from, and rows to validate with where there are some. */
export interface TrainParts {
  readonly train: BoostedPart;
  readonly validation: BoostedPart | undefined;
}

/**
 * Parts rows, or takes those that were given.
 *
 * @param read - brings given rows and targets into the form of those to learn from
 * @throws CurtidoError E_FEATURES for rows to validate with that have no targets, and the other way round
 */
export function trainParts(
  all: BoostedPart,
  options: ValidationOptions | undefined,
  { stopsEarly, fraction, seed, stratify }: ValidationRules,
  read: (X: Rows, y: Target) => { readonly table: BoostedRows; readonly y: Float64Array },
): TrainParts {
  const { XVal, yVal, sampleWeightVal } = options ?? {};
  if ((XVal === undefined) !== (yVal === undefined))
    throw featureError([{ detail: "rows to validate with have targets: 'XVal' goes with 'yVal'" }]);
  if (XVal !== undefined && yVal !== undefined) {
    const { table, y } = read(XVal, yVal);
    const weights = sampleWeights({ sampleWeight: sampleWeightVal }, lengthOf(yVal));
    return { train: all, validation: { table, chosen: undefined, sample: { y, weights } } };
  }
  if (!stopsEarly || fraction === null) return { train: all, validation: undefined };
  const split = { testSize: fraction, randomState: seed };
  const { train, test } = trainTestSplit(
    all.table.rows,
    stratify === undefined ? split : { ...split, stratify: Float64Array.from(stratify) },
  );
  return { train: rowsOf(all, train), validation: rowsOf(all, test) };
}

function rowsOf({ table, sample }: BoostedPart, rows: Int32Array): BoostedPart {
  const { y, weights } = sample;
  return {
    table,
    chosen: rows,
    sample: {
      y: Float64Array.from(rows, (row) => y[row]!),
      weights: weights && Float64Array.from(rows, (row) => weights[row]!),
    },
  };
}
