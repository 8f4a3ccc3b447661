/** @module lifelines' regressions: Cox's proportional hazards, and accelerated failure times. */

import { DataFrame, Index, NdArray, Series } from "@curtido/arrays";
import { Dict } from "@curtido/pickle";
import { featureError } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { columnValues, type Input, numbersOf, shapeOf, takeColumns } from "../base/input.ts";
import { exp } from "../base/math.ts";
import type { FeatureShape, Signature } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { Covariates } from "./covariates.ts";
import { between, type Curve, curvesOf, labelled, survivalTable, timesOf } from "./frames.ts";
import type { Lifetime } from "./survival.ts";

/** What a parameter's mapping is; `undefined` in files of releases that kept none. */
function mappingOf(state: State, parameter: string): unknown {
  const mappings = state.given("regressors") ? state.child("regressors").raw("mappings") : undefined;
  return mappings instanceof Dict ? mappings.get(parameter) : undefined;
}

/** A regression whose rows have columns by name. */
abstract class Regression extends Estimator {
  /** The columns of a row, and what they may hold. */
  private fields: ReadonlyMap<string, FeatureShape> = new Map();

  protected take(fields: ReadonlyMap<string, FeatureShape>): void {
    this.fields = fields;
    this.feature_names_in_ = [...fields.keys()];
    this.n_features_in_ = fields.size;
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: false };
  }
  override features(): readonly FeatureShape[] {
    return [...this.fields.values()];
  }
  override task(): Signature["task"] {
    return "regression";
  }

  /** Columns that rows may leave out are missing then. */
  protected override inOrder(X: Input): Input {
    if (!(X instanceof DataFrame)) return super.inOrder(X);
    const absent = [...this.fields].filter(([name, { optional }]) => optional === true && !X.columns.includes(name));
    const series = absent.map(([name]) => ({
      name,
      values: NdArray.objects(new Array(X.length).fill(null), [X.length]),
      dtype: "object",
    }));
    return super.inOrder(series.length === 0 ? X : new DataFrame([...X.series, ...series], undefined, X.length));
  }

  /** Rows as a table: numbers where the model wants them. */
  protected framed(X: Input): DataFrame {
    const rows = shapeOf(X)[0];
    const series = this.feature_names_in_!.map((name, column) => {
      const shape = this.fields.get(name)!;
      if (shape.type !== "number")
        return { name, values: NdArray.objects(Array.from(columnValues(X, column)), [rows]), dtype: "object" };
      const one = takeColumns(X, [column]);
      const values = one instanceof DataFrame ? one.series[0]!.values.reshape([rows, 1]) : (one as NdArray);
      return { name, values: NdArray.of(numbersOf(values, () => name)), dtype: "float64" };
    });
    return new DataFrame(series, undefined, rows);
  }
}

/** `exp((x - mean) @ params)`: the hazard of a row against that of the average one; survival by the baseline of its stratum. */
export class CoxPH extends Regression {
  private readonly covariates: Covariates;
  private readonly params: Float64Array;
  private readonly mean: Float64Array;
  private readonly strata: readonly string[];
  private readonly baselines: readonly { readonly label: readonly unknown[]; readonly curve: Curve }[];
  private readonly times: Float64Array;

  /** @param model - what holds the fit: the object itself before 0.25 */
  constructor(state: State, model: State) {
    super(state);
    const params = labelled(model, model.named("params_", "hazards_"));
    this.params = Float64Array.from(params, ([, value]) => value);
    this.mean = Float64Array.from(labelled(model, "_norm_mean"), ([, value]) => value);
    if (this.mean.length !== this.params.length)
      model.fail("_norm_mean", `has ${this.mean.length} means for ${this.params.length} coefficients`);
    const names = params.map(([label]) => String(label.at(-1)));
    this.covariates = new Covariates(model, mappingOf(model, "beta_"), names);
    const strata = model.raw("strata");
    this.strata =
      typeof strata === "string"
        ? [strata]
        : strata === null || strata === undefined
          ? []
          : model.list("strata").map(String);
    this.baselines = curvesOf(model, "baseline_cumulative_hazard_");
    this.times = timesIn(model, this.baselines[0]?.curve.times);
    this.take(new Map([...this.strataShapes(), ...this.covariates.columns]));
  }

  private strataShapes(): readonly (readonly [string, FeatureShape])[] {
    return this.strata.map((name, at) => {
      const categories = [...new Set(this.baselines.map(({ label }) => label[at]))];
      const type = categories.every((value) => typeof value === "number") ? "number" : "string";
      return [name, { type, missing: true, optional: true, categories, closed: true }] as const;
    });
  }

  private hazards(frame: DataFrame): Float64Array {
    const matrix = this.covariates.matrix(frame);
    const width = this.params.length;
    return Float64Array.from({ length: frame.length }, (_, row) => {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += (matrix[row * width + k]! - this.mean[k]!) * this.params[k]!;
      return exp(sum);
    });
  }

  protected doPredict(X: Input): NdArray {
    return NdArray.of(this.hazards(this.framed(X)));
  }

  protected doSurvivalFunction(X: Input): DataFrame {
    const frame = this.framed(X);
    const hazards = this.hazards(frame);
    const curves = hazards.length === 0 ? [] : Array.from(hazards, (_, row) => this.baselineOf(frame, row));
    return survivalTable(this.times, frame.length, (row, time) => exp(-between(curves[row]!, time) * hazards[row]!));
  }

  private baselineOf(frame: DataFrame, row: number): Curve {
    if (this.strata.length === 0) return this.baselines[0]!.curve;
    const wanted = this.strata.map((name) => frame.series[frame.columns.indexOf(name)]!.values.item(row));
    const found = this.baselines.find(
      ({ label }) => label.length === wanted.length && label.every((part, at) => String(part) === String(wanted[at])),
    );
    if (found !== undefined) return found.curve;
    const feature = this.strata[0]!;
    const detail = `'${this.strata.join("', '")}' must say which of the strata a row is in: ${wanted.map(String).join(", ").slice(0, 80)} is none`;
    throw featureError([{ row, feature, detail }]);
  }
}

/** Accelerated failure times: `predict` is the median lifetime, as lifelines' own concordance has it. */
export class AcceleratedFailureTime extends Regression {
  private readonly lifetime: Lifetime;
  private readonly parts: readonly { readonly covariates: Covariates; readonly params: Float64Array }[];
  private readonly times: Float64Array;

  constructor(state: State, lifetime: Lifetime) {
    super(state);
    this.lifetime = lifetime;
    const params = labelled(state, "params_");
    this.parts = lifetime.names.map((parameter) => {
      const own = params.filter(([label]) => label[0] === parameter);
      if (own.length === 0) state.fail("params_", `has no coefficients of ${parameter}`);
      const names = own.map(([label]) => (String(label[1]) === "_intercept" ? "Intercept" : String(label[1])));
      return {
        covariates: new Covariates(state, mappingOf(state, parameter), names),
        params: Float64Array.from(own, ([, value]) => value),
      };
    });
    this.times = timesIn(state, undefined);
    this.take(new Map(this.parts.flatMap(({ covariates }) => [...covariates.columns])));
  }

  /** The parameters of each row's distribution. */
  private parametersOf(X: Input): readonly (readonly number[])[] {
    const frame = this.framed(X);
    const etas = this.parts.map(({ covariates, params }) => {
      const matrix = covariates.matrix(frame);
      return Float64Array.from({ length: frame.length }, (_, row) =>
        params.reduce((sum, value, k) => sum + matrix[row * params.length + k]! * value, 0),
      );
    });
    return Array.from({ length: frame.length }, (_, row) => this.lifetime.parameters(etas.map((eta) => eta[row]!)));
  }

  protected doPredict(X: Input): NdArray {
    return NdArray.of(Float64Array.from(this.parametersOf(X), (parameters) => this.lifetime.median(parameters)));
  }

  protected doSurvivalFunction(X: Input): DataFrame {
    const rows = this.parametersOf(X);
    return survivalTable(this.times, rows.length, (row, time) => exp(-this.lifetime.hazard(time, rows[row]!)));
  }
}

/** The times that a survival function is told at. */
function timesIn(state: State, fallback: Float64Array | undefined): Float64Array {
  const found = state.given("timeline") ? state.attribute("timeline") : undefined;
  if (found instanceof Index) return timesOf(found.labels);
  if (found instanceof Series) return found.values.toFloat64();
  return found === undefined && fallback !== undefined ? fallback : state.floats("timeline", [undefined]);
}
