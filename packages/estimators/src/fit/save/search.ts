/** @module The scorers of a grid search as older releases have them. */

import { Dict, Global, Instance, Tuple } from "@curtido/pickle";
import type { Layouts } from "./layout.ts";

const MODULE = "sklearn.metrics._scorer";

/** Up to 1.3 a class for each kind of answer that a score is made of. */
function olderScorer(state: Dict<unknown>): Instance {
  const response = state.get("_response_method");
  const name =
    response instanceof Tuple ? "_ThresholdScorer" : response === "predict" ? "_PredictScorer" : "_ProbaScorer";
  const made = new Instance(new Global(MODULE, name), [], "newobj");
  const score = state.get("_score_func") as Global;
  const root = score.name === "root_mean_squared_error";
  made.states.push(
    new Dict<unknown>([
      ["_score_func", root ? new Global(score.module, "mean_squared_error") : score],
      ["_sign", state.get("_sign")],
      ["_kwargs", root ? new Dict([["squared", false]]) : state.get("_kwargs")],
    ]),
  );
  return made;
}

/** Scorers. */
export const SEARCH_LAYOUTS: Layouts = {
  "sklearn.metrics._Scorer": { changes: [{ before: "1.4", change: olderScorer }] },
  "sklearn.metrics._PassthroughScorer": {
    // Up to 1.2 a function.
    changes: [{ before: "1.3", change: () => new Global(MODULE, "_passthrough_scorer") }],
  },
};
