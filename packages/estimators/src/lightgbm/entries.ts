import type { Entries, Library, ModelFile } from "../base/entry.ts";
import { LGBMClassifier, LGBMRegressor, LightGBMBooster } from "./estimators.ts";

/** How much of a model's text says its format. */
const HEAD = 400;

const LIGHTGBM: Library = {
  name: "LightGBM",
  held: ["_handle", "handle"],
  release: (model) => {
    const text = model instanceof Uint8Array ? new TextDecoder().decode(model.subarray(0, HEAD)) : String(model);
    const format = /^version=(v\d+)/m.exec(text.slice(0, HEAD))?.[1];
    return format === undefined ? undefined : `(model format ${format})`;
  },
};

const FILE: ModelFile = {
  begins: /^tree\r?\nversion=/,
  object: (bytes) => ({ state: [["_handle", new TextDecoder().decode(bytes)]] }),
};

/** `lightgbm`: its classes by the modules that releases 2 to 4 pickle them from. */
export const lightgbmEntries: Entries = [
  { name: "lightgbm.sklearn.LGBMClassifier", revive: (state) => new LGBMClassifier(state) },
  { name: "lightgbm.sklearn.LGBMRegressor", revive: (state) => new LGBMRegressor(state) },
  { name: "lightgbm.sklearn.LGBMRanker", revive: (state) => new LGBMRegressor(state) },
  { name: "lightgbm.basic.Booster", revive: (state) => new LightGBMBooster(state), library: LIGHTGBM, file: FILE },
];
