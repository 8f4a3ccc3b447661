/** @module What a value of a card may be, as data: one table is checked with, and written as JSON Schema. */

import { estimatorError } from "./errors.ts";

/** What a value may be. */
export type Rule =
  | { readonly kind: "text"; readonly of?: readonly string[]; readonly help?: string }
  | {
      readonly kind: "number";
      readonly whole?: true;
      readonly least?: number;
      readonly most?: number;
      readonly help?: string;
    }
  | { readonly kind: "truth"; readonly help?: string }
  /** A text, a number, a truth value or null. */
  | { readonly kind: "plain"; readonly help?: string }
  /** Anything that JSON has. */
  | { readonly kind: "any"; readonly help?: string }
  | { readonly kind: "list"; readonly of: Rule; readonly help?: string }
  /** An object with any keys. */
  | { readonly kind: "map"; readonly of: Rule; readonly help?: string }
  /** An object with these keys. */
  | {
      readonly kind: "object";
      readonly keys: Readonly<Record<string, Rule>>;
      readonly required?: readonly string[];
      readonly help?: string;
    }
  /** One of several, told apart by their types. */
  | { readonly kind: "either"; readonly rules: readonly Rule[]; readonly help?: string };

/** What a rule asks for, in words. */
function wanted(rule: Rule): string {
  if (rule.kind === "either") return rule.rules.map(wanted).join(" or ");
  if (rule.kind === "text") return rule.of === undefined ? "a text" : `one of ${rule.of.join(", ")}`;
  if (rule.kind === "number") return numberWords(rule);
  return (
    { truth: "true or false", plain: "a text, a number, true, false or null", any: "any value" }[rule.kind as "any"] ??
    { list: "a list", map: "an object", object: "an object" }[rule.kind as "list"]
  );
}

function numberWords({ whole, least, most }: Extract<Rule, { kind: "number" }>): string {
  const what = whole === true ? "a whole number" : "a number";
  return least === undefined || most === undefined ? what : `${what} from ${least} to ${most}`;
}

/** Whether a value is of the type that a rule asks for, its parts aside. */
function isOfType(value: unknown, rule: Rule): boolean {
  switch (rule.kind) {
    case "text":
      return typeof value === "string" && (rule.of === undefined || rule.of.includes(value));
    case "number":
      return isNumber(value, rule);
    case "truth":
      return typeof value === "boolean";
    case "plain":
      return value === null || ["string", "number", "boolean"].includes(typeof value);
    case "list":
      return Array.isArray(value);
    case "map":
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "either":
      return rule.rules.some((each) => isOfType(value, each));
    default:
      return value !== undefined;
  }
}

function isNumber(value: unknown, { whole, least, most }: Extract<Rule, { kind: "number" }>): boolean {
  if (typeof value !== "number" || !Number.isFinite(value) || (whole === true && !Number.isInteger(value)))
    return false;
  return value >= (least ?? -Infinity) && value <= (most ?? Infinity);
}

/**
 * Checks a value.
 *
 * @param path - where it stands, `features[0]`
 * @throws CurtidoError E_CARD naming the key that is wrong
 */
export function checkRule(value: unknown, rule: Rule, path: string): void {
  if (!isOfType(value, rule)) throw wrong(path, `is ${wanted(rule)}, not ${shown(value)}`);
  if (rule.kind === "either") checkRule(value, rule.rules.find((each) => isOfType(value, each))!, path);
  else if (rule.kind === "list") checkItems(value as readonly unknown[], rule.of, path);
  else if (rule.kind === "map" || rule.kind === "object") checkKeys(value as object, rule, path);
}

function checkItems(items: readonly unknown[], rule: Rule, path: string): void {
  for (const [at, item] of items.entries()) checkRule(item, rule, `${path}[${at}]`);
}

function checkKeys(value: object, rule: Extract<Rule, { kind: "map" | "object" }>, path: string): void {
  const inside = (key: string) => (path === "" ? key : `${path}.${key}`);
  for (const [key, each] of Object.entries(value)) {
    const own = rule.kind === "map" ? rule.of : Object.hasOwn(rule.keys, key) ? rule.keys[key] : undefined;
    if (own !== undefined) checkRule(each, own, inside(key));
    else if (rule.kind === "object")
      throw wrong(inside(key), `is not known; ${path || "a card"} has ${Object.keys(rule.keys).join(", ")}`);
  }
  const missing = rule.kind === "object" ? rule.required?.find((key) => !Object.hasOwn(value, key)) : undefined;
  if (missing !== undefined) throw wrong(inside(missing), "is missing");
}

function wrong(path: string, what: string) {
  return estimatorError("E_CARD", `the card: ${path === "" ? "it" : `'${path}'`} ${what}`, { path });
}

/** A value in a message. */
function shown(value: unknown): string {
  const text = typeof value === "string" ? JSON.stringify(value) : Array.isArray(value) ? "a list" : String(value);
  const what = typeof value === "object" && value !== null && !Array.isArray(value) ? "an object" : text;
  return what.length > 60 ? `${what.slice(0, 60)}...` : what;
}

/** A rule as JSON Schema. */
export function schemaOf(rule: Rule): Readonly<Record<string, unknown>> {
  const words = rule.help === undefined ? {} : { description: rule.help };
  return { ...words, ...bareSchema(rule) };
}

function bareSchema(rule: Rule): Readonly<Record<string, unknown>> {
  switch (rule.kind) {
    case "text":
      return rule.of === undefined ? { type: "string" } : { enum: rule.of };
    case "number":
      return {
        type: rule.whole === true ? "integer" : "number",
        ...(rule.least === undefined ? {} : { minimum: rule.least }),
        ...(rule.most === undefined ? {} : { maximum: rule.most }),
      };
    case "truth":
      return { type: "boolean" };
    case "plain":
      return { type: ["string", "number", "boolean", "null"] };
    case "list":
      return { type: "array", items: schemaOf(rule.of) };
    case "map":
      return { type: "object", additionalProperties: schemaOf(rule.of) };
    case "object":
      return {
        type: "object",
        properties: Object.fromEntries(Object.entries(rule.keys).map(([key, each]) => [key, schemaOf(each)])),
        ...(rule.required === undefined ? {} : { required: rule.required }),
        additionalProperties: false,
      };
    case "either":
      return { anyOf: rule.rules.map(schemaOf) };
    default:
      return {};
  }
}
