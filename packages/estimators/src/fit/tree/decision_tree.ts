/** @module DecisionTreeClassifier, DecisionTreeRegressor, ExtraTreeClassifier and ExtraTreeRegressor. */

import { float64, NdArray } from "@curtido/arrays";
import { RandomState } from "@curtido/kernels";
import { float } from "@curtido/pickle";
import type { Rows } from "../../base/index.ts";
import { labelsOf, numericTarget, readTable, type Target } from "../data.ts";
import { seedOf } from "../random.ts";
import { type Attributes, type ClassSpec, type Fitted, type Given, Trainer } from "../trainer.ts";
import { columnsOf } from "./columns.ts";
import { grow } from "./grow.ts";
import { featureCount, growthRules, treeParameters } from "./parameters.ts";
import { treeInstance } from "./pickled.ts";
import { RANDOM_END } from "./splitter.ts";

/** A class of trees. */
export interface TreeSpec extends ClassSpec {
  readonly isClassifier: boolean;
}

function treeSpec(name: string, isClassifier: boolean, splitter: "best" | "random", features: unknown): TreeSpec {
  const parameters = treeParameters(isClassifier, splitter, features);
  return { module: "sklearn.tree._classes", name, parameters, isClassifier };
}

/** The classes of trees, which forests grow too. */
export const TREES = {
  DecisionTreeClassifier: treeSpec("DecisionTreeClassifier", true, "best", null),
  DecisionTreeRegressor: treeSpec("DecisionTreeRegressor", false, "best", null),
  ExtraTreeClassifier: treeSpec("ExtraTreeClassifier", true, "random", "sqrt"),
  ExtraTreeRegressor: treeSpec("ExtraTreeRegressor", false, "random", float(1)),
} as const;

class TreeTrainer extends Trainer<TreeSpec> {
  /**
   * Grows the tree.
   *
   * @param y - one label (classifiers) or number (regressors) for each row
   * @throws CurtidoError E_FEATURES when rows and targets are not what a tree learns from
   */
  fit(X: Rows, y?: Target): Fitted {
    const { spec, parameters } = this;
    const table = readTable(X);
    const columns = columnsOf(table);
    const { rows, width } = columns;
    const labels = spec.isClassifier ? labelsOf(y, rows, spec.name) : undefined;
    const classes = labels?.classes.size ?? 0;
    const target = labels === undefined ? numericTarget(y, rows, spec.name) : Float64Array.from(labels.encoded);
    const rules = growthRules(parameters, parameters.get("splitter"), rows, width, rows);
    const seed = new RandomState(seedOf(parameters)).below(RANDOM_END);
    const tree = grow(columns, { y: target, weights: undefined, total: rows }, classes, rules, seed);
    return this.finish([
      ...this.features(table),
      ["n_outputs_", 1],
      ...classAttributes(labels?.classes),
      ["max_features_", featureCount(parameters.get("maxFeatures"), width)],
      ["tree_", treeInstance(tree, width, Math.max(1, classes))],
    ]);
  }
}

/** `classes_` and `n_classes_` of a tree; none for regressors. */
export function classAttributes(classes: NdArray | undefined): Attributes {
  if (classes === undefined) return [];
  const count = NdArray.of(BigInt64Array.of(BigInt(classes.size)), []).asScalar();
  return [
    ["classes_", classes],
    ["n_classes_", count],
  ];
}

/** The classes of the trees in a forest: numbers, as floats. */
export function numberedClasses(count: number): NdArray {
  return NdArray.of(
    Float64Array.from({ length: count }, (_, at) => at),
    [count],
    float64,
  );
}

/**
 * A decision tree for labels; the same tree that scikit-learn 1.9.1 grows.
 *
 * @example
 * new DecisionTreeClassifier({ maxDepth: 3, randomState: 0 }).fit(X, y).predict(X);
 */
export class DecisionTreeClassifier extends TreeTrainer {
  constructor(given: Given = {}) {
    super(TREES.DecisionTreeClassifier, given);
  }
}

/** A decision tree for numbers; see {@link DecisionTreeClassifier}. */
export class DecisionTreeRegressor extends TreeTrainer {
  constructor(given: Given = {}) {
    super(TREES.DecisionTreeRegressor, given);
  }
}

/** A tree of random splits for labels; see {@link DecisionTreeClassifier}. */
export class ExtraTreeClassifier extends TreeTrainer {
  constructor(given: Given = {}) {
    super(TREES.ExtraTreeClassifier, given);
  }
}

/** A tree of random splits for numbers; see {@link DecisionTreeClassifier}. */
export class ExtraTreeRegressor extends TreeTrainer {
  constructor(given: Given = {}) {
    super(TREES.ExtraTreeRegressor, given);
  }
}
