/** @module CountVectorizer and TfidfVectorizer (`sklearn.feature_extraction.text`). */

import { Csr, NdArray } from "@curtido/arrays";
import { Dict, FrozenSet, PySet } from "@curtido/pickle";
import { numericDType } from "../base/dtypes.ts";
import { featureError } from "../base/errors.ts";
import type { Input } from "../base/input.ts";
import type { State } from "../base/state.ts";
import { readDTypeName } from "../preprocessing/encoder_state.ts";
import { type Analyzer, readAnalyzer } from "./analyzer.ts";
import { Steps } from "./pattern/index.ts";
import { TextTransformer } from "./samples.ts";
import { TfidfTransformer } from "./tfidf.ts";

/** How often each term of a vocabulary occurs in a text. */
export class CountVectorizer extends TextTransformer {
  /** The column of each term. */
  readonly vocabulary_: ReadonlyMap<string, number>;
  private readonly analyze: Analyzer;
  private readonly binary: boolean;
  private readonly dtype: string;
  /** How often each term occurred in the row at hand: 0 between rows. */
  private readonly counts: Float64Array;

  constructor(state: State) {
    super(state);
    this.n_features_in_ = 1;
    this.vocabulary_ = readVocabulary(state);
    let longest = 0;
    for (const term of this.vocabulary_.keys()) if (term.length > longest) longest = term.length;
    this.analyze = readAnalyzer(state, longest);
    this.binary = state.boolean("binary", false);
    this.dtype = state.given("dtype") ? readDTypeName(state) : "int64";
    this.counts = new Float64Array(this.vocabulary_.size);
  }

  protected doTransform(X: Input): Csr {
    return this.count(this.texts(X));
  }

  private count(texts: readonly string[]): Csr {
    const { vocabulary_, counts, analyze, binary } = this;
    const indptr = new Int32Array(texts.length + 1);
    const indices: number[] = [];
    const data: number[] = [];
    const steps = new Steps();
    texts.forEach((text, row) => {
      const met: number[] = [];
      for (const term of analyze(text, steps)) {
        const column = vocabulary_.get(term);
        if (column === undefined) continue;
        if (counts[column]! === 0) met.push(column);
        counts[column]!++;
      }
      met.sort((a, b) => a - b);
      for (const column of met) {
        indices.push(column);
        data.push(binary ? 1 : counts[column]!);
        counts[column] = 0;
      }
      indptr[row + 1] = indices.length;
    });
    const shape = [texts.length, vocabulary_.size] as const;
    return new Csr(shape, indptr, Int32Array.from(indices), Float64Array.from(data), numericDType(this.dtype));
  }

  /** The terms of each row that are not 0: an array of texts per row. */
  protected doInverseTransform(X: Input): NdArray {
    const table = X as NdArray | Csr;
    const terms: string[] = [];
    for (const [term, column] of this.vocabulary_) terms[column] = term;
    const [rows, columns] = table.shape as readonly [number, number];
    if (columns !== terms.length)
      throw featureError([{ detail: `expected ${terms.length} columns, found ${columns}` }]);
    const sparse = table instanceof Csr ? table : Csr.fromDense(table.toFloat64(), rows, columns);
    const lists = Array.from({ length: rows }, (_, row) => {
      const found: string[] = [];
      for (let at = sparse.indptr[row]!; at < sparse.indptr[row + 1]!; at++)
        if (sparse.data[at] !== 0) found.push(terms[sparse.indices[at]!]!);
      return found;
    });
    return NdArray.objects(lists, [rows]);
  }
}

/** The vocabulary that was learned, or else the one that was given. */
function readVocabulary(state: State): ReadonlyMap<string, number> {
  const name = state.given("vocabulary_") ? "vocabulary_" : "vocabulary";
  const value = state.raw(name);
  const vocabulary = new Map<string, number>();
  if (value instanceof Dict) for (const [term, column] of value) vocabulary.set(String(term), columnOf(state, column));
  else {
    const terms =
      value instanceof PySet || value instanceof FrozenSet
        ? [...value].map(String).sort(byCodePoint)
        : state.list(name);
    for (const term of terms) vocabulary.set(String(term), vocabulary.size);
  }
  const { size } = vocabulary;
  const columns = new Set(vocabulary.values());
  if (size === 0 || columns.size !== size || [...columns].some((column) => !(column >= 0 && column < size)))
    state.fail(name, "must give each term a column of its own");
  return vocabulary;
}

function columnOf(state: State, value: unknown): number {
  const plain = state.context.value(value);
  return Number(plain instanceof NdArray ? plain.item(0) : plain);
}

/** As Python sorts texts: surrogates do not come first. */
function byCodePoint(a: string, b: string): number {
  const [left, right] = [Array.from(a, (c) => c.codePointAt(0)!), Array.from(b, (c) => c.codePointAt(0)!)];
  for (let at = 0; at < Math.min(left.length, right.length); at++)
    if (left[at] !== right[at]) return left[at]! - right[at]!;
  return left.length - right.length;
}

/** CountVectorizer and TfidfTransformer in one. */
export class TfidfVectorizer extends CountVectorizer {
  private readonly tfidf: TfidfTransformer;

  constructor(state: State) {
    super(state);
    const tfidf = state.estimator("_tfidf");
    this.tfidf = tfidf instanceof TfidfTransformer ? tfidf : state.fail("_tfidf", "must be a TfidfTransformer");
    const width = this.tfidf.n_features_in_ ?? this.vocabulary_.size;
    if (width !== this.vocabulary_.size)
      state.fail("_tfidf", `weighs ${width} columns for ${this.vocabulary_.size} terms`);
  }

  protected override doTransform(X: Input): Csr {
    return this.tfidf.weigh(super.doTransform(X));
  }
}
