/** @module Tables with named columns, for transformers that work as pandas does: what comes in, what goes out. */

import { type Csr, DataFrame, type DType, dtypeName, int64, isNumeric, NdArray, Series } from "@curtido/arrays";
import { ofDType } from "./dtypes.ts";
import { Estimator, type InputRules } from "./estimator.ts";
import { hstack } from "./hstack.ts";
import { type Input, shapeOf } from "./input.ts";
import type { Downstream, FeatureShape, Signature } from "./signature.ts";
import { wantsNumbers } from "./signature.ts";
import type { State } from "./state.ts";

/** What is missing: None, NaN, what a row does not have. */
export function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "number" && Number.isNaN(value));
}

/**
 * A column of numbers: of integers, `int64` unless told otherwise, where `whole` says so and none is missing, as pandas has
 * them, else `float64`.
 */
export function numberColumn(name: unknown, values: Float64Array, whole: boolean | DType = false): Series {
  const wanted = whole === true ? int64 : whole === false ? undefined : whole;
  const dtype = values.some(Number.isNaN) ? undefined : wanted;
  const array = dtype === undefined ? NdArray.of(values) : ofDType(values, [values.length], dtype);
  return new Series({ name, values: array, dtype: dtypeName(array.dtype) });
}

/** A column of anything. */
export function objectColumn(name: unknown, values: readonly unknown[]): Series {
  return new Series({ name, values: NdArray.objects([...values], [values.length]), dtype: "object" });
}

/** A column under another name. */
export function renamed(
  { values, dtype, categories, categoriesDtype, ordered }: DataFrame["series"][number],
  name: unknown,
) {
  return new Series({ name, values, dtype, categories, categoriesDtype, ordered });
}

/** Rows as a table; columns that come without names are called by `labels`, or 0, 1, 2 ... as pandas calls them. */
export function frameOf(X: Input, labels: readonly unknown[] | undefined): DataFrame {
  if (X instanceof DataFrame) return X;
  const dense = X instanceof NdArray ? X : X.toDense();
  const [rows, columns] = shapeOf(dense);
  const { data, dtype } = dense.toC();
  const series = Array.from({ length: columns }, (_, column) => {
    const values = Array.isArray(data) ? new Array<unknown>(rows) : data.slice(0, rows);
    for (let row = 0; row < rows; row++) values[row] = data[row * columns + column] as number;
    const array = NdArray.of(values, [rows], dtype);
    return { name: labels?.[column] ?? column, values: array, dtype: dtypeName(dtype) };
  });
  return new DataFrame(series, undefined, rows);
}

/** What `to_numpy()` gives: one array of the columns' common dtype. */
export function tableOf(X: DataFrame): NdArray {
  const blocks = X.series.map(({ values }) => {
    const plain =
      isNumeric(values.dtype) || values.dtype.kind === "O" ? values : NdArray.objects(values.flat(), values.shape);
    return NdArray.of(plain.toC().data, [X.length, 1], plain.dtype);
  });
  return hstack(blocks, X.length) as NdArray;
}

/** A transformer of tables with named columns, of a library that works on pandas' frames. */
export abstract class FrameTransformer extends Estimator {
  /** What pandas calls the columns: names, or numbers where it was fitted on an array. */
  protected labelsIn: readonly unknown[] | undefined;

  constructor(state: State) {
    super(state);
    this.useLabels(state.given("feature_names_in_") ? labelsOf(state, "feature_names_in_") : undefined);
  }

  /** Takes what pandas calls the columns for the names of the features, unless they are numbers only. */
  protected useLabels(labels: readonly unknown[] | undefined): void {
    this.labelsIn = labels;
    this.n_features_in_ ??= labels?.length;
    this.feature_names_in_ = labels?.every((label) => typeof label === "string") ? (labels as string[]) : undefined;
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: false };
  }
  override task(): Signature["task"] {
    return "transformation";
  }

  /** Where the columns with these labels stand. @throws CurtidoError E_STATE for a label that no column has */
  protected positionsOf(labels: readonly unknown[], name: string): readonly number[] {
    return labels.map((label) => {
      const at = this.labelsIn?.indexOf(label) ?? (typeof label === "number" ? label : -1);
      return at >= 0 ? at : this.state.fail(name, `names '${String(label)}', which is no column`);
    });
  }

  protected doTransform(X: Input): NdArray | Csr | DataFrame {
    const frame = frameOf(X, this.labelsIn);
    const labels = this.labelsIn ?? this.feature_names_in_ ?? frame.columns;
    // By now columns are in the order of training, whatever the caller calls them.
    const named = frame.columns.every((column, at) => column === labels[at])
      ? frame
      : new DataFrame(
          frame.series.map((series, at) => renamed(series, labels[at])),
          frame.rowIndex,
          frame.length,
        );
    return this.transformFrame(named);
  }

  /** The columns in their order, under the labels of training. */
  protected abstract transformFrame(X: DataFrame): DataFrame | NdArray;
}

/** A list of labels: texts and numbers. */
export function labelsOf(state: State, name: string): readonly unknown[] {
  const value = state.context.value(state.raw(name));
  const items = isLabelled(value) ? value.labels : state.list(name);
  return items.map((item) => plainLabel(state.context.value(item)));
}

function isLabelled(value: unknown): value is { readonly labels: readonly unknown[] } {
  return typeof value === "object" && value !== null && "labels" in value && Array.isArray(value.labels);
}

function plainLabel(item: unknown): unknown {
  const plain = item instanceof NdArray && item.size === 1 ? item.item(0) : item;
  return typeof plain === "bigint" ? Number(plain) : plain;
}

/** What is asked of a column that passes through to stand at `at`. */
export function passing(downstream: Downstream, at: number): FeatureShape {
  const { missing, features } = downstream;
  return features?.[at] ?? { type: wantsNumbers(downstream) ? "number" : "any", missing };
}
