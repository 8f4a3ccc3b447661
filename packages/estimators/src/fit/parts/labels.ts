/** @module The words for the classes of a classifier, in its own state: Python's object answers with them too. */

import { NdArray } from "@curtido/arrays";
import { Dict, Float, Instance, type Tuple } from "@curtido/pickle";
import { publicNameOf } from "../../base/classes.ts";
import { estimatorError } from "../../base/errors.ts";
import { CLASSES } from "../../registry.ts";

/** Where a classifier keeps its classes, and what it keeps them in besides. */
const LISTS = ["classes_", "_classes"];
const ENCODERS = ["_label_binarizer", "label_binarizer_", "le_", "_le", "_label_encoder", "label_encoder_"];
/** Where what only hands rows on has the estimator that answers. */
const INNER = ["best_estimator_", "estimator_", "estimator"];

/** What gives the word for a class. */
export type WordOf = (label: unknown, at: number) => string;

/**
 * Gives the classes of a classifier other names; the object is a copy already, and is changed in place.
 *
 * @throws CurtidoError E_UNSUPPORTED for what has no classes of its own, or compares the labels of its parts
 */
export function relabel(instance: Instance, wordOf: WordOf): void {
  const state = stateOf(instance);
  const steps = state.get("steps");
  const own = LISTS.filter((name) => state.get(name) instanceof NdArray);
  const inner = Array.isArray(steps)
    ? (steps.at(-1) as Tuple).items[1]
    : INNER.map((name) => state.get(name)).find((value) => value instanceof Instance);
  if (own.length === 0 && inner instanceof Instance) {
    relabel(inner, wordOf);
    return;
  }
  const entry = CLASSES.find(...namesOf(instance));
  if (own.length === 0 || entry === undefined || entry.fixedLabels === true)
    throw estimatorError(
      "E_UNSUPPORTED",
      `the classes of ${instance.className} cannot be given other names: put the words into a card ({"labels": {"0": "..."}})`,
      { path: "labels" },
    );
  for (const name of own) state.set(name, words(state.get(name) as NdArray, wordOf));
  for (const name of ENCODERS) {
    const encoder = state.get(name);
    const classes = encoder instanceof Instance ? stateOf(encoder).get("classes_") : undefined;
    if (classes instanceof NdArray) stateOf(encoder as Instance).set("classes_", words(classes, wordOf));
  }
}

function words(classes: NdArray, wordOf: WordOf): NdArray {
  const labels = classes.flat().map((label, at) => wordOf(label instanceof Float ? label.value : label, at));
  return NdArray.objects(labels, [labels.length]);
}

function namesOf({ class: named }: Instance): [string, string] {
  const name = publicNameOf((named as { module: string }).module, (named as { name: string }).name);
  const dot = name.lastIndexOf(".");
  return [name.slice(0, dot), name.slice(dot + 1)];
}

/** The dict of attributes of an instance. @throws CurtidoError E_UNSUPPORTED when it has none */
export function stateOf(instance: Instance): Dict<unknown> {
  const { state } = instance;
  if (state instanceof Dict) return state as Dict<unknown>;
  throw estimatorError("E_UNSUPPORTED", `${instance.className} has no attributes that can be written`, { path: "" });
}
