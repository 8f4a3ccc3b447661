/** @module A card is laid over the model that it speaks of: what it names must be there. */

import { NdArray } from "@curtido/arrays";
import type { Card, CardFeature, CardLabels } from "./card.ts";
import { estimatorError } from "./errors.ts";
import type { Estimator } from "./estimator.ts";

/** How many names a message lists. */
const MOST_SHOWN = 12;

/** A name that a model without names gives its features. */
const NUMBERED = /^feature[1-9][0-9]*$/;

/**
 * Lays a card over a model: names its features where its file does not, and resolves the words for its classes.
 *
 * @throws CurtidoError E_CARD when it speaks of features, classes or outputs that the model has not
 */
export function applyCard(model: Estimator, card: Card): void {
  if (card.features !== undefined) applyFeatures(model, card.features);
  const outputs = model.outputs();
  if (card.outputs !== undefined && card.outputs.length !== outputs)
    throw wrong("outputs", `lists ${card.outputs.length}, and the model gives ${outputs}`);
  model.card = card.labels === undefined ? card : { ...card, labels: labelsFor(model, card.labels) };
}

function applyFeatures(model: Estimator, features: readonly CardFeature[]): void {
  const { feature_names_in_: known, n_features_in_: count } = model;
  const names = features.map(({ name }) => name);
  const numbered = names.every((name) => NUMBERED.test(name));
  if (known !== undefined) refuseOthers(names, new Set(known));
  else if (model.readsOwnRows || count === undefined) return;
  else if (numbered) refuseOthers(names, new Set(Array.from({ length: count }, (_, at) => `feature${at + 1}`)));
  else if (names.length !== count) throw wrong("features", `lists ${names.length}, and the model takes ${count}`);
  else model.declareFeatures(names);
}

function refuseOthers(names: readonly string[], known: ReadonlySet<string>): void {
  const at = names.findIndex((name) => !known.has(name));
  if (at >= 0)
    throw wrong(`features[${at}].name`, `is '${names[at]}', which is no feature of the model: ${some(known)}`);
}

function some(names: Iterable<unknown>): string {
  const all = [...names].map(String);
  return `it has ${all.slice(0, MOST_SHOWN).join(", ")}${all.length > MOST_SHOWN ? ` and ${all.length - MOST_SHOWN} more` : ""}`;
}

function labelsFor(model: Estimator, labels: readonly CardLabels[]): readonly CardLabels[] {
  const { classes_: classes } = model;
  if (classes === undefined) return labels;
  const lists = classes instanceof NdArray ? [classes.flat()] : classes.map((list) => list.flat());
  if (labels.length !== lists.length)
    throw wrong("labels", `is for ${labels.length} outputs, and the model has ${lists.length}`);
  return labels.map((each, at) => labelsOf(each, lists[at]!, labels.length === 1 ? "labels" : `labels[${at}]`));
}

/** The words of one output by class. */
function labelsOf(labels: CardLabels, classes: readonly unknown[], path: string): Readonly<Record<string, string>> {
  if (Array.isArray(labels)) {
    if (labels.length === classes.length)
      return Object.fromEntries(classes.map((each, at) => [String(each), labels[at]]));
    throw wrong(path, `has ${labels.length} words, and the model ${classes.length} classes`);
  }
  const known = new Map(classes.flatMap((each) => spellingsOf(each).map((text) => [text, String(each)])));
  return Object.fromEntries(
    Object.entries(labels as Readonly<Record<string, string>>).map(([of, word]) => {
      const key = known.get(of);
      if (key === undefined) throw wrong(`${path}.${of}`, `is for no class of the model: ${some(classes)}`);
      return [key, word];
    }),
  );
}

/** How a class may be written: Python's floats and truth values too. */
function spellingsOf(label: unknown): readonly string[] {
  if (typeof label === "boolean") return [String(label), label ? "True" : "False", label ? "1" : "0"];
  return typeof label === "number" && Number.isInteger(label) ? [String(label), label.toFixed(1)] : [String(label)];
}

function wrong(path: string, what: string) {
  return estimatorError("E_CARD", `the card: '${path}' ${what}`, { path });
}
