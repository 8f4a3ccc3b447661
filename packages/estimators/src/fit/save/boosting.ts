/** @module Gradient boosting as older releases pickle it. */

import { Dict, Float, float, Global, Instance } from "@curtido/pickle";
import type { LayoutChange, LayoutChanges } from "./changes.ts";
import { beforeOne, withPresort } from "./trees.ts";

/** Losses of 1.4 and later, as 1.3 and earlier called them. */
const OLDER_LOSSES: Readonly<Record<string, string>> = {
  HalfSquaredError: "LeastSquaresError",
  AbsoluteError: "LeastAbsoluteError",
  HuberLoss: "HuberLossFunction",
  PinballLoss: "QuantileLossFunction",
  HalfBinomialLoss: "BinomialDeviance",
  HalfMultinomialLoss: "MultinomialDeviance",
  ExponentialLoss: "ExponentialLoss",
};

/** Parameters before 1.0. */
const OLDEST_NAMES: Readonly<Record<string, string>> = { squared_error: "ls", absolute_error: "lad" };

/** What 1.9 no longer looks at. */
function withCriterion(state: Dict<unknown>): undefined {
  if (state.get("criterion") === "deprecated") state.set("criterion", "friedman_mse");
  return undefined;
}

/** What the loss was before 1.4: how many trees a stage has, and the numbers that it was made with. */
function olderLoss(loss: Instance, state: Dict<unknown>): Instance {
  const newer = loss.className.split(".").at(-1)!;
  const parts = loss.state as Dict<unknown>;
  const [number] = (parts.get("closs") as Instance).args;
  const alpha = state.get("alpha") as Float | number;
  const attributes = new Dict<unknown>([
    ["K", newer === "HalfMultinomialLoss" ? parts.get("n_classes") : 1],
    ...(newer === "HuberLoss" || newer === "PinballLoss" ? ([["alpha", alpha]] as const) : []),
    ...(newer === "HuberLoss" ? ([["gamma", number]] as const) : []),
    ...(newer === "PinballLoss"
      ? ([["percentile", float(Number(alpha instanceof Float ? alpha.value : alpha) * 100)]] as const)
      : []),
  ]);
  const made = new Instance(new Global("sklearn.ensemble._gb_losses", OLDER_LOSSES[newer]!), [], "newobj");
  made.states.push(attributes);
  return made;
}

function withOlderLoss(state: Dict<unknown>): undefined {
  const loss = state.get("_loss");
  if (!(loss instanceof Instance)) return undefined;
  state.set("_loss", olderLoss(loss, state));
  state.delete("n_trees_per_iteration_");
  if (state.has("n_classes_")) state.set("_n_classes", state.get("n_classes_"));
  return undefined;
}

/** Scores of the rows that were left out came with 1.3. */
function withoutScores(state: Dict<unknown>): undefined {
  for (const name of ["oob_scores_", "oob_score_"]) state.delete(name);
  return undefined;
}

/** Names of the loss. */
function withDeviance(state: Dict<unknown>): undefined {
  if (state.get("loss") === "log_loss") state.set("loss", "deviance");
  if (!state.has("_loss")) return undefined;
  state.set("loss_", state.get("_loss"));
  state.delete("_loss");
  return undefined;
}

function withOldestLoss(state: Dict<unknown>): undefined {
  const loss = state.get("loss") as string;
  state.set("loss", OLDEST_NAMES[loss] ?? loss);
  return beforeOne(state);
}

/** Regressors said that they have one class. */
function withOneClass(state: Dict<unknown>): undefined {
  state.delete("_n_classes");
  if (state.has("estimators_") && !state.has("n_classes_")) state.set("n_classes_", 1);
  return withPresort(state);
}

/** They were not told how many features there are. */
function withoutFeatures(state: Dict<unknown>): undefined {
  state.delete("n_features_in_");
  return undefined;
}

const BOOSTING: readonly LayoutChange[] = [
  { before: "1.9", change: withCriterion },
  { before: "1.4", change: withOlderLoss },
  { before: "1.3", change: withoutScores },
  { before: "1.1", change: withDeviance },
  { before: "1.0", change: withOldestLoss },
  { before: "0.24", change: withOneClass },
];
const DUMMY: readonly LayoutChange[] = [{ before: "1.5", change: withoutFeatures }];

export const BOOSTING_CHANGES: LayoutChanges = {
  "sklearn.ensemble._gb.GradientBoostingClassifier": BOOSTING,
  "sklearn.ensemble._gb.GradientBoostingRegressor": BOOSTING,
  "sklearn.dummy.DummyClassifier": DUMMY,
  "sklearn.dummy.DummyRegressor": DUMMY,
};
