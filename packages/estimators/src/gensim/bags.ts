/** @module gensim's Dictionary and TfidfModel: texts as pairs of the number of a word and its weight (`gensim`). */

import { NdArray } from "@curtido/arrays";
import { type Dict, Global, Tuple } from "@curtido/pickle";
import { featureError } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { columnValues, type Input, type Rows, toInput } from "../base/input.ts";
import type { FeatureShape, Signature } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { samplesOf } from "../feature_extraction/samples.ts";

/** A word's number, and how often it is there or what it weighs. */
type Pair = readonly [id: number, weight: number];

/** A transformer of lists: a row is one, of words or of pairs, and so is what comes out. */
abstract class ListTransformer extends Estimator {
  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: false };
  }
  override task(): Signature["task"] {
    return "transformation";
  }
  override features(): readonly FeatureShape[] {
    return [];
  }
  override readRows(rows: Rows): Input {
    if (rows instanceof NdArray && rows.ndim === 1) return samplesOf(rows.flat());
    return Array.isArray(rows) ? samplesOf(rows) : toInput(rows);
  }
  override get readsOwnRows(): boolean {
    return true;
  }

  protected doTransform(X: Input): NdArray {
    const lists = Array.from(columnValues(X, 0), (row, at) => {
      if (Array.isArray(row)) return this.pairs(row, at).map((pair) => [...pair]);
      throw featureError([{ row: at, detail: "a row is a list" }]);
    });
    return NdArray.objects(lists, [lists.length]);
  }

  protected abstract pairs(row: readonly unknown[], at: number): readonly Pair[];
}

/** Dictionary: what `doc2bow` gives, how often each known word is there, by the numbers of words. */
export class Dictionary extends ListTransformer {
  private readonly ids: Dict;

  constructor(state: State) {
    super(state);
    this.ids = state.dict("token2id");
  }

  protected pairs(row: readonly unknown[]): readonly Pair[] {
    const counts = new Map<number, number>();
    for (const word of row) {
      const id = this.ids.get(word);
      if (typeof id === "number") counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return [...counts].sort(([a], [b]) => a - b);
  }
}

/** TfidfModel: counts times how rare a word is, together of length 1. */
export class TfidfModel extends ListTransformer {
  private readonly idfs: ReadonlyMap<number, number>;
  private readonly normalize: boolean;
  private readonly eps: number;

  constructor(state: State) {
    super(state);
    this.idfs = new Map(
      [...state.dict("idfs")].map(([id, idf]) => [Number(id), state.floatsFrom(idf, "idfs")[0] ?? 0]),
    );
    this.eps = state.number("eps", 1e-12);
    const local = state.raw("wlocal");
    const plain = local === undefined || (local instanceof Global && local.name === "identity");
    if (!plain) state.fail("wlocal", "is a function of one's own");
    for (const name of ["smartirs", "pivot"])
      if (state.given(name)) state.fail(name, "is a scheme that is not known here");
    this.normalize = readNormalize(state);
  }

  protected pairs(row: readonly unknown[], at: number): readonly Pair[] {
    const weighed = row.flatMap((pair): Pair[] => {
      const [id, count] = pair instanceof Tuple ? pair.items : Array.isArray(pair) ? pair : [];
      if (typeof id !== "number" || typeof count !== "number")
        throw featureError([{ row: at, detail: "a row is a list of pairs of a word's number and a count" }]);
      const idf = this.idfs.get(id) ?? 0;
      return Math.abs(idf) > this.eps ? [[id, count * idf]] : [];
    });
    const length = this.normalize ? Math.sqrt(weighed.reduce((sum, [, weight]) => sum + weight ** 2, 0)) : 1;
    const scaled = length > 0 ? weighed.map(([id, weight]): Pair => [id, weight / length]) : weighed;
    return scaled.filter(([, weight]) => Math.abs(weight) > this.eps);
  }
}

/** True and False, or what the library puts in their place once it was used. */
function readNormalize(state: State): boolean {
  const value = state.raw("normalize");
  if (value instanceof Global) {
    if (value.name === "unitvec" || value.name === "identity") return value.name === "unitvec";
    return state.fail("normalize", "is a function of one's own");
  }
  return state.boolean("normalize", true);
}
