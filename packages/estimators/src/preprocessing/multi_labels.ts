/** @module MultiLabelBinarizer: a list of labels per row as a row of 0 and 1 (`sklearn.preprocessing._label`). */

import { Csr, int64, NdArray } from "@curtido/arrays";
import { Tuple } from "@curtido/pickle";
import { CategoryIndex } from "../base/categories.ts";
import { int64s } from "../base/dtypes.ts";
import { featureError } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { columnValues, type Input, type Rows, toInput } from "../base/input.ts";
import type { FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";

/** MultiLabelBinarizer. Its rows are lists of labels; labels that training did not see are left out. */
export class MultiLabelBinarizer extends Estimator {
  private readonly index: CategoryIndex;
  private readonly labels: readonly unknown[];
  private readonly sparse: boolean;

  constructor(state: State) {
    super(state);
    this.index = new CategoryIndex(state.array("classes_", [undefined]));
    this.labels = this.index.categories;
    this.sparse = state.boolean("sparse_output", false);
    this.n_features_in_ = undefined;
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: false };
  }
  override task(): "transformation" {
    return "transformation";
  }
  override features(): readonly FeatureShape[] {
    return [];
  }

  override readRows(rows: Rows): Input {
    if (rows instanceof NdArray && rows.ndim === 1) return rows.reshape([rows.size, 1]);
    return Array.isArray(rows) ? NdArray.objects([...rows], [rows.length, 1]) : toInput(rows);
  }
  override get readsOwnRows(): boolean {
    return true;
  }

  protected doTransform(X: Input): NdArray | Csr {
    const lists = Array.from(columnValues(X, 0), (value, row): readonly unknown[] => {
      if (Array.isArray(value)) return value;
      if (value instanceof Tuple) return value.items;
      if (value instanceof Set) return [...value];
      throw featureError([{ row, detail: "a row is a list of labels" }]);
    });
    const width = this.labels.length;
    const out = new Float64Array(lists.length * width);
    lists.forEach((list, row) => {
      for (const label of list) {
        const at = this.index.find(label);
        if (at >= 0) out[row * width + at] = 1;
        else if (!this.version.atLeast(0, 20))
          throw featureError([{ row, detail: `${JSON.stringify(label)} is no label that was seen in training` }]);
      }
    });
    const shape = [lists.length, width] as const;
    return this.sparse ? Csr.fromDense(out, ...shape, int64) : int64s(out, shape);
  }

  /** The labels of each row: an array of arrays. */
  protected doInverseTransform(X: Input): NdArray {
    const table = X as NdArray | Csr;
    const [rows, columns] = table.shape as readonly [number, number];
    if (columns !== this.labels.length)
      throw featureError([{ detail: `expected ${this.labels.length} columns, found ${columns}` }]);
    const data = (table instanceof Csr ? table.toDense() : table).toFloat64();
    const odd = data.findIndex((value) => value !== 0 && value !== 1);
    if (odd >= 0)
      throw featureError([{ row: Math.floor(odd / columns), detail: `only 0 and 1 are labels, not ${data[odd]}` }]);
    const lists = Array.from({ length: rows }, (_, row) =>
      this.labels.filter((_label, column) => data[row * columns + column] === 1),
    );
    return NdArray.objects(lists, [rows]);
  }
}
