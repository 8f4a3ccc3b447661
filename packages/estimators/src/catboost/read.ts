/** @module A CatBoost model of either format. */

import { readBinaryModel, readBinaryNotes } from "./binary_model.ts";
import { readJsonModel, readJsonNotes } from "./json_model.ts";
import type { CatModel } from "./model.ts";

/** Whether bytes are text that begins with an object. */
function isJson(bytes: Uint8Array): boolean {
  return /^\s*\{/.test(String.fromCharCode(...bytes.subarray(0, 16)));
}

/**
 * Reads the bytes of a `.cbm` file, which a pickle keeps as `__model`, or those of a model in JSON.
 *
 * @throws CatModelError what is malformed, or what it needs that is not known
 */
export function readCatModel(bytes: Uint8Array): CatModel {
  return isJson(bytes) ? readJsonModel(bytes) : readBinaryModel(bytes);
}

/**
 * What a file says of itself, also one that needs what is not known.
 *
 * @throws CatModelError what is malformed
 */
export function readNotes(bytes: Uint8Array): ReadonlyMap<string, string> {
  return isJson(bytes) ? readJsonNotes(bytes) : readBinaryNotes(bytes);
}
