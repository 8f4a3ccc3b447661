/** @module What people mean by a model, where its file does not say it: names, words, units. It changes no numbers. */

import { checkRule } from "./card_rules.ts";
import { CARD } from "./card_table.ts";
import { estimatorError } from "./errors.ts";

/** One feature, or the target; see the JSON Schema for what each key means. */
export interface CardFeature {
  readonly name: string;
  readonly type?: "number" | "boolean" | "category" | "text" | "date";
  readonly label?: string;
  readonly help?: string;
  readonly unit?: string;
  readonly default?: unknown;
  readonly min?: number;
  readonly max?: number;
  readonly categories?: readonly unknown[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly missing?: readonly string[];
  readonly order?: "dmy" | "mdy";
  readonly decimal?: "." | ",";
  readonly thousands?: string;
  readonly spellings?: Readonly<Record<string, string | null>>;
  readonly of?: string;
  readonly part?: "month" | "weekday";
}

/** One number of an answer. */
export interface CardOutput {
  readonly name?: string;
  readonly unit?: string;
}

/** A row, and what the model answers to it. */
export interface CardExample {
  readonly row: unknown;
  readonly predict?: unknown;
  readonly transform?: unknown;
}

/** The words for the classes of an output: by class, or in the order of the classes. */
export type CardLabels = Readonly<Record<string, string>> | readonly string[];

/** A card in its one form: lists of objects, where a person may write names alone. */
export interface Card {
  readonly title?: string;
  readonly description?: string;
  readonly features?: readonly CardFeature[];
  /** One for each output. */
  readonly labels?: readonly CardLabels[];
  readonly outputs?: readonly CardOutput[];
  readonly round?: number;
  readonly target?: CardFeature;
  readonly left_out?: readonly string[];
  readonly loose_names?: boolean;
  readonly trained?: Readonly<Record<string, unknown>>;
  readonly reference?: Readonly<Record<string, unknown>>;
  readonly examples?: readonly CardExample[];
}

/** A card as a person writes it: names may stand for features, outputs and the target. */
export type CardInput = Card | Readonly<Record<string, unknown>>;

/** How many characters a card has at most, written as JSON. */
export const MOST_CARD = 4_000_000;

/**
 * A card from what JSON, or a program, gives.
 *
 * @throws CurtidoError E_CARD naming the key that is wrong
 * @example
 * readCard({ features: ["age", "fare"], labels: { 0: "no", 1: "yes" }, round: 2 }).labels; // [{ "0": "no", "1": "yes" }]
 */
export function readCard(value: unknown): Card {
  checkRule(value, CARD, "");
  const { features, labels, outputs, target, ...rest } = value as Readonly<Record<string, unknown>>;
  const card: Card = {
    ...rest,
    ...(features === undefined ? {} : { features: (features as readonly unknown[]).map(named<CardFeature>) }),
    ...(labels === undefined ? {} : { labels: labelsOf(labels) }),
    ...(outputs === undefined ? {} : { outputs: (outputs as readonly unknown[]).map(named<CardOutput>) }),
    ...(target === undefined ? {} : { target: named<CardFeature>(target) }),
  };
  const twin = twinOf(card.features ?? []);
  if (twin === undefined) return card;
  throw estimatorError("E_CARD", `the card: 'features' has '${twin}' twice`, { path: "features" });
}

/** A card from the text of a file. @throws CurtidoError E_CARD */
export function parseCard(text: string): Card {
  if (text.length > MOST_CARD)
    throw estimatorError("E_CARD", `the card has more than ${MOST_CARD} characters`, { path: "" });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw estimatorError("E_CARD", `the card is no JSON: ${(error as Error).message}`, { path: "" }, error);
  }
  return readCard(value);
}

function named<T>(value: unknown): T {
  return (typeof value === "string" ? { name: value } : value) as T;
}

function labelsOf(labels: unknown): readonly CardLabels[] {
  if (!Array.isArray(labels)) return [labels as Readonly<Record<string, string>>];
  const words = labels.every((each) => typeof each === "string");
  return words ? [labels] : labels;
}

function twinOf(features: readonly CardFeature[]): string | undefined {
  const seen = new Set<string>();
  return features.find(({ name }) => seen.size === seen.add(name).size)?.name;
}

/**
 * Two cards as one: the second wins, key by key; of features it has in common with the first, too.
 *
 * @example
 * mergeCards({ title: "a", round: 2 }, { title: "b" }); // { title: "b", round: 2 }
 */
export function mergeCards(first: Card, second: Card): Card {
  const features =
    first.features === undefined || second.features === undefined
      ? (second.features ?? first.features)
      : mergeFeatures(first.features, second.features);
  return { ...first, ...second, ...(features === undefined ? {} : { features }) };
}

function mergeFeatures(first: readonly CardFeature[], second: readonly CardFeature[]): readonly CardFeature[] {
  const own = new Map(second.map((feature) => [feature.name, feature]));
  const known = new Map(first.map((feature) => [feature.name, feature]));
  // Some of what the first has are described, and stay where they are.
  if (second.every(({ name }) => known.has(name)) && second.length < first.length)
    return first.map((feature) => ({ ...feature, ...own.get(feature.name) }));
  const merged = second.map((feature) => ({ ...known.get(feature.name), ...feature }));
  return [...merged, ...first.filter(({ name }) => !own.has(name))];
}
