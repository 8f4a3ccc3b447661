/** @module FeatureHasher and HashingVectorizer: columns by the hash of a feature's name (`sklearn.feature_extraction._hash`). */

import { Csr, NdArray } from "@curtido/arrays";
import { featureError } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { columnValues, type Input, type Rows, toInput } from "../base/input.ts";
import type { FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { readDTypeName } from "../preprocessing/encoder_state.ts";
import { type Norm, normalizeRange, readNorm } from "../preprocessing/scalers.ts";
import { type Analyzer, readAnalyzer } from "./analyzer.ts";
import { murmurhash3 } from "./murmurhash.ts";
import { Steps } from "./pattern/index.ts";
import { RowCollector, recordsOf, samplesOf, TextTransformer } from "./samples.ts";

/** More columns than scikit-learn's own limit. */
const MOST_COLUMNS = 2 ** 31 - 1;

/** Where a feature goes, and with which sign. */
class Hasher {
  readonly columns: number;
  readonly dtype: string;
  /** Whether half of the features count negative, so that those that meet in a column cancel on average. */
  private readonly alternate: boolean;
  /** Whether only sizes are kept in the end, an option of releases before 0.21. */
  readonly sizesOnly: boolean;

  constructor(state: State) {
    this.columns = state.integer("n_features", 2 ** 20, 1, MOST_COLUMNS);
    this.dtype = state.given("dtype") ? readDTypeName(state) : "float64";
    this.alternate = state.version.atLeast(0, 19) ? state.boolean("alternate_sign", true) : true;
    this.sizesOnly = !state.version.atLeast(0, 21) && state.boolean("non_negative", false);
  }

  add(rows: RowCollector, name: string, value: number): void {
    if (value === 0) return;
    const hash = murmurhash3(name);
    rows.add(Math.abs(hash) % this.columns, this.alternate && hash < 0 ? -value : value);
  }

  matrix(rows: RowCollector): Csr {
    return rows.matrix(this.dtype, this.sizesOnly ? Math.abs : undefined);
  }
}

/** HashingVectorizer: the features of a text, counted in columns of their hashes. */
export class HashingVectorizer extends TextTransformer {
  private readonly hasher: Hasher;
  private readonly analyze: Analyzer;
  private readonly binary: boolean;
  private readonly norm: Norm | undefined;

  constructor(state: State) {
    super(state);
    this.n_features_in_ = 1;
    this.hasher = new Hasher(state);
    this.analyze = readAnalyzer(state);
    this.binary = state.boolean("binary", false);
    this.norm = readNorm(state);
  }

  protected doTransform(X: Input): Csr {
    const rows = new RowCollector(this.hasher.columns);
    const steps = new Steps();
    for (const text of this.texts(X)) {
      for (const feature of this.analyze(text, steps)) this.hasher.add(rows, feature, 1);
      rows.endRow();
    }
    const counts = this.hasher.matrix(rows);
    const single = this.hasher.dtype === "float32";
    const data = single ? Float32Array.from(counts.data) : counts.data.slice();
    if (this.binary) data.fill(1);
    if (this.norm !== undefined)
      for (let row = 0; row < counts.shape[0]; row++)
        normalizeRange(data, counts.indptr[row]!, counts.indptr[row + 1]!, this.norm);
    return new Csr(counts.shape, counts.indptr, counts.indices, Float64Array.from(data), counts.dtype);
  }
}

/** FeatureHasher: features with values, by the hash of their names. */
export class FeatureHasher extends Estimator {
  private readonly hasher: Hasher;
  private readonly kind: "dict" | "pair" | "string";

  constructor(state: State) {
    super(state);
    this.n_features_in_ = undefined;
    this.hasher = new Hasher(state);
    this.kind = state.oneOf("input_type", ["dict", "pair", "string"], "dict");
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

  /** A list per row, or an object; a table of one column holds them already. */
  override readRows(rows: Rows): Input {
    if (rows instanceof NdArray && rows.ndim === 1) return samplesOf(rows.flat());
    return Array.isArray(rows) ? samplesOf(rows) : toInput(rows);
  }
  override get readsOwnRows(): boolean {
    return true;
  }

  protected doTransform(X: Input): Csr {
    const rows = new RowCollector(this.hasher.columns);
    if (this.kind === "dict") for (const record of recordsOf(X)) this.addAll(rows, record);
    else Array.from(columnValues(X, 0), (sample, row) => this.addAll(rows, this.pairs(sample, row)));
    return this.hasher.matrix(rows);
  }

  private *pairs(sample: unknown, row: number): Generator<readonly [unknown, unknown]> {
    if (!Array.isArray(sample)) throw featureError([{ row, detail: `a row is a list of ${this.kind}s` }]);
    for (const item of sample as unknown[]) {
      if (this.kind === "string") yield [item, 1];
      else if (Array.isArray(item) && item.length === 2) yield item as [unknown, unknown];
      else throw featureError([{ row, detail: "a row is a list of pairs of a name and a value" }]);
    }
  }

  private addAll(rows: RowCollector, features: Iterable<readonly [unknown, unknown]>): void {
    for (const [name, value] of features) {
      if (typeof name !== "string") throw featureError([{ detail: "names of features are texts" }]);
      if (typeof value === "string") this.hasher.add(rows, `${name}=${value}`, 1);
      else if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint")
        this.hasher.add(rows, name, Number(value));
      else throw featureError([{ feature: name, detail: `'${name}' must be a number or a text` }]);
    }
    rows.endRow();
  }
}
