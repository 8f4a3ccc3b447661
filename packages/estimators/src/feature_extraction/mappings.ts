/** @module Estimators whose rows are mappings: a value by the name of each feature, any of which may be absent. */

import { DataFrame, NdArray } from "@curtido/arrays";
import { featureError } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { type Input, type Rows, toInput } from "../base/input.ts";
import { samplesOf } from "./samples.ts";

/** Reads mappings; features that it does not know are left out. */
export abstract class MappingEstimator extends Estimator {
  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: false };
  }
  override readRows(rows: Rows): Input {
    if (rows instanceof NdArray && rows.ndim === 1) return samplesOf(rows.flat());
    return Array.isArray(rows) ? samplesOf(rows) : toInput(rows);
  }
  override get readsOwnRows(): boolean {
    return true;
  }
  override get takesMore(): boolean {
    return true;
  }
  protected override inOrder(X: Input): Input {
    if (X instanceof DataFrame || X.shape[1] === 1) return X;
    throw featureError([{ detail: "rows are objects: a value by the name of each feature" }]);
  }
}
