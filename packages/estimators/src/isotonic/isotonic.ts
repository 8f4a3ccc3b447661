/** @module IsotonicRegression: straight lines between fitted points (`sklearn.isotonic`). */

import { NdArray } from "@curtido/arrays";
import { featureError } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { asTable, type Input, type Rows, shapeOf, toInput, toNumbers } from "../base/input.ts";
import type { State } from "../base/state.ts";

/** A function of one feature; rows may be a plain list of numbers. */
export class IsotonicRegression extends Estimator {
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  private readonly outside: "nan" | "clip" | "raise";
  private readonly single: boolean;

  constructor(state: State) {
    super(state);
    const x = state.named("X_thresholds_", "_necessary_X_", "X_");
    this.x = state.floats(x, [undefined]);
    this.y = state.floats(state.named("y_thresholds_", "_necessary_y_", "y_"), [this.x.length]);
    if (this.x.length === 0 || this.x.some((value, at) => at > 0 && !(value >= this.x[at - 1]!)))
      state.fail(x, "must be ascending");
    this.outside = state.oneOf("out_of_bounds", ["nan", "clip", "raise"], "nan");
    this.single = state.isSingle(x);
    this.n_features_in_ = 1;
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: false, sparse: false };
  }
  override features(): readonly { type: "number"; missing: false }[] {
    return [{ type: "number", missing: false }];
  }

  protected override check(rows: Rows): Input {
    const vector = rows instanceof NdArray && rows.ndim === 1 ? rows.reshape([rows.size, 1]) : rows;
    const list =
      Array.isArray(vector) && vector.every((value) => typeof value === "number")
        ? (vector as unknown as number[]).map((value) => [value])
        : vector;
    return super.check(list as Rows);
  }

  protected doPredict(X: Input): NdArray {
    const table = toNumbers(asTable(toInput(X)) as NdArray, {
      missing: false,
      names: (column) => this.featureName(column),
    });
    const out = table.toFloat64().map((value) => this.at(this.single ? Math.fround(value) : value));
    return NdArray.of(this.single ? Float32Array.from(out) : out, [shapeOf(X)[0]]);
  }
  protected doTransform(X: Input): NdArray {
    return this.doPredict(X);
  }

  /** The value at one point, as `numpy.interp` computes it between the fitted ones. */
  at(value: number): number {
    const { x, y } = this;
    const last = x.length - 1;
    if (last === 0) return y[0]!;
    const low = x[0]!;
    const high = x[last]!;
    if (value < low || value > high) {
      if (this.outside === "raise")
        throw featureError([{ detail: `${value} lies outside the fitted range from ${low} to ${high}` }]);
      if (this.outside === "nan") return Number.NaN;
    }
    const t = Math.min(Math.max(value, low), high);
    let from = 0;
    let to = last;
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      if (x[middle]! <= t) from = middle;
      else to = middle;
    }
    if (t === high) return y[last]!;
    const slope = (y[from + 1]! - y[from]!) / (x[from + 1]! - x[from]!);
    return slope * (t - x[from]!) + y[from]!;
  }
}
