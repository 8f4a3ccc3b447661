/** @module The trees of neighbors as releases before 1.3 pickle them. */

import { type Dict, Global, Instance, Tuple } from "@curtido/pickle";
import type { LayoutChange, Layouts } from "./layout.ts";

/** Gives the metric in a tree's state another class. */
function renamed(state: Dict<unknown>, rename: (metric: Global) => Global): undefined {
  const tree = state.get("_tree");
  if (!(tree instanceof Instance) || !(tree.state instanceof Tuple)) return undefined;
  const parts = tree.state.items.map((part) => (part instanceof Instance ? metricOf(part, rename) : part));
  const made = new Instance(tree.class, tree.args, tree.form);
  made.states.push(new Tuple(parts));
  state.set("_tree", made);
  return undefined;
}

function metricOf(metric: Instance, rename: (metric: Global) => Global): Instance {
  const made = new Instance(rename(metric.class as Global), [rename(metric.args[0] as Global)], metric.form);
  for (const state of metric.states) made.states.push(state);
  return made;
}

const CHANGES: readonly LayoutChange[] = [
  {
    // Metrics of float64 and of float32 are apart since.
    before: "1.3",
    change: (state) => renamed(state, ({ module, name }) => new Global(module, name.replace("64", ""))),
  },
  {
    before: "1.0",
    change: (state) => renamed(state, ({ name }) => new Global("sklearn.neighbors._dist_metrics", name)),
  },
];

/** `sklearn.neighbors`. */
export const NEIGHBORS_LAYOUTS: Layouts = {
  "sklearn.neighbors.KNeighborsClassifier": { changes: CHANGES },
  "sklearn.neighbors.KNeighborsRegressor": { changes: CHANGES },
};
