/** @module TargetEncoder: categories as the mean target of their rows (`sklearn.preprocessing._target_encoder`). */

import { NdArray } from "@curtido/arrays";
import type { Input } from "../base/input.ts";
import type { State } from "../base/state.ts";
import { CategoryEncoder } from "./encoders.ts";

/** A column per feature, or per feature and class of a multiclass target; unknown categories get the overall mean. */
export class TargetEncoder extends CategoryEncoder {
  /** Per output column its value for each category. */
  private readonly encodings: readonly Float64Array[];
  private readonly means: Float64Array;

  constructor(state: State) {
    super(state, "ignore");
    const several = state.has("target_type_") && state.string("target_type_") === "multiclass";
    const classes = several ? state.array("classes_", [undefined]).size : 1;
    this.means = several ? state.floats("target_mean_", [classes]) : Float64Array.of(state.number("target_mean_"));
    this.encodings = state
      .arrays("encodings_")
      .map((array, at) =>
        state.floatsFrom(array, `encodings_[${at}]`, [this.categories_[Math.floor(at / classes)]?.size]),
      );
    const wanted = this.categories_.length * classes;
    if (this.encodings.length !== wanted)
      state.fail("encodings_", `holds ${this.encodings.length} lists, not ${wanted}`);
  }

  protected doTransform(X: Input): NdArray {
    const { codes, known, rows, columns } = this.encode(X);
    const width = this.encodings.length;
    const classes = this.means.length;
    const out = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      for (let at = 0; at < width; at++) {
        const cell = row * columns + Math.floor(at / classes);
        out[row * width + at] = known[cell] === 1 ? this.encodings[at]![codes[cell]!]! : this.means[at % classes]!;
      }
    }
    return NdArray.of(out, [rows, width]);
  }
}
