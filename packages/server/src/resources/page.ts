/** @module The variables of the page `model.html`. */

import { parseNumber } from "@curtido/arrays";
import type { Feature } from "@curtido/estimators";
import { dayText, flatOf, writeJson } from "@curtido/tables";
import { type HttpProblem, pointerOf } from "../http/problem.ts";
import { inShort } from "../models/brief.ts";
import { briefCardOf } from "../models/card.ts";
import type { Described } from "../models/described.ts";
import { exampleOf } from "../models/example.ts";
import type { Answer } from "../rows/answer.ts";
import { plainValue } from "../rows/results.ts";
import { curlOf } from "./curl.ts";

/** Up to how many features there is a form, and how many rows of an answer a page shows. */
const MOST_FIELDS = 300;
const MOST_ROWS = 1000;
/** Up to how many categories there is a list to choose from. */
const MOST_OPTIONS = 300;

/** What a page is made for. */
export interface PageInput {
  readonly served: Described;
  /** The address of the model, and of the page of all models when there is one. */
  readonly address: string;
  readonly home?: string | undefined;
  /** Whether the form may leave everything out, because the user's function may fill it in. */
  readonly lenient: boolean;
  /** What the client sent, when it sent a row by name. */
  readonly sent?: Readonly<Record<string, unknown>> | undefined;
  readonly answer?: Answer | undefined;
  readonly single?: boolean;
  readonly problem?: HttpProblem | undefined;
}

/** The variables of a model's page; docs/templates.md lists them. */
export function pageOf(input: PageInput): Record<string, unknown> {
  const { served, problem } = input;
  const { features, featureCount } = inShort(served.signature);
  const predicts = served.method === "predict";
  return {
    model: briefCardOf(served),
    address: input.address,
    home: input.home,
    curl: curlOf(input.address, served.signature),
    verb: predicts ? { noun: "Prediction", button: "Predict" } : { noun: "Transformed", button: "Transform" },
    fields:
      featureCount !== undefined || features.length > MOST_FIELDS
        ? []
        : features.filter(({ of }) => of === undefined).map((feature, at) => fieldOf(feature, at, input)),
    ...(input.answer === undefined ? {} : { result: resultOf(input.answer, input.single === true) }),
    ...(problem === undefined ? {} : { problem: problem.toJSON() }),
  };
}

function fieldOf(feature: Feature, at: number, { sent, lenient, problem }: PageInput): Record<string, unknown> {
  const pointer = pointerOf([feature.name]);
  const values = feature.options ?? (feature.type === "boolean" ? [true, false] : feature.categories) ?? [];
  const known = values.filter(isShown).map(text);
  const value = shownValue(feature, sent);
  const select = known.length > 0 && known.length <= MOST_OPTIONS;
  return {
    id: `field-${at + 1}`,
    name: feature.name,
    label: feature.label ?? feature.name,
    help: feature.help,
    unit: feature.unit,
    min: feature.min,
    max: feature.max,
    words: feature.labels ?? {},
    control: select ? "select" : controlOf(feature, value),
    options: select && value !== "" && !known.includes(value) ? [...known, value] : known.slice(0, MOST_OPTIONS),
    value,
    required: !(feature.missing || feature.optional === true || lenient),
    becomes: isShown(feature.default) ? becomes(feature) : undefined,
    problem: problem?.errors.find((error) => error.pointer === pointer)?.detail,
  };
}

/** The kind of field that takes a value, and what a feature takes beside it. */
function controlOf({ type, date, numerals, spellings }: Feature, value: string): "date" | "number" | "text" {
  if (date !== undefined) return value === "" || DAY.test(value) ? "date" : "text";
  const written = numerals !== undefined || spellings !== undefined;
  return type === "number" && !written && (value === "" || parseNumber(value) !== undefined) ? "number" : "text";
}

const DAY = /^\d{4}-\d\d-\d\d$/;

/** What is taken for an empty field. */
function becomes({ date, default: fill }: Feature): string {
  return date !== undefined && typeof fill === "number" ? dayText(Math.floor(fill)) : text(fill);
}

/** What the client sent, or a value to begin with. */
function shownValue(feature: Feature, sent: Readonly<Record<string, unknown>> | undefined): string {
  if (sent !== undefined) return text(Object.hasOwn(sent, feature.name) ? sent[feature.name] : "");
  return feature.optional === true ? "" : text(exampleOf(feature));
}

function isShown(value: unknown): boolean {
  return value !== null && value !== undefined && !Number.isNaN(value);
}

function text(value: unknown): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  return typeof value === "object" ? writeJson(value) : String(plainValue(value));
}

function resultOf(answer: Answer, single: boolean): Record<string, unknown> {
  const some = single ? answer : firstOf(answer);
  const { names, rows } = flatOf(some, { single });
  const headline = single && !("transform" in answer) && "predict" in answer ? headlineOf(answer) : undefined;
  return {
    single,
    ...(headline === undefined ? {} : { headline: headline === "" ? "not a number" : headline }),
    probabilities: single ? bars(answer.probabilities) : [],
    names,
    rows: rows.map((row) => row.map(text)),
  };
}

/** As much of an answer as a page shows. */
function firstOf(answer: Answer): Answer {
  return Object.fromEntries(
    Object.entries(answer).map(([name, values]) => [name, Array.isArray(values) ? values.slice(0, MOST_ROWS) : values]),
  );
}

/** The word for a class, the rounded number; several outputs stand beside each other. */
function headlineOf({ predict, label = null, rounded = null }: Answer): string {
  return valueText(label ?? rounded ?? predict);
}

function valueText(value: unknown): string {
  return Array.isArray(value) ? value.map((item) => text(item) || "not a number").join(", ") : text(value);
}

function bars(probabilities: unknown): Record<string, unknown>[] {
  if (typeof probabilities !== "object" || probabilities === null || Array.isArray(probabilities)) return [];
  const pairs = Object.entries(probabilities) as [string, number][];
  return pairs
    .sort((a, b) => b[1] - a[1])
    .map(([label, value]) => ({ label, value, percent: `${(value * 100).toFixed(1)} %` }));
}
