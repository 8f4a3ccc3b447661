import type { Entries, Library, ModelFile } from "../base/entry.ts";
import { XGBClassifier, XGBoostBooster, XGBRegressor } from "./estimators.ts";
import { BINARY } from "./legacy.ts";
import { xgboostRelease } from "./model.ts";

const XGBOOST: Library = {
  name: "XGBoost",
  held: ["handle"],
  release: (model) => (model instanceof Uint8Array ? xgboostRelease(model) : undefined),
};

/** UBJSON with long keys, or JSON of a learner. */
const DOCUMENT = /^(?:\{L\0{7}.(?:learner|version|Config|Model)|\s*\{\s*"(?:learner|version|Config|Model)")/s;

/** What one of two patterns finds. A call, which a bundler drops with the rows that nobody needs. */
function either(one: RegExp, other: RegExp): RegExp {
  return new RegExp(`${one.source}|${other.source}`, "s");
}

const FILE: ModelFile = {
  begins: /* @__PURE__ */ either(DOCUMENT, BINARY),
  object: (bytes) => ({ state: [["handle", bytes]] }),
};

/** `xgboost`: its scikit-learn classes and its Booster. */
export const xgboostEntries: Entries = [
  { name: "xgboost.sklearn.XGBClassifier", revive: (state) => new XGBClassifier(state) },
  { name: "xgboost.sklearn.XGBRFClassifier", revive: (state) => new XGBClassifier(state) },
  { name: "xgboost.sklearn.XGBRegressor", revive: (state) => new XGBRegressor(state) },
  { name: "xgboost.sklearn.XGBRFRegressor", revive: (state) => new XGBRegressor(state) },
  { name: "xgboost.sklearn.XGBRanker", revive: (state) => new XGBRegressor(state) },
  { name: "xgboost.core.Booster", revive: (state) => new XGBoostBooster(state), library: XGBOOST, file: FILE },
];
