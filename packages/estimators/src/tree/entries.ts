import type { Entries, Revive } from "../base/entry.ts";
import { costOfForest, costOfTree } from "./cost.ts";
import { TreeClassifier, TreeRegressor, TreesEmbedding } from "./forest.ts";
import { readTree } from "./tree.ts";

const classifier: Revive = (state) => new TreeClassifier(state, false);
const regressor: Revive = (state) => new TreeRegressor(state, false);
/** They split at random unless they are told otherwise. */
const extraClassifier: Revive = (state) => new TreeClassifier(state, true);
const extraRegressor: Revive = (state) => new TreeRegressor(state, true);

/** Trees and forests. */
export const treeEntries: Entries = [
  { name: "sklearn.tree.Tree", revive: readTree, cost: costOfTree },
  { name: "sklearn.tree.DecisionTreeClassifier", revive: classifier, cost: costOfForest },
  { name: "sklearn.tree.DecisionTreeRegressor", revive: regressor, cost: costOfForest },
  { name: "sklearn.tree.ExtraTreeClassifier", revive: extraClassifier, cost: costOfForest },
  { name: "sklearn.tree.ExtraTreeRegressor", revive: extraRegressor, cost: costOfForest },
  { name: "sklearn.ensemble.RandomForestClassifier", revive: classifier, cost: costOfForest },
  { name: "sklearn.ensemble.RandomForestRegressor", revive: regressor, cost: costOfForest },
  { name: "sklearn.ensemble.ExtraTreesClassifier", revive: extraClassifier, cost: costOfForest },
  { name: "sklearn.ensemble.ExtraTreesRegressor", revive: extraRegressor, cost: costOfForest },
  { name: "sklearn.ensemble.RandomTreesEmbedding", revive: (state) => new TreesEmbedding(state), cost: costOfForest },
];
