/** @module A LightGBM model behind its pickle: trees, objective and the rows that they want. */

import { Csr, DataFrame, NdArray } from "@curtido/arrays";
import { Instance, typeName } from "@curtido/pickle";
import { CategoryIndex } from "../base/categories.ts";
import { estimatorError } from "../base/errors.ts";
import { columnValues, type Input, shapeOf, toNumbers } from "../base/input.ts";
import type { FeatureShape } from "../base/signature.ts";
import { State, shortName } from "../base/state.ts";
import { type Convert, converter } from "./objective.ts";
import { type ModelText, ModelTextError, readModelText } from "./text.ts";
import { flushZeros, TextForest } from "./trees.ts";

/** What a pickled `lightgbm.Booster` holds, prepared to predict. */
export class LgbBooster {
  readonly forest: TextForest;
  readonly features: number;
  /** The names of the features; `undefined` where LightGBM made them up. */
  readonly names: readonly string[] | undefined;
  private readonly text: ModelText;
  private readonly convert: Convert;
  /** The categories of the columns that were categorical in the training frame, by column. */
  private readonly categories: ReadonlyMap<number, CategoryIndex>;

  /** @throws CurtidoError E_STATE where the text is malformed, E_UNSUPPORTED where its meaning is not known */
  constructor(state: State) {
    const name = state.named("_handle", "handle");
    this.text = guard(state, name, () => readModelText(textOf(state, name)));
    this.convert = guard(state, name, () => converter(this.text.objective));
    const best = state.given("best_iteration") ? state.integer("best_iteration", 0, -1) : 0;
    this.forest = new TextForest(this.text, best);
    this.features = this.text.features;
    this.names = this.text.names.every((each, at) => each === `Column_${at}`) ? undefined : this.text.names;
    this.categories = categoriesOf(state, this.text);
  }

  /** Numbers per row of the raw scores. */
  get outputs(): number {
    return this.text.outputs;
  }

  /** What each feature may hold. */
  shapes(): readonly FeatureShape[] {
    return Array.from({ length: this.features }, (_, column): FeatureShape => {
      const index = this.categories.get(column);
      if (index === undefined) return { type: "number", missing: true };
      return { type: index.type, missing: true, categories: index.present, closed: false };
    });
  }

  /** The rows as doubles: categories by their codes, missing values as NaN. */
  table(X: Input, names: (column: number) => string): Float64Array {
    const rules = { missing: true, infinite: true, names };
    const dense = X instanceof Csr ? X.toDense() : X;
    const plain = dense instanceof NdArray && dense.dtype.kind !== "O";
    const encoded = plain || this.categories.size === 0 ? dense : this.encoded(dense);
    const table = toNumbers(encoded, rules);
    const values = Float64Array.from(table.data as Float64Array);
    // LightGBM takes arrays of integers as float32.
    if (dense instanceof NdArray && "iub".includes(dense.dtype.kind)) values.forEach(roundAt);
    return flushZeros(values);
  }

  private encoded(X: NdArray | DataFrame): DataFrame {
    const series = Array.from({ length: this.features }, (_, column) => {
      const values = columnValues(X, column);
      const index = this.categories.get(column);
      const codes =
        index === undefined ? values : Float64Array.from(values as unknown[], (value) => codeOf(index, value));
      const array = codes instanceof Float64Array ? NdArray.of(codes) : NdArray.objects(codes, [codes.length]);
      return { name: String(column), values: array, dtype: "" };
    });
    return new DataFrame(series, undefined, shapeOf(X)[0]);
  }

  /** Raw scores, `[rows, outputs]`. */
  raw(table: Float64Array): Float64Array {
    return this.forest.sums(table, table.length / this.features);
  }

  /** The answers of `Booster.predict`, `[rows, outputs]`. */
  answers(table: Float64Array): Float64Array {
    const scores = this.raw(table);
    if (this.text.averages) for (let at = 0; at < scores.length; at++) scores[at]! /= this.forest.iterations;
    for (let at = 0; at < scores.length; at += this.outputs) this.convert(scores, at, this.outputs);
    return scores;
  }

  /** One number per row, or `outputs` of them. */
  shaped(scores: Float64Array): NdArray {
    return NdArray.of(scores, this.outputs === 1 ? [scores.length] : [scores.length / this.outputs, this.outputs]);
  }
}

function roundAt(value: number, at: number, values: Float64Array): void {
  values[at] = Math.fround(value);
}

function codeOf(index: CategoryIndex, value: unknown): number {
  const code = index.find(value);
  return code < 0 ? Number.NaN : code;
}

function textOf(state: State, name: string): string {
  const value = state.raw(name);
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return state.fail(name, `must be the text of a model, not ${typeName(value)}`);
}

function guard<T>(state: State, name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ModelTextError)) throw error;
    const path = state.at(name);
    const unsupported = error.message.endsWith("is not known");
    const message = `${shortName(state.className)}: '${path}': ${error.message}`;
    throw estimatorError(unsupported ? "E_UNSUPPORTED" : "E_STATE", message, { path, class: state.className }, error);
  }
}

/** The categories of the training frame, by the columns that they belong to, which are in order. */
function categoriesOf(state: State, text: ModelText): ReadonlyMap<number, CategoryIndex> {
  const lists = text.categories ?? heldCategories(state);
  if (lists.length === 0) return new Map();
  const columns = [namedColumns(text), seenColumns(text)].find((each) => each.length === lists.length);
  if (columns === undefined) {
    const path = state.at(state.named("_handle", "handle"));
    const message = `${shortName(state.className)}: '${path}' has ${lists.length} lists of categories and does not say which features they belong to`;
    throw estimatorError("E_UNSUPPORTED", message, { path });
  }
  return new Map(
    columns.map((column, at) => [column, new CategoryIndex(NdArray.objects([...lists[at]!], [lists[at]!.length]))]),
  );
}

/** The lists beside the text, where releases before 2.2 pickle them. */
function heldCategories(state: State): readonly (readonly unknown[])[] {
  const value = state.raw("pandas_categorical");
  return Array.isArray(value) && value.every(Array.isArray) ? value : [];
}

/** The categorical columns that the parameters name. */
function namedColumns(text: ModelText): readonly number[] {
  const columns = (text.parameters.get("categorical_feature") ?? "").split(",").map(Number);
  return columns.every((column) => Number.isInteger(column) && column >= 0 && column < text.features) ? columns : [];
}

/** The columns that training saw categories in: releases before 3 do not name them. */
function seenColumns(text: ModelText): readonly number[] {
  const infos = text.infos.slice(0, text.features);
  return infos.flatMap((info, column) => (/^-?\d/.test(info) ? [column] : []));
}

/** The booster of one of LightGBM's scikit-learn classes. */
export function lgbBoosterOf(state: State): LgbBooster {
  const value = state.raw("_Booster");
  if (!(value instanceof Instance)) return state.fail("_Booster", `must be a Booster, not ${typeName(value)}`);
  return new LgbBooster(new State(value, state.context, state.at("_Booster"), state.version));
}
