/** @module TransformerPipeline: a list of transformers of a column (`sklearn_pandas.pipeline`). */

import type { Csr, DataFrame, NdArray } from "@curtido/arrays";
import type { Input, Rows } from "../base/input.ts";
import { FittedPipeline } from "../pipeline/pipeline.ts";

/** A pipeline that hands a list of values on as one, as encoders of labels and vectorizers of texts take it. */
export class TransformerPipeline extends FittedPipeline {
  override transform(rows: Rows): NdArray | Csr | DataFrame {
    let found: Rows = rows;
    for (const { estimator } of this.steps) if (estimator !== undefined) found = estimator.transform(found);
    return found as Input;
  }
}
