/** @module HistGradientBoostingClassifier and HistGradientBoostingRegressor. */

import { float64, NdArray } from "@curtido/arrays";
import { Pcg64, RandomState } from "@curtido/kernels";
import { featureError } from "../../../base/errors.ts";
import { type Rows, shapeOf } from "../../../base/input.ts";
import { labelsOf, namesOf, numericTarget, type Target, tableOfRows } from "../../base/data.ts";
import { settledNumber } from "../../base/parameters.ts";
import { seedOf } from "../../base/random.ts";
import { type Attributes, type Fitted, featureAttributes, type Given, Trainer } from "../../base/trainer.ts";
import { type FitOptions, labelWeights, sampleWeights } from "../../base/weights.ts";
import { type BinMapper, findBins } from "./binning.ts";
import { type Boosted, type BoostedPart, boost } from "./boost.ts";
import { categoriesByType, type RowEncoder, rowEncoder } from "./categories.ts";
import { categoricalMask, interactionGroups, monotonicDirections } from "./constraints.ts";
import type { HistLoss } from "./loss.ts";
import { histLoss } from "./losses.ts";
import { HIST_CLASSIFIER, HIST_REGRESSOR } from "./parameters.ts";
import { generatorInstance, histLossInstance, labelEncoder, mapperInstance } from "./parts.ts";
import { EarlyStopping } from "./stopping.ts";
import { trainParts, type ValidationOptions } from "./validation.ts";

/** Seeds are drawn below this: `numpy.iinfo(numpy.uint32).max`. */
const SEED_END = 2 ** 32 - 1;
/** A child with a smaller sum of hessians is not split off. */
const LEAST_HESSIAN = 1e-3;
/** With more rows `earlyStopping: "auto"` stops early. */
const MANY_ROWS = 10_000;

/** What `fit` takes beside rows and targets: weights, and rows to validate with instead of some of those to learn from. */
export type HistFitOptions = FitOptions & ValidationOptions;

/** Targets as numbers, and their labels where they are labels. */
interface Targets {
  readonly y: Float64Array;
  readonly labels: ReturnType<typeof labelsOf> | undefined;
}

abstract class HistTrainer extends Trainer {
  /**
   * Grows the trees.
   *
   * @throws CurtidoError E_FEATURES when rows and targets are not what boosting learns from, E_UNSUPPORTED for parameters
   *   that do not go with the rows, E_LIMIT where there is not enough memory
   */
  fit(X: Rows, y?: Target, options?: HistFitOptions): Fitted {
    const { parameters } = this;
    const table = tableOfRows(X);
    const [rows, width] = shapeOf(table);
    const encoder = this.encoder(table);
    const targets = this.targets(y, rows);
    const given = sampleWeights(options, rows);
    const weights = this.weights(targets, given);
    const random = new RandomState(seedOf(parameters));
    const seed = random.below(SEED_END);
    const generator = new Pcg64(random.below(SEED_END));
    const loss = this.loss(targets, weights);
    const stopsEarly = this.stopsEarly(rows, options);
    const all: BoostedPart = { table: encoder.encode(table), chosen: undefined, sample: { y: targets.y, weights } };
    const fraction =
      parameters.get("validationFraction") === null ? null : settledNumber(parameters, "validationFraction");
    const validates = { stopsEarly, fraction, seed, stratify: targets.labels?.encoded };
    const { train, validation } = trainParts(all, options, validates, (rowsToo, targetsToo) =>
      this.validationPart(rowsToo, targetsToo, encoder, targets, width),
    );
    const mapper = findBins(train, parameters.get("maxBins") as number, seed);
    const stopping = stopsEarly ? this.stopping(loss, train, validation, seed) : undefined;
    const rules = this.rules(mapper, encoder, loss, namesOf(table));
    const made = boost(train, validation, {
      loss,
      mapper,
      rules,
      iterations: parameters.get("maxIter") as number,
      stopping,
      random: generator,
    });
    const isWeighted = given !== undefined;
    const validatesToo = fraction !== null || options?.XVal !== undefined;
    return this.finish([
      ...this.encoderAttributes(encoder),
      ...featureAttributes(table),
      ...this.labelAttributes(targets),
      ["n_trees_per_iteration_", loss.outputs],
      ...(isWeighted ? ([["_fitted_with_sw", true]] as const) : []),
      ["_random_seed", seed],
      ["_feature_subsample_rng", generatorInstance(generator)],
      ["_n_features", width],
      ["_loss", histLossInstance(loss, this.quantile())],
      ["do_early_stopping_", stopsEarly],
      ["_use_validation_data", validatesToo],
      ["_bin_mapper", mapperInstance(mapper, encoder.remapped, seed)],
      ...this.treeAttributes(made, mapper, stopping),
    ]);
  }

  private encoderAttributes({ mask, preprocessor, remapped }: RowEncoder): Attributes {
    return [
      ["is_categorical_", mask === undefined ? null : bools(mask)],
      ["_preprocessor", preprocessor],
      ["_is_categorical_remapped", remapped === undefined ? null : bools(remapped)],
    ];
  }

  private treeAttributes(
    { baseline, stages }: Boosted,
    mapper: BinMapper,
    stopping: EarlyStopping | undefined,
  ): Attributes {
    return [
      ["_baseline_prediction", NdArray.of(baseline, [1, baseline.length])],
      ["_predictors", stages.map((stage) => stage.map((tree) => tree.instance(mapper.thresholds)))],
      ["_scorer", null],
      ["train_score_", scores(stopping?.trainScores)],
      ["validation_score_", scores(stopping?.validationScores)],
    ];
  }

  protected abstract targets(y: Target | undefined, rows: number, like?: Targets): Targets;
  protected abstract loss(targets: Targets, weights: Float64Array | undefined): HistLoss;
  protected quantile(): number {
    return 0;
  }

  /** Weights of rows times those of their classes; unlike elsewhere the former do not count for the latter. */
  private weights({ labels }: Targets, given: Float64Array | undefined): Float64Array | undefined {
    if (labels === undefined) return given;
    const byClass = labelWeights(this.parameters.get("classWeight"), labels, undefined);
    return byClass === undefined || given === undefined
      ? (byClass ?? given)
      : given.map((weight, row) => weight * byClass[row]!);
  }

  private encoder(table: ReturnType<typeof tableOfRows>): RowEncoder {
    const [, width] = shapeOf(table);
    const given = this.parameters.get("categoricalFeatures");
    const mask = categoricalMask(given, width, namesOf(table), categoriesByType(table));
    return rowEncoder(table, mask, this.parameters.get("maxBins") as number);
  }

  private validationPart(X: Rows, y: Target, encoder: RowEncoder, targets: Targets, width: number) {
    const table = tableOfRows(X);
    const [rows, columns] = shapeOf(table);
    if (columns !== width)
      throw featureError([{ detail: `rows to validate with have ${columns} features, those to learn from ${width}` }]);
    return { table: encoder.encode(table), y: this.targets(y, rows, targets).y };
  }

  private stopsEarly(rows: number, options: HistFitOptions | undefined): boolean {
    const given = this.parameters.get("earlyStopping");
    if (given === false && options?.XVal !== undefined)
      this.unsupported("earlyStopping", "is false: rows to validate with are of no use then");
    return given === "auto" ? rows > MANY_ROWS : (given as boolean);
  }

  private stopping(
    loss: HistLoss,
    train: BoostedPart,
    validation: BoostedPart | undefined,
    seed: number,
  ): EarlyStopping {
    const { parameters } = this;
    const rules = {
      scoring: parameters.get("scoring") as string | null,
      patience: parameters.get("nIterNoChange") as number,
      tolerance: settledNumber(parameters, "tol"),
      isClassifier: this.spec.task === "classification",
    };
    return new EarlyStopping(rules, loss, train.sample, validation?.sample, seed);
  }

  private rules(mapper: BinMapper, encoder: RowEncoder, loss: HistLoss, names: readonly string[] | undefined) {
    const { parameters } = this;
    const width = mapper.bins.length;
    const monotonic = parameters.get("monotonicCst");
    if (monotonic !== null && loss.outputs > 1)
      this.unsupported("monotonicCst", "is for numbers and for two labels only");
    const directions = monotonicDirections(monotonic, width, names);
    if (encoder.mask?.some((categorical, at) => categorical && directions[at] !== 0) === true)
      this.unsupported("monotonicCst", "is not for features that are categories");
    return {
      l2: settledNumber(parameters, "l2Regularization"),
      leastSamples: parameters.get("minSamplesLeaf") as number,
      leastHessian: LEAST_HESSIAN,
      constantHessian: loss.constantHessian,
      bins: mapper.bins,
      missing: mapper.missing,
      isCategorical: encoder.remapped ?? Array.from({ length: width }, () => false),
      directions: inFront(directions, encoder.mask),
      mostLeaves: (parameters.get("maxLeafNodes") as number | null) ?? undefined,
      mostDepth: (parameters.get("maxDepth") as number | null) ?? undefined,
      learningRate: settledNumber(parameters, "learningRate"),
      featureShare: settledNumber(parameters, "maxFeatures"),
      groups: interactionGroups(parameters.get("interactionCst"), width),
    };
  }

  private labelAttributes({ labels }: Targets): Attributes {
    if (labels === undefined) return [];
    return [
      ["_label_encoder", labelEncoder(labels.classes)],
      ["classes_", labels.classes],
    ];
  }
}

function bools(mask: readonly boolean[]): NdArray {
  return NdArray.bools(Uint8Array.from(mask, Number));
}

function scores(values: readonly number[] = []): NdArray {
  return NdArray.of(Float64Array.from(values), [values.length], float64);
}

/** Directions in the order of the trees' features: categories first. */
function inFront(directions: Int8Array, mask: readonly boolean[] | undefined): Int8Array {
  if (mask === undefined) return directions;
  const first = directions.filter((_, at) => mask[at]);
  return Int8Array.from([...first, ...directions.filter((_, at) => !mask[at])]);
}

/**
 * Boosted trees for labels, grown from histograms; the same trees that scikit-learn 1.9.1 grows.
 *
 * @example
 * new HistGradientBoostingClassifier({ maxIter: 50, randomState: 0 }).fit(X, y).predictProba(X);
 */
export class HistGradientBoostingClassifier extends HistTrainer {
  constructor(given: Given = {}) {
    super(HIST_CLASSIFIER, given);
  }

  protected targets(y: Target | undefined, rows: number, like?: Targets): Targets {
    const labels = labelsOf(y, rows, this.spec.name);
    if (like === undefined) return { y: Float64Array.from(labels.encoded), labels };
    const known = like.labels!.classes.flat();
    const place = labels.classes.flat().map((label) => known.indexOf(label));
    const unknown = place.indexOf(-1);
    if (unknown >= 0) {
      const label = String(labels.classes.flat()[unknown]).slice(0, 60);
      throw featureError([{ detail: `a row to validate with has the label ${label}, which no row to learn from has` }]);
    }
    return { y: Float64Array.from(labels.encoded, (each) => place[each]!), labels };
  }

  protected loss({ labels }: Targets, weights: Float64Array | undefined): HistLoss {
    return histLoss("log_loss", { weighted: weights !== undefined, classes: labels!.classes.size });
  }
}

/**
 * Boosted trees for numbers; see {@link HistGradientBoostingClassifier}.
 *
 * @example
 * new HistGradientBoostingRegressor({ loss: "poisson", randomState: 0 }).fit(X, y).predict(X);
 */
export class HistGradientBoostingRegressor extends HistTrainer {
  constructor(given: Given = {}) {
    super(HIST_REGRESSOR, given);
    if (this.parameters.get("loss") === "quantile" && this.parameters.get("quantile") === null)
      this.unsupported("quantile", "is a number from 0 to 1 where the loss is 'quantile'");
  }

  protected override quantile(): number {
    return this.parameters.get("quantile") === null ? 0 : settledNumber(this.parameters, "quantile");
  }

  protected targets(y: Target | undefined, rows: number): Targets {
    const numbers = numericTarget(y, rows, this.spec.name);
    const loss = this.parameters.get("loss");
    const row = numbers.findIndex((value) => (loss === "gamma" ? !(value > 0) : !(value >= 0)));
    if (loss === "gamma" && row >= 0)
      throw featureError([{ row, detail: `with the loss 'gamma' a target is above 0, not ${numbers[row]}` }]);
    if (loss === "poisson" && row >= 0)
      throw featureError([{ row, detail: `with the loss 'poisson' a target is a number from 0, not ${numbers[row]}` }]);
    if (loss === "poisson" && numbers.every((value) => value === 0))
      throw featureError([{ detail: "with the loss 'poisson' some target is above 0" }]);
    return { y: numbers, labels: undefined };
  }

  protected loss(_: Targets, weights: Float64Array | undefined): HistLoss {
    const name = this.parameters.get("loss") as string;
    return histLoss(name, { weighted: weights !== undefined, quantile: this.quantile() });
  }
}
