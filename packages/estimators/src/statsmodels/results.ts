/** @module Results of statsmodels' regressions: `params` on a design, and the mean of what that gives. */

import { DataFrame, isNumeric, NdArray, Series } from "@curtido/arrays";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { asTable, type Input } from "../base/input.ts";
import { exp } from "../base/math.ts";
import type { Downstream, FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import type { Design } from "../formula/design.ts";
import { designOf, tableOf } from "./design.ts";
import { MeanModel } from "./models.ts";

/** What a wrapper holds; results may also be pickled without one. */
export function resultsOf(state: State): State {
  return state.given("_results") ? state.child("_results") : state;
}

/**
 * Results of a regression. Of a model with a formula, rows have the columns of its data, and the design is made here; of
 * one without, those of its `exog`, of which a constant may be left out.
 *
 * Missing values give missing predictions, as in Python.
 */
export class RegressionResults extends Estimator {
  private readonly model: MeanModel;
  /** `[predictors, width]` */
  private readonly coefficients: Float64Array;
  private readonly width: number;
  private readonly predictors: number;
  private readonly design: Design | undefined;
  /** Where a constant stands that rows may leave out. */
  private readonly constant: number | undefined;

  constructor(state: State) {
    super(state);
    const results = resultsOf(state);
    const model = modelOf(results);
    this.model = model;
    const { data, rows, columns } = coefficientsOf(results, model);
    this.predictors = rows;
    this.width = columns;
    this.coefficients = data;
    const { state: fitted } = model;
    const names = namesOf(fitted.child("data"), columns);
    this.design = designOf(fitted, names);
    if (this.design === undefined) {
      this.n_features_in_ = columns;
      this.feature_names_in_ = names;
      const at = names?.indexOf("const") ?? -1;
      if (at >= 0) this.constant = at;
    } else {
      this.n_features_in_ = this.design.reads.length;
      this.feature_names_in_ = this.design.reads.map(({ name }) => name);
    }
  }

  protected override inputRules(): InputRules {
    return this.design === undefined
      ? { kind: "numbers", missing: true, sparse: false, infinite: true }
      : { kind: "any", missing: true, sparse: false };
  }

  override features(downstream: Downstream): readonly FeatureShape[] {
    if (this.design !== undefined) return this.design.shapes;
    return super
      .features(downstream)
      .map((shape, at) => (at === this.constant ? { ...shape, optional: true, default: 1 } : shape));
  }

  /** Rows may leave the constant out. */
  protected override inOrder(X: Input): Input {
    const { constant } = this;
    if (constant === undefined || !(X instanceof DataFrame) || X.columns.includes("const")) return super.inOrder(X);
    const ones = NdArray.of(new Float64Array(X.length).fill(1));
    return super.inOrder(
      new DataFrame([...X.series, { name: "const", values: ones, dtype: "float64" }], undefined, X.length),
    );
  }

  override outputs(): number {
    return this.model.mean === undefined ? this.predictors + 1 : 1;
  }

  protected doPredict(X: Input): NdArray {
    const rows = X instanceof DataFrame ? X.length : X.shape[0]!;
    const matrix = this.design === undefined ? this.filled(X) : this.design.matrix(framed(X, this.feature_names_in_!));
    const { mean } = this.model;
    return mean === undefined ? this.shares(matrix, rows) : this.means(matrix, rows, mean);
  }

  private filled(X: Input): Float64Array {
    const data = (X as NdArray).toFloat64();
    if (this.constant === undefined) return data;
    const out = data.slice();
    for (let at = this.constant; at < out.length; at += this.width) if (Number.isNaN(out[at]!)) out[at] = 1;
    return out;
  }

  private predictor(matrix: Float64Array, row: number, predictor: number): number {
    let sum = 0;
    for (let k = 0; k < this.width; k++)
      sum += matrix[row * this.width + k]! * this.coefficients[predictor * this.width + k]!;
    return sum;
  }

  private means(matrix: Float64Array, rows: number, mean: (eta: number) => number): NdArray {
    return NdArray.of(Float64Array.from({ length: rows }, (_, row) => mean(this.predictor(matrix, row, 0))));
  }

  /** Probabilities of the classes: the exponentials of their predictors, of which the first one's is 0, by their sum. */
  private shares(matrix: Float64Array, rows: number): NdArray {
    const classes = this.predictors + 1;
    const out = new Float64Array(rows * classes);
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let k = 0; k < classes; k++) {
        out[row * classes + k] = k === 0 ? 1 : exp(this.predictor(matrix, row, k - 1));
        sum += out[row * classes + k]!;
      }
      for (let k = 0; k < classes; k++) out[row * classes + k]! /= sum;
    }
    return NdArray.of(out, [rows, classes]);
  }
}

function modelOf(results: State): MeanModel {
  const model = results.part("model");
  return model instanceof MeanModel ? model : results.fail("model", "must be a model that is known");
}

/** Rows as a table under names. */
function framed(X: Input, names: readonly string[]): DataFrame {
  if (X instanceof DataFrame) return X;
  const table = asTable(X) as NdArray;
  const [rows, width] = table.shape as readonly [number, number];
  const series = names.map((name, column) => {
    const items = Array.from({ length: rows }, (_, row) => table.item(row * width + column));
    const values = isNumeric(table.dtype)
      ? NdArray.of(Float64Array.from(items as number[]))
      : NdArray.objects(items, [rows]);
    return { name, values, dtype: isNumeric(table.dtype) ? "float64" : "object" };
  });
  return new DataFrame(series, undefined, rows);
}

/** The coefficients of each predictor; pandas' `params` have labels, of old releases also in columns. */
function coefficientsOf(results: State, model: MeanModel): { data: Float64Array; rows: number; columns: number } {
  const params = paramsOf(results);
  const extra = model.more ? Math.max(0, params.size - exogWidth(model.state, params.size)) : 0;
  if (model.mean !== undefined) {
    const data = results.floatsFrom(params, "params", [undefined]).slice(0, params.size - extra);
    return { data, rows: 1, columns: data.length };
  }
  const [columns, rows] = params.shape as readonly [number, number];
  const data = results.floatsFrom(params, "params", [undefined, undefined]);
  const turned = Float64Array.from(
    { length: data.length },
    (_, at) => data[(at % columns) * rows + Math.floor(at / columns)]!,
  );
  return { data: turned, rows, columns };
}

/** `params`, which a few fits leave in a labelled series. */
export function paramsOf(results: State): NdArray {
  const found = results.attribute("params");
  return found instanceof Series ? found.values : results.array("params");
}

/** How many columns a design has, where `params` hold a dispersion beside its coefficients. */
function exogWidth(model: State, most: number): number {
  const found = model.integer("k_vars", 0, 0, most) || (model.given("exog") ? (model.array("exog").shape[1] ?? 1) : 0);
  return found || most - model.integer("k_extra", 1, 0, most);
}

/** The names of a design's columns; `undefined` where they were made up, or removed with the data. */
function namesOf(data: State, width: number): readonly string[] | undefined {
  const names = tableOf(data, "orig_exog")?.columns.map(String);
  return names?.length === width ? names : undefined;
}
