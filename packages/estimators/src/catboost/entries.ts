import type { Entries } from "../base/entry.ts";
import { CatBoost, CatBoostClassifier, CatBoostRegressor } from "./estimators.ts";

export const catboostEntries: Entries = {
  "catboost.core.CatBoost": (state) => new CatBoost(state),
  "catboost.core.CatBoostClassifier": (state) => new CatBoostClassifier(state),
  "catboost.core.CatBoostRanker": (state) => new CatBoost(state),
  "catboost.core.CatBoostRegressor": (state) => new CatBoostRegressor(state),
};
