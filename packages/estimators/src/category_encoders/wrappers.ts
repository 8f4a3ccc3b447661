/** @module Encoders around encoders: SummaryEncoder, PolynomialWrapper, NestedCVWrapper, and BinaryEncoder before 2.3. */

import { DataFrame, type NdArray } from "@curtido/arrays";
import { Delegate } from "../base/delegate.ts";
import { estimatorError } from "../base/errors.ts";
import type { Estimator } from "../base/estimator.ts";
import { FrameTransformer, labelsOf, renamed, tableOf } from "../base/frames.ts";
import { type Downstream, type FeatureShape, mergeFeatures } from "../base/signature.ts";
import type { State } from "../base/state.ts";

/** What answers as the encoder that it holds. */
export class EncoderDelegate extends Delegate {
  constructor(state: State, inner: Estimator) {
    super(state, inner);
    this.takeFeaturesOf(inner);
  }
}

/** Several encoders of the same columns, side by side under names of their own. */
abstract class Together extends FrameTransformer {
  protected readonly encoders: readonly Estimator[];

  constructor(state: State, encoders: readonly Estimator[]) {
    super(state);
    this.encoders = encoders;
    if (encoders.length === 0) state.fail("encoder_list", "is empty");
    this.n_features_in_ ??= encoders[0]!.n_features_in_;
    if (this.labelsIn === undefined) this.useLabels(encoders[0]!.feature_names_in_);
  }

  override features(downstream: Downstream): readonly FeatureShape[] {
    const { missing } = downstream;
    return this.encoders.map((encoder) => encoder.features({ missing })).reduce(mergeFeatures, []);
  }

  protected each(X: DataFrame): readonly DataFrame[] {
    return this.encoders.map((encoder) => {
      const out = encoder.transformed(X);
      if (out instanceof DataFrame) return out;
      throw estimatorError("E_STATE", `${this.className}: an encoder in it gives no table with named columns`, {
        path: "",
      });
    });
  }
}

/** SummaryEncoder: the quantiles of the target by category, a column for each. */
export class SummaryEncoder extends Together {
  private readonly quantiles: readonly number[];
  private readonly cols: readonly unknown[];
  private readonly frames: boolean;
  private readonly names: readonly unknown[];

  constructor(state: State) {
    super(
      state,
      state.list("encoder_list").map((value, at) => state.estimatorFrom(value, `encoder_list[${at}]`)),
    );
    this.quantiles = [...state.floats("quantiles", [this.encoders.length])];
    this.cols = labelsOf(state, "cols");
    this.frames = state.boolean("return_df", true);
    const out = state.named("feature_names_out_", "feature_names");
    this.names = state.given(out) ? labelsOf(state, out) : [];
  }

  protected transformFrame(X: DataFrame): DataFrame | NdArray {
    const series = new Map<unknown, DataFrame["series"][number]>();
    this.each(X).forEach((out, at) => {
      for (const column of out.series) {
        const coded = this.cols.includes(column.name);
        const name = coded ? `${String(column.name)}_${Math.round(this.quantiles[at]! * 100)}` : column.name;
        if (!series.has(name)) series.set(name, renamed(column, name));
      }
    });
    const wanted = this.names.length > 0 ? this.names.filter((name) => series.has(name)) : [...series.keys()];
    const out = new DataFrame(
      wanted.map((name) => series.get(name)!),
      X.rowIndex,
      X.length,
    );
    return this.frames ? out : tableOf(out);
  }
}

/** PolynomialWrapper: an encoder for each class of the target but the first. */
export class PolynomialWrapper extends Together {
  private readonly classes: readonly string[];
  private readonly cols: readonly unknown[];

  constructor(state: State) {
    const encoders = [...state.dict("feature_encoders")];
    super(
      state,
      encoders.map(([name, value]) => state.estimatorFrom(value, `feature_encoders[${String(name)}]`)),
    );
    this.classes = encoders.map(([name]) => String(name));
    const [first] = encoders;
    this.cols = labelsOf(state.childFrom(first![1], "feature_encoders"), "cols");
  }

  protected transformFrame(X: DataFrame): DataFrame {
    const all = this.each(X);
    const others = all.at(-1)!.series.filter(({ name }) => !this.cols.includes(name));
    const coded = all.flatMap((out, at) =>
      this.cols.map((col) => {
        const column = out.series.find(({ name }) => name === col);
        if (column === undefined)
          throw estimatorError("E_STATE", `PolynomialWrapper: '${String(col)}' is encoded to no column`, { path: "" });
        return renamed(column, `${String(col)}_${this.classes[at]}`);
      }),
    );
    return new DataFrame([...others, ...coded], X.rowIndex, X.length);
  }
}
