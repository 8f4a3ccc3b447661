/** @module OneHotEncoder and OrdinalEncoder (`sklearn.preprocessing._encoders`). */

import { Csr, type DType, NdArray } from "@curtido/arrays";
import { CategoryIndex, exactValues } from "../base/categories.ts";
import { numericDType, ofDType } from "../base/dtypes.ts";
import { estimatorError, type FeatureProblem, featureError, MOST_PROBLEMS } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { columnValues, type Input, shapeOf } from "../base/input.ts";
import type { Downstream, FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { listArray, optionalLists, readDropped, readDTypeName } from "./encoder_state.ts";

/** Codes of a table's values, row by row, and which of them are known. */
interface Codes {
  readonly codes: Int32Array;
  readonly known: Uint8Array;
  readonly rows: number;
  readonly columns: number;
}

/** What both encoders share: categories, unknown values, infrequent categories put together. */
export abstract class CategoryEncoder extends Estimator {
  readonly categories_: readonly NdArray[];
  protected readonly indexes: readonly CategoryIndex[];
  protected readonly handleUnknown: string;
  /** From a category to its place once infrequent ones share one, per column. */
  protected readonly grouping: readonly (Int32Array | undefined)[];
  protected readonly infrequent: readonly (Int32Array | undefined)[];

  constructor(state: State, handleUnknown = state.string("handle_unknown", "error")) {
    super(state);
    this.categories_ = state.list("categories_").map((_, at) => listArray(state, "categories_", at)!);
    this.n_features_in_ ??= this.categories_.length;
    if (this.n_features_in_ !== this.categories_.length)
      state.fail("categories_", `holds ${this.categories_.length} lists for ${this.n_features_in_} features`);
    this.indexes = this.categories_.map((categories) => new CategoryIndex(categories));
    this.handleUnknown = handleUnknown;
    this.grouping = optionalLists(state, "_default_to_infrequent_mappings", this.n_features_in_);
    this.infrequent = optionalLists(state, "_infrequent_indices", this.n_features_in_);
    this.grouping.forEach((mapping, at) => {
      const least = this.categories_[at]!.size - (this.indexes[at]!.nan >= 0 ? 1 : 0);
      if (mapping !== undefined && mapping.length < least)
        state.fail("_default_to_infrequent_mappings", "is shorter than the categories");
    });
  }

  /** The columns in which training saw None, which is no NaN. */
  get columnsWithNone(): readonly number[] {
    return this.indexes.flatMap((index, column) => (index.categories.includes(null) ? [column] : []));
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: false };
  }

  override features(_downstream: Downstream): readonly FeatureShape[] {
    return this.indexes.map((index) => ({
      type: index.type,
      missing: index.missing >= 0 || this.handleUnknown !== "error",
      categories: index.present,
      closed: this.handleUnknown === "error",
    }));
  }

  /** Codes before grouping; unknown values are 0 and not known, or an error when they are refused. */
  protected encode(X: Input): Codes {
    const [rows, columns] = shapeOf(X);
    const codes = new Int32Array(rows * columns);
    const known = new Uint8Array(rows * columns).fill(1);
    const problems: FeatureProblem[] = [];
    for (let column = 0; column < columns; column++) {
      const values = exactValues(X, column);
      const index = this.indexes[column]!;
      for (let row = 0; row < rows; row++) {
        const code = index.find(values[row]);
        if (code >= 0) codes[row * columns + column] = code;
        else {
          known[row * columns + column] = 0;
          if (this.handleUnknown === "error") problems.push(this.unknown(values[row], row, column));
        }
      }
    }
    if (problems.length > 0) throw featureError(problems.slice(0, MOST_PROBLEMS));
    return { codes, known, rows, columns };
  }

  private unknown(value: unknown, row: number, column: number): FeatureProblem {
    const feature = this.featureName(column);
    if (value === null || value === undefined || Number.isNaN(value))
      return { row, feature, detail: `'${feature}' is missing` };
    const { present } = this.indexes[column]!;
    const shown = present.slice(0, 12).map(shownValue).join(", ");
    const more = present.length > 12 ? ", ..." : "";
    return { row, feature, detail: `'${feature}' must be one of ${shown}${more}, not ${shownValue(value)}` };
  }

  /** Puts infrequent categories together; unknown values join them when they were told to. */
  protected group({ codes, known, rows, columns }: Codes, skip: readonly number[] = []): void {
    const joins = this.handleUnknown === "infrequent_if_exist" || this.handleUnknown === "warn";
    for (let column = 0; column < columns; column++) {
      const mapping = this.grouping[column];
      const infrequent = this.infrequent[column];
      if (mapping === undefined) continue;
      for (let row = 0; row < rows; row++) {
        const at = row * columns + column;
        if (known[at] === 0 && infrequent !== undefined) {
          codes[at] = infrequent[0]!;
          if (joins) known[at] = 1;
        }
        if (codes[at] !== skip[column]) codes[at] = mapping[codes[at]!]!;
      }
    }
  }

  /** The names of a column's outputs once infrequent categories are one. */
  protected grouped(column: number): readonly unknown[] {
    const { categories } = this.indexes[column]!;
    const mapping = this.grouping[column];
    if (mapping === undefined) return categories;
    const names: unknown[] = [];
    const infrequent = new Set(this.infrequent[column]);
    mapping.forEach((place, at) => {
      names[place] = infrequent.has(at) ? "infrequent_sklearn" : categories[at];
    });
    return names;
  }
}

/** A category in a message. */
function shownValue(value: unknown): string {
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}

/** Each category a column of its own, 1 where a row has it. */
export class FittedOneHotEncoder extends CategoryEncoder {
  private readonly sparse: boolean;
  private readonly dtype: DType;
  /** The dropped output of each column, after grouping. */
  private readonly dropped: readonly (number | undefined)[];
  private readonly offsets: Int32Array;

  constructor(state: State) {
    super(state);
    this.sparse = state.boolean(state.named("sparse_output", "sparse"), true);
    this.dtype = numericDType(readDTypeName(state));
    this.dropped = readDropped(state, this.categories_.length);
    this.offsets = new Int32Array(this.categories_.length + 1);
    this.categories_.forEach((_, column) => {
      const width = this.grouped(column).length - (this.dropped[column] === undefined ? 0 : 1);
      this.offsets[column + 1] = this.offsets[column]! + width;
    });
  }

  protected doTransform(X: Input): NdArray | Csr {
    const encoded = this.encode(X);
    this.group(encoded);
    const { codes, known, rows, columns } = encoded;
    const indptr = new Int32Array(rows + 1);
    const indices = new Int32Array(rows * columns);
    let count = 0;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const code = codes[row * columns + column]!;
        const drop = this.dropped[column];
        if (known[row * columns + column] === 0 || code === drop) continue;
        indices[count++] = this.offsets[column]! + (drop !== undefined && code > drop ? code - 1 : code);
      }
      indptr[row + 1] = count;
    }
    const out = new Csr(
      [rows, this.offsets[columns]!],
      indptr,
      indices.subarray(0, count),
      new Float64Array(count).fill(1),
      this.dtype,
    );
    if (this.sparse) return out;
    return ofDType(out.toDense().toFloat64(), out.shape, this.dtype);
  }

  protected doInverseTransform(X: Input): NdArray {
    const dense = X instanceof Csr ? X.toDense() : (X as NdArray);
    const columns = this.categories_.length;
    const [rows, width] = dense.shape as readonly [number, number];
    if (width !== this.offsets[columns])
      throw featureError([{ detail: `expected ${this.offsets[columns]} columns, found ${width}` }]);
    const data = dense.toFloat64();
    const out = new Array<unknown>(rows * columns);
    for (let column = 0; column < columns; column++) {
      const names = this.grouped(column);
      for (let row = 0; row < rows; row++)
        out[row * columns + column] = this.original(data, row * width, column, names);
    }
    return asCategories(out, [rows, columns], this.categories_);
  }

  private original(data: Float64Array, from: number, column: number, names: readonly unknown[]): unknown {
    const drop = this.dropped[column];
    let best = -1;
    for (let at = this.offsets[column]!; at < this.offsets[column + 1]!; at++) {
      if (data[from + at]! !== 0 && (best < 0 || data[from + at]! > data[from + best]!)) best = at;
    }
    if (best < 0) {
      if (drop !== undefined) return names[drop];
      if (this.handleUnknown === "error")
        throw featureError([{ detail: `a row has no category of '${this.featureName(column)}'` }]);
      return this.infrequent[column] === undefined || this.handleUnknown === "ignore" ? null : names[0];
    }
    const code = best - this.offsets[column]!;
    return names[drop !== undefined && code >= drop ? code + 1 : code];
  }
}

/** Each category its position. */
export class FittedOrdinalEncoder extends CategoryEncoder {
  private readonly dtype: DType;
  private readonly unknownValue: number;
  private readonly missingValue: number;
  /** Where NaN stands among the categories, per column, when they have a code of their own. */
  private readonly missingAt: readonly number[];

  constructor(state: State) {
    super(state);
    const unknown = state.has("unknown_value") ? state.plain("unknown_value") : null;
    this.unknownValue = typeof unknown === "number" ? unknown : Number.NaN;
    const missing = state.has("encoded_missing_value") ? state.plain("encoded_missing_value") : Number.NaN;
    this.missingValue = typeof missing === "number" ? missing : Number.NaN;
    this.dtype = numericDType(readDTypeName(state));
    this.missingAt = this.indexes.map((index) => (state.version.atLeast(1, 0) ? index.nan : -1));
  }

  protected doTransform(X: Input): NdArray {
    const encoded = this.encode(X);
    this.group(encoded, this.missingAt);
    const { codes, known, rows, columns } = encoded;
    const out = Float64Array.from(codes);
    for (let at = 0; at < out.length; at++) {
      const missing = this.missingAt[at % columns]!;
      if (known[at] === 0) out[at] = this.unknownValue;
      else if (missing >= 0 && codes[at] === missing) out[at] = this.missingValue;
    }
    return ofDType(out, [rows, columns], this.dtype);
  }

  protected doInverseTransform(X: Input): NdArray {
    const [rows, columns] = shapeOf(X);
    if (columns !== this.categories_.length)
      throw featureError([{ detail: `expected ${this.categories_.length} columns, found ${columns}` }]);
    const out = new Array<unknown>(rows * columns);
    for (let column = 0; column < columns; column++) {
      const values = columnValues(X, column);
      for (let row = 0; row < rows; row++) out[row * columns + column] = this.original(Number(values[row]), column);
    }
    return asCategories(out, [rows, columns], this.categories_);
  }

  /** A missing value counts as its category's position, also where that is the code of the infrequent ones. */
  private original(given: number, column: number): unknown {
    const { categories } = this.indexes[column]!;
    const missing = this.missingAt[column]!;
    const code = missing >= 0 && Object.is(given, this.missingValue) ? missing : given;
    if (this.handleUnknown === "use_encoded_value" && Object.is(code, this.unknownValue)) return null;
    const infrequent = this.infrequent[column];
    const rare = new Set(infrequent);
    const frequent = infrequent === undefined ? categories : categories.filter((_, at) => !rare.has(at));
    if (infrequent !== undefined && code === frequent.length) return "infrequent_sklearn";
    if (!(Number.isInteger(code) && code >= 0 && code < frequent.length)) {
      throw estimatorError("E_FEATURES", `${code} is no code of '${this.featureName(column)}'`, { problems: [] });
    }
    return frequent[code];
  }
}

/** A float array when every category is a number, else objects. */
function asCategories(out: unknown[], shape: readonly number[], categories: readonly NdArray[]): NdArray {
  const kinds = new Set(categories.map((list) => list.dtype.kind));
  // Python puts all columns into one array, where truth values are 0 and 1 beside numbers.
  const fits = (value: unknown) => typeof value === "number" || typeof value === "boolean";
  if (![...kinds].every((kind) => "iufb".includes(kind)) || !out.every(fits)) return NdArray.objects(out, shape);
  const numbers = (out as (number | boolean)[]).map(Number);
  if (kinds.has("f")) return NdArray.of(Float64Array.from(numbers), shape);
  return kinds.size === 1 && kinds.has("b")
    ? NdArray.bools(Uint8Array.from(numbers), shape)
    : NdArray.of(BigInt64Array.from(numbers, BigInt), shape);
}
