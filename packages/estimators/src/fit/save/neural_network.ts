/** @module Multi-layer perceptrons as older releases of scikit-learn pickle them. */

import type { Dict, Instance } from "@curtido/pickle";
import { isOneOf, type LayoutChange, type Layouts } from "./layout.ts";

/** Optimizers held the weights that they change. */
function heldWeights(state: Dict<unknown>): undefined {
  const optimizer = state.get("_optimizer") as Instance | undefined;
  const held = [...list(state.get("coefs_")), ...list(state.get("intercepts_"))];
  (optimizer?.state as Dict<unknown> | undefined)?.set("params", held);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

const PERCEPTRON: readonly LayoutChange[] = [{ before: "1.0", change: heldWeights }];

/** `sklearn.neural_network`. */
export const NEURAL_NETWORK_LAYOUTS: Layouts = {
  "sklearn.neural_network.MLPClassifier": { changes: PERCEPTRON },
  "sklearn.neural_network.MLPRegressor": {
    changes: PERCEPTRON,
    needs: [{ since: "1.7", what: "loss: 'poisson'", has: isOneOf("loss", "poisson") }],
  },
};
