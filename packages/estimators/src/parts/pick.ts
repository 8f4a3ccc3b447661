/** @module The model of a file: the whole, the part that is asked for, or the one estimator among plain data. */

import { Csr, DataFrame, dtypeName, NdArray, reviveValue, Series } from "@curtido/arrays";
import { Dict, Instance, isCurtidoError, Tuple, typeName } from "@curtido/pickle";
import { type Card, mergeCards, readCard } from "../base/card.ts";
import { applyCard } from "../base/card_apply.ts";
import { innerCard } from "../base/card_inner.ts";
import type { Classes, Making } from "../base/classes.ts";
import { estimatorError } from "../base/errors.ts";
import type { Estimator } from "../base/estimator.ts";
import { plainOf } from "../base/plain.ts";
import { attributesOf } from "../base/state.ts";
import { besideOf } from "./beside.ts";
import { type Candidate, candidatesIn, isContainer } from "./find.ts";
import { partAt, placeOf } from "./path.ts";
import { describeParts, type Part, suggestion } from "./suggest.ts";

/** The attribute of an estimator that holds its card. */
const NOTE = "_curtido";

/** What was found, and how. */
interface Picked {
  readonly model: Estimator;
  /** What stands for it in the file. */
  readonly value: Instance;
  readonly place: string;
  /** What the file says of it beside it. */
  readonly beside: Card;
}

/**
 * The model that a value stands for, with its card laid over it.
 *
 * @throws CurtidoError E_PARTS when there are several models and none is asked for, E_NOT_A_MODEL when there is none
 */
export function pickModel(root: unknown, classes: Classes, making: Making): Estimator {
  const { at = "", card, told, names } = making.options;
  // Most files are a model, and nothing more is said of it.
  const plain = at === "" && card === undefined && root instanceof Instance && classes.knows(root, names);
  if (plain && !attributesOf(root).has(NOTE)) return making.model(root);
  const target = at === "" ? root : partAt(root, at);
  if (target === undefined) throw nothingAt(root, at, classes, making);
  const { model, value, place, beside } = picked(target, at, parentOf(root, at), classes, making);
  if (place !== at)
    told?.(`it is ${articled(kindOf(target))}: its '${place}', ${articled(model.className)}, is the model`);
  model.part = place === "" ? undefined : place;
  const note = attributesOf(value).get(NOTE);
  const file = note === undefined ? {} : innerCard(note);
  const given = card === undefined ? {} : readCard(card);
  const whole = [beside, file, given].reduce(mergeCards);
  if (Object.keys(whole).length === 0) return model;
  applyCard(model, whole);
  model.cardFrom = { ...from(beside, "bundle"), ...from(file, "file"), ...from(given, "given") };
  return model;
}

function from<T>(card: Card, what: T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.keys(card).map((key) => [key, what]));
}

function picked(target: unknown, place: string, parent: unknown, classes: Classes, making: Making): Picked {
  const { names = {} } = making.options;
  if (!isContainer(plainOf(target), classes, names)) {
    if (!(target instanceof Instance) || !classes.knows(target, names)) refuseData(target);
    const model = making.model(target);
    return { model, value: target as Instance, place, beside: parent === undefined ? {} : besideOf(parent, model) };
  }
  const candidates = candidatesIn(target, classes, names);
  const [only] = candidates;
  if (candidates.length === 1) {
    const model = making.model(only!.value);
    const beside = mergeCards(besideOf(target, model), only!.parent === target ? {} : besideOf(only!.parent, model));
    return { model, value: only!.value, place: placeOf(place, only!.place), beside };
  }
  if (candidates.length === 0) refuseData(target);
  if (candidates.length === 0 || target instanceof Instance) {
    const model = making.model(target); // which tells what is wrong
    return { model, value: target as Instance, place, beside: {} };
  }
  throw several(target, place, candidates, making);
}

/** Arrays and tables are what they are. @throws CurtidoError E_NOT_A_MODEL */
function refuseData(target: unknown): void {
  const what = dataWords(target);
  if (what === undefined) return;
  throw estimatorError("E_NOT_A_MODEL", `the file holds ${what}: that is data, no model`, { found: what });
}

function dataWords(target: unknown): string | undefined {
  let value: unknown;
  try {
    value = reviveValue(target);
  } catch {
    return undefined; // malformed: whoever reads it says so
  }
  if (value instanceof NdArray)
    return `an array of ${dtypeName(value.dtype)} with the shape (${value.shape.join(", ")})`;
  if (value instanceof Csr) return `a sparse matrix with the shape (${value.shape.join(", ")})`;
  if (value instanceof DataFrame) return `a data frame of ${value.length} rows and ${value.columns.length} columns`;
  return value instanceof Series ? `a series of ${value.values.size} values` : undefined;
}

/** What a part lies in. */
function parentOf(value: unknown, at: string): unknown {
  const dot = at.lastIndexOf(".");
  return at === "" ? undefined : partAt(value, at.slice(0, Math.max(dot, 0)));
}

function several(target: unknown, place: string, candidates: readonly Candidate[], making: Making) {
  const parts = candidates.map((candidate) => partOf(candidate, place, making));
  const file = making.options.file ?? "FILE";
  const message = `${articled(kindOf(target))} with ${parts.length} parts: ${describeParts(parts)}. ${suggestion(file, parts, (model) => besideOf(target, model))}`;
  return estimatorError("E_PARTS", message, { parts: parts.map(({ place: at, what }) => `${at}: ${what}`) });
}

function partOf({ place, value, name }: Candidate, within: string, making: Making): Part {
  const at = placeOf(within, place);
  try {
    const model = making.model(value);
    return { place: at, name, what: whatIs(model), model };
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    return {
      place: at,
      name,
      what: `${value.className.slice(value.className.lastIndexOf(".") + 1)}, which is not read: ${error.message}`,
    };
  }
}

function whatIs(model: Estimator): string {
  const { className, n_features_in_: count } = model;
  return count === undefined ? className : `${className} of ${count} feature${count === 1 ? "" : "s"}`;
}

function nothingAt(value: unknown, at: string, classes: Classes, { options }: Making) {
  const places = candidatesIn(value, classes, options.names ?? {}).map(({ place }) => place);
  const has = places.length === 0 ? "it has no parts" : `it has ${places.join(", ")}`;
  return estimatorError("E_PARTS", `there is no '${at}' in the file; ${has}`, { parts: places });
}

function kindOf(value: unknown): string {
  const plain = plainOf(value);
  if (plain instanceof Dict) return "dict";
  if (plain instanceof Tuple) return "tuple";
  return plain instanceof Instance ? plain.className : typeName(plain);
}

function articled(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;
}
