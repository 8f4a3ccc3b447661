/** @module An XGBoost model behind its pickle, and the rows that it wants: single precision, missing values as NaN. */

import { Csr, DataFrame, NdArray } from "@curtido/arrays";
import { Instance, typeName } from "@curtido/pickle";
import { CategoryIndex } from "../base/categories.ts";
import { estimatorError, type FeatureProblem, featureError, MOST_PROBLEMS } from "../base/errors.ts";
import { columnValues, type Input, shapeOf, toNumbers } from "../base/input.ts";
import { argmaxRows } from "../base/labels.ts";
import type { FeatureShape } from "../base/signature.ts";
import { State, shortName } from "../base/state.ts";
import { type CutText, findCut } from "./categories.ts";
import { readXgbModel, type XgbModel } from "./model.ts";
import { ModelFileError } from "./ubjson.ts";

/** What a pickled `xgboost.Booster` holds, prepared to predict. */
export class XgbBooster {
  readonly model: XgbModel;
  /** How many trees predict. */
  private readonly limit: number;
  private readonly missing: number;
  private readonly inPlace: boolean;
  private readonly categories: ReadonlyMap<number, { readonly index: CategoryIndex; readonly cut: readonly CutText[] }>;

  /**
   * @param missing the number that stands for a missing value
   * @param wrapped whether it is in one of the scikit-learn classes: those leave out trees after the best iteration
   * @throws CurtidoError E_STATE where the model is malformed, E_UNSUPPORTED where its meaning is not known
   */
  constructor(state: State, missing = Number.NaN, wrapped = false) {
    this.model = read(state);
    this.limit = wrapped ? this.model.best : this.model.sum.trees.length;
    this.missing = Math.fround(missing);
    this.inPlace = wrapped;
    this.categories = new Map(
      [...this.model.categories].map(([column, { whole, cut }]) => [
        column,
        { index: new CategoryIndex(NdArray.objects([...whole], [whole.length])), cut },
      ]),
    );
  }

  /** Whether it has trees, so that rows end in leaves. */
  get hasTrees(): boolean {
    return this.model.sum.trees.length > 0;
  }

  get outputs(): number {
    return this.model.outputs;
  }

  /** What each feature may hold. */
  shapes(): readonly FeatureShape[] {
    return Array.from({ length: this.model.features }, (_, column): FeatureShape => {
      const known = this.categories.get(column);
      if (known === undefined) return { type: "number", missing: true };
      const { index, cut } = known;
      const whole = cut.length === 0;
      return { type: whole ? index.type : "any", missing: true, categories: index.present, closed: whole };
    });
  }

  /** The rows in single precision; what a sparse row leaves out is missing. */
  table(X: Input, names: (column: number) => string): Float32Array {
    if (X instanceof Csr) return this.marked(sparseTable(X));
    const plain = X instanceof NdArray && X.dtype.kind !== "O";
    const encoded = plain || this.categories.size === 0 ? X : this.encoded(X, names);
    const table = toNumbers(encoded, { missing: true, infinite: true, names });
    return this.marked(Float32Array.from(table.data as Float64Array));
  }

  private marked(table: Float32Array): Float32Array {
    const { missing } = this;
    if (!Number.isNaN(missing)) table.forEach((value, at) => value === missing && (table[at] = Number.NaN));
    return table;
  }

  private encoded(X: NdArray | DataFrame, names: (column: number) => string): DataFrame {
    const problems: FeatureProblem[] = [];
    const series = Array.from({ length: this.model.features }, (_, column) => {
      const values = columnValues(X, column);
      const known = this.categories.get(column);
      const codes = known === undefined ? values : this.codes(known, values, names(column), problems);
      const array = codes instanceof Float64Array ? NdArray.of(codes) : NdArray.objects(codes, [codes.length]);
      return { name: String(column), values: array, dtype: "" };
    });
    if (problems.length > 0) throw featureError(problems);
    return new DataFrame(series, undefined, shapeOf(X)[0]);
  }

  private codes(
    { index, cut }: { readonly index: CategoryIndex; readonly cut: readonly CutText[] },
    values: Float64Array | unknown[],
    feature: string,
    problems: FeatureProblem[],
  ): Float64Array {
    return Float64Array.from(values as unknown[], (value, row) => {
      if (value === null || value === undefined || Number.isNaN(value)) return Number.NaN;
      const code = index.find(value);
      if (code >= 0) return code;
      const place = findCut(cut, value);
      const whole = index.categories.length;
      if (place >= 0) return whole + place;
      // What a lost text was is not known, but its code is.
      if (cut.length > 0 && isCode(value, whole + cut.length)) return value;
      const detail = `'${feature}' must be a category that was seen in training, not ${String(value).slice(0, 60)}`;
      if (problems.length < MOST_PROBLEMS) problems.push({ row, feature, detail });
      return Number.NaN;
    });
  }

  /** Margins, `[rows, outputs]`. */
  margins(table: Float32Array, rows: number): Float32Array {
    const { model } = this;
    const { sum } = model;
    const add = this.inPlace ? (sum.addInPlace ?? sum.add) : sum.add;
    const out = new Float32Array(rows * model.outputs);
    if (sum.fast !== undefined) {
      for (let row = 0; row < rows; row++) out.set(model.base, row * model.outputs);
      sum.fast.add(table, rows, out, this.limit);
      return out;
    }
    for (let row = 0; row < rows; row++) {
      const to = row * model.outputs;
      out.set(model.base, to);
      add(table, row * model.features, out, to, this.limit);
    }
    return out;
  }

  /** The answers of `Booster.predict`. */
  answers(table: Float32Array, rows: number): NdArray {
    const { objective, outputs } = this.model;
    const margins = this.margins(table, rows);
    if (objective.picks)
      return NdArray.of(Float32Array.from(argmaxRows(Float64Array.from(margins), rows, outputs)), [rows]);
    for (let at = 0; at < margins.length; at += outputs) objective.answer(margins, at, outputs);
    return this.shaped(margins, rows);
  }

  /** One number per row, or `outputs` of them. */
  shaped(values: Float32Array, rows: number): NdArray {
    return NdArray.of(values, this.outputs === 1 ? [rows] : [rows, this.outputs]);
  }

  /** The leaf of each tree, by the number of its node. */
  leaves(table: Float32Array, rows: number): NdArray {
    const { features, sum } = this.model;
    const trees = sum.trees.slice(0, this.limit);
    const size = rows * trees.length;
    const out = this.model.wholeLeaves ? new Int32Array(size) : new Float32Array(size);
    for (let row = 0; row < rows; row++)
      trees.forEach((tree, t) => {
        out[row * trees.length + t] = tree.leafOf(table, row * features);
      });
    return NdArray.of(out, trees.length === 1 ? [rows] : [rows, trees.length]);
  }
}

function isCode(value: unknown, count: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < count;
}

function sparseTable(X: Csr): Float32Array {
  const [rows, columns] = X.shape;
  const out = new Float32Array(rows * columns).fill(Number.NaN);
  for (let row = 0; row < rows; row++)
    for (let at = X.indptr[row]!; at < X.indptr[row + 1]!; at++) out[row * columns + X.indices[at]!] = X.data[at]!;
  return out;
}

function read(state: State): XgbModel {
  const bytes = state.raw("handle");
  if (!(bytes instanceof Uint8Array))
    return state.fail("handle", `must be the bytes of a model, not ${typeName(bytes)}`);
  try {
    return readXgbModel(bytes);
  } catch (error) {
    if (!(error instanceof ModelFileError)) throw error;
    const path = state.at("handle");
    const unsupported = / is not known/.test(error.message);
    const message = `${shortName(state.className)}: '${path}': ${error.message}`;
    throw estimatorError(unsupported ? "E_UNSUPPORTED" : "E_STATE", message, { path, class: state.className }, error);
  }
}

/** The booster of one of XGBoost's scikit-learn classes. */
export function xgbBoosterOf(state: State): XgbBooster {
  const value = state.raw("_Booster");
  if (!(value instanceof Instance)) return state.fail("_Booster", `must be a Booster, not ${typeName(value)}`);
  const missing = state.given("missing") ? state.number("missing") : Number.NaN;
  return new XgbBooster(new State(value, state.context, state.at("_Booster"), state.version), missing, true);
}
