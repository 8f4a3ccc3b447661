/** @module The parameters of an estimator that is to be fitted: scikit-learn's names and defaults, checked. */

import { Dict, Float, float, Tuple } from "@curtido/pickle";
import { estimatorError } from "../../base/errors.ts";

/** What a parameter may be, and what it is when nobody says. */
export interface Parameter {
  readonly fallback: unknown;
  readonly allows: readonly Allowed[];
}

/** One kind of value: a word, `null` (Python's None), a truth value, two numbers, NaN, a weight for each label, a list of numbers, or a number within bounds. */
export type Allowed =
  | { readonly kind: "word"; readonly words: readonly string[] }
  | { readonly kind: "none" }
  | { readonly kind: "bool" }
  | { readonly kind: "any" }
  | { readonly kind: "pair" }
  | { readonly kind: "nan" }
  | { readonly kind: "labels" }
  | { readonly kind: "reals"; readonly least: number }
  | { readonly kind: "sizes" }
  | NumberRange;

/** An integer or a real number from `least` to `most`; `open` leaves `least` itself out. */
export interface NumberRange {
  readonly kind: "int" | "real";
  readonly least: number;
  readonly most: number;
  readonly open?: boolean;
}

/** The parameters of a class, by scikit-learn's names in TypeScript's case. */
export type ParameterTable = Readonly<Record<string, Parameter>>;

/** An integer. */
export const int = (least: number, most = 2 ** 53 - 1): Allowed => ({ kind: "int", least, most });
/** A real number; `open` leaves `least` itself out. */
export const real = (least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY, open = false): Allowed => ({
  kind: "real",
  least,
  most,
  open,
});
/** A list of real numbers. */
export const reals = (least: number): Allowed => ({ kind: "reals", least });
/** A list of integers from 1; a `Tuple` stays one. */
export const sizes: Allowed = { kind: "sizes" };
export const word = (...words: readonly string[]): Allowed => ({ kind: "word", words });
export const none: Allowed = { kind: "none" };
export const flag: Allowed = { kind: "bool" };
export const anything: Allowed = { kind: "any" };

/** A parameter with its default; real numbers are floats in Python whatever they look like. */
export function parameter(fallback: unknown, ...allows: readonly Allowed[]): Parameter {
  return { fallback, allows };
}

/** The greatest seed of numpy. */
export const MOST_SEED = 2 ** 32 - 1;

/** The seed of an estimator: an integer, or `null` for an unforeseen one. */
export const randomState = parameter(null, int(0, MOST_SEED), none);

/** Names that Python spells in its own way. */
const PYTHON_NAMES: Readonly<Record<string, string>> = { copyX: "copy_X", C: "C", beta1: "beta_1", beta2: "beta_2" };

/** `nEstimators` as Python spells it: `n_estimators`. A matrix keeps its capital: `copy_X`. */
export function pythonName(name: string): string {
  const own = PYTHON_NAMES[name];
  if (own !== undefined) return own;
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The same for a path of names: `model__maxDepth` is `model__max_depth`; the names of steps stay as they are. */
export function parameterPath(path: string): string {
  const parts = path.split("__");
  return [...parts.slice(0, -1), pythonName(parts.at(-1)!)].join("__");
}

/**
 * All parameters of a class, given ones and defaults.
 *
 * @throws CurtidoError E_UNSUPPORTED naming a parameter that the class does not have, or a value that it may not be
 */
export function settle(
  className: string,
  table: ParameterTable,
  given: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, unknown> {
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(table, name)) continue;
    const allowed = Object.keys(table).join(", ");
    throw estimatorError("E_UNSUPPORTED", `${className} has no parameter '${name}'; it has ${allowed}`, {
      path: name,
      allowed: Object.keys(table),
    });
  }
  return new Map(
    Object.entries(table).map(([name, { fallback, allows }]) => {
      const value = given[name] === undefined ? fallback : checked(className, name, given[name], allows);
      return [name, value];
    }),
  );
}

function checked(className: string, name: string, value: unknown, allows: readonly Allowed[]): unknown {
  for (const allowed of allows) {
    const taken = take(value, allowed);
    if (taken !== undefined) return taken;
  }
  const wanted = allows.map(describe).filter(Boolean).join(", ") || "known here only with its default";
  const shown = typeof value === "string" ? `'${value.slice(0, 60)}'` : String(value).slice(0, 60);
  throw estimatorError("E_UNSUPPORTED", `${className}: '${name}' is ${wanted}, not ${shown}`, { path: name });
}

/** The value as it is kept, or `undefined` when it is not of this kind. */
function take(value: unknown, allowed: Allowed): unknown {
  if (allowed.kind === "any") return value;
  if (allowed.kind === "none") return value === null ? null : undefined;
  if (allowed.kind === "bool") return typeof value === "boolean" ? value : undefined;
  if (allowed.kind === "nan") return Number.isNaN(value) ? float(Number.NaN) : undefined;
  if (allowed.kind === "pair") return pairOf(value);
  if (allowed.kind === "labels") return labelWeightsOf(value);
  if (allowed.kind === "sizes") return sizesOf(value);
  if (allowed.kind === "reals") return realsOf(value, allowed.least);
  if (allowed.kind === "word") return typeof value === "string" && allowed.words.includes(value) ? value : undefined;
  return takeNumber(value, allowed);
}

function pairOf(value: unknown): Tuple<number> | undefined {
  const items = value instanceof Tuple ? value.items : Array.isArray(value) ? (value as unknown[]) : [];
  return items.length === 2 && items.every((item) => typeof item === "number")
    ? new Tuple(items as number[])
    : undefined;
}

function sizesOf(value: unknown): unknown {
  const items = value instanceof Tuple ? value.items : Array.isArray(value) ? (value as unknown[]) : undefined;
  return items?.every((item) => Number.isSafeInteger(item) && (item as number) >= 1) ? value : undefined;
}

function realsOf(value: unknown, least: number): readonly Float[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const numbers = value.map((each) => takeNumber(each, { kind: "real", least, most: Number.POSITIVE_INFINITY }));
  return numbers.includes(undefined) ? undefined : (numbers as Float[]);
}

/** A weight for each label: a `Map`, a `Dict`, or an object, whose keys that look like whole numbers are numbers. */
function labelWeightsOf(value: unknown): Dict<unknown> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const listed: [unknown, unknown][] =
    value instanceof Map || value instanceof Dict
      ? [...(value as Iterable<[unknown, unknown]>)]
      : Object.entries(value).map(([key, each]) => [/^-?\d+$/.test(key) ? Number(key) : key, each]);
  const weights = listed.map(([key, each]) => [key, each instanceof Float ? each.value : each] as const);
  if (weights.some(([, each]) => typeof each !== "number" || !(each >= 0) || each === Number.POSITIVE_INFINITY))
    return undefined;
  return new Dict(weights.map(([key, each]) => [key, float(each as number)]));
}

function takeNumber(value: unknown, allowed: NumberRange): unknown {
  const number = value instanceof Float ? value.value : value;
  if (typeof number !== "number" || Number.isNaN(number)) return undefined;
  if (number < allowed.least || number > allowed.most || (allowed.open === true && number === allowed.least))
    return undefined;
  if (allowed.kind === "real") return float(number);
  return Number.isInteger(number) && !(value instanceof Float) ? number : undefined;
}

function describe(allowed: Allowed): string {
  switch (allowed.kind) {
    case "any":
      return "anything";
    case "nan":
      return "NaN";
    case "pair":
      return "two numbers";
    case "sizes":
      return "a list of integers from 1";
    case "reals":
      return `a list of numbers from ${allowed.least}`;
    case "labels":
      return "a weight from 0 for each label";
    case "none":
      return "null";
    case "bool":
      return "true or false";
    case "word":
      return allowed.words.map((each) => `'${each}'`).join(", ");
    default:
      return `${allowed.kind === "int" ? "an integer" : "a number"}${bounds(allowed)}`;
  }
}

function bounds({ least, most, open }: { least: number; most: number; open?: boolean }): string {
  const low = Number.isFinite(least) ? ` ${open === true ? "above" : "from"} ${least}` : "";
  return Number.isFinite(most) && most < 2 ** 53 - 1 ? `${low} to ${most}` : low;
}

/** A settled number; floats are unwrapped. */
export function settledNumber(parameters: ReadonlyMap<string, unknown>, name: string): number {
  const value = parameters.get(name);
  return value instanceof Float ? value.value : (value as number);
}
