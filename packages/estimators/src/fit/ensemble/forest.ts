/** @module RandomForestClassifier, RandomForestRegressor, ExtraTreesClassifier and ExtraTreesRegressor. */

import { RandomState } from "@curtido/kernels";
import { Float, type Instance, Tuple } from "@curtido/pickle";
import { featureError, type Rows } from "../../base/index.ts";
import { labelsOf, numericTarget, readTable, type Target } from "../data.ts";
import { pythonName, settle } from "../parameters.ts";
import { seedOf } from "../random.ts";
import { type Attributes, type ClassSpec, type Fitted, type Given, instanceOf, Trainer } from "../trainer.ts";
import { columnsOf } from "../tree/columns.ts";
import { classAttributes, numberedClasses, TREES, type TreeSpec } from "../tree/decision_tree.ts";
import { type GrowthRules, grow } from "../tree/grow.ts";
import { featureCount, forestParameters, growthRules } from "../tree/parameters.ts";
import type { Columns } from "../tree/partition.ts";
import { treeInstance } from "../tree/pickled.ts";
import { RANDOM_END } from "../tree/splitter.ts";

/** A class of forests. */
interface ForestSpec extends ClassSpec {
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
  const parameters = forestParameters(tree.isClassifier, bootstrap);
  return { module: "sklearn.ensemble._forest", name, parameters, tree };
}

const FORESTS = {
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
   * @throws CurtidoError E_FEATURES when rows and targets are not what a forest learns from
   */
  fit(X: Rows, y?: Target): Fitted {
    const { spec } = this;
    const table = readTable(X);
    const columns = columnsOf(table);
    const { rows } = columns;
    const labels = spec.tree.isClassifier ? labelsOf(y, rows, spec.name) : undefined;
    const target = labels === undefined ? numericTarget(y, rows, spec.name) : Float64Array.from(labels.encoded);
    const drawn = this.drawnRows(rows);
    const blank = instanceOf(spec.tree, settle(spec.tree.name, spec.tree.parameters, {}), []);
    const classes = labels?.classes.size ?? 0;
    return this.finish([
      ["estimator", blank],
      ["estimator_params", new Tuple(HANDED_DOWN.map(pythonName))],
      ...this.features(table),
      ["_n_samples", rows],
      ["n_outputs_", 1],
      ...(labels === undefined
        ? []
        : ([
            ["classes_", labels.classes],
            ["n_classes_", classes],
          ] as const)),
      ["_sample_weight", null],
      ["_n_samples_bootstrap", drawn ?? null],
      ["estimator_", blank],
      ["estimators_", this.trees(columns, target, classes, drawn)],
    ]);
  }

  /** How many rows a tree learns from; `undefined` for all of them as they are. */
  private drawnRows(rows: number): number | undefined {
    const most = this.parameters.get("maxSamples");
    if (this.parameters.get("bootstrap") !== true) {
      if (most !== null) this.unsupported("maxSamples", "is only for forests that draw rows: { bootstrap: true }");
      return undefined;
    }
    if (most === null) return rows;
    return most instanceof Float ? Math.max(Math.trunc(most.value * rows), 1) : (most as number);
  }

  private trees(columns: Columns, y: Float64Array, classes: number, drawn: number | undefined): Instance[] {
    const { parameters, spec } = this;
    const random = new RandomState(seedOf(parameters));
    const seeds = Array.from({ length: parameters.get("nEstimators") as number }, () => random.below(SEED_END));
    const splitter = spec.tree.parameters["splitter"]!.fallback;
    const rules = growthRules(parameters, splitter, columns.rows, columns.width, drawn ?? columns.rows);
    return seeds.map((seed) => this.tree(columns, y, classes, drawn, rules, seed));
  }

  private tree(
    columns: Columns,
    y: Float64Array,
    classes: number,
    drawn: number | undefined,
    rules: GrowthRules,
    seed: number,
  ): Instance {
    const { parameters, spec } = this;
    const { rows, width } = columns;
    const weights = drawn === undefined ? undefined : countsOf(seed, rows, drawn);
    const total = drawn ?? rows;
    const draws = new RandomState(seed).below(RANDOM_END);
    const tree = grow(columns, { y, weights, total }, classes, rules, draws);
    const handed = HANDED_DOWN.map((name) => [name, parameters.get(name)] as const);
    const own = new Map([...settle(spec.tree.name, spec.tree.parameters, {}), ...handed, ["randomState", seed]]);
    const attributes: Attributes = [
      ["n_features_in_", width],
      ["n_outputs_", 1],
      ...classAttributes(classes === 0 ? undefined : numberedClasses(classes)),
      ["max_features_", featureCount(parameters.get("maxFeatures"), width)],
      ["tree_", treeInstance(tree, width, Math.max(1, classes))],
    ];
    return instanceOf(spec.tree, own, attributes);
  }
}

/** How often a tree drew each row. */
function countsOf(seed: number, rows: number, drawn: number): Float64Array {
  const counts = new Float64Array(rows);
  for (const row of new RandomState(seed).integers(rows, drawn)) counts[row]!++;
  if (counts.every((count) => count === 0)) throw featureError([{ detail: "no row was drawn" }]);
  return counts;
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
