/** @module A model's rows and answers as JSON Schema. */

import { writeJson } from "@curtido/tables";
import { plainValue } from "../rows/results.ts";
import { type BriefFeature, inShort } from "./brief.ts";
import type { Described } from "./described.ts";

export type Schema = Readonly<Record<string, unknown>>;

/** The schema of one row by name. */
export function rowSchema(served: Described): Schema {
  const { features, featureCount, horizon } = inShort(served.signature);
  if (served.features === undefined) return { type: "object" };
  if (horizon?.by === "steps") return stepsSchema(horizon.most);
  return {
    type: "object",
    ...(featureCount === undefined
      ? {}
      : { description: `Values by name of ${featureCount} features; GET ?features=names lists them` }),
    properties: Object.fromEntries(features.map((feature) => [feature.name, featureSchema(feature)])),
    required: features.filter((feature) => feature.optional !== true).map((feature) => feature.name),
    additionalProperties: featureCount !== undefined || served.signature.more === true,
  };
}

/** The row of a forecast. */
function stepsSchema(maximum: number): Schema {
  const steps = {
    type: ["integer", "string"],
    minimum: 1,
    maximum,
    pattern: "^[0-9]{1,5}$",
    description: "How many steps to forecast",
  };
  return { type: "object", properties: { steps }, required: ["steps"], additionalProperties: false };
}

/** The schemas of a whole body: one row or many, by name or by position; plain values where there is one feature. */
export function rowsSchema(served: Described): Schema {
  const { features, featureCount } = inShort(served.signature);
  const row = rowSchema(served);
  const { features: count } = served;
  if (count === undefined) return { anyOf: [row, { type: "array" }] };
  const values = features.map(featureSchema);
  const alike = featureCount === undefined && values.every((value) => writeJson(value) === writeJson(values[0]));
  const byPosition = {
    type: "array",
    description: `Values in the order of the features: ${count} of them`,
    ...(alike ? { items: values[0] } : values.length === 0 ? {} : { prefixItems: values }),
    minItems: count,
    maxItems: count,
  };
  const many = (items: Schema) => ({ type: "array", items });
  const one = count === 1 && values.length === 1 ? [values[0]!, many(values[0]!)] : [byPosition];
  return { anyOf: [row, many(row), many(byPosition), ...one] };
}

/** Numbers as text. */
const NUMERIC = "^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,2})?$";

/** The schema of one value: numbers may come as numeric text, a missing one as null where the model takes it. */
export function featureSchema(feature: BriefFeature): Schema {
  const schema = valuesOf(feature);
  const { label, help, unit, min, max } = feature;
  const about = [label, help, unit === undefined ? undefined : `In ${unit}`, rangeWords(min, max)];
  const words = [
    ...about.filter((word) => word !== undefined),
    ...(feature.categoryCount === undefined
      ? []
      : [`One of ${feature.categoryCount} values; GET ${feature.more} lists them`]),
    ...(feature.default === undefined ? [] : [`A missing value becomes ${writeJson(plainValue(feature.default))}`]),
  ];
  return words.length === 0 ? schema : { ...schema, description: words.join(". ") };
}

/** What is plausible: no row is refused for it. */
function rangeWords(min: number | undefined, max: number | undefined): string | undefined {
  if (min !== undefined && max !== undefined) return `Usually from ${min} to ${max}`;
  if (min !== undefined) return `Usually at least ${min}`;
  return max === undefined ? undefined : `Usually at most ${max}`;
}

function valuesOf(feature: BriefFeature): Schema {
  const categories = feature.categories?.map(plainValue).filter((value) => value !== null && !Number.isNaN(value));
  if (categories !== undefined && feature.closed === true && feature.categoryCount === undefined) {
    const texts = feature.type === "number" ? categories.map(String) : [];
    return { enum: [...categories, ...texts, ...(feature.missing ? [null] : [])] };
  }
  const shown = feature.options?.map(plainValue) ?? categories;
  const types = {
    number: ["number", "string"],
    string: ["string"],
    boolean: ["boolean"],
    any: ["number", "string", "boolean"],
  }[feature.type];
  const all = feature.missing ? [...types, "null"] : types;
  return {
    type: all.length === 1 ? all[0] : all,
    ...(feature.type === "number" && !isRuled(feature) ? { pattern: NUMERIC } : {}),
    ...(shown === undefined ? {} : { examples: shown.slice(0, 20) }),
  };
}

/** Whether texts stand for numbers that are none themselves. */
function isRuled({ date, numerals, spellings }: BriefFeature): boolean {
  return date !== undefined || numerals !== undefined || spellings !== undefined;
}

/** The schema of a form: every value is text, an empty one is missing. */
export function formSchema(served: Described): Schema {
  const { features } = inShort(served.signature);
  const row = rowSchema(served);
  if (served.features === undefined) return row;
  return { ...row, properties: Object.fromEntries(features.map((feature) => [feature.name, fieldSchema(feature)])) };
}

function fieldSchema(feature: BriefFeature): Schema {
  const { enum: values, pattern } = featureSchema(feature);
  const known = feature.type === "boolean" ? [true, false] : (values as readonly unknown[] | undefined);
  const field =
    known === undefined
      ? { type: "string", ...(pattern === undefined ? { minLength: 1 } : { pattern }) }
      : { enum: [...new Set(known.filter((value) => value !== null).map(String))] };
  return feature.missing ? { anyOf: [field, { const: "" }] } : field;
}

/** The schemas of the answers to one row and to many. */
export function answerSchemas(served: Described): { readonly one: Schema; readonly many: Schema } {
  const parts: [string, Schema][] = [
    [served.method, valueSchema(served)],
    ...served.includes.map((name): [string, Schema] => [name, INCLUDED[name] ?? {}]),
  ];
  const required = [served.method];
  const properties = Object.fromEntries(parts);
  const arrays = Object.fromEntries(
    parts.map(([name, items]) => [name, name === "neighbors" ? neighborsSchema("many") : { type: "array", items }]),
  );
  return { one: { type: "object", properties, required }, many: { type: "object", properties: arrays, required } };
}

/** Neighbours of one row, or of many: lists of those. */
function neighborsSchema(rows: "one" | "many" = "one"): Schema {
  const listOf = (items: Schema): Schema =>
    rows === "one" ? { type: "array", items } : { type: "array", items: { type: "array", items } };
  const properties = { indices: listOf({ type: "integer" }), distances: listOf({ type: "number" }) };
  return { type: "object", properties, required: ["indices", "distances"] };
}

const PROBABILITIES: Schema = { type: "object", additionalProperties: { type: "number" } };
const INCLUDED: Readonly<Record<string, Schema>> = {
  probabilities: { anyOf: [PROBABILITIES, { type: "array", items: PROBABILITIES }] },
  decision: { type: ["number", "array"] },
  warnings: {
    type: ["string", "null"],
    description: "Categories that training has not seen; null when there are none",
  },
  neighbors: neighborsSchema(),
  leaves: { type: ["number", "array"] },
  components: { type: "object", additionalProperties: { type: "number" } },
  survival: { type: "object", additionalProperties: { type: "number" }, description: "By time" },
};

function valueSchema(served: Described): Schema {
  const signature = inShort(served.signature);
  if (served.method === "transform") return { type: ["array", "number"] };
  if (served.method === "neighbors") return neighborsSchema();
  if (served.method === "score") return { type: "number" };
  const single =
    signature.classes?.[0] === undefined || signature.classes.length > 1 || signature.classCounts !== undefined
      ? numberOrLabel(served)
      : { enum: signature.classes[0].map(plainValue) };
  const value =
    signature.outputs > 1
      ? { type: "array", items: single, minItems: signature.outputs, maxItems: signature.outputs }
      : single;
  return signature.horizon?.by === "steps" ? { type: "array", items: value } : value;
}

function numberOrLabel(served: Described): Schema {
  if (served.signature.task === "regression") return { type: ["number", "null"] };
  return served.signature.task === "classification" ? { type: ["number", "string", "boolean"] } : { type: "number" };
}
