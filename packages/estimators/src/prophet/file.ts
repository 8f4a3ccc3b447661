/** @module The JSON of `model_to_json`, brought to what a pickled object holds. */

import { DataFrame, NdArray } from "@curtido/arrays";
import { Dict } from "@curtido/pickle";
import type { ModelFile } from "../base/entry.ts";
import { estimatorError } from "../base/errors.ts";

type Parsed = Readonly<Record<string, unknown>>;

/** Its JSON, or that once more as a text of JSON, as `json.dump(model_to_json(m), file)` has it. */
export const PROPHET_FILE: ModelFile = {
  begins: /^\s*(?:\{\s*"growth"|"\{\\"growth\\")/,
  object(bytes) {
    const parsed = parsedFrom(new TextDecoder().decode(bytes));
    return { state: Object.entries(parsed).map(([name, value]) => [name, READ[name]?.(value) ?? value] as const) };
  },
};

function parsedFrom(text: string): Parsed {
  const value = jsonOf(text);
  const inner = typeof value === "string" ? jsonOf(value) : value;
  return isObject(inner) ? inner : refuse();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return refuse(error);
  }
}

function refuse(cause?: unknown): never {
  const message = "the file begins like the JSON of a Prophet model, and is none";
  throw estimatorError("E_STATE", message, { path: "" }, cause);
}

function isObject(value: unknown): value is Parsed {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** How attributes are read that JSON has in another form than Python. */
const READ: Readonly<Record<string, (value: unknown) => unknown>> = {
  seasonalities: ordered,
  extra_regressors: ordered,
  params: (value) =>
    isObject(value) ? new Dict(Object.entries(value).map(([name, data]) => [name, matrix(data)])) : value,
  holidays: table,
  train_component_cols: table,
  train_holiday_names: (value) => (typeof value === "string" ? fieldOf(jsonOf(value), "data") : value),
};

/** `[names, { name: props }]` */
function ordered(value: unknown): unknown {
  const [names, all] = Array.isArray(value) ? value : [];
  if (!Array.isArray(names) || !isObject(all)) return value;
  return new Dict(names.map((name) => [name, dictOf(fieldOf(all, String(name)))]));
}

function dictOf(value: unknown): unknown {
  return isObject(value) ? new Dict(Object.entries(value)) : value;
}

function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function table(value: unknown): unknown {
  const rows = typeof value === "string" ? fieldOf(jsonOf(value), "data") : undefined;
  return Array.isArray(rows) && rows.every(isObject) ? DataFrame.fromRecords(rows) : value;
}

/** Nested lists of numbers as an array. */
function matrix(value: unknown): unknown {
  const rows = Array.isArray(value) ? value : [];
  const flat = rows.every(Array.isArray) ? rows.flat() : [];
  const width = rows.length === 0 ? 0 : flat.length / rows.length;
  if (!flat.every((item) => typeof item === "number") || !Number.isInteger(width)) return value;
  return NdArray.of(Float64Array.from(flat), [rows.length, width]);
}
