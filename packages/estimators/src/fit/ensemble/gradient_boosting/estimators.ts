/** @module GradientBoostingClassifier and GradientBoostingRegressor (`sklearn.ensemble._gb` of 1.9.1). */

import { NdArray } from "@curtido/arrays";
import { type FeatureColumns, RandomState, type TreeRules } from "@curtido/kernels";
import { float, type Instance } from "@curtido/pickle";
import { featureError } from "../../../base/errors.ts";
import type { Rows } from "../../../base/input.ts";
import type { Target } from "../../base/data.ts";
import {
  anything,
  int,
  none,
  type ParameterTable,
  parameter,
  randomState,
  real,
  settle,
  settledNumber,
  word,
} from "../../base/parameters.ts";
import { seedOf } from "../../base/random.ts";
import { type Attributes, type Fitted, type Given, instanceOf, Trainer, type TrainerSpec } from "../../base/trainer.ts";
import type { FitOptions } from "../../base/weights.ts";
import { trainTestSplit } from "../../model_selection/split.ts";
import { TREES, treeAttributes } from "../../tree/decision_tree.ts";
import { type Ground, groundOf, growerOf, withinMemory } from "../../tree/ground.ts";
import {
  ccpAlpha,
  featureCount,
  growthRules,
  MAX_FEATURES,
  maxLeafNodes,
  minImpurityDecrease,
  SIZES,
} from "../../tree/parameters.ts";
import { type BoostingLoss, boostingLoss } from "./losses.ts";
import { boostingLossInstance, randomStateInstance } from "./pickled.ts";
import { StageGrower, type StageRules, type Stages } from "./stages.ts";
import { type Start, type StartSample, startOf } from "./start.ts";

/** A class of gradient boosting. */

const LOSSES = {
  classifier: ["log_loss", "exponential"],
  regressor: ["squared_error", "absolute_error", "huber", "quantile"],
} as const;
/** The quantile that classifiers have too, and do not look at. */
const UNUSED_ALPHA = 0.9;

function boostingParameters(isClassifier: boolean): ParameterTable {
  const losses = isClassifier ? LOSSES.classifier : LOSSES.regressor;
  return {
    loss: parameter(losses[0], word(...losses)),
    learningRate: parameter(float(0.1), real(0)),
    nEstimators: parameter(100, int(1, 1_000_000)),
    subsample: parameter(float(1), real(0, 1, true)),
    // It has no effect any more: trees are grown by the squared error.
    criterion: parameter("deprecated", word("deprecated", "squared_error", "friedman_mse")),
    ...SIZES,
    maxDepth: parameter(3, none, int(1)),
    minImpurityDecrease,
    init: parameter(null, none, word("zero"), anything),
    randomState,
    maxFeatures: parameter(null, ...MAX_FEATURES),
    ...(isClassifier ? {} : { alpha: parameter(float(UNUSED_ALPHA), real(0, 1 - Number.EPSILON, true)) }),
    verbose: parameter(0, int(0)),
    maxLeafNodes,
    warmStart: parameter(false, word()),
    validationFraction: parameter(float(0.1), real(0, 1 - Number.EPSILON, true)),
    nIterNoChange: parameter(null, none, int(1)),
    tol: parameter(float(1e-4), real(0)),
    ccpAlpha,
  };
}

function boostingSpec(name: string, task: "classification" | "regression"): TrainerSpec {
  const isClassifier = task === "classification";
  const parameters = boostingParameters(isClassifier);
  const spec = { module: "sklearn.ensemble._gb", name, task, parameters };
  return isClassifier ? { ...spec, older: () => ({ alpha: float(UNUSED_ALPHA) }) } : spec;
}

/** The classes of boosted trees. */
export const BOOSTED = {
  GradientBoostingClassifier: boostingSpec("GradientBoostingClassifier", "classification"),
  GradientBoostingRegressor: boostingSpec("GradientBoostingRegressor", "regression"),
} as const;

/** Parameters that its trees have. */
const HANDED_DOWN = [
  "maxDepth",
  "minSamplesSplit",
  "minSamplesLeaf",
  "minWeightFractionLeaf",
  "maxFeatures",
  "maxLeafNodes",
  "minImpurityDecrease",
  "ccpAlpha",
] as const;

class BoostingTrainer extends Trainer<TrainerSpec> {
  /**
   * Grows the stages.
   *
   * @param y - one label (classifiers) or number (regressors) for each row
   * @throws CurtidoError E_FEATURES when rows and targets are not what it learns from; E_LIMIT when memory runs out
   */
  fit(X: Rows, y?: Target, options?: FitOptions): Fitted {
    const { spec, parameters } = this;
    const ground = groundOf(spec, spec.name, X, y, options, false);
    if (spec.task === "classification") checkLabels(ground);
    const alpha = spec.task === "classification" ? UNUSED_ALPHA : settledNumber(parameters, "alpha");
    const name = parameters.get("loss") as string;
    if (name === "exponential" && ground.classes !== 2)
      this.unsupported("loss", `'exponential' is for two classes; there are ${ground.classes}`);
    const loss = boostingLoss(name, alpha, ground.classes);
    const parts = this.parts(ground);
    const start = startOf(parts.train, {
      init: this.init(),
      loss,
      isClassifier: spec.task === "classification",
      classes: ground.classes,
      quantile: name === "quantile" ? alpha : name === "squared_error" ? undefined : 0.5,
      weighted: ground.weights !== undefined,
    });
    const random = new RandomState(seedOf(parameters));
    const stages = withinMemory(() => this.boost(parts, start, loss, random));
    return this.finish([
      ...this.features(ground.table),
      ...classAttributes(ground, loss),
      ["max_features_", featureCount(parameters.get("maxFeatures"), ground.columns.width)],
      ["_loss", boostingLossInstance(loss, alpha)],
      ["init_", start.init],
      ...this.learned(stages, loss, random, ground.columns.width),
    ]);
  }

  private init(): unknown {
    const init = this.parameters.get("init");
    if (init === null || init === "zero" || init instanceof Trainer) return init;
    return this.unsupported("init", "is null, 'zero' or an estimator that can be fitted");
  }

  /** Rows to learn from, and rows that say when to stop. */
  private parts(ground: Ground): { readonly train: StartSample; readonly held: StartSample | undefined } {
    const { parameters, spec } = this;
    const { rows } = ground.columns;
    if (parameters.get("nIterNoChange") === null) {
      return {
        train: sampleAt(
          ground,
          Int32Array.from({ length: rows }, (_, row) => row),
        ),
        held: undefined,
      };
    }
    const { train, test } = trainTestSplit(rows, {
      testSize: settledNumber(parameters, "validationFraction"),
      randomState: parameters.get("randomState") as number | null,
      ...(spec.task === "classification" ? { stratify: Float64Array.from(ground.y) } : {}),
    });
    const parts = { train: sampleAt(ground, train), held: sampleAt(ground, test) };
    if (spec.task === "classification" && new Set(parts.train.y).size !== ground.classes)
      throw featureError([{ detail: "the rows that are left to learn from lack a class; another seed may help" }]);
    return parts;
  }

  private boost(
    { train, held }: { readonly train: StartSample; readonly held: StartSample | undefined },
    start: Start,
    loss: BoostingLoss,
    random: RandomState,
  ): Stages {
    const columns = columnsOf(train.X);
    const grower = growerOf(columns, this.rules(columns));
    const heldRows = held === undefined ? undefined : { ...held, columns: columnsOf(held.X), raw: start.raw(held.X) };
    return new StageGrower(this.stageRules(loss), { ...train, columns, raw: start.raw(train.X) }, grower, random).boost(
      heldRows,
    );
  }

  private rules({ rows, width }: FeatureColumns): TreeRules {
    const own = new Map([...this.parameters, ["criterion", "squared_error"]] as const);
    return growthRules(own, "best", { rows, width, classes: 0, exact: false });
  }

  private stageRules(loss: BoostingLoss): StageRules {
    const { parameters } = this;
    return {
      loss,
      most: parameters.get("nEstimators") as number,
      rate: settledNumber(parameters, "learningRate"),
      subsample: settledNumber(parameters, "subsample"),
      leastShare: settledNumber(parameters, "minWeightFractionLeaf"),
      alpha: settledNumber(parameters, "ccpAlpha"),
      patience: (parameters.get("nIterNoChange") as number | null) ?? undefined,
      tolerance: settledNumber(parameters, "tol"),
    };
  }

  /** Trees and scores. */
  private learned(
    { trees, count, scores, outOfBag }: Stages,
    loss: BoostingLoss,
    random: RandomState,
    width: number,
  ): Attributes {
    const generator = randomStateInstance(random);
    const spec = TREES.DecisionTreeRegressor;
    const handed = HANDED_DOWN.map((name) => [name, this.parameters.get(name)] as const);
    const own = new Map([...settle(spec.name, spec.parameters, {}), ...handed, ["randomState", generator]] as const);
    const grown = trees.map((tree): Instance => {
      const attributes = treeAttributes(own, width, undefined, tree);
      return instanceOf(spec, own, [["n_features_in_", width], ...attributes]);
    });
    const last = outOfBag?.scores.at(-1);
    return [
      ["estimators_", NdArray.objects(grown, [count, loss.outputs])],
      ["train_score_", NdArray.of(scores)],
      ...(outOfBag === undefined
        ? []
        : ([
            ["oob_improvement_", NdArray.of(outOfBag.gains)],
            ["oob_scores_", NdArray.of(outOfBag.scores)],
            ["oob_score_", NdArray.of(Float64Array.of(last!), []).asScalar()],
          ] as const)),
      ["_rng", generator],
      ["n_estimators_", count],
    ];
  }
}

/** Two classes at least, and two that have a weight. */
function checkLabels({ labels, y, weights, classes }: Ground): void {
  const there = new Set(weights === undefined ? y : Array.from(y).filter((_, row) => weights[row] !== 0)).size;
  if (there >= 2) return;
  const detail = `there are rows of ${there} class${there === 1 ? "" : "es"} only: ${String(labels?.classes.flat()[0])}`;
  throw featureError([{ detail: classes === 1 ? detail : `${detail} without those whose weight is 0` }]);
}

function classAttributes({ labels, classes }: Ground, loss: BoostingLoss): Attributes {
  if (labels === undefined) return [["n_trees_per_iteration_", 1]];
  return [
    ["classes_", labels.classes],
    ["n_trees_per_iteration_", loss.outputs],
    ["n_classes_", classes],
  ];
}

/** Some rows, in float32. */
function sampleAt({ columns, y, weights }: Ground, rows: Int32Array): StartSample {
  const { width, data } = columns;
  const X = new Float32Array(rows.length * width);
  rows.forEach((row, at) => {
    for (let feature = 0; feature < width; feature++) X[at * width + feature] = data[feature * columns.rows + row]!;
  });
  return {
    X: NdArray.of(X, [rows.length, width]),
    y: Float64Array.from(rows, (row) => y[row]!),
    weights: Float64Array.from(rows, (row) => (weights === undefined ? 1 : weights[row]!)),
  };
}

function columnsOf(X: NdArray): FeatureColumns {
  const [rows, width] = X.shape as readonly [number, number];
  const from = X.data as Float32Array;
  const data = new Float32Array(from.length);
  for (let row = 0; row < rows; row++)
    for (let feature = 0; feature < width; feature++) data[feature * rows + row] = from[row * width + feature]!;
  return { data, rows, width, missing: undefined };
}

/**
 * Boosted trees for labels; the same trees that scikit-learn 1.9.1 grows.
 *
 * @example
 * new GradientBoostingClassifier({ nEstimators: 50, randomState: 0 }).fit(X, y).predictProba(X);
 */
export class GradientBoostingClassifier extends BoostingTrainer {
  constructor(given: Given = {}) {
    super(BOOSTED.GradientBoostingClassifier, given);
  }
}

/** Boosted trees for numbers; see {@link GradientBoostingClassifier}. */
export class GradientBoostingRegressor extends BoostingTrainer {
  constructor(given: Given = {}) {
    super(BOOSTED.GradientBoostingRegressor, given);
  }
}
