import type { Entries, Library, ModelFile } from "../base/entry.ts";
import { CatBoost, CatBoostClassifier, CatBoostRegressor } from "./estimators.ts";
import { catboostObject } from "./file.ts";
import { CatModelError } from "./flatbuffer.ts";
import { catboostRelease } from "./notes.ts";
import { readNotes } from "./read.ts";

const CATBOOST: Library = {
  name: "CatBoost",
  held: ["__model"],
  release: (model) => (model instanceof Uint8Array ? releaseIn(model) : undefined),
};

/** A malformed model says nothing: reading it says what is wrong. */
function releaseIn(model: Uint8Array): string | undefined {
  try {
    return catboostRelease(readNotes(model));
  } catch (error) {
    if (error instanceof CatModelError) return undefined;
    throw error;
  }
}

/** More than the mark and the size of what follows; or JSON, whose keys are sorted. */
const FILE: ModelFile = {
  begins: /^(?:CBM1.{9}|\s*\{\s*"(?:ctr_data|features_info|model_info|oblivious_trees)"\s*:)/s,
  object: catboostObject,
};

/** `catboost`. */
export const catboostEntries: Entries = [
  { name: "catboost.core.CatBoost", revive: (state) => new CatBoost(state), library: CATBOOST, file: FILE },
  { name: "catboost.core.CatBoostClassifier", revive: (state) => new CatBoostClassifier(state), library: CATBOOST },
  { name: "catboost.core.CatBoostRanker", revive: (state) => new CatBoost(state), library: CATBOOST },
  { name: "catboost.core.CatBoostRegressor", revive: (state) => new CatBoostRegressor(state), library: CATBOOST },
];
