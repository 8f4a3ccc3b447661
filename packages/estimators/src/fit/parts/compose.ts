/** @module Models that were pickled apart, put together to the one object that scikit-learn has for it. */

import { NdArray } from "@curtido/arrays";
import { Dict, Global, Instance, Tuple } from "@curtido/pickle";
import type { CardInput } from "../../base/card.ts";
import { readCard } from "../../base/card.ts";
import { estimatorError } from "../../base/errors.ts";
import type { Estimator } from "../../base/estimator.ts";
import { shortName } from "../../base/state.ts";
import { reviveModel } from "../../load.ts";
import { flag, none, parameter } from "../base/parameters.ts";
import { type Fitted, fitted, instanceOf, withNote } from "../base/trainer.ts";
import { PIPELINE } from "../pipeline/pipeline.ts";
import { asRead } from "../save/copy.ts";
import { wrapperFor } from "../save/release.ts";
import { type ColumnEncoder, encodeColumns } from "./columns.ts";
import { fromExact } from "./exact.ts";
import { relabel, type WordOf } from "./labels.ts";
import { nameFeatures } from "./names.ts";
import { dictOf } from "./plain.ts";

/** One model that was pickled alone. */
export interface ComposePart {
  /** Where it is from, for messages: `scaler.pkl`. */
  readonly where: string;
  /** What the file holds, read with `exact`. */
  readonly value: unknown;
}

/** What else belongs to the model. */
export interface ComposeOptions {
  /** Encoders of columns, by the columns: `sex`, or several with commas. */
  readonly columns?: Readonly<Record<string, ComposePart>>;
  /** What transformed the target: predictions are transformed back. */
  readonly target?: ComposePart;
  /** The words for the classes: a LabelEncoder, words by class, or words in the order of the classes. */
  readonly labels?: ComposePart | Readonly<Record<string, string>> | readonly string[];
  /** The names of the features in their order. */
  readonly features?: readonly string[];
  /** What is said of the whole. */
  readonly card?: CardInput;
}

/** A part with the model that it is. */
interface Opened {
  readonly where: string;
  readonly instance: Instance;
  readonly model: Estimator;
}

const TARGET = {
  module: "sklearn.compose._target",
  name: "TransformedTargetRegressor",
  parameters: {
    regressor: parameter(null, none),
    transformer: parameter(null, none),
    func: parameter(null, none),
    inverseFunc: parameter(null, none),
    checkInverse: parameter(true, flag),
  },
};

/**
 * Puts models together that a program called one after the other: transformers, then what predicts. The numbers are those
 * of that program; each part keeps the formulas of its own release.
 *
 * @throws CurtidoError E_NOT_A_MODEL, E_UNKNOWN_NAME (a part), E_COMPOSE, E_UNSUPPORTED (parts that do not fit together)
 * @example
 * compose([{ where: "scaler.pkl", value: scaler }, { where: "model.pkl", value: model }]).toPickle();
 */
export function compose(parts: readonly ComposePart[], options: ComposeOptions = {}): Fitted {
  if (parts.length === 0)
    throw estimatorError("E_COMPOSE", "there is nothing to put together: name at least one file", {});
  const opened = parts.map(open);
  const last = opened.at(-1)!;
  for (const { where, model } of opened.slice(0, -1))
    if (!model.offers("transform"))
      throw estimatorError(
        "E_COMPOSE",
        `${where}: a ${model.className} transforms nothing: only the last part may predict`,
        {},
      );
  const release = releaseOf(last.instance);
  const answers = options.target === undefined ? last : withTarget(last, open(options.target), release);
  if (options.labels !== undefined) relabel(answers.instance, wordsFor(answers.model, options.labels));
  const front = encoded(opened[0]!, options, release);
  const rest = [...opened.slice(0, -1), answers];
  checkWidths(front?.width, rest);
  const steps = [...(front === undefined ? [] : [front]), ...rest];
  const { features } = options;
  if (front === undefined && features !== undefined) nameFeatures(steps[0]!.instance, features, last.where);
  const whole =
    steps.length === 1
      ? answers.instance
      : pipelineOf(
          steps.map(({ instance }) => instance),
          release,
        );
  const made = fitted(whole);
  if (options.card === undefined) return made;
  const card = readCard(options.card);
  return withNote(made, dictOf(card as Readonly<Record<string, unknown>>));
}

/** @throws CurtidoError */
function open({ where, value }: ComposePart): Opened {
  if (!(value instanceof Instance) || !(value.class instanceof Global))
    throw estimatorError("E_NOT_A_MODEL", `${where}: holds no estimator`, { found: typeof value });
  const instance = fromExact(value);
  return { where, instance, model: reviveModel(asRead(instance)) };
}

function releaseOf(instance: Instance): string | undefined {
  const { state } = instance;
  const version = state instanceof Dict ? state.get("_sklearn_version") : undefined;
  return typeof version === "string" ? version : undefined;
}

/** Columns that have encoders of their own; the names of the others are those that are given, or that a part knows. */
function encoded(first: Opened, { columns, features }: ComposeOptions, release: string | undefined) {
  if (columns === undefined || Object.keys(columns).length === 0) return undefined;
  const names = features ?? first.model.feature_names_in_;
  if (names === undefined)
    throw estimatorError(
      "E_COMPOSE",
      "no part knows the names of the features: name all of them in their order, with the columns that are encoded (--features)",
      {},
    );
  const encoders = Object.entries(columns).map(([list, part]): ColumnEncoder => {
    const { instance, model } = open(part);
    return { columns: list.split(",").map((name) => name.trim()), instance, model };
  });
  const { instance, width } = encodeColumns(names, encoders);
  return { where: "the encoders", instance: wrapperFor(instance, release), width };
}

/** Each part takes as many columns as the one before gives; how many the later ones give is not known. */
function checkWidths(width: number | undefined, [first]: readonly Opened[]): void {
  const takes = first!.model.n_features_in_;
  if (width === undefined || takes === undefined || takes === width) return;
  throw estimatorError("E_COMPOSE", `${first!.where}: takes ${takes} columns, and the encoders give ${width}`, {});
}

function withTarget(last: Opened, transformer: Opened, release: string | undefined): Opened {
  const parameters = new Map<string, unknown>([
    ...Object.entries(TARGET.parameters).map(([name, { fallback }]) => [name, fallback] as const),
    ["regressor", last.instance],
    ["transformer", transformer.instance],
  ]);
  if (!transformer.model.offers("inverseTransform"))
    throw estimatorError(
      "E_COMPOSE",
      `${transformer.where}: a ${transformer.model.className} cannot be undone: it has no inverse_transform`,
      {},
    );
  const made = instanceOf(TARGET, parameters, [
    ["_training_dim", 1],
    ["transformer_", transformer.instance],
    ["regressor_", last.instance],
  ]);
  const instance = wrapperFor(made, release);
  return { where: last.where, instance, model: reviveModel(asRead(instance)) };
}

/** The word for each class. */
function wordsFor(model: Estimator, labels: NonNullable<ComposeOptions["labels"]>): WordOf {
  const classes = model.classes_ instanceof NdArray ? model.classes_.flat() : [];
  if (!isPart(labels)) {
    const list = Array.isArray(labels) ? (labels as readonly string[]) : undefined;
    if (list !== undefined && list.length !== classes.length)
      throw estimatorError("E_COMPOSE", `there are ${list.length} words for ${classes.length} classes`, {});
    const named = labels as Readonly<Record<string, string>>;
    return (label, at) => {
      const word =
        list === undefined ? (Object.hasOwn(named, String(label)) ? named[String(label)] : undefined) : list[at];
      if (word !== undefined) return word;
      throw estimatorError("E_COMPOSE", `there is no word for the class ${String(label)}`, {});
    };
  }
  const encoder = open(labels);
  const words = encoder.model.classes_;
  if (!(words instanceof NdArray))
    throw estimatorError("E_COMPOSE", `${labels.where}: a ${encoder.model.className} has no classes`, {});
  const list = words.flat();
  return (label) => {
    const word = list[Number(label)];
    if (word !== undefined) return String(word);
    throw estimatorError("E_COMPOSE", `${labels.where}: has no word for the class ${String(label)}`, {});
  };
}

function isPart(labels: NonNullable<ComposeOptions["labels"]>): labels is ComposePart {
  return !Array.isArray(labels) && typeof (labels as ComposePart).value === "object";
}

/** A Pipeline, its steps named as make_pipeline names them. */
function pipelineOf(steps: readonly Instance[], release: string | undefined): Instance {
  const names = steps.map(({ className }) => shortName(className).toLowerCase());
  const counts = new Map<string, number>();
  const unique = names.map((name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return names.filter((other) => other === name).length === 1 ? name : `${name}-${count}`;
  });
  const parameters = new Map<string, unknown>(
    Object.entries(PIPELINE.parameters).map(([name, { fallback }]) => [name, fallback]),
  );
  parameters.set(
    "steps",
    steps.map((step, at) => new Tuple([unique[at]!, step])),
  );
  return wrapperFor(instanceOf(PIPELINE, parameters, []), release);
}
