/** @module Gradient boosting as older releases pickle it. */

import { Dict, Float, float, Global, Instance } from "@curtido/pickle";
import type { LayoutChange, Layouts } from "./layout.ts";
import { beforeOne, withPresort } from "./trees.ts";

/** A loss before 1.4, and the numbers that it kept. */
interface OlderLoss {
  readonly name: string;
  /** Whether a stage has a tree for each class. */
  readonly perClass?: true;
  readonly attributes?: (numbers: LossNumbers) => readonly (readonly [name: string, value: unknown])[];
}

interface LossNumbers {
  /** The parameter `alpha`. */
  readonly alpha: number | Float;
  /** What the newer loss was made with. */
  readonly made: unknown;
}

const quantile = ({ alpha }: LossNumbers) => float((alpha instanceof Float ? alpha.value : alpha) * 100);

/** Losses of 1.4 and later, as 1.3 and earlier had them. */
const OLDER_LOSSES: Readonly<Record<string, OlderLoss>> = {
  HalfSquaredError: { name: "LeastSquaresError" },
  AbsoluteError: { name: "LeastAbsoluteError" },
  HuberLoss: {
    name: "HuberLossFunction",
    attributes: ({ alpha, made }) => [
      ["alpha", alpha],
      ["gamma", made],
    ],
  },
  PinballLoss: {
    name: "QuantileLossFunction",
    attributes: (numbers) => [
      ["alpha", numbers.alpha],
      ["percentile", quantile(numbers)],
    ],
  },
  HalfBinomialLoss: { name: "BinomialDeviance" },
  HalfMultinomialLoss: { name: "MultinomialDeviance", perClass: true },
  ExponentialLoss: { name: "ExponentialLoss" },
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
  const older = OLDER_LOSSES[(loss.class as Global).name]!;
  const parts = loss.state as Dict<unknown>;
  const [number] = (parts.get("closs") as Instance).args;
  const numbers = { alpha: state.get("alpha") as Float | number, made: number };
  const made = new Instance(new Global("sklearn.ensemble._gb_losses", older.name), [], "newobj");
  made.states.push(
    new Dict<unknown>([
      ["K", older.perClass === true ? parts.get("n_classes") : 1],
      ...(older.attributes?.(numbers) ?? []),
    ]),
  );
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

/** Gradient boosting, and what it starts from. */
export const BOOSTING_LAYOUTS: Layouts = {
  "sklearn.ensemble.GradientBoostingClassifier": { changes: BOOSTING },
  "sklearn.ensemble.GradientBoostingRegressor": { changes: BOOSTING },
  "sklearn.dummy.DummyClassifier": { changes: DUMMY },
  "sklearn.dummy.DummyRegressor": { changes: DUMMY },
};
