/** @module Rows as boosting sees them: categories as numbers in front, and the transformer that brings them there. */

import { Csr, DataFrame, NdArray } from "@curtido/arrays";
import { Dict, float, Global, Instance, Slice, Tuple } from "@curtido/pickle";
import { estimatorError } from "../../../base/errors.ts";
import { shapeOf, takeColumns, toNumbers } from "../../../base/input.ts";
import { namesOf, type Table } from "../../base/data.ts";
import { type Attributes, type ClassSpec, type Fitted, featureAttributes, instanceOf } from "../../base/trainer.ts";
import { OrdinalEncoder } from "../../preprocessing/encoders.ts";
import type { BoostedRows } from "./binning.ts";

/** How rows are brought into the order of the trees' features. */
export interface RowEncoder {
  /** The features that are categories, in the order of the rows; `undefined` where there are none. */
  readonly mask: readonly boolean[] | undefined;
  /** The same in the order of the trees' features. */
  readonly remapped: readonly boolean[] | undefined;
  readonly encode: (X: Table) => BoostedRows;
  /** `_preprocessor` of 1.9.1, or None. */
  readonly preprocessor: Instance | null;
}

/** Any number, missing ones (NaN) and infinite ones too, row by row. */
function numbers(X: Table): Float64Array {
  const names = namesOf(X);
  const dense = X instanceof Csr ? X.toDense() : X;
  const rules = { missing: true, infinite: true, names: (at: number) => names?.[at] ?? `feature${at + 1}` };
  return toNumbers(dense, rules).toFloat64();
}

/**
 * Learns the categories of the features that `mask` names.
 *
 * @throws CurtidoError E_UNSUPPORTED for more categories than bins
 */
export function rowEncoder(X: Table, mask: readonly boolean[] | undefined, mostBins: number): RowEncoder {
  if (mask === undefined) {
    const encode = (table: Table) => {
      const [rows, width] = shapeOf(table);
      return { data: numbers(table), rows, width, categories: Array.from({ length: width }, () => undefined) };
    };
    return { mask, remapped: undefined, encode, preprocessor: null };
  }
  const columns = mask.map((_, at) => at);
  const inFront = columns.filter((at) => mask[at]);
  const behind = columns.filter((at) => !mask[at]);
  const encoder = new OrdinalEncoder({
    handleUnknown: "use_encoded_value",
    unknownValue: Number.NaN,
    encodedMissingValue: Number.NaN,
  }).fit(takeColumns(X, inFront));
  const counts = categoryCounts(encoder, X, inFront, mostBins);
  const categories = columns.map((_, at) => counts[at]);
  return {
    mask,
    remapped: columns.map((_, at) => at < inFront.length),
    encode: (table) => {
      const codes = encoder.transform(takeColumns(table, inFront)) as NdArray;
      const rest = behind.length === 0 ? new Float64Array(0) : numbers(takeColumns(table, behind));
      const [rows] = shapeOf(table);
      return {
        data: sideBySide(codes.toFloat64(), rest, rows, columns.length),
        rows,
        width: columns.length,
        categories,
      };
    },
    preprocessor: preprocessor(X, encoder, mask, inFront, behind),
  };
}

function sideBySide(left: Float64Array, right: Float64Array, rows: number, width: number): Float64Array {
  const first = left.length / rows;
  const rest = width - first;
  const out = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    out.set(left.subarray(row * first, (row + 1) * first), row * width);
    out.set(right.subarray(row * rest, (row + 1) * rest), row * width + first);
  }
  return out;
}

function categoryCounts(encoder: Fitted, X: Table, columns: readonly number[], mostBins: number): number[] {
  const found = (encoder.instance.state as Dict<unknown>).get("categories_") as NdArray[];
  return found.map((categories, at) => {
    const last = categories.size > 0 ? categories.flat().at(-1) : undefined;
    const count = categories.size - Number(typeof last === "number" && Number.isNaN(last));
    if (count <= mostBins) return count;
    const name = namesOf(X)?.[columns[at]!] ?? `feature${columns[at]! + 1}`;
    const why = `'${name}' has ${count} categories, and there may be ${mostBins} ('maxBins')`;
    throw estimatorError("E_UNSUPPORTED", why, { path: "categoricalFeatures" });
  });
}

/** For each column of a frame, whether pandas has it as categories; `undefined` for arrays. */
export function categoriesByType(X: Table): readonly boolean[] | undefined {
  return X instanceof DataFrame ? X.series.map(({ dtype }) => dtype === "category") : undefined;
}

const COLUMNS: ClassSpec = { module: "sklearn.compose._column_transformer", name: "ColumnTransformer", parameters: {} };
const FUNCTION: ClassSpec = {
  module: "sklearn.preprocessing._function_transformer",
  name: "FunctionTransformer",
  parameters: {},
};
const ENCODER: ClassSpec = { module: "sklearn.preprocessing._encoders", name: "OrdinalEncoder", parameters: {} };
const OUTPUT = ["_sklearn_output_config", new Dict([["transform", "default"]])] as const;

/** `functools.partial(check_array, dtype=[numpy.float64], ensure_all_finite=False)` */
function checkNumbers(): Instance {
  const check = new Global("sklearn.utils.validation", "check_array");
  const keywords = new Dict<unknown>([
    ["dtype", [new Global("numpy", "float64")]],
    ["ensure_all_finite", false],
  ]);
  const made = new Instance(new Global("functools", "partial"), [check], "reduce");
  made.states.push(new Tuple([check, new Tuple([]), keywords, null]));
  return made;
}

function functionTransformer(learned: Attributes): Instance {
  return instanceOf(FUNCTION, new Map(), [
    ["func", checkNumbers()],
    ["inverse_func", null],
    ["validate", false],
    ["accept_sparse", false],
    ["check_inverse", true],
    ["feature_names_out", null],
    ["kw_args", null],
    ["inv_kw_args", null],
    OUTPUT,
    ...learned,
  ]);
}

function unfittedEncoder(): Instance {
  return instanceOf(ENCODER, new Map(), [
    ["categories", "auto"],
    ["dtype", new Global("numpy", "float64")],
    ["handle_unknown", "use_encoded_value"],
    ["unknown_value", float(Number.NaN)],
    ["encoded_missing_value", float(Number.NaN)],
    ["min_frequency", null],
    ["max_categories", null],
    OUTPUT,
  ]);
}

/** What the encoder of columns is told beside its parts. */
const PARAMETERS: Attributes = [
  ["remainder", "drop"],
  ["sparse_threshold", float(0.3)],
  ["n_jobs", null],
  ["transformer_weights", null],
  ["verbose", false],
  ["verbose_feature_names_out", true],
  // Up to 1.8.
  ["force_int_remainder_cols", true],
];

function preprocessor(
  X: Table,
  encoder: Fitted,
  mask: readonly boolean[],
  inFront: readonly number[],
  behind: readonly number[],
): Instance {
  const which = NdArray.bools(Uint8Array.from(mask, Number));
  const others = NdArray.bools(Uint8Array.from(mask, (each) => Number(!each)));
  (encoder.instance.state as Dict<unknown>).set(...OUTPUT);
  const fittedFunction =
    behind.length === 0 ? functionTransformer([]) : functionTransformer(featureAttributes(takeColumns(X, behind)));
  const remainder = () => new Tuple(["remainder", "drop", mask.map(() => false)]);
  const [front, width] = [inFront.length, mask.length];
  const unfitted = [
    new Tuple(["encoder", unfittedEncoder(), which]),
    new Tuple(["numerical", functionTransformer([]), others]),
  ];
  return instanceOf(COLUMNS, new Map(), [
    ["transformers", unfitted],
    ...PARAMETERS,
    OUTPUT,
    ...featureAttributes(X),
    ["_columns", [which, others]],
    [
      "_transformer_to_input_indices",
      new Dict<unknown>([
        ["encoder", [...inFront]],
        ["numerical", [...behind]],
        ["remainder", []],
      ]),
    ],
    ["_remainder", remainder()],
    ["sparse_output_", false],
    [
      "transformers_",
      [new Tuple(["encoder", encoder.instance, which]), new Tuple(["numerical", fittedFunction, others]), remainder()],
    ],
    [
      "output_indices_",
      new Dict<unknown>([
        ["encoder", new Slice(0, front, null)],
        ["numerical", new Slice(front, behind.length === 0 ? front : width, null)],
        ["remainder", new Slice(0, 0, null)],
      ]),
    ],
  ]);
}
