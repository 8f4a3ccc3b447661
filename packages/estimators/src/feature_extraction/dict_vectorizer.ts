/** @module DictVectorizer: mappings as rows (`sklearn.feature_extraction._dict_vectorizer`). */

import { Csr, NdArray } from "@curtido/arrays";
import { numericDType } from "../base/dtypes.ts";
import { featureError } from "../base/errors.ts";
import type { Input } from "../base/input.ts";
import type { FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { readDTypeName } from "../preprocessing/encoder_state.ts";
import { MappingEstimator } from "./mappings.ts";
import { RowCollector, recordsOf } from "./samples.ts";

/** A number stands in the column of its name, a text is 1 in the column `name=text`; what is not known is left out. */
export class DictVectorizer extends MappingEstimator {
  /** The names of the columns. */
  readonly feature_names_: readonly string[];
  private readonly columns: ReadonlyMap<string, number>;
  private readonly separator: string;
  private readonly sparse: boolean;
  private readonly dtype: string;
  private readonly shapes: ReadonlyMap<string, FeatureShape>;

  constructor(state: State) {
    super(state);
    this.feature_names_ = state.list("feature_names_").map(String);
    this.columns = new Map(this.feature_names_.map((name, at) => [name, at]));
    if (this.columns.size !== this.feature_names_.length) state.fail("feature_names_", "names a column twice");
    this.separator = state.string("separator", "=");
    this.sparse = state.boolean("sparse", true);
    this.dtype = state.given("dtype") ? readDTypeName(state) : "float64";
    this.shapes = featureShapes(this.feature_names_, this.separator);
    this.feature_names_in_ = [...this.shapes.keys()];
    this.n_features_in_ = this.shapes.size;
  }

  override task(): "transformation" {
    return "transformation";
  }
  override features(): readonly FeatureShape[] {
    return [...this.shapes.values()];
  }

  protected doTransform(X: Input): NdArray | Csr {
    const rows = new RowCollector(this.feature_names_.length);
    let row = 0;
    for (const record of recordsOf(X)) {
      for (const [name, value] of record) this.add(rows, String(name), value, row);
      rows.endRow();
      row++;
    }
    const matrix = rows.matrix(this.dtype);
    if (this.sparse) return matrix;
    const dense = matrix.toDense();
    const single = numericDType(this.dtype).itemsize === 4 && numericDType(this.dtype).kind === "f";
    return single ? NdArray.of(Float32Array.from(dense.data as Float64Array), dense.shape) : dense;
  }

  private add(rows: RowCollector, name: string, value: unknown, row: number): void {
    if (typeof value === "string") this.put(rows, `${name}${this.separator}${value}`, 1);
    else if (value === null || value === undefined) this.put(rows, name, Number.NaN);
    else if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint")
      this.put(rows, name, Number(value));
    else if (Array.isArray(value) && this.version.atLeast(0, 24) && value.every((each) => typeof each === "string"))
      for (const each of value) this.put(rows, `${name}${this.separator}${each}`, 1);
    else throw featureError([{ row, feature: name, detail: `'${name}' must be a number or a text` }]);
  }

  private put(rows: RowCollector, name: string, value: number): void {
    const column = this.columns.get(name);
    if (column !== undefined) rows.add(column, value);
  }

  /** A map from the names of the columns that are not 0 to their values, per row. */
  protected doInverseTransform(X: Input): NdArray {
    const table = X as NdArray | Csr;
    const [rows, columns] = table.shape as readonly [number, number];
    if (columns !== this.feature_names_.length)
      throw featureError([{ detail: `expected ${this.feature_names_.length} columns, found ${columns}` }]);
    const sparse = table instanceof Csr ? table : Csr.fromDense(table.toFloat64(), rows, columns);
    const records = Array.from({ length: rows }, (_, row) => {
      const record = new Map<string, number>();
      for (let at = sparse.indptr[row]!; at < sparse.indptr[row + 1]!; at++)
        this.addTo(record, sparse.indices[at]!, sparse.data[at]!);
      return record;
    });
    return NdArray.objects(records, [rows]);
  }

  private addTo(record: Map<string, number>, column: number, value: number): void {
    const name = this.feature_names_[column]!;
    if (value !== 0) record.set(name, (record.get(name) ?? 0) + value);
  }
}

/** What each feature may be: a number, or one of the texts that training saw; any may be absent. */
function featureShapes(names: readonly string[], separator: string): ReadonlyMap<string, FeatureShape> {
  const shapes = new Map<string, FeatureShape>();
  for (const name of names) {
    const at = separator === "" ? -1 : name.indexOf(separator);
    const feature = at < 0 ? name : name.slice(0, at);
    const known = shapes.get(feature);
    const type = at < 0 ? "number" : "string";
    if (known !== undefined && known.type !== type) shapes.set(feature, { type: "any", missing: true, optional: true });
    else if (type === "number") shapes.set(feature, { type, missing: true, optional: true });
    else {
      const categories = [...(known?.categories ?? []), name.slice(at + separator.length)];
      shapes.set(feature, { type, missing: true, optional: true, categories, closed: false });
    }
  }
  return shapes;
}
