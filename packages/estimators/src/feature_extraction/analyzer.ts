/** @module From a text to the features that are counted (`sklearn.feature_extraction.text`). */

import { Dict, Global, Instance, typeName } from "@curtido/pickle";
import { estimatorError } from "../base/errors.ts";
import type { State } from "../base/state.ts";
import { boundCall } from "../own/bound.ts";
import { ownName } from "../own/name.ts";
import { stripMarks, toAscii } from "./accents.ts";
import { Ngrams } from "./ngrams.ts";
import { codePoints, isSpace, textOf } from "./pattern/characters.ts";
import { Pattern, type Steps } from "./pattern/index.ts";
import { englishStopWords } from "./stop_words.ts";

/** The features of a text, in order; `steps` are those of the call that it is a part of. */
export type Analyzer = (text: string, steps: Steps) => readonly string[];

/** More tokens to a feature than anybody asks for. */
const LONGEST_NGRAM = 1000;

/**
 * What a vectorizer does to a text, by its parameters.
 *
 * @param longest - characters of the longest feature that counts: longer ones are not made
 */
export function readAnalyzer(state: State, longest = Number.POSITIVE_INFINITY): Analyzer {
  if (state.string("input", "content") !== "content") {
    const path = state.at("input");
    const message = `'${path}' says that rows are files to open: only texts themselves are supported`;
    throw estimatorError("E_UNSUPPORTED", message, { path });
  }
  const own = ownFunction(state, "analyzer");
  if (own !== undefined) return (text) => own(text) as readonly string[];
  const kind = state.oneOf("analyzer", ["word", "char", "char_wb"], "word");
  const preprocess = readPreprocessor(state);
  const [least, most] = readRange(state);
  const begin = (text: string) => new Ngrams(text, state.context.limits, longest);
  if (kind === "char")
    return (text) => charNgrams(collapsed(preprocess(text)), least, Math.min(most, longest), begin(text));
  if (kind === "char_wb") return (text) => paddedNgrams(collapsed(preprocess(text)), least, most, begin(text));
  const stopWords = readStopWords(state);
  const tokenize = readTokenizer(state);
  return (text, steps) => {
    const tokens = tokenize(preprocess(text), steps);
    const kept = stopWords === undefined ? tokens : tokens.filter((token) => !stopWords.has(token));
    return wordNgrams(kept, least, most, begin(text));
  };
}

function readRange(state: State): readonly [least: number, most: number] {
  if (!state.has("ngram_range")) return [1, 1];
  const [least, most] = state.list("ngram_range").map(Number);
  if (!(Number.isInteger(least) && Number.isInteger(most) && least! >= 1 && most! >= least! && most! <= LONGEST_NGRAM))
    return state.fail("ngram_range", "must be a pair of whole numbers from 1");
  return [least!, most!];
}

/** A function of the user's own under a parameter, registered by name; `undefined` where the parameter is no function. */
function ownFunction(state: State, name: string): ((text: string) => unknown) | undefined {
  const value = state.raw(name);
  if (!(value instanceof Global || value instanceof Instance)) return undefined;
  if (isSplit(value)) return splitWords;
  const bound = boundCall(value, new Dict(), state.context);
  const code = ownName(bound.func);
  const known = code?.name ?? (value instanceof Instance ? value.className : String(value));
  const found = Object.hasOwn(state.context.names, known) ? state.context.names[known] : undefined;
  if (typeof found === "function") {
    const keywords = Object.fromEntries(bound.keywords);
    return bound.keywords.size === 0
      ? (text) => found(...bound.args, text)
      : (text) => found(...bound.args, text, keywords);
  }
  const path = state.at(name);
  state.context.note({ name: known, kind: "function", value: bound.func, path, bound, takes: "text" });
  return (text) => text;
}

/** `str.split`, which is pickled as `getattr(str, "split")`. */
function isSplit(value: Global | Instance): boolean {
  if (!(value instanceof Instance) || !/^(builtins|__builtin__)\.getattr$/.test(value.className)) return false;
  const [owner, name] = value.args;
  return owner instanceof Global && /^(str|unicode)$/.test(owner.name) && name === "split";
}

function readPreprocessor(state: State): (text: string) => string {
  const own = state.given("preprocessor") ? ownFunction(state, "preprocessor") : undefined;
  if (own !== undefined) return (text) => textFrom(own(text), "preprocessor");
  const lower = state.boolean("lowercase", true);
  const { version } = state;
  const strip = readStrip(state);
  return (text) => {
    const cased = lower ? text.toLowerCase() : text;
    return strip === "unicode"
      ? stripMarks(cased, version)
      : strip === "ascii"
        ? toAscii(cased)
        : typeof strip === "function"
          ? textFrom(strip(cased), "strip_accents")
          : cased;
  };
}

function readStrip(state: State): "unicode" | "ascii" | ((text: string) => unknown) | undefined {
  if (!state.given("strip_accents")) return undefined;
  return ownFunction(state, "strip_accents") ?? state.oneOf("strip_accents", ["unicode", "ascii"] as const);
}

function textFrom(value: unknown, name: string): string {
  if (typeof value === "string") return value;
  throw estimatorError("E_UNSUPPORTED", `the function given for ${name} must return a text, not ${typeName(value)}`);
}

function readTokenizer(state: State): Analyzer {
  const own = state.given("tokenizer") ? ownFunction(state, "tokenizer") : undefined;
  if (own !== undefined) return (text) => own(text) as readonly string[];
  const pattern = new Pattern(state.string("token_pattern", "(?u)\\b\\w\\w+\\b"));
  return (text, steps) => pattern.findAll(text, steps);
}

function readStopWords(state: State): ReadonlySet<string> | undefined {
  if (!state.given("stop_words")) return undefined;
  const value = state.raw("stop_words");
  if (value === "english") return englishStopWords(state.version);
  const items =
    typeof value === "object" && value !== null && Symbol.iterator in value
      ? [...(value as Iterable<unknown>)]
      : undefined;
  if (items === undefined) return state.fail("stop_words", "must be 'english' or a list of words");
  return new Set(items.map(String));
}

/** `str.split()` */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let start = -1;
  for (let at = 0; at <= text.length; at++) {
    const space = at === text.length || isSpace(text.charCodeAt(at));
    if (!space && start < 0) start = at;
    if (!space || start < 0) continue;
    words.push(text.slice(start, at));
    start = -1;
  }
  return words;
}

/** Two or more spaces of any kind become one. */
function collapsed(text: string): string {
  let out = "";
  let kept = 0;
  for (let at = 0; at < text.length; ) {
    let end = at;
    while (end < text.length && isSpace(text.charCodeAt(end))) end++;
    if (end - at >= 2) {
      out += `${text.slice(kept, at)} `;
      kept = end;
    }
    at = Math.max(end, at + 1);
  }
  return kept === 0 ? text : out + text.slice(kept);
}

/** Single words, then pairs, and so on. */
function wordNgrams(tokens: readonly string[], least: number, most: number, ngrams: Ngrams): readonly string[] {
  if (most === 1) return tokens;
  // Where each word begins, with a space between each two.
  const begins = new Float64Array(tokens.length + 1);
  tokens.forEach((token, at) => (begins[at + 1] = begins[at]! + token.length + 1));
  for (let n = least; n <= Math.min(most, tokens.length); n++) {
    let fits = false;
    for (let at = 0; at + n <= tokens.length; at++) {
      const length = begins[at + n]! - begins[at]! - 1;
      if (!ngrams.counts(length)) continue;
      fits = true;
      ngrams.add(n === 1 ? tokens[at]! : tokens.slice(at, at + n).join(" "));
    }
    if (!fits) break;
  }
  return ngrams.found;
}

/** A text as characters, which may take two places in JavaScript. */
class Characters {
  private readonly text: string;
  private readonly codes: Uint32Array | undefined;
  readonly length: number;

  constructor(text: string) {
    this.text = text;
    this.codes = /[\ud800-\udfff]/.test(text) ? codePoints(text) : undefined;
    this.length = this.codes?.length ?? text.length;
  }
  slice(from: number, to: number): string {
    const end = Math.min(to, this.length);
    return this.codes === undefined ? this.text.slice(from, end) : textOf(this.codes, from, end);
  }
}

function charNgrams(text: string, least: number, most: number, ngrams: Ngrams): readonly string[] {
  const characters = new Characters(text);
  for (let n = least; n <= Math.min(most, characters.length); n++)
    for (let at = 0; at + n <= characters.length; at++) ngrams.add(characters.slice(at, at + n));
  return ngrams.found;
}

/** Within words, which have a space at each end; a word that is too short counts once, as it is. */
function paddedNgrams(text: string, least: number, most: number, ngrams: Ngrams): readonly string[] {
  for (const word of splitWords(text)) {
    const characters = new Characters(` ${word} `);
    for (let n = least; n <= most; n++) {
      ngrams.add(characters.slice(0, n));
      let at = 0;
      while (at + n < characters.length) ngrams.add(characters.slice(++at, at + n));
      if (at === 0) break;
    }
  }
  return ngrams.found;
}
