/** @module Transformers of scikit-lego: columns that are chosen, capped, put on a curve (`sklego.preprocessing`). */

import { type Csr, DataFrame, NdArray } from "@curtido/arrays";
import { featureError } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { labelsOf } from "../base/frames.ts";
import { type Input, takeColumns } from "../base/input.ts";
import { type Downstream, type FeatureShape, featuresAlike, numberFeature, type Signature } from "../base/signature.ts";
import type { Matrix, State } from "../base/state.ts";

/** ColumnSelector, ColumnDropper and TypeSelector: some columns of a table, by name, whatever others there are. */
export class NamedColumns extends Estimator {
  private readonly labels: readonly unknown[];
  private readonly keeps: boolean;

  /** @param keeps - whether the columns of this name are kept, or left out */
  constructor(state: State, name: string, keeps: boolean) {
    super(state);
    const single = state.plain(name);
    this.labels = typeof single === "string" ? [single] : labelsOf(state, name);
    this.keeps = keeps;
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: false };
  }
  override task(): Signature["task"] {
    return "transformation";
  }
  override features(_downstream: Downstream): readonly FeatureShape[] {
    return [];
  }
  protected override get goesByPosition(): boolean {
    return false;
  }

  protected doTransform(X: Input): NdArray | Csr | DataFrame {
    if (!(X instanceof DataFrame)) throw featureError([{ detail: "columns are chosen by name: send rows as objects" }]);
    const missing = this.labels.filter((label) => !X.columns.includes(label)).map(String);
    if (missing.length > 0)
      throw featureError(missing.map((feature) => ({ feature, detail: `'${feature}' is missing` })));
    const chosen = this.keeps ? this.labels : X.columns.filter((label) => !this.labels.includes(label));
    return takeColumns(
      X,
      chosen.map((label) => X.columns.indexOf(label)),
    ) as DataFrame;
  }
}

/** A transformer that gives a number for each number. */
abstract class NumberByNumber extends Estimator {
  override task(): Signature["task"] {
    return "transformation";
  }
  override features(downstream: Downstream): readonly FeatureShape[] {
    const missing = this.inputRules().missing && downstream.missing;
    return featuresAlike(this.n_features_in_, numberFeature(missing));
  }
  protected doTransform(X: Input): NdArray {
    const table = X as NdArray;
    const columns = table.shape[1]!;
    return NdArray.of(
      table.toFloat64().map((value, at) => this.of(value, at % columns)),
      table.shape,
    );
  }
  protected abstract of(value: number, column: number): number;
}

/** ColumnCapper: no number beyond the quantiles of training. */
export class ColumnCapper extends NumberByNumber {
  private readonly quantiles: Matrix;
  private readonly discards: boolean;

  constructor(state: State) {
    super(state);
    this.quantiles = state.matrix("quantiles_", 2);
    this.n_features_in_ ??= this.quantiles.columns;
    this.discards = state.boolean("discard_infs", false);
  }
  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: true, sparse: false, infinite: true };
  }
  protected of(value: number, column: number): number {
    if (Number.isNaN(value) || (this.discards && !Number.isFinite(value))) return Number.NaN;
    const { data, columns } = this.quantiles;
    return Math.max(Math.min(value, data[columns + column]!), data[column]!);
  }
}

/** IntervalEncoder: the height of a line through points, between the two nearest. */
export class IntervalEncoder extends NumberByNumber {
  private readonly places: Matrix;
  private readonly heights: Matrix;

  constructor(state: State) {
    super(state);
    this.places = state.matrix("quantiles_");
    this.heights = state.matrix("heights_", this.places.rows, this.places.columns);
    this.n_features_in_ ??= this.places.rows;
  }
  protected of(value: number, column: number): number {
    const { columns } = this.places;
    const x = this.places.data.subarray(column * columns, (column + 1) * columns);
    const y = this.heights.data.subarray(column * columns, (column + 1) * columns);
    const after = x.findIndex((place) => place > value);
    if (after === 0) return y[0]!;
    if (after < 0) return y[columns - 1]!;
    const slope = (y[after]! - y[after - 1]!) / (x[after]! - x[after - 1]!);
    return slope * (value - x[after - 1]!) + y[after - 1]!;
  }
}

/** IdentityTransformer: rows as they are. */
export class IdentityTransformer extends Estimator {
  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }
  override task(): Signature["task"] {
    return "transformation";
  }
  override features({ features, missing }: Downstream): readonly FeatureShape[] {
    return features ?? featuresAlike(this.n_features_in_, { type: "any", missing });
  }
  protected doTransform(X: Input): NdArray | Csr | DataFrame {
    return X;
  }
}
