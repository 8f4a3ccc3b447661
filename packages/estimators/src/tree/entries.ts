import type { Entries, Entry } from "../base/entry.ts";
import { TreeClassifier, TreeRegressor, TreesEmbedding } from "./forest.ts";
import { readTree } from "./tree.ts";

const classifier: Entry = (state) => new TreeClassifier(state);
const regressor: Entry = (state) => new TreeRegressor(state);

/** Trees and forests. */
export const treeEntries: Entries = {
  "sklearn.tree.Tree": readTree,
  "sklearn.tree.DecisionTreeClassifier": classifier,
  "sklearn.tree.DecisionTreeRegressor": regressor,
  "sklearn.tree.ExtraTreeClassifier": classifier,
  "sklearn.tree.ExtraTreeRegressor": regressor,
  "sklearn.ensemble.RandomForestClassifier": classifier,
  "sklearn.ensemble.RandomForestRegressor": regressor,
  "sklearn.ensemble.ExtraTreesClassifier": classifier,
  "sklearn.ensemble.ExtraTreesRegressor": regressor,
  "sklearn.ensemble.RandomTreesEmbedding": (state) => new TreesEmbedding(state),
};
