/** @module What decompositions cost whose rows are solved step by step, as many as the file says. */

import type { CostOf } from "../base/cost.ts";
import type { State } from "../base/state.ts";

/** Steps that people allow, to be safe: most rows are done after a few of them. Beyond, each may be taken. */
const USUAL = 1000;
const TAKEN = 0.1;
/** Operations of a logarithm or a power. */
const POWER = 30;

/** Operations of `steps` steps, of which each takes so many. */
function stepping(steps: number, each: number): number {
  return each * (TAKEN * Math.min(steps, USUAL) + Math.max(0, steps - USUAL));
}

function extents(state: State, name: string): readonly [rows: number, columns: number] {
  const [rows = 1, columns = 1] = state.array(name).shape;
  return [rows, columns];
}

/** NMF: each step takes each pair of components, or each component of each feature. */
export const costOfNMF: CostOf = (state) => {
  const [components, features] = extents(state, "components_");
  const steps = state.integer(state.given("transform_max_iter") ? "transform_max_iter" : "max_iter", 200);
  const pairs = components * components;
  if (state.raw("solver") === "cd")
    return { perRow: stepping(steps, pairs) + TAKEN * pairs * features, perRowMemory: 8 * pairs };
  return { perRow: stepping(steps, 2 * components * features + POWER * features), perRowMemory: 8 * pairs };
};

/** Topics: each step takes each word twice in each topic. */
export const costOfTopics: CostOf = (state) => {
  const [topics, words] = extents(state, state.named("exp_dirichlet_component_", "components_"));
  return { perRow: stepping(state.integer("max_doc_update_iter", 100), topics * (2 * words + POWER)) };
};

/** Sparse coding: the products of all atoms are kept, and each step takes some or all of them. */
export const costOfCoding =
  (...names: readonly string[]): CostOf =>
  (state) => {
    const [atoms] = extents(state, state.named(...names));
    if (state.raw("transform_algorithm") === "threshold") return {};
    const pairs = atoms * atoms;
    const steps = state.raw("transform_algorithm") === "lasso_cd" ? state.integer("transform_max_iter", 1000) : atoms;
    return { memory: 8 * pairs, perRow: stepping(steps, pairs) };
  };
