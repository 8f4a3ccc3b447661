/** @module Bytes to a model of any class that is known. */

import { decompressAny } from "@curtido/arrays";
import type { Instance } from "@curtido/pickle";
import type { Estimator } from "./base/estimator.ts";
import { objectOfFile, type ReviveOptions, reviveCopy, reviveValueOf } from "./core.ts";
import { CLASSES } from "./registry.ts";

/**
 * Reads a model from the bytes of a pickle or joblib file, or of a library's own model file. Nothing in it is executed.
 * The bytes are copied: who gave them may use them for something else.
 *
 * @throws CurtidoError E_NOT_A_PICKLE, E_TRUNCATED ... (the file), E_UNKNOWN_NAME, E_NOT_A_MODEL, E_STATE (what it holds)
 * @example
 * revive(readFileSync("modelo.pkl")).predict([[1, 0, 1]]).tolist();
 */
export function revive(bytes: Uint8Array | ArrayBuffer, options: ReviveOptions = {}): Estimator {
  return reviveCopy(CLASSES, bytes, { decompress: decompressAny, ...options });
}

/** The model that inert values stand for; see {@link revive}. */
export function reviveModel(value: unknown, options: ReviveOptions = {}): Estimator {
  return reviveValueOf(CLASSES, value, options);
}

/**
 * The object that bytes stand for, when they are a model file of LightGBM, XGBoost or CatBoost.
 *
 * @example
 * nativeModel(readFileSync("model.txt")); // an Instance of lightgbm.basic.Booster
 */
export function nativeModel(bytes: Uint8Array): Instance | undefined {
  return objectOfFile(CLASSES, bytes);
}
