/** @module A CatBoost model behind its pickle, and the rows that it wants: single precision, categories by their hash. */

import { Csr, DataFrame, NdArray } from "@curtido/arrays";
import { typeName } from "@curtido/pickle";
import { estimatorError, type FeatureProblem, featureError, MOST_PROBLEMS } from "../base/errors.ts";
import { columnValues, type Input, shapeOf, toNumbers } from "../base/input.ts";
import type { FeatureShape } from "../base/signature.ts";
import { type State, shortName } from "../base/state.ts";
import { categoryHash } from "./city_hash.ts";
import { CounterValues } from "./counter_values.ts";
import { CatModelError } from "./flatbuffer.ts";
import { CatForest } from "./forest.ts";
import type { CategoryColumn, CatModel } from "./model.ts";
import { lossNoted } from "./notes.ts";
import { readCatModel } from "./read.ts";

/** How many hashes of categories are remembered. */
const MOST_HASHES = 1 << 12;

/** What a pickled CatBoost model holds, prepared to predict. */
export class CatBooster {
  readonly model: CatModel;
  readonly forest: CatForest;
  /** Names by column; `undefined` where training had none. */
  readonly names: readonly string[] | undefined;
  /** The loss function that it was trained with, `Logloss`; empty when the file does not say. */
  readonly loss: string;
  private readonly categories: ReadonlyMap<number, CategoryColumn>;
  private readonly above: readonly number[];
  private readonly counters: CounterValues;
  private readonly hashes = new Map<string, number>();

  /** @throws CurtidoError E_STATE where the model is malformed, E_UNSUPPORTED where it needs what is not known */
  constructor(state: State) {
    this.model = read(state);
    this.forest = new CatForest(this.model);
    this.counters = new CounterValues(this.model);
    const { numbers, categories, columns } = this.model;
    this.categories = new Map(categories.map((each) => [each.column, each]));
    this.above = numbers.filter((each) => each.missingAbove).map((each) => each.column);
    const names = Array.from({ length: columns }, (_, column) => String(column));
    for (const { column, name } of [...numbers, ...categories]) if (name !== "") names[column] = name;
    this.names = names.every((name, column) => name === String(column)) ? undefined : names;
    this.loss = lossNoted(this.model.notes);
  }

  /** What each feature may hold. */
  shapes(): readonly FeatureShape[] {
    return Array.from({ length: this.model.columns }, (_, column): FeatureShape => {
      const category = this.categories.get(column);
      if (category === undefined) return { type: "number", missing: true };
      const shape: FeatureShape = { type: "any", missing: false };
      return category.texts.length === 0 ? shape : { ...shape, categories: category.texts, closed: false };
    });
  }

  /** The rows: numbers rounded to single precision, categories as their hashes, and behind them what is made of these. */
  table(X: Input, names: (column: number) => string): Float64Array {
    const dense = X instanceof Csr ? X.toDense() : X;
    const encoded = this.categories.size === 0 ? dense : this.encoded(dense, names);
    const table = toNumbers(encoded, { missing: true, infinite: true, names });
    const rows = shapeOf(X)[0];
    const { columns } = this.model;
    const { width } = this.counters;
    const plain = this.categories.size === 0;
    const numbers = table.data as Float64Array;
    const out = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const x = numbers[row * columns + column]!;
        out[row * width + column] = plain || !this.categories.has(column) ? Math.fround(x) : x;
      }
      for (const column of this.above)
        if (Number.isNaN(out[row * width + column])) out[row * width + column] = Number.POSITIVE_INFINITY;
      this.counters.write(out, row * width);
    }
    return out;
  }

  private encoded(X: NdArray | DataFrame, names: (column: number) => string): DataFrame {
    const problems: FeatureProblem[] = [];
    const series = Array.from({ length: this.model.columns }, (_, column) => {
      const values = columnValues(X, column);
      const codes = this.categories.has(column) ? this.codes(values, names(column), problems) : values;
      const array = codes instanceof Float64Array ? NdArray.of(codes) : NdArray.objects(codes, [codes.length]);
      return { name: String(column), values: array, dtype: "" };
    });
    if (problems.length > 0) throw featureError(problems);
    return new DataFrame(series, undefined, shapeOf(X)[0]);
  }

  private codes(values: Float64Array | unknown[], feature: string, problems: FeatureProblem[]): Float64Array {
    return Float64Array.from(values as unknown[], (value, row) => {
      const text = textOf(value);
      if (text !== undefined) return this.hash(text);
      const found = value === null || value === undefined ? "a missing value" : String(value).slice(0, 60);
      const detail = `'${feature}' is a category and must be a text or an integer, not ${found}`;
      if (problems.length < MOST_PROBLEMS) problems.push({ row, feature, detail });
      return 0;
    });
  }

  private hash(text: string): number {
    const known = this.hashes.get(text);
    if (known !== undefined) return known;
    const hash = categoryHash(text);
    if (this.hashes.size < MOST_HASHES) this.hashes.set(text, hash);
    return hash;
  }

  /** Raw values, `[rows, outputs]`. */
  raw(table: Float64Array, rows: number): Float64Array {
    return this.forest.sums(table, rows);
  }

  /** One number per row, or `outputs` of them. */
  shaped(values: Float64Array, rows: number): NdArray {
    const { outputs } = this.model;
    return NdArray.of(values, outputs === 1 ? [rows] : [rows, outputs]);
  }

  /** The number of each tree's leaf. */
  leaves(table: Float64Array, rows: number): NdArray {
    return NdArray.of(this.forest.leaves(table, rows), [rows, this.forest.count]);
  }
}

/** What CatBoost hashes of a category; `undefined` for what it refuses: missing values and numbers with a fraction. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "bigint") return String(value);
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

function read(state: State): CatModel {
  const bytes = state.raw("__model");
  if (!(bytes instanceof Uint8Array))
    return state.fail("__model", `must be the bytes of a model, not ${typeName(bytes)}`);
  try {
    return readCatModel(bytes);
  } catch (error) {
    if (!(error instanceof CatModelError)) throw error;
    const path = state.at("__model");
    const unsupported = / is not known/.test(error.message);
    const message = `${shortName(state.className)}: '${path}': ${error.message}`;
    throw estimatorError(unsupported ? "E_UNSUPPORTED" : "E_STATE", message, { path, class: state.className }, error);
  }
}
