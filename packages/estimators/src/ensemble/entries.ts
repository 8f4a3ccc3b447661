import type { Entries } from "../base/entry.ts";
import { AdaBoostClassifier, AdaBoostRegressor } from "./adaboost.ts";
import { BaggingClassifier, BaggingRegressor } from "./bagging.ts";
import { GradientBoostingClassifier, GradientBoostingRegressor } from "./gradient_boosting.ts";
import { HistGradientBoostingClassifier, HistGradientBoostingRegressor } from "./hist_gradient_boosting.ts";
import { readHistTree } from "./hist_trees.ts";
import { IsolationForest } from "./isolation_forest.ts";
import { Stacking } from "./stacking.ts";
import { VotingClassifier, VotingRegressor } from "./voting.ts";

/** Ensembles of other estimators, and boosting. Forests are with the trees. */
export const ensembleEntries: Entries = {
  "sklearn.ensemble.AdaBoostClassifier": (state) => new AdaBoostClassifier(state),
  "sklearn.ensemble.AdaBoostRegressor": (state) => new AdaBoostRegressor(state),
  "sklearn.ensemble.BaggingClassifier": (state) => new BaggingClassifier(state),
  "sklearn.ensemble.BaggingRegressor": (state) => new BaggingRegressor(state),
  "sklearn.ensemble.GradientBoostingClassifier": (state) => new GradientBoostingClassifier(state),
  "sklearn.ensemble.GradientBoostingRegressor": (state) => new GradientBoostingRegressor(state),
  "sklearn.ensemble.HistGradientBoostingClassifier": (state) => new HistGradientBoostingClassifier(state),
  "sklearn.ensemble.HistGradientBoostingRegressor": (state) => new HistGradientBoostingRegressor(state),
  "sklearn.ensemble.IsolationForest": (state) => new IsolationForest(state),
  "sklearn.ensemble.StackingClassifier": (state) => new Stacking(state),
  "sklearn.ensemble.StackingRegressor": (state) => new Stacking(state),
  "sklearn.ensemble.TreePredictor": readHistTree,
  "sklearn.ensemble.VotingClassifier": (state) => new VotingClassifier(state),
  "sklearn.ensemble.VotingRegressor": (state) => new VotingRegressor(state),
};
