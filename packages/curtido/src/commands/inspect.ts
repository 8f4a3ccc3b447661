/** @module `curtido inspect`: what a file is. */

import { beside, partsBeside, placeIn, readModelFile } from "@curtido/estimators/node";
import { CurtidoError, isCurtidoError, printable } from "@curtido/pickle";
import { nameOfFile } from "@curtido/server";
import { writeJson } from "@curtido/tables";
import { typesOf } from "../client_types.ts";
import { type Inspection, inspection } from "../inspection.ts";
import { type ModelOptions, modelReading } from "../model.ts";
import { moduleInWords } from "../modules.ts";
import { tensorWords } from "../tensor_files.ts";
import { print, styled, withReadingBar } from "../terminal.ts";
import type { Node } from "../value_tree.ts";

/** The options of the command. */
export interface InspectOptions extends ModelOptions {
  readonly json?: true;
  /** A TypeScript module instead: the types of its rows and answers. */
  readonly types?: true;
  readonly depth?: number;
}

/** Says what a file is, on standard output. */
export async function inspect(source: string, options: InspectOptions): Promise<number> {
  const { path, at } = placeIn(source);
  const found = look(path, {
    part: partsBeside(path),
    ...beside(path, at, await modelReading(options)),
    ...(options.depth === undefined ? {} : { depth: options.depth }),
  });
  if (options.types === true) {
    if (found.model === undefined)
      throw new CurtidoError("E_NO_METHOD", `${path}: ${found.problem ?? "holds no model"}`, { path });
    await print(typesOf({ ...found.model, name: nameOfFile(path) }));
    return 0;
  }
  await print(options.json === true ? `${writeJson(found)}\n` : words(found));
  return 0;
}

function look(path: string, options: Parameters<typeof inspection>[2]): Inspection {
  const bytes = readModelFile(path);
  try {
    return withReadingBar((onProgress) => inspection(bytes, path, { ...options, onProgress }));
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    throw new CurtidoError(error.code, `${path}: ${error.message}`, error.fields, error);
  }
}

function words(found: Inspection): string {
  const { model } = found;
  const rows: (readonly [string, string])[] = [
    ["class", found.class],
    ["trained by", found.trainedBy.join(", ") || "not said"],
    ["size", `${found.size.toLocaleString("en")} bytes${formOf(found)}`],
  ];
  if (model !== undefined) {
    rows.push(
      ["task", model.task],
      ["answers", [model.answers, ...model.includes].join(", ")],
      ["features", features(found)],
    );
    if (model.classes !== undefined)
      rows.push([
        "classes",
        model.classes.map((labels) => labels.map((label) => JSON.stringify(label)).join(", ")).join("; "),
      ]);
  }
  for (const row of cardWords(found)) rows.push(row);
  for (const row of tensorRows(found)) rows.push(row);
  if (found.problem !== undefined) rows.push(["not served", found.problem]);
  const list = (label: string, values: Readonly<Record<string, string>>) => {
    const shown = Object.entries(values).map(([name, value]) => `${name}=${value}`);
    if (shown.length > 0) rows.push([label, shown.join(", ")]);
  };
  list("parameters", found.parameters);
  // What can be served says what it learned by what it answers.
  if (model === undefined) list("learned", found.learned);
  rows.push(["modules", found.modules.map(moduleInWords).join(", ") || "none"]);
  rows.push(["names", found.names.join(", ") || "none"]);
  const lines = rows.map(([label, text]) => `${styled(process.stdout, "bold", label.padEnd(11))} ${printable(text)}`);
  const tensors = found.tensors === undefined ? [] : [...tensorWords(found.tensors).map((line) => printable(line)), ""];
  return [printable(found.file), ...lines, "", ...tensors, ...tree(found.tree, ""), ""].join("\n");
}

function formOf({ protocol, tensors }: Inspection): string {
  if (tensors !== undefined) return "";
  return protocol === null ? ", compressed" : `, pickle protocol ${protocol}`;
}

/** How many tensors there are, and what was saved with them. */
function tensorRows({ tensors }: Inspection): (readonly [string, string])[] {
  if (tensors === undefined) return [];
  const { count, bytes, metadata = {} } = tensors;
  const texts = Object.entries(metadata).map(([name, text]) => `${name}=${text}`);
  return [
    ["tensors", `${count}, ${bytes.toLocaleString("en")} bytes`],
    ...(texts.length === 0 ? [] : [["metadata", texts.join(", ")] as const]),
  ];
}

/** What the card says, and where that is from. */
function cardWords({ model, cardFrom = {} }: Inspection): (readonly [string, string])[] {
  const keys = Object.entries(cardFrom).map(([key, from]) => `${key} (${from})`);
  return [
    ...(model?.part === undefined ? [] : [["part", model.part] as const]),
    ...(model?.title === undefined ? [] : [["title", model.title] as const]),
    ...(keys.length === 0 ? [] : [["card", keys.join(", ")] as const]),
  ];
}

/** How many features are listed. */
const MOST_LISTED = 50;

function features({ model }: Inspection): string {
  const all = model?.features ?? [];
  const listed = all.slice(0, MOST_LISTED).map(({ name, type, missing, default: fill }) => {
    const becomes = fill === undefined ? "" : `: becomes ${JSON.stringify(fill)}`;
    return `${name} (${type}${missing ? `, may be missing${becomes}` : ""})`;
  });
  return `${all.length}: ${listed.join(", ")}${all.length > MOST_LISTED ? " ..." : ""}`;
}

function tree(node: Node, indent: string): string[] {
  const line = `${indent}${printable(`${node.name === "" ? "" : `${node.name}: `}${node.value}`)}`;
  const more = node.more === undefined ? [] : [`${indent}  ... and ${node.more} more`];
  return [line, ...(node.children ?? []).flatMap((child) => tree(child, `${indent}  `)), ...more];
}
