/** @module Rows as the columns of float32 that trees are grown from. */

import type { FeatureColumns } from "@curtido/kernels";
import { featureError } from "../../base/errors.ts";
import { shapeOf } from "../../base/input.ts";
import { numbersOf, type Table } from "../base/data.ts";

/**
 * The features one after the other, in float32.
 *
 * @param missing - whether values may be missing
 * @throws CurtidoError E_FEATURES for what is no number, is infinite, or is beyond float32
 */
export function treeColumns(X: Table, missing: boolean): FeatureColumns {
  const [rows, width] = shapeOf(X);
  const numbers = numbersOf(X, missing);
  const data = new Float32Array(rows * width);
  const gaps = new Uint8Array(width);
  for (let row = 0; row < rows; row++) {
    for (let feature = 0; feature < width; feature++) {
      const value = numbers[row * width + feature]!;
      data[feature * rows + row] = value;
      if (Number.isNaN(value)) gaps[feature] = 1;
      else if (Math.abs(data[feature * rows + row]!) === Number.POSITIVE_INFINITY)
        throw featureError([{ row, detail: `${value} is beyond float32, which trees compute with` }]);
    }
  }
  return { data, rows, width, missing: gaps.includes(1) ? gaps : undefined };
}
