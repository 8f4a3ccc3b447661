import type { Entries } from "../base/entry.ts";
import { costOfForest } from "../tree/cost.ts";
import { AdaBoostClassifier, AdaBoostRegressor } from "./adaboost.ts";
import { BaggingClassifier, BaggingRegressor } from "./bagging.ts";
import { FittedGradientBoostingClassifier, FittedGradientBoostingRegressor } from "./gradient_boosting.ts";
import { OldStart } from "./gradient_loss.ts";
import { FittedHistGradientBoostingClassifier, FittedHistGradientBoostingRegressor } from "./hist_gradient_boosting.ts";
import { costOfHistTree, readHistTree } from "./hist_trees.ts";
import { IsolationForest } from "./isolation_forest.ts";
import { Stacking } from "./stacking.ts";
import { VotingClassifier, VotingRegressor } from "./voting.ts";

/** Ensembles of other estimators, and boosting. Forests are with the trees. */
export const ensembleEntries: Entries = [
  {
    name: "sklearn.ensemble.AdaBoostClassifier",
    revive: (state) => new AdaBoostClassifier(state),
    fixedLabels: true,
  },
  { name: "sklearn.ensemble.AdaBoostRegressor", revive: (state) => new AdaBoostRegressor(state) },
  { name: "sklearn.ensemble.BaggingClassifier", revive: (state) => new BaggingClassifier(state) },
  { name: "sklearn.ensemble.BaggingRegressor", revive: (state) => new BaggingRegressor(state) },
  {
    name: "sklearn.ensemble.GradientBoostingClassifier",
    revive: (state) => new FittedGradientBoostingClassifier(state),
    cost: costOfForest,
  },
  {
    name: "sklearn.ensemble.GradientBoostingRegressor",
    revive: (state) => new FittedGradientBoostingRegressor(state),
    cost: costOfForest,
  },
  {
    name: "sklearn.ensemble.HistGradientBoostingClassifier",
    revive: (state) => new FittedHistGradientBoostingClassifier(state),
    cost: () => ({ flat: true }),
  },
  {
    name: "sklearn.ensemble.HistGradientBoostingRegressor",
    revive: (state) => new FittedHistGradientBoostingRegressor(state),
    cost: () => ({ flat: true }),
  },
  { name: "sklearn.ensemble.IsolationForest", revive: (state) => new IsolationForest(state), cost: costOfForest },
  { name: "sklearn.ensemble.StackingClassifier", revive: (state) => new Stacking(state) },
  { name: "sklearn.ensemble.StackingRegressor", revive: (state) => new Stacking(state) },
  { name: "sklearn.ensemble.TreePredictor", revive: readHistTree, cost: costOfHistTree },
  { name: "sklearn.ensemble.LogOddsEstimator", revive: (state) => new OldStart(state, "prior") },
  { name: "sklearn.ensemble.MeanEstimator", revive: (state) => new OldStart(state, "mean") },
  { name: "sklearn.ensemble.PriorProbabilityEstimator", revive: (state) => new OldStart(state, "priors") },
  { name: "sklearn.ensemble.QuantileEstimator", revive: (state) => new OldStart(state, "quantile") },
  { name: "sklearn.ensemble.ScaledLogOddsEstimator", revive: (state) => new OldStart(state, "prior") },
  { name: "sklearn.ensemble.ZeroEstimator", revive: (state) => new OldStart(state) },
  { name: "sklearn.ensemble.VotingClassifier", revive: (state) => new VotingClassifier(state) },
  { name: "sklearn.ensemble.VotingRegressor", revive: (state) => new VotingRegressor(state) },
];
