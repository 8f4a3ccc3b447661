/** @module Models in their libraries' own file formats, as the pickled object that holds the same. */

import { Dict, Global, Instance } from "@curtido/pickle";
import { objectOfFile } from "./catboost/file.ts";
import { isCatFile } from "./catboost/model.ts";
import { isModelText } from "./lightgbm/text.ts";
import { isModelFile } from "./xgboost/model.ts";

/** One format: how it is told, and the object that holds the same in a pickle. */
interface Format {
  readonly matches: (bytes: Uint8Array) => boolean;
  readonly module: string;
  readonly object: (bytes: Uint8Array) => {
    readonly name: string;
    readonly state: readonly (readonly [name: string, value: unknown])[];
  };
}

const FORMATS: readonly Format[] = [
  {
    matches: isModelText,
    module: "lightgbm.basic",
    object: (bytes) => ({ name: "Booster", state: [["_handle", new TextDecoder().decode(bytes)]] }),
  },
  {
    matches: isModelFile,
    module: "xgboost.core",
    object: (bytes) => ({ name: "Booster", state: [["handle", bytes]] }),
  },
  { matches: isCatFile, module: "catboost.core", object: objectOfFile },
];

/**
 * The object that bytes stand for, when they are a model file of LightGBM, XGBoost or CatBoost.
 *
 * @example
 * nativeModel(readFileSync("model.txt")); // an Instance of lightgbm.basic.Booster
 */
export function nativeModel(bytes: Uint8Array): Instance | undefined {
  const format = FORMATS.find(({ matches }) => matches(bytes));
  if (format === undefined) return undefined;
  const { name, state } = format.object(bytes);
  const model = new Instance(new Global(format.module, name), [], "newobj");
  model.states.push(new Dict(state));
  return model;
}
