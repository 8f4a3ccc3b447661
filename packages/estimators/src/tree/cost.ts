/** @module What trees and forests cost: a row goes down each tree once. */

import { Dict, Instance, Tuple } from "@curtido/pickle";
import type { CostOf } from "../base/cost.ts";
import type { State } from "../base/state.ts";
import { eachOnce } from "./tree.ts";

/** Operations of a step from a node to the next: it waits for memory. */
const STEP = 4;
/** Bytes that a node takes when it is prepared, beside its values. */
const NODE = 16;

/** A tree: as many steps as it is deep. Its arrays are records that are not read one by one. */
export const costOfTree: CostOf = (state) => {
  const nodes = state.integer("node_count");
  const deep = state.has("max_depth") ? state.integer("max_depth") : nodes;
  const values = valuesOf(state);
  return { memory: nodes * (NODE + 8 * values), perRow: STEP * (Math.min(deep, nodes) + 2) + values, parts: [] };
};

function valuesOf(state: State): number {
  const [, classes, outputs] = state.instance.args;
  const counts = state.arrayFrom(classes, "tree").toFloat64();
  return counts.reduce((most, count) => Math.max(most, count), 1) * Number(outputs);
}

/**
 * A forest: its trees are prepared into one. A tree that stands in it twice is walked from other places too: nobody has
 * looked at how deep it is, so that each of its nodes counts.
 */
export const costOfForest: CostOf = (state) => {
  if (!state.has("estimators_")) return { flat: true };
  const seen = new Set<unknown>();
  const nodes = eachOnce(nodesOf);
  let again = 0;
  for (const tree of state.list("estimators_")) {
    if (seen.has(tree)) again += nodes(tree);
    else seen.add(tree);
  }
  return { perRow: STEP * again, flat: true };
};

/** The nodes of a tree's estimator. */
function nodesOf(estimator: unknown): number {
  const tree = estimator instanceof Instance ? attribute(estimator, "tree_") : undefined;
  return tree instanceof Instance ? Number(attribute(tree, "node_count") ?? 0) : 0;
}

function attribute(instance: Instance, name: string): unknown {
  for (const state of instance.states)
    for (const part of state instanceof Tuple ? state.items : [state])
      if (part instanceof Dict && part.has(name)) return part.get(name);
  return undefined;
}
