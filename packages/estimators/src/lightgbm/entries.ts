import type { Entries } from "../base/entry.ts";
import { LGBMClassifier, LGBMRegressor, LightGBMBooster } from "./estimators.ts";

/** `lightgbm`: its classes by the modules that releases 2 to 4 pickle them from. */
export const lightgbmEntries: Entries = {
  "lightgbm.sklearn.LGBMClassifier": (state) => new LGBMClassifier(state),
  "lightgbm.sklearn.LGBMRegressor": (state) => new LGBMRegressor(state),
  "lightgbm.sklearn.LGBMRanker": (state) => new LGBMRegressor(state),
  "lightgbm.basic.Booster": (state) => new LightGBMBooster(state),
};
