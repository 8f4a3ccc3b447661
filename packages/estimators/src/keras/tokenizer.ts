/** @module Keras' Tokenizer: texts as lists of the numbers of their words (`keras.preprocessing.text`). */

import { NdArray } from "@curtido/arrays";
import { Dict } from "@curtido/pickle";
import type { Input } from "../base/input.ts";
import type { State } from "../base/state.ts";
import { TextTransformer } from "../feature_extraction/samples.ts";

/** What is left out of texts unless told otherwise: punctuation, tabs and ends of lines. */
const FILTERS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n';

/**
 * What `texts_to_sequences` gives: the number of each word that is known, and among the `num_words` most frequent; others
 * are left out, or stand as the word that stands for them.
 */
export class Tokenizer extends TextTransformer {
  private readonly index: ReadonlyMap<string, number>;
  private readonly most: number;
  private readonly filters: ReadonlySet<string>;
  private readonly split: string;
  private readonly lower: boolean;
  private readonly characters: boolean;
  private readonly unknown: number | undefined;

  constructor(state: State) {
    super(state);
    this.n_features_in_ = 1;
    if (state.given("analyzer")) state.fail("analyzer", "is a function, which only Python can call");
    this.index = indexOf(state);
    const most = state.given("num_words") ? state.number("num_words") : 0;
    // 0 is no limit, as None is.
    this.most = most === 0 ? Number.POSITIVE_INFINITY : most;
    this.filters = new Set(state.has("filters") ? filtersOf(state) : FILTERS);
    this.split = state.string("split", " ");
    this.lower = state.boolean("lower", true);
    this.characters = state.boolean("char_level", false);
    this.unknown = state.given("oov_token") ? this.index.get(String(state.raw("oov_token"))) : undefined;
  }

  protected doTransform(X: Input): NdArray {
    const texts = this.texts(X);
    return NdArray.objects(
      texts.map((text) => this.sequence(text)),
      [texts.length],
    );
  }

  private sequence(text: string): number[] {
    return this.words(text).flatMap((word) => {
      const at = this.index.get(word);
      const found = at !== undefined && at < this.most ? at : this.unknown;
      return found === undefined ? [] : [found];
    });
  }

  private words(given: string): readonly string[] {
    const text = this.lower ? given.toLowerCase() : given;
    if (this.characters) return [...text];
    const plain = Array.from(text, (character) => (this.filters.has(character) ? this.split : character)).join("");
    return plain.split(this.split).filter((word) => word !== "");
  }
}

function indexOf(state: State): ReadonlyMap<string, number> {
  const words = state.raw("word_index");
  if (!(words instanceof Dict)) return state.fail("word_index", "must be a dict");
  return new Map([...words].map(([word, at]) => [String(word), Number(at)]));
}

/** The characters, of a text or of a list of them. */
function filtersOf(state: State): Iterable<string> {
  const filters = state.raw("filters");
  return typeof filters === "string" ? filters : state.list("filters").map(String);
}
