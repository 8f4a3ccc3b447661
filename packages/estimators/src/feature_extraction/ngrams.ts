/** @module The n-grams of a text, as long as they are not too many. */

import type { CostOf, Limits } from "../base/cost.ts";
import { estimatorError } from "../base/errors.ts";
import type { State } from "../base/state.ts";
import { Pattern } from "./pattern/index.ts";

/** Operations that an n-gram takes beside its characters: a text is made of it, and looked for. */
const EACH = 200;

/** Collects n-grams of one text. */
export class Ngrams {
  readonly found: string[] = [];
  private readonly text: string;
  private readonly limits: Limits;
  private readonly longest: number;
  private operations = 0;

  /** @param longest - characters of the longest n-gram that counts */
  constructor(text: string, limits: Limits, longest: number) {
    this.text = text;
    this.limits = limits;
    this.longest = longest;
  }

  /** Whether an n-gram of so many characters counts; asking costs a little. */
  counts(length: number): boolean {
    this.spend(1);
    return length <= this.longest;
  }

  /** @throws CurtidoError E_LIMIT when the text has more n-grams than it may */
  add(ngram: string): void {
    this.spend(EACH + ngram.length);
    this.found.push(ngram);
  }

  private spend(operations: number): void {
    this.operations += operations;
    const { operationsPerRow: most } = this.limits;
    if (this.operations <= most) return;
    const message = `a text of ${this.text.length} characters takes more than ${most} operations: the model counts too many parts of it. Send a shorter one`;
    throw estimatorError("E_LIMIT", message, { limit: "operationsPerRow", most, length: this.text.length });
  }
}

/** What vectorizers of texts cost for each character; the words that they know are looked up, not walked. */
export const costOfText: CostOf = (state) => {
  const [least = 1, most = 1] = state.has("ngram_range") ? state.list("ngram_range").map(Number) : [];
  const kind = state.raw("analyzer");
  const longest = longestTerm(state);
  const sum = (letters: number) => {
    const last = Math.min(most, Math.ceil(longest / letters));
    // Of each length from `least` to `last`: what one takes, and its characters.
    return last < least ? 0 : ((last - least + 1) * (EACH + (letters * (least + last)) / 2)) / letters;
  };
  if (kind === "char" || kind === "char_wb") return { perCharacter: BASE + sum(1), parts: PARTS };
  const { text, character } = tokenCost(state);
  return { perRow: text, perCharacter: BASE + character + sum(LETTERS), parts: PARTS };
};

/** Operations of a character whatever becomes of it; letters of a word, with the space behind it. */
const BASE = 10;
const LETTERS = 3;
/** What a vectorizer has beside its words. */
const PARTS = ["_tfidf"];

function tokenCost(state: State): Pattern["cost"] {
  if (state.given("tokenizer") || typeof state.plain("token_pattern") !== "string") return { text: 0, character: 0 };
  return new Pattern(state.string("token_pattern")).cost;
}

/** The length of the longest word that is known; a vectorizer without words counts them all. */
function longestTerm(state: State): number {
  const name = state.given("vocabulary_") ? "vocabulary_" : "vocabulary";
  if (!state.given(name)) return Number.POSITIVE_INFINITY;
  let longest = 0;
  const terms = state.raw(name);
  if (!(typeof terms === "object" && terms !== null && Symbol.iterator in terms)) return longest;
  for (const item of terms as Iterable<unknown>) {
    const term = Array.isArray(item) ? (item as unknown[])[0] : item;
    if (typeof term === "string" && term.length > longest) longest = term.length;
  }
  return longest;
}
