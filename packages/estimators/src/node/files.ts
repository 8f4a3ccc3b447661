/** @module Files of models on this machine, and what lies beside them. */

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CurtidoError, isCurtidoError } from "@curtido/pickle";
import { type Card, MOST_CARD, parseCard } from "../base/card.ts";
import type { ReviveOptions } from "../base/options.ts";
import { besides } from "./archive.ts";
import { DESCRIPTIONS, type Described, described } from "./described.ts";

/**
 * The bytes of a file, read once.
 *
 * @throws CurtidoError E_FILE in one line
 */
export function readModelFile(path: string): Uint8Array {
  try {
    const bytes = readFileSync(path);
    if (bytes.length > 0) return bytes;
  } catch (error) {
    throw fileError(path, error);
  }
  throw new CurtidoError("E_FILE", `${path}: the file is empty`, { path });
}

/**
 * The file and the part of it that a path such as `bundle.pkl#pipe` names; a file may have a `#` in its own name. A folder of
 * MLflow, Hugging Face or BentoML names the file that its description does.
 *
 * @example
 * placeIn("bundle.pkl#pipe"); // { path: "bundle.pkl", at: "pipe" }
 */
export function placeIn(path: string): { readonly path: string; readonly at?: string } {
  const place = namedPlace(path);
  const told = describedIn(place.path);
  return told === undefined ? place : { ...place, path: join(place.path, told.file) };
}

/** The model that a folder describes; `undefined` for files, and folders that describe none. @throws CurtidoError E_FILE */
export function describedIn(folder: string): Described | undefined {
  if (!DESCRIPTIONS.some((name) => existsSync(join(folder, name)))) return undefined;
  try {
    return described({ names: readdirSync(folder), text: (name) => smallText(join(folder, name)) });
  } catch (error) {
    if (!isCurtidoError(error)) throw fileError(folder, error);
    throw new CurtidoError(error.code, `${folder}: ${error.message}`, error.fields, error);
  }
}

/** The text of a description. @throws CurtidoError E_FILE when it is too long to be one */
function smallText(path: string): string {
  if (statSync(path).size <= MOST_CARD) return readFileSync(path, "utf8");
  throw new CurtidoError("E_FILE", `${path}: is too long for a description`, { path });
}

/** What the description says of a file that lies beside it; nothing where that is none that is read. */
function toldOf(path: string): Card | undefined {
  try {
    const told = describedIn(dirname(path));
    return told?.file === basename(path) ? told.card : undefined;
  } catch {
    return undefined; // the file was named itself: what lies beside it is no reason not to read it
  }
}

function namedPlace(path: string): { readonly path: string; readonly at?: string } {
  if (!path.includes("#") || existsSync(path)) return { path };
  for (let mark = path.lastIndexOf("#"); mark > 0; mark = path.lastIndexOf("#", mark - 1)) {
    const file = path.slice(0, mark);
    if (existsSync(file)) return { path: file, at: path.slice(mark + 1) };
  }
  return { path };
}

/** The card that lies beside a file: `modelo.card.json` beside `modelo.pkl`. */
export function cardBeside(path: string): string {
  const name = basename(path).replace(
    /(\.(pkl|pickle|joblib|jbl|sav|p|pk|skops|cbm|ubj|json|txt|model|bin))?(\.(gz|z|bz2|xz|lzma|lz4))?$/i,
    "",
  );
  return join(dirname(path), `${name}.card.json`);
}

/** What lies beside a file, and how the file is called, where nothing else is asked for. */
export function beside(path: string, at: string | undefined, options: ReviveOptions): ReviveOptions {
  const card = besides(toldOf(path), options.card ?? cardOfFile(cardBeside(path)));
  return { file: path, ...(at === undefined ? {} : { at }), ...options, ...(card === undefined ? {} : { card }) };
}

/** The card in a file; `undefined` when there is none. @throws CurtidoError E_CARD, E_FILE */
function cardOfFile(path: string): Card | undefined {
  return existsSync(path) ? readCardFile(path) : undefined;
}

/** The card in a file. @throws CurtidoError E_FILE when it cannot be read, E_CARD when it is none */
export function readCardFile(path: string): Card {
  const bytes = readModelFile(path);
  try {
    return parseCard(new TextDecoder().decode(bytes));
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    throw new CurtidoError(error.code, `${path}: ${error.message}`, error.fields, error);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "no such file",
  EISDIR: "is a folder, not a file",
  EACCES: "may not be read (permission denied)",
  EPERM: "may not be read (permission denied)",
  ERR_FS_FILE_TOO_LARGE: "is larger than 2 GiB",
};

/** E_FILE from an error of the file system. */
export function fileError(path: string, error: unknown): CurtidoError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new CurtidoError("E_FILE", `${path}: ${REASONS[code ?? ""] ?? message}`, { path, reason: code }, error);
}
