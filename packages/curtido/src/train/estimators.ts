/** @module The estimators that `curtido train` knows, and how their parameters are said on the command line. */

import { FIT_ENTRIES, type FitEntry, type Given, type Trainer } from "@curtido/estimators/fit";
import { float } from "@curtido/pickle";
import { UsageError } from "../terminal.ts";
import { listed } from "./errors.ts";
import type { Task } from "./task.ts";

/** An estimator that predicts. */
export interface EstimatorChoice {
  readonly name: string;
  readonly entry: FitEntry;
  readonly task: Task;
}

/** The estimators for a task, simple ones first. */
function choicesFor(task: Task): readonly EstimatorChoice[] {
  return FIT_ENTRIES.filter((entry) => entry.task === task).map((entry) => ({ name: entry.shortName, entry, task }));
}

const CHOICES: readonly EstimatorChoice[] = [...choicesFor("regression"), ...choicesFor("classification")];

/** What `auto` compares, simple ones first: of two that are equally good the first one is taken. */
const COMPARED: Readonly<Record<Task, readonly (readonly [name: string, given: Given])[]>> = {
  regression: [
    ["LinearRegression", {}],
    ["Ridge", {}],
    ["KNeighborsRegressor", {}],
    ["RandomForestRegressor", {}],
    ["HistGradientBoostingRegressor", {}],
  ],
  classification: [
    // As many iterations as it takes to converge on scaled columns.
    ["LogisticRegression", { maxIter: 1000 }],
    ["GaussianNB", {}],
    ["KNeighborsClassifier", {}],
    ["RandomForestClassifier", {}],
    ["HistGradientBoostingClassifier", {}],
  ],
};

/** The word that has several compared. */
export const AUTO = "auto";

/** All names, for the help. */
export const ESTIMATOR_NAMES: readonly string[] = CHOICES.map(({ name }) => name);

/**
 * The estimator of a name, in any case.
 *
 * @throws UsageError naming those that there are
 */
export function choiceOf(name: string): EstimatorChoice {
  const found = CHOICES.find((choice) => choice.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(`--estimator ${name} is not known; it is ${AUTO} or one of ${ESTIMATOR_NAMES.join(", ")}`);
}

/** What `auto` compares for a task. */
export function candidatesOf(task: Task): readonly (EstimatorChoice & { readonly given: Given })[] {
  return COMPARED[task].map(([name, given]) => ({ ...choiceOf(name), given }));
}

/** An estimator with parameters; the seed is handed to those that draw. */
export function trainerFor({ entry: { Class, draws } }: EstimatorChoice, given: Given, seed: number): Trainer {
  return new Class(draws ? { randomState: seed, ...given } : given);
}

/**
 * Parameters from `name=value`: names in Python's or TypeScript's spelling, values as Python or JSON writes them.
 *
 * @throws UsageError for what is no pair, or names a parameter twice
 */
export function parametersOf(pairs: readonly string[]): Given {
  const given: Record<string, unknown> = {};
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at < 1) throw new UsageError(`--set ${pair} is no name=value, such as --set n_estimators=200`);
    const name = camel(pair.slice(0, at).trim());
    if (Object.hasOwn(given, name)) throw new UsageError(`--set names '${name}' twice`);
    given[name] = parsedValue(pair.slice(at + 1).trim());
  }
  return given;
}

/** `n_estimators` as TypeScript spells it. */
function camel(name: string): string {
  return name.replace(/_([a-zA-Z])/g, (_, letter: string) => letter.toUpperCase());
}

const WORDS: Readonly<Record<string, unknown>> = {
  None: null,
  null: null,
  True: true,
  true: true,
  False: false,
  false: false,
  nan: Number.NaN,
  NaN: Number.NaN,
  inf: float(Number.POSITIVE_INFINITY),
};

function parsedValue(text: string): unknown {
  if (Object.hasOwn(WORDS, text)) return WORDS[text];
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  if (text !== "" && Number.isFinite(Number(text))) return float(Number(text));
  const inner = /^[([](.*)[)\]]$/s.exec(text)?.[1];
  if (inner !== undefined)
    return inner.split(",").flatMap((part) => (part.trim() === "" ? [] : [parsedValue(part.trim())]));
  const object = /^\{(.*)\}$/s.exec(text)?.[1];
  if (object !== undefined) return new Map(object.split(",").map(weightOf));
  return /^(['"])(.*)\1$/s.exec(text)?.[2] ?? text;
}

function weightOf(text: string): [unknown, unknown] {
  const at = text.indexOf(":");
  if (at < 0) throw new UsageError(`--set: ${text} is no label: weight`);
  return [parsedValue(text.slice(0, at).trim()), parsedValue(text.slice(at + 1).trim())];
}

/** Names that a wrong one may stand for. */
export function namesFor(task: Task): string {
  return listed(choicesFor(task).map(({ name }) => name));
}
