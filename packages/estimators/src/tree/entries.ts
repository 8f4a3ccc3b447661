import type { Entries, Revive } from "../base/entry.ts";
import { TreeClassifier, TreeRegressor, TreesEmbedding } from "./forest.ts";
import { readTree } from "./tree.ts";

const classifier: Revive = (state) => new TreeClassifier(state, false);
const regressor: Revive = (state) => new TreeRegressor(state, false);
/** They split at random unless they are told otherwise. */
const extraClassifier: Revive = (state) => new TreeClassifier(state, true);
const extraRegressor: Revive = (state) => new TreeRegressor(state, true);

/** Trees and forests. */
export const treeEntries: Entries = [
  { name: "sklearn.tree.Tree", revive: readTree },
  { name: "sklearn.tree.DecisionTreeClassifier", revive: classifier },
  { name: "sklearn.tree.DecisionTreeRegressor", revive: regressor },
  { name: "sklearn.tree.ExtraTreeClassifier", revive: extraClassifier },
  { name: "sklearn.tree.ExtraTreeRegressor", revive: extraRegressor },
  { name: "sklearn.ensemble.RandomForestClassifier", revive: classifier },
  { name: "sklearn.ensemble.RandomForestRegressor", revive: regressor },
  { name: "sklearn.ensemble.ExtraTreesClassifier", revive: extraClassifier },
  { name: "sklearn.ensemble.ExtraTreesRegressor", revive: extraRegressor },
  { name: "sklearn.ensemble.RandomTreesEmbedding", revive: (state) => new TreesEmbedding(state) },
];
