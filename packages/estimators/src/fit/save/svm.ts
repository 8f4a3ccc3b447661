/** @module Support vector machines as older releases of scikit-learn pickle them. */

import { NdArray } from "@curtido/arrays";
import type { Dict } from "@curtido/pickle";
import type { LayoutChange, Layouts } from "./layout.ts";

/** Probabilities were there to have until 1.9, which has them on their way out. */
function plainProbability(state: Dict<unknown>): undefined {
  if (state.get("probability") === "deprecated") state.set("probability", false);
  state.delete("_effective_probability");
}

/** Regressors had weights of classes too: none. */
function withClassWeights(state: Dict<unknown>): undefined {
  if (state.has("support_")) state.set("class_weight_", NdArray.of(new Float64Array(0)));
}

/** Iterations are counted since 1.1. */
function withoutIterations(state: Dict<unknown>): undefined {
  for (const name of ["_num_iter", "n_iter_"]) state.delete(name);
}

/** Scales of probabilities were no properties. */
function plainScales(state: Dict<unknown>): undefined {
  for (const [newer, older] of [
    ["_probA", "probA_"],
    ["_probB", "probB_"],
  ] as const) {
    if (!state.has(newer)) continue;
    state.set(older, state.get(newer));
    state.delete(newer);
  }
}

const SHARED: readonly LayoutChange[] = [
  { before: "1.9", change: plainProbability },
  { before: "1.1", change: withoutIterations },
  { before: "0.23", change: plainScales },
];

const REGRESSOR: readonly LayoutChange[] = [
  SHARED[0]!,
  { before: "1.2", change: withClassWeights },
  ...SHARED.slice(1),
];

/** `sklearn.svm`. */
export const SVM_LAYOUTS: Layouts = {
  "sklearn.svm.SVC": { changes: SHARED },
  "sklearn.svm.NuSVC": { changes: SHARED },
  "sklearn.svm.SVR": { changes: REGRESSOR },
  "sklearn.svm.NuSVR": { changes: REGRESSOR },
};
