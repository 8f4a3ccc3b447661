/** @module What is told of names that are not registered, and what the user writes: a TypeScript module, ready to paste. */

import { Instance } from "@curtido/pickle";
import type { Told, UnknownName } from "../base/unknown_name.ts";
import { type OwnCode, ownCode } from "./code.ts";
import { idleNames } from "./idle.ts";
import { LONGEST } from "./unknown.ts";

/** Attributes of an object that are shown, at most. */
const MOST_ATTRIBUTES = 12;

/** A name that can stand in code. */
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** A name as text in code, however the file spells it. */
const quoted = (text: string) => JSON.stringify(text.slice(0, LONGEST));

/** An unknown name with what the file tells of it. */
interface Known extends UnknownName {
  readonly code: OwnCode;
}

/**
 * What a file tells of names that are not known: where the code of the first stands, and a module that registers all of
 * them, each typed by where it stands: a function of a cell, of a text, a class with what its objects hold. What nothing
 * calls here is told in a comment.
 *
 * @param file - all that the file holds
 * @param registered - names that are registered already
 */
export function toldOf(
  all: readonly UnknownName[],
  file: unknown,
  registered: Readonly<Record<string, unknown>>,
): Told {
  const idle = idleNames(file, new Set([...all.map(({ name }) => name), ...Object.keys(registered)]));
  const distinct = all.filter(({ name }, at) => all.findIndex((each) => each.name === name) === at);
  const names = distinct.map((each): Known => {
    const { name, kind } = each;
    return { ...each, code: { imports: [], ...ownCode(each.value), name, kind } };
  });
  const lines = names.flatMap((each) => [
    `  // ${each.path === "" ? "" : `${each.path}: `}${originOf(each.code)}`,
    ...(each.kind === "class" ? classLines(each) : functionLines(each)),
  ]);
  const comments = idle.map((name) => `  // ${JSON.stringify(name)} is never called here: it needs nothing`);
  const { code } = names[0]!;
  const origin = originOf(code);
  const words = `${code.name.slice(0, LONGEST)}${code.args === undefined && code.file === undefined ? "" : ` (${origin})`}`;
  const stub = ["export default {", ...lines, ...comments, "};"].join("\n");
  return { words, fields: { origin, imports: code.imports, stub } };
}

/** Where the code stands and what it uses, in words. */
function originOf({ args, file, line, imports, name }: OwnCode): string {
  const short = name.slice(name.lastIndexOf(".") + 1).slice(0, LONGEST);
  const signature = args === undefined ? short : `${short}(${args.join(", ")})`;
  const place = file === undefined ? "" : `, ${line === undefined ? "" : `line ${line} of `}${file.slice(0, LONGEST)}`;
  const uses = imports.length === 0 ? "" : `, uses ${imports.slice(0, 20).join(", ")}`;
  return `${signature}${place}${uses}`.replaceAll(/\s+/g, " ");
}

function functionLines({ code, takes, bound }: Known): readonly string[] {
  const known = (code.args ?? []).filter((arg) => IDENTIFIER.test(arg) && arg !== "self");
  const before = bound?.args.length ?? 0;
  const front = Array.from({ length: before }, (_, at) => known[at] ?? `bound${at + 1}`);
  const [value = takes === "text" ? "text" : "x", ...others] = known.slice(before);
  const held = [...(bound?.keywords.keys() ?? [])].filter((name) => IDENTIFIER.test(name));
  const keywords = [...new Set([...others, ...held])];
  const parameters = [
    ...front.map((name) => `${name}: any`),
    `${value}: ${takes === "text" ? "string" : "number"}`,
    ...(keywords.length === 0 ? [] : [`{ ${keywords.join(", ")} }: Record<string, any>`]),
  ].join(", ");
  const name = quoted(code.name);
  if (takes === "text")
    return [
      `  // Called with one text at a time: an analyzer or tokenizer gives a list of texts, a preprocessor a text.`,
      `  ${name}: (${parameters}): string | string[] => {`,
      `    throw new Error("say here what it makes of a text");`,
      `  },`,
    ];
  return [
    `  // Called with one cell at a time. When it mixes columns: { rows: (rows: any, keywords: any) => rows }, where rows are`,
    `  // arrays of values, with rows.columns where Python's code would get a data frame.`,
    `  ${name}: (${parameters}): number => {`,
    `    throw new Error("say here what it gives for one number");`,
    `  },`,
  ];
}

function classLines({ code, attributes = new Map() }: Known): readonly string[] {
  const held = [...attributes].filter(([name]) => typeof name === "string" && !name.startsWith("_sklearn"));
  const shown = held.slice(0, MOST_ATTRIBUTES) as [string, unknown][];
  const predicts = /(Classifier|Regressor|Model)$/.test(code.name) || attributes.has("classes_");
  const method = predicts
    ? [
        `      predict: (rows: any): unknown[] => {`,
        `        throw new Error("say here what it predicts for each row");`,
      ]
    : [
        `      transform: (rows: any): unknown[][] => {`,
        `        throw new Error("say here what it makes of the rows");`,
      ];
  return [
    `  // Or the class of scikit-learn that it changes little of: ${quoted(code.name)}: "sklearn.impute.SimpleImputer"`,
    `  ${quoted(code.name)}: (state: any) => {`,
    ...shown.map(([name, value], at) => `    const ${variable(name, at)} = ${readerOf(name, value)};`),
    `    return {`,
    ...(attributes.has("feature_names_in_") ? [] : [`      // features: ["a", "b"], when rows are to come as objects`]),
    ...method,
    `      },`,
    `    };`,
    `  },`,
  ];
}

function variable(name: string, at: number): string {
  return IDENTIFIER.test(name) && !RESERVED.has(name) ? name : `value${at + 1}`;
}

const RESERVED: ReadonlySet<string> = new Set(
  "await break case catch class const default delete do else enum export false for function if import in new null return state super switch this throw true try typeof var void while with yield let static".split(
    " ",
  ),
);

/** How a value of an object is read. */
function readerOf(name: string, value: unknown): string {
  const key = quoted(name);
  if (typeof value === "number") return `state.number(${key})`;
  if (typeof value === "boolean") return `state.boolean(${key})`;
  if (typeof value === "string") return `state.string(${key})`;
  const array = value instanceof Instance && /\b_reconstruct$|\bscalar$/.test(value.className);
  return array ? `state.array(${key}).tolist()` : `state.attribute(${key})`;
}
