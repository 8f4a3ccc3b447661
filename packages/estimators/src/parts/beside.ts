/** @module What stands beside a model in a bundle: the names of its features, the words for its classes. */

import { Index, NdArray, reviveValue, Series } from "@curtido/arrays";
import { Dict, Tuple } from "@curtido/pickle";
import type { Card } from "../base/card.ts";
import type { Estimator } from "../base/estimator.ts";
import { membersOf } from "./path.ts";

/** How lists of features are called, and lists and dicts of classes. */
const FEATURES = /feature|col(umn)?s?\b|_cols|columns|predictor|input|^x_|names?$|order/i;
const CLASSES =
  /class|label|target|categor|mapping|species|inverse|decod|encod|idx|index|id2|int_?to|to_?(name|word|text)/i;

/**
 * What a bundle says of the model in it: lists of texts that are as long as it has features or classes, and are called
 * so; dicts that have a word for each class.
 *
 * @example
 * besideOf(dict, model); // { features: ["age", "fare"], labels: { "0": "no", "1": "yes" } }
 */
export function besideOf(parent: unknown, model: Estimator): Card {
  const features = model.feature_names_in_ === undefined ? featuresIn(parent, model.n_features_in_) : undefined;
  const labels = model.classes_ instanceof NdArray ? labelsIn(parent, model.classes_.flat()) : undefined;
  return { ...(features && { features: features.map((name) => ({ name })) }), ...(labels && { labels: [labels] }) };
}

function featuresIn(parent: unknown, count: number | undefined): readonly string[] | undefined {
  if (count === undefined) return undefined;
  const found = [...membersOf(parent)].flatMap(([name, value]) => {
    const texts = textsOf(value);
    const fits = texts?.length === count && new Set(texts).size === count;
    return fits && (FEATURES.test(name) || /^\d+$/.test(name)) && !CLASSES.test(name) ? [texts] : [];
  });
  const [first] = found;
  return found.every((texts) => texts.every((text, at) => text === first![at])) ? first : undefined;
}

function labelsIn(parent: unknown, classes: readonly unknown[]): Readonly<Record<string, string>> | undefined {
  if (classes.some((each) => typeof each === "string")) return undefined;
  for (const [name, value] of membersOf(parent)) {
    if (!CLASSES.test(name) && !/^\d+$/.test(name)) continue;
    const words = value instanceof Dict ? wordsOf(value, classes) : wordList(textsOf(value), classes);
    if (words !== undefined) return words;
  }
  return undefined;
}

/** Words in the order of the classes. */
function wordList(texts: readonly string[] | undefined, classes: readonly unknown[]) {
  if (texts?.length !== classes.length) return undefined;
  return Object.fromEntries(classes.map((each, at) => [String(each), texts[at]!]));
}

/** `{0: "no", 1: "yes"}`, or the other way round. */
function wordsOf(dict: Dict, classes: readonly unknown[]): Readonly<Record<string, string>> | undefined {
  const pairs = [...dict].map(([key, value]) => (typeof key === "string" ? [value, key] : [key, value]));
  if (pairs.some(([, word]) => typeof word !== "string")) return undefined;
  const words = new Map(pairs.map(([of, word]) => [String(of), word as string]));
  if (words.size !== classes.length || !classes.every((each) => words.has(String(each)))) return undefined;
  return Object.fromEntries(words);
}

/** A list of texts, whatever holds it. */
function textsOf(value: unknown): readonly string[] | undefined {
  const items = Array.isArray(value) ? value : value instanceof Tuple ? value.items : elementsOf(value);
  return items?.every((item) => typeof item === "string") === true ? (items as readonly string[]) : undefined;
}

function elementsOf(value: unknown): readonly unknown[] | undefined {
  let revived: unknown;
  try {
    revived = reviveValue(value);
  } catch {
    return undefined; // malformed: it is not needed
  }
  if (revived instanceof Index) return revived.labels;
  const values = revived instanceof Series ? revived.values : revived;
  return values instanceof NdArray && values.ndim === 1 ? values.flat() : undefined;
}
