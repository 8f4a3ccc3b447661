/** @module Models in their libraries' own file formats, as the pickled object that holds the same. */

import { Dict, Global, Instance } from "@curtido/pickle";
import { isModelText } from "./lightgbm/text.ts";
import { isModelFile } from "./xgboost/model.ts";

/** One format: how it is told, and the object whose attribute holds it in a pickle. */
interface Format {
  readonly matches: (bytes: Uint8Array) => boolean;
  readonly module: string;
  readonly attribute: string;
  readonly content: (bytes: Uint8Array) => unknown;
}

const FORMATS: readonly Format[] = [
  {
    matches: isModelText,
    module: "lightgbm.basic",
    attribute: "_handle",
    content: (bytes) => new TextDecoder().decode(bytes),
  },
  { matches: isModelFile, module: "xgboost.core", attribute: "handle", content: (bytes) => bytes },
];

/**
 * The Booster that bytes stand for, when they are a model file of LightGBM or XGBoost.
 *
 * @example
 * nativeModel(readFileSync("model.txt")); // an Instance of lightgbm.basic.Booster
 */
export function nativeModel(bytes: Uint8Array): Instance | undefined {
  const format = FORMATS.find(({ matches }) => matches(bytes));
  if (format === undefined) return undefined;
  const booster = new Instance(new Global(format.module, "Booster"), [], "newobj");
  const state = new Dict();
  state.set(format.attribute, format.content(bytes));
  booster.states.push(state);
  return booster;
}
