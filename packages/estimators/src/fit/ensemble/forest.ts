/** @module RandomForestClassifier, RandomForestRegressor, ExtraTreesClassifier and ExtraTreesRegressor. */

import { NdArray } from "@curtido/arrays";
import { type GrownTree, RandomState } from "@curtido/kernels";
import { float, type Instance, Tuple } from "@curtido/pickle";
import type { Rows } from "../../base/input.ts";
import type { Target } from "../base/data.ts";
import { pythonName, settle, settledNumber } from "../base/parameters.ts";
import { seedOf } from "../base/random.ts";
import { type Attributes, type Fitted, type Given, instanceOf, Trainer, type TrainerSpec } from "../base/trainer.ts";
import type { FitOptions } from "../base/weights.ts";
import { DRAWS_END, numberedClasses, TREES, treeAttributes } from "../tree/decision_tree.ts";
import {
  checkTargets,
  type Ground,
  groundOf,
  groundsOf,
  growerOf,
  type TreeSpec,
  weightOf,
  withinMemory,
} from "../tree/ground.ts";
import { forestParameters, growthRules, sharedWith } from "../tree/parameters.ts";
import { pruned } from "../tree/prune.ts";
import { ForestRows } from "./forest_rows.ts";
import { OutOfBag } from "./out_of_bag.ts";

/** A class of forests. */
export interface ForestSpec extends TrainerSpec {
  readonly tree: TreeSpec;
}

/** The seeds of trees are below this: `numpy.iinfo(numpy.int32).max`. */
const SEED_END = 2147483647;

/** What a forest hands to its trees, in the order in which scikit-learn lists it. */
const HANDED_DOWN = [
  "criterion",
  "maxDepth",
  "minSamplesSplit",
  "minSamplesLeaf",
  "minWeightFractionLeaf",
  "maxFeatures",
  "maxLeafNodes",
  "minImpurityDecrease",
  "randomState",
  "ccpAlpha",
  "monotonicCst",
] as const;

function forestSpec(name: string, tree: TreeSpec, bootstrap: boolean): ForestSpec {
  const { task } = tree;
  const parameters = forestParameters(task === "classification", bootstrap);
  const shared = sharedWith(task === "classification");
  return { module: "sklearn.ensemble._forest", name, task, parameters, tree, ...shared };
}

/** The classes of forests. */
export const FORESTS = {
  RandomForestClassifier: forestSpec("RandomForestClassifier", TREES.DecisionTreeClassifier, true),
  RandomForestRegressor: forestSpec("RandomForestRegressor", TREES.DecisionTreeRegressor, true),
  ExtraTreesClassifier: forestSpec("ExtraTreesClassifier", TREES.ExtraTreeClassifier, false),
  ExtraTreesRegressor: forestSpec("ExtraTreesRegressor", TREES.ExtraTreeRegressor, false),
} as const;

class ForestTrainer extends Trainer<ForestSpec> {
  /**
   * Grows the trees.
   *
   * @param y - one label (classifiers) or number (regressors) for each row
   * @throws CurtidoError E_FEATURES when rows and targets are not what a forest learns from; E_LIMIT when memory runs out
   */
  fit(X: Rows, y?: Target, options?: FitOptions): Fitted {
    const { spec, parameters } = this;
    const ground = groundOf(spec.tree, spec.name, X, y, options);
    checkTargets(parameters, ground);
    const drawing = new ForestRows(parameters, spec.name, ground);
    const outOfBag = parameters.get("oobScore") === true ? new OutOfBag(ground) : undefined;
    const blank = instanceOf(spec.tree, settle(spec.tree.name, spec.tree.parameters, {}), []);
    const trees = withinMemory(() => this.trees(ground, drawing, outOfBag));
    const { weights } = drawing;
    return this.finish([
      ["estimator", blank],
      ["estimator_params", new Tuple(HANDED_DOWN.map(pythonName))],
      ...this.features(ground.table),
      ["_n_samples", ground.columns.rows],
      ["n_outputs_", 1],
      ...(ground.labels === undefined
        ? []
        : ([
            ["classes_", ground.labels.classes],
            ["n_classes_", ground.classes],
          ] as const)),
      ["_sample_weight", weights === undefined ? null : NdArray.of(weights)],
      ["_n_samples_bootstrap", drawing.drawn ?? null],
      ["estimator_", blank],
      ["estimators_", trees],
      ...(outOfBag?.attributes() ?? []).map(([name, value]) => [name, asFloat(value)] as const),
    ]);
  }

  private trees(ground: Ground, drawing: ForestRows, outOfBag: OutOfBag | undefined): Instance[] {
    const { parameters, spec } = this;
    const random = new RandomState(seedOf(parameters));
    const seeds = Array.from({ length: parameters.get("nEstimators") as number }, () => random.below(SEED_END));
    const splitter = spec.tree.parameters["splitter"]!.fallback;
    const { rows } = ground.columns;
    const grounds = groundsOf(ground, undefined, drawing.drawn ?? rows);
    const exact = grounds.exact && drawing.areWhole;
    const grower = growerOf(ground.columns, growthRules(parameters, splitter, { ...grounds, exact }));
    grower.setTargets(ground.y);
    const alpha = settledNumber(parameters, "ccpAlpha");
    return seeds.map((seed) => {
      const weights = drawing.of(seed);
      const least = settledNumber(parameters, "minWeightFractionLeaf") * weightOf(weights, rows);
      grower.setWeights(weights);
      const grown = pruned(grower.grow(new RandomState(seed).below(DRAWS_END), least), alpha);
      outOfBag?.add(grown, drawing.counts(seed));
      return this.tree(ground, grown, seed);
    });
  }

  private tree({ columns, classes }: Ground, grown: GrownTree, seed: number): Instance {
    const { parameters, spec } = this;
    const handed = HANDED_DOWN.map((name) => [name, parameters.get(name)] as const);
    const own = new Map([...settle(spec.tree.name, spec.tree.parameters, {}), ...handed, ["randomState", seed]]);
    const attributes: Attributes = [
      ["n_features_in_", columns.width],
      ...treeAttributes(parameters, columns.width, classes === 0 ? undefined : numberedClasses(classes), grown),
    ];
    return instanceOf(spec.tree, own, attributes);
  }
}

/** A score is a float in Python even where it is whole. */
function asFloat(value: unknown): unknown {
  return typeof value === "number" ? float(value) : value;
}

/**
 * A forest of trees for labels, each from rows drawn with replacement; the same forest that scikit-learn 1.9.1 grows.
 *
 * @example
 * new RandomForestClassifier({ nEstimators: 100, randomState: 0 }).fit(X, y).predict(X);
 */
export class RandomForestClassifier extends ForestTrainer {
  constructor(given: Given = {}) {
    super(FORESTS.RandomForestClassifier, given);
  }
}

/** A forest of trees for numbers; see {@link RandomForestClassifier}. */
export class RandomForestRegressor extends ForestTrainer {
  constructor(given: Given = {}) {
    super(FORESTS.RandomForestRegressor, given);
  }
}

/** A forest of trees with random splits for labels; see {@link RandomForestClassifier}. */
export class ExtraTreesClassifier extends ForestTrainer {
  constructor(given: Given = {}) {
    super(FORESTS.ExtraTreesClassifier, given);
  }
}

/** A forest of trees with random splits for numbers; see {@link RandomForestClassifier}. */
export class ExtraTreesRegressor extends ForestTrainer {
  constructor(given: Given = {}) {
    super(FORESTS.ExtraTreesRegressor, given);
  }
}
