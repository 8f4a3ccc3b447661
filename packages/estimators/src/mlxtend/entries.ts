import { alike, type Entries, family } from "../base/entry.ts";
import { ColumnSelector, SameTable, TransactionEncoder } from "./columns.ts";
import { StackingClassifier, StackingRegressor } from "./stacking.ts";
import { EnsembleVoteClassifier } from "./vote.ts";

/** mlxtend. */
export const mlxtendEntries: Entries = family(
  alike("mlxtend.classifier", "EnsembleVoteClassifier", (state) => new EnsembleVoteClassifier(state)),
  alike("mlxtend.classifier", "StackingClassifier StackingCVClassifier", (state) => new StackingClassifier(state)),
  alike("mlxtend.regressor", "StackingRegressor StackingCVRegressor", (state) => new StackingRegressor(state)),
  alike("mlxtend.feature_selection", "ColumnSelector", (state) => new ColumnSelector(state)),
  alike(
    "mlxtend.feature_selection",
    "SequentialFeatureSelector",
    (state) => new ColumnSelector(state, "k_feature_idx_"),
  ),
  alike("mlxtend.feature_selection", "ExhaustiveFeatureSelector", (state) => new ColumnSelector(state, "best_idx_")),
  alike("mlxtend.preprocessing", "DenseTransformer", (state) => new SameTable(state, true)),
  alike("mlxtend.preprocessing", "CopyTransformer", (state) => new SameTable(state, false)),
  alike("mlxtend.preprocessing", "TransactionEncoder", (state) => new TransactionEncoder(state)),
);
