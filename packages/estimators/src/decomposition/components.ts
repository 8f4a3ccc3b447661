/** @module Components: rows that other rows are sums of. */

import type { NdArray } from "@curtido/arrays";
import { matmul } from "@curtido/kernels";
import { featureError } from "../base/errors.ts";
import type { Matrix, State } from "../base/state.ts";
import { typed } from "../linear_model/linear.ts";

/** `[components, features]`. */
export interface Components extends Matrix {
  /** Whether they are float32. */
  readonly single: boolean;
}

/** `components_`. */
export function readComponents(state: State, name = "components_"): Components {
  return { ...state.matrix(name), single: state.isSingle(name) };
}

/** `X @ parts`, for an inverse transformation. */
export function combineComponents(
  X: NdArray,
  parts: Float64Array,
  components: number,
  features: number,
  single: boolean,
): NdArray {
  const [rows, columns] = X.shape as readonly [number, number];
  if (columns !== components) throw featureError([{ detail: `expected ${components} columns, found ${columns}` }]);
  const out = new Float64Array(rows * features);
  matmul(X.toFloat64(), rows, components, parts, features, out);
  return typed(out, [rows, features], X, single);
}
