/** @module Word2Vec and KeyedVectors: a vector for each word (`gensim.models`). */

import { NdArray } from "@curtido/arrays";
import { Dict, Instance } from "@curtido/pickle";
import { type FeatureProblem, featureError, MOST_PROBLEMS } from "../base/errors.ts";
import type { Input } from "../base/input.ts";
import { attributesOf, type State } from "../base/state.ts";
import { TextTransformer } from "../feature_extraction/samples.ts";

/** A word and how like another one it is: the cosine of the angle between them. */
export type Likeness = readonly [word: string, similarity: number];

/** The vector of each word that is asked for; a word that training did not see has none. */
export class KeyedVectors extends TextTransformer {
  private readonly places: ReadonlyMap<string, number>;
  private readonly vectors: Float32Array;
  private readonly width: number;

  constructor(state: State) {
    super(state);
    this.n_features_in_ = 1;
    const name = state.named("vectors", "syn0");
    const { data, rows, columns } = state.matrix(name);
    this.vectors = Float32Array.from(data);
    this.width = columns;
    this.places = placesOf(state);
    for (const [word, at] of this.places)
      if (!(at >= 0 && at < rows)) state.fail("key_to_index", `has no vector for '${word}'`);
  }

  protected doTransform(X: Input): NdArray {
    const words = this.texts(X);
    const out = new Float32Array(words.length * this.width);
    const problems: FeatureProblem[] = [];
    words.forEach((word, row) => {
      const at = this.places.get(word);
      if (at !== undefined) out.set(this.vectorAt(at), row * this.width);
      else if (problems.length < MOST_PROBLEMS)
        problems.push({
          row,
          feature: this.featureName(0),
          detail: `${JSON.stringify(word)} is no word that was seen in training`,
        });
    });
    if (problems.length > 0) throw featureError(problems);
    return NdArray.of(out, [words.length, this.width]);
  }

  private vectorAt(at: number): Float32Array {
    return this.vectors.subarray(at * this.width, (at + 1) * this.width);
  }

  /**
   * The words that are most like one, the most alike first; not the word itself.
   *
   * @throws CurtidoError E_FEATURES for a word that training did not see
   * @example
   * vectors.mostSimilar("king", 3); // [["queen", 0.72], ...]
   */
  mostSimilar(word: string, count = 10): readonly Likeness[] {
    const own = this.places.get(word);
    if (own === undefined)
      throw featureError([{ detail: `${JSON.stringify(word)} is no word that was seen in training` }]);
    const vector = this.vectorAt(own);
    const all = [...this.places].flatMap(([other, at]): Likeness[] =>
      at === own ? [] : [[other, cosine(vector, this.vectorAt(at))]],
    );
    return all.sort(([, a], [, b]) => b - a).slice(0, count);
  }
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [product, left, right] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    product += a[at]! * b[at]!;
    left += a[at]! ** 2;
    right += b[at]! ** 2;
  }
  return product / Math.sqrt(left * right);
}

/** Where each word's vector stands: `key_to_index` from 4.0 on, entries with an index before. */
function placesOf(state: State): ReadonlyMap<string, number> {
  const given = state.given("key_to_index") ? state.dict("key_to_index") : state.dict("vocab");
  return new Map([...given].map(([word, at]) => [String(word), placeOf(state, at)]));
}

function placeOf(state: State, value: unknown): number {
  const place = value instanceof Instance ? attributesOf(value).get("index") : value;
  const plain = place instanceof Dict ? undefined : place;
  return typeof plain === "number" ? plain : state.floatsFrom(plain, "vocab")[0]!;
}
