/** @module What a card says of a model's features and target, laid over what the model itself says of them. */

import type { Card, CardFeature, Estimator, Feature, Signature } from "@curtido/estimators";
import type { CellRule } from "@curtido/tables";

/** What is known of a column that the model learned from, or of its target. */
export interface NotedColumn extends CellRule {
  readonly name: string;
}

/** What training wrote down. */
export interface Note {
  readonly target: NotedColumn | undefined;
  /** Columns of the table that the model was not given. */
  readonly leftOut: readonly string[];
}

/**
 * What the card of a model says of the table that it learned from.
 *
 * @example
 * noteOf(model).target?.name; // "price"
 */
export function noteOf({ card }: Pick<Estimator, "card">): Note {
  const { target, left_out: leftOut = [] } = card ?? {};
  return { target: target === undefined ? undefined : { name: target.name, ...ruleOf(target) }, leftOut };
}

/** The signature of a model, and what its card says of its features. */
export function signatureOf(estimator: Estimator): Signature {
  const { signature } = estimator;
  const { features = [] } = estimator.card ?? {};
  if (features.length === 0) return signature;
  const known = new Map(features.map((feature) => [feature.name, feature]));
  return { ...signature, features: signature.features.map((each) => described(each, known.get(each.name))) };
}

function described(feature: Feature, card: CardFeature | undefined): Feature {
  if (card === undefined) return feature;
  const { label, help, unit, min, max, labels, default: typical, of, part } = card;
  const options =
    card.categories ?? (card.type === "boolean" ? [false, true].map((is) => asType(is, feature)) : undefined);
  return {
    ...feature,
    ...ruleOf(card),
    ...(label !== undefined && { label }),
    ...(help !== undefined && { help }),
    ...(unit !== undefined && card.type !== "date" && { unit }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(labels !== undefined && { labels }),
    ...(options !== undefined && { options }),
    ...(typical !== undefined && { typical }),
    ...(of !== undefined && part !== undefined && { of: { name: of, part }, optional: true }),
  };
}

/** A truth value as a feature takes it. */
function asType(is: boolean, { type }: Feature): unknown {
  return type === "number" ? Number(is) : is;
}

/** How texts of a column are read. */
function ruleOf({ type, order, decimal, thousands, spellings, missing = [] }: CardFeature): CellRule {
  const absent = Object.fromEntries(missing.map((text) => [text, null]));
  const all = { ...spellings, ...absent };
  return {
    ...(type === "date" && { date: { unit: "days" as const, ...(order !== undefined && { order }) } }),
    ...(decimal !== undefined && {
      numerals: { decimal, ...(thousands !== undefined && thousands !== "" && { thousands }) },
    }),
    ...(Object.keys(all).length > 0 && { spellings: all }),
  };
}

/** A card that is laid over its model: every word stands with its class. */
export type Said = Omit<Card, "labels"> & { readonly labels?: readonly Readonly<Record<string, string>>[] };

/** What is said of a model. */
export function saidOf({ card = {} }: Pick<Estimator, "card">): Said {
  return card as Said;
}
