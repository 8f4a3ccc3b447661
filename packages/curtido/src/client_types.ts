/** @module A model's rows and answers as TypeScript, for programs that ask it. */

import type { Feature } from "@curtido/estimators";
import type { Card } from "@curtido/server";

/** Up to how many categories are written out as a union. */
const MOST_LISTED = 100;

const WORDS: Readonly<Record<Feature["type"], string>> = {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is a type of TypeScript, numbers as text
  number: "number | `${number}`",
  string: "string",
  boolean: "boolean",
  any: "number | string | boolean",
};

/**
 * A module with the types of a model, and a function that asks it.
 *
 * @example
 * typesOf(cardOf(served)); // export interface ModeloRow { ...
 */
export function typesOf(card: Card): string {
  const name = typeName(card.name);
  const open = card.features.length === 0;
  const row = open
    ? `export type ${name}Row = Record<string, unknown> | readonly unknown[] | string;`
    : `export interface ${name}Row {\n${card.features.map(property).join("\n")}\n}`;
  return [
    `/** A row that ${JSON.stringify(card.name)} takes: a ${card.class}, ${card.task}. */`,
    row,
    "",
    `/** What it answers to one row. */`,
    `export interface ${name}Answer {\n${answers(card, (type) => type)}\n}`,
    "",
    `/** What it answers to many rows: a value for each, in their order. */`,
    `export interface ${name}Answers {\n${answers(card, (type) => `(${type})[]`)}\n}`,
    "",
    asking(name),
    "",
  ].join("\n");
}

function property(feature: Feature): string {
  const optional = feature.optional === true ? "?" : "";
  const values = (feature.categories ?? []).filter((value) => value !== null && !Number.isNaN(value));
  const listed = feature.closed === true && values.length > 0 && values.length <= MOST_LISTED;
  const word = feature.date === undefined ? WORDS[feature.type] : "string | number";
  const type = listed ? values.map(literal).join(" | ") : word;
  return `  ${JSON.stringify(feature.name)}${optional}: ${type}${feature.missing ? " | null" : ""};`;
}

function answers(card: Card, many: (type: string) => string): string {
  const label = labelOf(card);
  const one = card.outputs > 1 ? `(${label})[]` : label;
  const value = card.horizon?.by === "steps" ? `(${one})[]` : one;
  const lines = [`  ${card.answers}: ${many(card.answers === "transform" ? "(number | null)[]" : value)};`];
  const number = "number | null";
  const included: Readonly<Record<string, string>> = {
    probabilities: card.outputs > 1 ? "Record<string, number>[]" : "Record<string, number>",
    decision: `${number} | (${number})[]`,
    warnings: "string | null",
    leaves: "number | number[]",
    components: "Record<string, number>",
    survival: "Record<string, number>",
  };
  const neighbors = neighborsType(many("T") === "T" ? "number[]" : "number[][]");
  const typeOf = (name: string) => (name === "neighbors" ? neighbors : many(included[name] ?? "unknown"));
  for (const include of card.includes)
    lines.push(`  /** With \`?include=${include}\`. */\n  ${include}?: ${typeOf(include)};`);
  return lines.join("\n");
}

/** Neighbours of one row, or of many. */
function neighborsType(list: string): string {
  return `{ indices: ${list}; distances: ${list} }`;
}

function labelOf(card: Card): string {
  const labels = card.classes?.flat();
  if (labels === undefined || labels.length === 0)
    return card.task === "classification" ? "number | string | boolean" : "number | null";
  return labels.length > MOST_LISTED ? "number | string | boolean" : [...new Set(labels.map(literal))].join(" | ");
}

function literal(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "boolean" || typeof value === "number") return String(value);
  return "number";
}

function asking(name: string): string {
  return `/** Asks the model at an address; throws when it refuses. */
export async function ask${name}(address: string, row: ${name}Row): Promise<${name}Answer>;
export async function ask${name}(address: string, rows: readonly ${name}Row[]): Promise<${name}Answers>;
export async function ask${name}(address: string, body: unknown): Promise<unknown> {
  const headers = { "content-type": "application/json", accept: "application/json" };
  const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(\`\${address}: \${response.status}: \${await response.text()}\`);
  return response.json();
}`;
}

/** A name for a type: letters and digits of the model's own, each word with a capital. */
function typeName(name: string): string {
  const words = name.split(/[^\p{L}\p{Nd}]+/u).filter((word) => word !== "");
  const joined = words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join("");
  return /^\p{L}/u.test(joined) ? joined : `Model${joined}`;
}
