/** @module Which models a command line names: files, and folders of them. */

import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { type Estimator, nativeModel, type ReviveOptions } from "@curtido/estimators";
import { describedIn, fileError, placeIn } from "@curtido/estimators/node";
import { CurtidoError, isCurtidoError } from "@curtido/pickle";
import { checkName, keptOf, nameClash, nameKey, nameOfFile, Served } from "@curtido/server";
import { openModel, valueAt } from "../model.ts";
import { UsageError, warn } from "../terminal.ts";

/** A model in a file, or a value that is none. */
export interface Found {
  readonly name: string;
  /** The file, and how it was named: `bundle.pkl#pipe`. */
  readonly path: string;
  readonly source: string;
  readonly estimator?: Estimator;
  /** What the file holds, where that is no model. */
  readonly value?: unknown;
}

/** The user's own Python names. */
export type Names = Readonly<Record<string, unknown>> | undefined;

/** How files of models end; in a folder only these are opened. */
const MODEL_FILE = /\.(pkl|pickle|joblib|jbl|sav|p|pk|cbm|ubj|model|skops)(\.(gz|z|bz2|xz|lzma|lz4))?$/i;
/** How files end that may be a library's own model or anything else: their first bytes tell. */
const PERHAPS = /\.(json|txt)$/i;
/** How many bytes tell. */
const HEAD = 256;

/** Every model: a named file must be one, a folder may hold other files too. */
export function modelsIn(
  places: readonly string[],
  name: string | undefined,
  options: ReviveOptions,
): readonly Found[] {
  const found = new Map<string, Found>();
  const add = (path: string, named = false) => {
    if (name !== undefined && found.size > 0)
      throw new UsageError(`--name ${name} is for one model, and there are more`);
    const model = open(path, name, options, named);
    const key = nameKey(model.name);
    const first = found.get(key);
    if (first !== undefined) throw nameClash(model.name, first.source, path);
    found.set(key, model);
  };
  for (const place of places) {
    if (isFolder(place) && !isModelFolder(place)) addFolder(place, add);
    else add(place, true);
  }
  const all = [...found.values()];
  if (all.length === 0) throw new CurtidoError("E_FILE", `${places.join(", ")}: no model found there`);
  return all;
}

function addFolder(folder: string, add: (path: string) => void): void {
  const files = readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .map((name) => ({ name, kind: kindOf(join(folder, name)) }))
    .filter(({ kind }) => kind !== "folder");
  const likely = files.filter(
    ({ name, kind }) =>
      MODEL_FILE.test(name) || (PERHAPS.test(name) && kind === "file" && isNative(join(folder, name))),
  );
  // Nobody takes any other JSON for a model: cards, settings and data lie beside models.
  const others = files.filter((file) => !likely.includes(file) && !/\.json$/i.test(file.name));
  for (const { name, kind } of likely.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, name);
    if (kind === "other") {
      warn(`left out: ${path}: is no file that can be read whole`);
      continue;
    }
    try {
      add(path);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      const { message } = error as Error;
      warn(`left out: ${isCurtidoError(error) ? message : `${path}: ${message}`}`); // one bad file stops no other
    }
  }
  if (others.length > 0) warn(`${folder}: ${leftOut(others.map(({ name }) => name))}`);
}

/** Whether a file begins as a library's own model does; one that cannot be read does not. */
function isNative(path: string): boolean {
  try {
    const file = openSync(path, "r");
    try {
      const head = new Uint8Array(HEAD);
      return nativeModel(head.subarray(0, readSync(file, head, 0, HEAD, 0))) !== undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}

/** What stands behind a name in a folder, links followed. A pipe would keep its reader waiting for ever. */
function kindOf(path: string): "file" | "folder" | "other" {
  try {
    const found = statSync(path);
    return found.isDirectory() ? "folder" : found.isFile() ? "file" : "other";
  } catch {
    return "file"; // opening it says why it cannot be read
  }
}

function leftOut(names: readonly string[]): string {
  const endings = [...new Set(names.map((name) => extname(name) || name))].sort();
  const files = names.length === 1 ? "one file" : `${names.length} files`;
  return `${files} left out whose endings are not those of models (${endings.join(", ")})`;
}

/** @param named - whether the file itself was named: then it may hold a value that is no model */
function open(source: string, name: string | undefined, options: ReviveOptions, named: boolean): Found {
  const { path, at } = placeIn(source);
  const chosen = nameFor(source, path, at, name);
  const found = modelOrValue(source, options, named);
  if ("value" in found) return { name: chosen, path, source, value: found.value };
  const { estimator } = found;
  try {
    new Served(chosen, estimator);
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    throw new CurtidoError(error.code, `${source}: ${error.message}`, error.fields, error);
  }
  return { name: chosen, path, source, estimator };
}

/** The model of a file; or, where its file is named, a table, an array, a dict or a list. */
function modelOrValue(
  source: string,
  options: ReviveOptions,
  named: boolean,
): { estimator: Estimator } | { value: unknown } {
  try {
    return { estimator: openModel(source, options) };
  } catch (error) {
    if (!isCurtidoError(error, "E_NOT_A_MODEL")) throw error;
    if (!named)
      throw new CurtidoError(
        error.code,
        `${error.message}; name the file to look things up in it`,
        error.fields,
        error,
      );
    return { value: looked(source) };
  }
}

/** A value that rows or entries are looked up in. @throws CurtidoError E_NOT_A_MODEL when it is none */
function looked(source: string): unknown {
  const value = valueAt(source);
  try {
    keptOf(value);
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    throw new CurtidoError(error.code, `${source}: ${error.message}`, error.fields, error);
  }
  return value;
}

/** A model is called after its file; a part, after that and itself. */
function nameFor(source: string, path: string, at: string | undefined, name: string | undefined): string {
  if (name !== undefined) return checkName(name);
  const folder = isModelFolder(source);
  const file = nameOfFile(folder ? resolve(source) : path);
  try {
    return checkName(at === undefined ? file : `${file}-${at}`);
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    throw new CurtidoError(error.code, `${source}: ${error.message}`, error.fields, error);
  }
}

export function isFolder(path: string): boolean {
  try {
    return statSync(placeIn(path).path).isDirectory();
  } catch (error) {
    throw fileError(path, error);
  }
}

/** Whether a folder is a model with its description: of MLflow, Hugging Face or BentoML. */
function isModelFolder(path: string): boolean {
  return describedIn(path) !== undefined;
}
