/** @module Which models a command line names: files, and folders of them. */

import { readdirSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import type { Estimator, ReviveOptions } from "@curtido/estimators";
import { fileError, loadNow } from "@curtido/estimators/node";
import { CurtidoError, isCurtidoError } from "@curtido/pickle";
import { checkName, nameClash, nameKey, nameOfFile, Served } from "@curtido/server";
import { UsageError, warn, withReadingBar } from "../terminal.ts";

/** A model in a file. */
export interface Found {
  readonly name: string;
  readonly path: string;
  readonly estimator: Estimator;
}

/** The user's own Python names. */
export type Names = Readonly<Record<string, unknown>> | undefined;

/** How files of models end; in a folder only these are opened. */
const MODEL_FILE = /\.(pkl|pickle|joblib|jbl|sav|p|pk)(\.(gz|z|bz2|xz|lzma|lz4))?$/i;

/** Every model: a named file must be one, a folder may hold other files too. */
export function modelsIn(
  places: readonly string[],
  name: string | undefined,
  options: ReviveOptions,
): readonly Found[] {
  const found = new Map<string, Found>();
  const add = (path: string) => {
    if (name !== undefined && found.size > 0)
      throw new UsageError(`--name ${name} is for one model, and there are more`);
    const model = open(path, name, options);
    const key = nameKey(model.name);
    const first = found.get(key);
    if (first !== undefined) throw nameClash(model.name, first.path, path);
    found.set(key, model);
  };
  for (const place of places) {
    if (isFolder(place)) addFolder(place, add);
    else add(place);
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
  const [likely, others] = [
    files.filter(({ name }) => MODEL_FILE.test(name)),
    files.filter(({ name }) => !MODEL_FILE.test(name)),
  ];
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

function open(path: string, name: string | undefined, options: ReviveOptions): Found {
  const chosen = nameFor(path, name);
  const estimator = withReadingBar((onProgress) => loadNow(path, { onProgress, ...options }));
  try {
    new Served(chosen, estimator);
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    throw new CurtidoError(error.code, `${path}: ${error.message}`, error.fields, error);
  }
  return { name: chosen, path, estimator };
}

function nameFor(path: string, name: string | undefined): string {
  if (name !== undefined) return checkName(name);
  try {
    return checkName(nameOfFile(path));
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    throw new CurtidoError(error.code, `${path}: ${error.message}`, error.fields, error);
  }
}

export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw fileError(path, error);
  }
}
