/** @module DecisionTreeClassifier, DecisionTreeRegressor, ExtraTreeClassifier and ExtraTreeRegressor. */

import { float64, NdArray } from "@curtido/arrays";
import { type GrownTree, RandomState } from "@curtido/kernels";
import { float } from "@curtido/pickle";
import type { Rows } from "../../base/input.ts";
import type { Labels, Target } from "../base/data.ts";
import { settledNumber } from "../base/parameters.ts";
import { seedOf } from "../base/random.ts";
import { type Attributes, type Fitted, type Given, Trainer } from "../base/trainer.ts";
import { type FitOptions, labelWeights } from "../base/weights.ts";
import { checkTargets, groundOf, groundsOf, growerOf, type TreeSpec, weightOf, withinMemory } from "./ground.ts";
import { featureCount, growthRules, sharedWith, treeParameters } from "./parameters.ts";
import { decisionTreeInstance } from "./pickled.ts";
import { pruned } from "./prune.ts";

/** The end of the seeds of the generator that draws features. */
export const DRAWS_END = 2147483647;

function treeSpec(
  name: string,
  task: "classification" | "regression",
  splitter: TreeSpec["splitter"],
  features: unknown,
): TreeSpec {
  const parameters = treeParameters(task === "classification", splitter, features);
  const shared = sharedWith(task === "classification");
  return { module: "sklearn.tree._classes", name, task, parameters, splitter, ...shared };
}

/** The classes of trees, which forests grow too. */
export const TREES = {
  DecisionTreeClassifier: treeSpec("DecisionTreeClassifier", "classification", "best", null),
  DecisionTreeRegressor: treeSpec("DecisionTreeRegressor", "regression", "best", null),
  ExtraTreeClassifier: treeSpec("ExtraTreeClassifier", "classification", "random", "sqrt"),
  ExtraTreeRegressor: treeSpec("ExtraTreeRegressor", "regression", "random", float(1)),
} as const;

class TreeTrainer extends Trainer<TreeSpec> {
  /**
   * Grows the tree.
   *
   * @param y - one label (classifiers) or number (regressors) for each row
   * @throws CurtidoError E_FEATURES when rows and targets are not what a tree learns from; E_LIMIT when memory runs out
   */
  fit(X: Rows, y?: Target, options?: FitOptions): Fitted {
    const { spec, parameters } = this;
    const missing = spec.splitter === "best" || parameters.get("splitter") === "random";
    const ground = groundOf(spec, spec.name, X, y, options, missing);
    checkTargets(parameters, ground);
    const { columns, labels } = ground;
    const weights = rowWeights(parameters.get("classWeight"), labels, ground.weights);
    const total = weightOf(weights, columns.rows);
    const rules = growthRules(parameters, parameters.get("splitter"), groundsOf(ground, weights, total));
    const seed = new RandomState(seedOf(parameters)).below(DRAWS_END);
    const least = settledNumber(parameters, "minWeightFractionLeaf") * total;
    const grown = withinMemory(() => {
      const grower = growerOf(columns, rules);
      grower.setTargets(ground.y);
      grower.setWeights(weights);
      return pruned(grower.grow(seed, least), settledNumber(parameters, "ccpAlpha"));
    });
    return this.finish([
      ...this.features(ground.table),
      ...treeAttributes(parameters, columns.width, labels?.classes, grown),
    ]);
  }
}

/** Weights of rows times those of their classes; what balances classes looks at rows alone. */
function rowWeights(
  setting: unknown,
  labels: Labels | undefined,
  weights: Float64Array | undefined,
): Float64Array | undefined {
  const byClass = labels === undefined ? undefined : labelWeights(setting, labels, undefined);
  if (byClass === undefined || weights === undefined) return byClass ?? weights;
  return weights.map((weight, row) => weight * byClass[row]!);
}

/** What a tree has learned, after its features. */
export function treeAttributes(
  parameters: ReadonlyMap<string, unknown>,
  width: number,
  classes: NdArray | undefined,
  tree: GrownTree,
): Attributes {
  return [
    ["n_outputs_", 1],
    ...classAttributes(classes),
    ["max_features_", featureCount(parameters.get("maxFeatures"), width)],
    ["tree_", decisionTreeInstance(tree, width)],
  ];
}

/** `classes_` and `n_classes_` of a tree; none for regressors. */
function classAttributes(classes: NdArray | undefined): Attributes {
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
