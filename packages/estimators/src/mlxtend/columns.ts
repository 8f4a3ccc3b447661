/** @module Transformers of mlxtend: columns that are chosen, tables that are made dense, lists of items (`mlxtend`). */

import { Csr, DataFrame, NdArray } from "@curtido/arrays";
import type { Dict } from "@curtido/pickle";
import { ofDType } from "../base/dtypes.ts";
import { type FeatureProblem, featureError, MOST_PROBLEMS } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { tableOf } from "../base/frames.ts";
import { asTable, columnValues, type Input, type Rows, takeColumns, toInput } from "../base/input.ts";
import type { Downstream, FeatureShape, Signature } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { samplesOf } from "../feature_extraction/samples.ts";

abstract class OpenTransformer extends Estimator {
  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }
  override task(): Signature["task"] {
    return "transformation";
  }
  override features(_downstream: Downstream): readonly FeatureShape[] {
    return [];
  }
  protected override get goesByPosition(): boolean {
    return false;
  }
}

/** Some columns, by position or by name. */
export class ColumnSelector extends OpenTransformer {
  private readonly cols: readonly (number | string)[];
  private readonly flat: boolean;

  constructor(state: State, name = "cols") {
    super(state);
    const single = state.plain(name);
    const cols =
      typeof single === "string" || typeof single === "number"
        ? [single]
        : state.list(name).map((value) => plain(state, value, name));
    this.cols = cols as (number | string)[];
    this.flat = name === "cols" && cols.length === 1 && state.boolean("drop_axis", false);
  }

  protected doTransform(X: Input): NdArray | Csr {
    const names = X instanceof DataFrame ? X.columns.map(String) : [];
    const width = X instanceof DataFrame ? names.length : X.shape[1]!;
    const positions = this.cols.map((col) => {
      const at = typeof col === "string" ? names.indexOf(col) : col < 0 ? col + width : col;
      if (at < 0 || at >= width) throw featureError([{ feature: String(col), detail: `'${col}' is missing` }]);
      return at;
    });
    const taken = takeColumns(X, positions);
    const table = taken instanceof DataFrame ? tableOf(taken) : taken;
    return this.flat && table instanceof NdArray ? NdArray.of(table.toC().data, [table.size], table.dtype) : table;
  }
}

function plain(state: State, value: unknown, name: string): number | string {
  return typeof value === "string" ? value : state.floatsFrom(value, name)[0]!;
}

/** DenseTransformer and CopyTransformer: the same table, no longer sparse, or as it is. */
export class SameTable extends OpenTransformer {
  private readonly dense: boolean;

  constructor(state: State, dense: boolean) {
    super(state);
    this.dense = dense;
  }
  override features({ features = [] }: Downstream): readonly FeatureShape[] {
    return features;
  }
  protected doTransform(X: Input): NdArray | Csr | DataFrame {
    return this.dense && X instanceof Csr ? ofDType(X.toDense().toFloat64(), X.shape, X.dtype) : X;
  }
}

/** TransactionEncoder: a truth for each item that a list may have. */
export class TransactionEncoder extends OpenTransformer {
  private readonly places: Dict;
  private readonly width: number;

  constructor(state: State) {
    super(state);
    this.width = state.list("columns_").length;
    const known = state.dict("columns_mapping_");
    this.places = known;
    for (const at of known.values())
      if (typeof at !== "number" || at < 0 || at >= this.width)
        state.fail("columns_mapping_", "names a column that there is not");
  }

  override namesOut(): readonly string[] {
    return this.state.list("columns_").map(String);
  }
  override readRows(rows: Rows): Input {
    if (rows instanceof NdArray && rows.ndim === 1) return samplesOf(rows.flat());
    return Array.isArray(rows) ? samplesOf(rows) : toInput(rows);
  }
  override get readsOwnRows(): boolean {
    return true;
  }

  protected doTransform(X: Input): NdArray {
    const lists = Array.from(columnValues(X, 0));
    const out = new Uint8Array(lists.length * this.width);
    const problems: FeatureProblem[] = [];
    lists.forEach((list, row) => {
      if (!Array.isArray(list)) throw featureError([{ row, detail: "a row is a list of items" }]);
      for (const item of list as unknown[]) {
        const at = this.places.get(item);
        if (typeof at === "number") out[row * this.width + at] = 1;
        else if (problems.length < MOST_PROBLEMS)
          problems.push({ row, detail: `${JSON.stringify(item)} is no item that was seen in training` });
      }
    });
    if (problems.length > 0) throw featureError(problems);
    return NdArray.bools(out, [lists.length, this.width]);
  }

  /** The items of each row. */
  protected doInverseTransform(X: Input): NdArray {
    const names = this.state.list("columns_");
    const table = asTable(X);
    const data = (table instanceof Csr ? table.toDense() : table).flat();
    const lists = Array.from({ length: data.length / this.width }, (_, row) =>
      names.filter((_, at) => Boolean(data[row * this.width + at])),
    );
    return NdArray.objects(lists, [lists.length]);
  }
}
