/** @module LabelEncoder and LabelBinarizer: transformers of targets, which take a list (`sklearn.preprocessing._label`). */

import { Csr, int64, NdArray } from "@curtido/arrays";
import { CategoryIndex } from "../base/categories.ts";
import { int64s } from "../base/dtypes.ts";
import { estimatorError, featureError } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import type { Input, Rows } from "../base/input.ts";
import { argmaxRows, takeLabels } from "../base/labels.ts";
import type { FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";

/** Labels: a list, or an array of one dimension (or of one column). */
export type LabelList = readonly unknown[] | NdArray;

abstract class LabelTransformer extends Estimator {
  override readonly classes_: NdArray;
  protected readonly index: CategoryIndex;

  constructor(state: State) {
    super(state);
    this.classes_ = state.array("classes_", [undefined]);
    this.index = new CategoryIndex(this.classes_);
    this.n_features_in_ = 1;
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: false };
  }
  override task(): "transformation" {
    return "transformation";
  }

  /** One label per row: those of training, and no others where unknown ones are refused. */
  override features(): readonly FeatureShape[] {
    const { index } = this;
    const missing = index.missing >= 0 || !this.strict();
    return [{ type: index.type, missing, categories: index.present, closed: this.strict() }];
  }

  /** The codes of labels; `labels` is a list, unlike the rows of other transformers. */
  override transform(labels: LabelList | Rows): NdArray | Csr {
    const flat = flatten(labels);
    const codes = Int32Array.from(flat, (label) => this.index.find(label));
    const unknown = codes.indexOf(-1);
    if (unknown >= 0 && this.strict()) {
      throw featureError([
        { row: unknown, detail: `${JSON.stringify(flat[unknown])} is no label that was seen in training` },
      ]);
    }
    return this.fromCodes(codes);
  }

  /** Never called: {@link transform} takes lists. Tells that there is a `transform`. */
  protected doTransform(X: Input): NdArray | Csr {
    return this.transform(X as NdArray);
  }

  override inverseTransform(rows: LabelList | Rows): NdArray {
    return this.toLabels(rows instanceof Csr ? rows.toDense() : rows);
  }
  protected doInverseTransform(X: Input): NdArray {
    return this.inverseTransform(X);
  }

  protected abstract strict(): boolean;
  protected abstract fromCodes(codes: Int32Array): NdArray | Csr;
  protected abstract toLabels(rows: unknown): NdArray;
}

function flatten(labels: unknown): readonly unknown[] {
  if (labels instanceof NdArray) return labels.flat();
  if (!Array.isArray(labels)) throw featureError([{ detail: "labels are a list" }]);
  return labels.map((label) => (Array.isArray(label) && label.length === 1 ? label[0] : label));
}

/** Each label its position among the sorted labels of training. */
export class LabelEncoder extends LabelTransformer {
  protected strict(): boolean {
    return true;
  }
  protected fromCodes(codes: Int32Array): NdArray {
    return int64s(codes);
  }
  protected toLabels(rows: unknown): NdArray {
    const codes = flatten(rows).map(Number);
    const bad = codes.find((code) => !(Number.isInteger(code) && code >= 0 && code < this.classes_.size));
    if (bad !== undefined) throw estimatorError("E_FEATURES", `${bad} is no code of a label`, { problems: [] });
    return takeLabels(this.classes_, codes);
  }
}

/** Each label a row of 0 and 1 (one column for two labels). */
export class LabelBinarizer extends LabelTransformer {
  private readonly negative: number;
  private readonly positive: number;
  private readonly sparse: boolean;

  constructor(state: State) {
    super(state);
    this.negative = state.number("neg_label", 0);
    this.positive = state.number("pos_label", 1);
    this.sparse = state.boolean("sparse_output", false);
  }

  protected strict(): boolean {
    return false;
  }

  protected fromCodes(codes: Int32Array): NdArray | Csr {
    const classes = this.classes_.size;
    const columns = classes <= 2 ? 1 : classes;
    const out = new Float64Array(codes.length * columns).fill(this.negative);
    codes.forEach((code, row) => {
      if (code < 0 || (columns === 1 && code === 0)) return;
      out[row * columns + (columns === 1 ? 0 : code)] = this.positive;
    });
    if (classes === 1) out.fill(this.negative);
    const shape = [codes.length, columns] as const;
    return this.sparse ? Csr.fromDense(out, ...shape, int64) : int64s(out, shape);
  }

  protected toLabels(rows: unknown): NdArray {
    const table = rows as NdArray;
    const [count, columns] = table.ndim === 2 ? (table.shape as readonly [number, number]) : [table.size, 1];
    const data = table.toFloat64();
    if (columns > 1) return takeLabels(this.classes_, argmaxRows(data, count, columns));
    const threshold = (this.positive + this.negative) / 2;
    return takeLabels(
      this.classes_,
      Int32Array.from(data, (value) => (value > threshold && this.classes_.size > 1 ? 1 : 0)),
    );
  }
}
