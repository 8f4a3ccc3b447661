/** @module SimpleImputer and MissingIndicator (`sklearn.impute._base`), and the Imputer of releases before 0.20. */

import { bool, Csr, isNumeric, NdArray, reviveDType } from "@curtido/arrays";
import { Global } from "@curtido/pickle";
import { placesOf } from "../base/columns.ts";
import { type FeatureProblem, featureError } from "../base/errors.ts";
import { Estimator, type InputRules, type Method } from "../base/estimator.ts";
import { hstack } from "../base/hstack.ts";
import { columnValues, type Input, shapeOf } from "../base/input.ts";
import type { Downstream, FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";

/** Whether a value is the one that stands for "missing". */
type IsMissing = (value: unknown) => boolean;

function readMissing(state: State): IsMissing {
  const marker = state.has("missing_values") ? state.plain("missing_values") : Number.NaN;
  const absent = (value: unknown) =>
    value === null || value === undefined || (typeof value === "number" && Number.isNaN(value));
  if (
    marker === "NaN" ||
    absent(marker) ||
    (marker instanceof Global && marker.name.includes("NA")) ||
    typeof marker === "object"
  )
    return absent;
  return (value) => value === marker;
}

/** Columns with their missing values marked. */
interface Marked {
  readonly values: readonly (Float64Array | unknown[])[];
  readonly missing: readonly Uint8Array[];
  readonly rows: number;
}

function mark(X: Input, isMissing: IsMissing): Marked {
  const [rows, columns] = shapeOf(X);
  const dense = X instanceof Csr ? X.toDense() : X;
  const values = Array.from({ length: columns }, (_, column) => columnValues(dense, column));
  return {
    values,
    rows,
    missing: values.map((column) => flagsOf(column, isMissing)),
  };
}

/** A loop: `Uint8Array.from` with a function takes ten times as long. */
function flagsOf(column: ArrayLike<unknown>, isMissing: IsMissing): Uint8Array {
  const flags = new Uint8Array(column.length);
  for (let row = 0; row < flags.length; row++) if (isMissing(column[row])) flags[row] = 1;
  return flags;
}

/** Replaces missing values by a statistic of their column; columns without any statistic are left out. */
export class FittedSimpleImputer extends Estimator {
  private readonly isMissing: IsMissing;
  private readonly fills: readonly unknown[];
  private readonly kept: readonly number[];
  private readonly numeric: boolean;
  private readonly indicator: MissingIndicator | undefined;
  /** Columns in which None is a value like others: only NaN is missing. */
  private nonePasses: readonly number[] = [];
  /** What a missing value looks like. */
  private readonly marker: number;

  constructor(state: State) {
    super(state);
    this.isMissing = readMissing(state);
    const marker = state.has("missing_values") ? state.plain("missing_values") : null;
    this.marker = typeof marker === "number" ? marker : Number.NaN;
    if (state.given("axis") && state.integer("axis") !== 0)
      state.fail("axis", "must be 0: imputing along rows is not supported");
    const statistics = state.array("statistics_");
    this.fills = statistics.flat();
    this.n_features_in_ ??= this.fills.length;
    if (this.fills.length !== this.n_features_in_)
      state.fail("statistics_", `does not have ${this.n_features_in_} elements`);
    const fitted = state.given("_fit_dtype") ? reviveDType(state.raw("_fit_dtype")) : statistics.dtype;
    this.numeric = isNumeric(fitted) && this.fills.every((fill) => typeof fill === "number");
    const keepAll =
      state.boolean("keep_empty_features", false) ||
      (state.plain("strategy") === "constant" && !state.version.atLeast(1, 8));
    this.kept = this.fills.flatMap((fill, at) =>
      keepAll || !(typeof fill === "number" && Number.isNaN(fill)) ? [at] : [],
    );
    this.indicator = state.given("indicator_") ? (state.estimator("indicator_") as MissingIndicator) : undefined;
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }

  /** Told by a pipeline what the encoder behind has categories for: None came through here, so it does again. */
  letNonePass(columns: readonly number[]): void {
    if (Number.isNaN(this.marker) && this.state.plain("missing_values") !== null)
      this.nonePasses = columns.flatMap((column) => this.kept[column] ?? []);
  }

  /** Whatever stands behind it, with missing values allowed. */
  override features(downstream: Downstream): readonly FeatureShape[] {
    // Where a number marks what is missing, NaN and null are refused.
    const missing = Number.isNaN(this.marker);
    const plain: FeatureShape = { type: this.numeric ? "number" : "any", missing };
    const aligned = this.indicator === undefined && downstream.features?.length === this.kept.length;
    const places = placesOf(this.kept);
    return this.fills.map((fill, column) => {
      const at = places.get(column) ?? -1;
      if (at < 0) return { type: "any", missing };
      const shape = aligned ? { ...downstream.features![at]!, missing } : plain;
      return missing ? { ...shape, default: fill } : shape;
    });
  }

  protected doTransform(X: Input): NdArray | Csr {
    const marked = mark(X, this.isMissing);
    for (const column of this.nonePasses)
      marked.values[column]!.forEach((value, row) => {
        if (value === null || value === undefined) marked.missing[column]![row] = 0;
      });
    const out = this.numeric ? this.fillNumbers(X, marked) : this.fillObjects(marked);
    const sparse = X instanceof Csr;
    if (this.indicator === undefined)
      return sparse ? Csr.fromDense(out.toFloat64(), out.shape[0]!, out.shape[1]!) : out;
    return hstack([out, this.indicator.indicate(marked)], marked.rows, sparse);
  }

  override offers(method: Method): boolean {
    return method === "inverseTransform"
      ? this.indicator !== undefined && this.version.atLeast(0, 24)
      : super.offers(method);
  }

  /** Puts the missing values back, where the indicator columns say. */
  protected doInverseTransform(X: Input): NdArray {
    const [rows, width] = shapeOf(X);
    const flags = this.indicator!.columns_;
    const filled = width - flags.length;
    const columns = Array.from({ length: width }, (_, column) => columnValues(X, column));
    const total = this.fills.length;
    const out = new Array<unknown>(rows * total).fill(this.marker);
    const places = placesOf(flags);
    this.kept.forEach((column, at) => {
      const flag = places.get(column) ?? -1;
      for (let row = 0; row < rows; row++) {
        const missing = flag >= 0 && Number(columns[filled + flag]![row]) !== 0;
        if (!missing) out[row * total + column] = columns[at]![row];
      }
    });
    return this.numeric
      ? NdArray.of(Float64Array.from(out as number[]), [rows, total])
      : NdArray.objects(out, [rows, total]);
  }

  private fillNumbers(X: Input, { values, missing, rows }: Marked): NdArray {
    const width = this.kept.length;
    const single = X instanceof NdArray && X.data instanceof Float32Array;
    const out = single ? new Float32Array(rows * width) : new Float64Array(rows * width);
    const problems: FeatureProblem[] = [];
    this.kept.forEach((column, at) => {
      const fill = this.fills[column] as number;
      for (let row = 0; row < rows; row++) {
        const value = missing[column]![row] === 1 ? fill : Number(values[column]![row]);
        if (Number.isNaN(value) && missing[column]![row] === 0) problems.push(this.problem(row, column));
        out[row * width + at] = value;
      }
    });
    if (problems.length > 0) throw featureError(problems);
    return NdArray.of(out, [rows, width]);
  }

  private problem(row: number, column: number): FeatureProblem {
    const feature = this.featureName(column);
    return { row, feature, detail: `'${feature}' must be a number` };
  }

  private fillObjects({ values, missing, rows }: Marked): NdArray {
    const width = this.kept.length;
    const out = new Array<unknown>(rows * width);
    this.kept.forEach((column, at) => {
      for (let row = 0; row < rows; row++)
        out[row * width + at] = missing[column]![row] === 1 ? this.fills[column] : values[column]![row];
    });
    return NdArray.objects(out, [rows, width]);
  }
}

/** 1 where a value is missing, for the features that were missing in training or for all. */
export class MissingIndicator extends Estimator {
  private readonly isMissing: IsMissing;
  /** The columns that have an indicator. */
  readonly columns_: Int32Array;
  private readonly refuseNew: boolean;
  private readonly sparse: unknown;

  constructor(state: State) {
    super(state);
    this.isMissing = readMissing(state);
    this.columns_ = state.integers("features_", [undefined]);
    this.n_features_in_ ??= state.has("_n_features") ? state.integer("_n_features") : undefined;
    const width = this.n_features_in_ ?? Number.POSITIVE_INFINITY;
    if (this.columns_.some((column) => column >= width)) state.fail("features_", "names a column that is not there");
    this.refuseNew = state.boolean("error_on_new", true) && state.plain("features") === "missing-only";
    this.sparse = state.plain("sparse");
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }

  protected doTransform(X: Input): NdArray | Csr {
    const marked = mark(X, this.isMissing);
    if (this.refuseNew) this.checkNew(marked);
    const out = this.indicate(marked);
    if (this.sparse === true || (this.sparse !== false && X instanceof Csr))
      return Csr.fromDense(out.toFloat64(), out.shape[0]!, out.shape[1]!, bool);
    return out;
  }

  private checkNew({ missing }: Marked): void {
    const known = new Set(this.columns_);
    const found = missing.findIndex((column, at) => !known.has(at) && column.includes(1));
    if (found >= 0) {
      const feature = this.featureName(found);
      throw featureError([{ feature, detail: `'${feature}' is missing, which it never was in training` }]);
    }
  }

  /** The indicator's columns for values that are marked already. */
  indicate({ missing, rows }: Omit<Marked, "values">): NdArray {
    const width = this.columns_.length;
    const out = new Uint8Array(rows * width);
    this.columns_.forEach((column, at) => {
      for (let row = 0; row < rows; row++) out[row * width + at] = missing[column]![row]!;
    });
    return NdArray.bools(out, [rows, width]);
  }
}
