/** @module Linear models as older releases of scikit-learn pickle them. */

import { NdArray } from "@curtido/arrays";
import type { Dict } from "@curtido/pickle";
import type { LayoutChange, Layouts } from "./layout.ts";

/** Rows were normalized by estimators themselves up to 1.1; the parameter was on its way out from 1.0. */
const NORMALIZE: readonly LayoutChange[] = [
  { before: "1.2", change: (state) => void state.set("normalize", "deprecated") },
  { before: "1.0", change: (state) => void state.set("normalize", false) },
];

/** The penalty was a word until 1.8 made it follow from the other parameters. */
function namedPenalty(state: Dict<unknown>): undefined {
  const isNone = state.get("penalty") === null || numberOf(state.get("C")) === Number.POSITIVE_INFINITY;
  state.set("penalty", isNone ? null : "l2");
  state.set("l1_ratio", null);
  // One class against the rest, or all at once: only the newer way is learned here.
  state.set("multi_class", "deprecated");
}

function numberOf(value: unknown): number {
  return typeof value === "object" && value !== null && "value" in value ? Number(value.value) : Number(value);
}

/** `"auto"` was one class against the rest for this solver. */
function newtonClasses(state: Dict<unknown>): undefined {
  const classes = state.get("classes_");
  const several = classes instanceof NdArray && classes.size > 2;
  if (state.get("solver") === "newton-cholesky" && several) state.set("multi_class", "multinomial");
}

function autoClasses(state: Dict<unknown>): undefined {
  if (state.get("multi_class") === "deprecated") state.set("multi_class", "auto");
}

/** `None` was a word, and the solver came with 1.2; what was learned is the same with any solver. */
function wordPenalty(state: Dict<unknown>): undefined {
  if (state.get("penalty") === null) state.set("penalty", "none");
  if (state.get("solver") === "newton-cholesky") state.set("solver", "lbfgs");
}

/** `sklearn.linear_model`. */
export const LINEAR_MODEL_LAYOUTS: Layouts = {
  "sklearn.linear_model.LinearRegression": {
    changes: [
      { before: "1.7", change: (state) => void state.delete("tol") },
      ...NORMALIZE,
      { before: "0.24", change: (state) => void state.delete("positive") },
    ],
  },
  "sklearn.linear_model.Ridge": {
    changes: [...NORMALIZE, { before: "1.0", change: (state) => void state.delete("positive") }],
  },
  "sklearn.linear_model.ElasticNet": { changes: NORMALIZE },
  "sklearn.linear_model.Lasso": { changes: NORMALIZE },
  "sklearn.linear_model.LogisticRegression": {
    changes: [
      { before: "1.8", change: namedPenalty },
      { before: "1.6", change: newtonClasses },
      { before: "1.5", change: autoClasses },
      { before: "1.2", change: wordPenalty },
    ],
  },
};
