/** @module ColumnTransformer: each group of columns through a transformer of its own (`sklearn.compose`). */

import { Csr, DataFrame, NdArray } from "@curtido/arrays";
import { Tuple } from "@curtido/pickle";
import { placesOf } from "../base/columns.ts";
import { featureError } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { hstack } from "../base/hstack.ts";
import { asTable, type Input, numbersOf, shapeOf, takeColumns } from "../base/input.ts";
import { type Downstream, type FeatureShape, mergeFeature, numberFeature, wantsNumbers } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { readWeights, weighted } from "../pipeline/union.ts";
import { type Columns, readColumns } from "./columns.ts";

interface Part {
  readonly estimator: Estimator | undefined;
  readonly columns: Columns;
  readonly weight: number | undefined;
}

/** Columns that no transformer reads may hold anything, or nothing. */
const UNUSED: FeatureShape = { type: "any", missing: true, optional: true };

/** The outputs of its transformers side by side; sparse when they were sparse enough in training. */
export class FittedColumnTransformer extends Estimator {
  private readonly parts: readonly Part[];
  private readonly sparse: boolean;

  constructor(state: State) {
    super(state);
    this.sparse = state.boolean("sparse_output_", false);
    this.feature_names_in_ ??= oldNames(state);
    this.n_features_in_ ??= state.has("_n_features") ? state.integer("_n_features") : this.feature_names_in_?.length;
    const weights = readWeights(state);
    this.parts = state
      .list("transformers_")
      .flatMap((item, at) => this.readPart(state, item, `transformers_[${at}]`, weights));
    this.feature_names_in_ ??= namesOfParts(this.parts);
    this.n_features_in_ ??= this.feature_names_in_?.length;
  }

  private readPart(state: State, item: unknown, place: string, weights: ReadonlyMap<unknown, unknown>): Part[] {
    if (!(item instanceof Tuple) || item.length !== 3)
      return state.fail(place, "must be a name, a transformer and its columns");
    const [name, value, spec] = item.items;
    if (value === "drop" || spec === null) return [];
    const columns = readColumns(state, spec, `${place}[2]`, this.n_features_in_, this.feature_names_in_);
    const count = columns.kind === "names" ? columns.names.length : columns.positions.length;
    if (count === 0) return [];
    const width = this.n_features_in_ ?? Number.POSITIVE_INFINITY;
    if (columns.kind === "positions" && columns.positions.some((column) => column < 0 || column >= width)) {
      state.fail(`${place}[2]`, `names a column beyond the ${width} that there are`);
    }
    const weight = weights.get(name);
    const estimator = value === "passthrough" ? undefined : state.estimatorFrom(value, `${place}[1]`);
    return [{ estimator, columns, weight: weight === undefined || weight === null ? undefined : Number(weight) }];
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }

  override features(downstream: Downstream): readonly FeatureShape[] {
    const out = new Array<FeatureShape>(this.n_features_in_ ?? 0).fill(UNUSED);
    const { missing } = downstream;
    const behind = this.sparse ? { missing, features: [numberFeature(missing)] } : downstream;
    const passed: FeatureShape = { type: wantsNumbers(behind) ? "number" : "any", missing };
    for (const { estimator, columns } of this.parts) {
      const positions = this.positions(columns);
      const shapes = estimator?.features(behind);
      positions.forEach((column, at) => {
        const shape: FeatureShape = shapes?.[at] ?? passed;
        const before = out[column];
        if (before !== undefined) out[column] = before === UNUSED ? shape : mergeFeature(before, shape);
      });
    }
    return out;
  }

  private positions(columns: Columns): readonly number[] {
    if (columns.kind === "positions") return columns.positions;
    const places = placesOf(this.feature_names_in_ ?? []);
    return columns.names.map((name) => places.get(name) ?? -1);
  }

  /** Columns stay where they are: each part finds its own, and columns that no part reads may be absent. */
  protected override inOrder(X: Input): Input {
    if (X instanceof DataFrame) return X;
    return super.inOrder(X);
  }

  protected doTransform(X: Input): NdArray | Csr {
    const [rows] = shapeOf(X);
    const locate = X instanceof DataFrame ? this.locator(X) : undefined;
    const blocks = this.parts.map(({ estimator, columns, weight }) => {
      const taken = takeColumns(X, locate === undefined ? this.positions(columns) : locate(columns));
      const block = asTable(estimator === undefined ? taken : estimator.transformed(taken));
      // Numbers are asked for here, where it is known what a column is called.
      const numbers = this.sparse || weight !== undefined ? this.numbersIn(block, columns) : block;
      return weighted(numbers, weight);
    });
    return hstack(blocks, rows, this.sparse);
  }

  private numbersIn(block: NdArray | Csr, columns: Columns): NdArray | Csr {
    if (block instanceof Csr || block.dtype.kind !== "O") return block;
    const named = (at: number) => (columns.kind === "names" ? columns.names[at] : undefined);
    const names = (at: number) => named(at) ?? this.featureName(this.positions(columns)[at] ?? at);
    return NdArray.of(numbersOf(block, names), block.shape);
  }

  /** Finds columns in a frame: by name where its names are the model's, else by position. */
  private locator(X: DataFrame): (columns: Columns) => readonly number[] {
    const position = new Map(X.columns.map((column, at) => [String(column), at]));
    const named = this.feature_names_in_ !== undefined || position.has("feature1");
    return (columns) => {
      if (columns.kind === "positions" && !named) return columns.positions;
      const wanted = columns.kind === "names" ? columns.names : columns.positions.map((at) => this.featureName(at));
      const missing = wanted.filter((name) => !position.has(name));
      if (missing.length > 0)
        throw featureError(missing.map((feature) => ({ feature, detail: `'${feature}' is missing` })));
      return wanted.map((name) => position.get(name)!);
    };
  }
}

/** Releases before 1.0 kept the columns of the training frame elsewhere. */
function oldNames(state: State): readonly string[] | undefined {
  const name = ["_df_columns", "_feature_names_in"].find((each) => state.given(each));
  if (name === undefined) return undefined;
  const columns = readColumns(state, state.raw(name), name, undefined, undefined);
  return columns.kind === "names" ? columns.names : undefined;
}

/** Releases before 0.22 kept none: the columns that are read by name are all that is known. */
function namesOfParts(parts: readonly Part[]): readonly string[] | undefined {
  if (parts.length === 0 || parts.some((part) => part.columns.kind !== "names")) return undefined;
  return [...new Set(parts.flatMap((part) => (part.columns.kind === "names" ? part.columns.names : [])))];
}
