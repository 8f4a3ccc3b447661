import type { Entries } from "../base/entry.ts";
import { XGBClassifier, XGBoostBooster, XGBRegressor } from "./estimators.ts";

/** `xgboost`: its scikit-learn classes and its Booster. */
export const xgboostEntries: Entries = {
  "xgboost.sklearn.XGBClassifier": (state) => new XGBClassifier(state),
  "xgboost.sklearn.XGBRFClassifier": (state) => new XGBClassifier(state),
  "xgboost.sklearn.XGBRegressor": (state) => new XGBRegressor(state),
  "xgboost.sklearn.XGBRFRegressor": (state) => new XGBRegressor(state),
  "xgboost.sklearn.XGBRanker": (state) => new XGBRegressor(state),
  "xgboost.core.Booster": (state) => new XGBoostBooster(state),
};
