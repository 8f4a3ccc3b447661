/** @module MLPClassifier and MLPRegressor. */

import type { NdArray } from "@curtido/arrays";
import { RandomState } from "@curtido/kernels";
import { Tuple } from "@curtido/pickle";
import { estimatorError, featureError } from "../../base/errors.ts";
import { type Rows, shapeOf } from "../../base/input.ts";
import { labelsOf, sharedNumbersOf, type Table, type Target, tableOfRows } from "../base/data.ts";
import { settledNumber } from "../base/parameters.ts";
import { seedOf } from "../base/random.ts";
import { type Attributes, type Fitted, type Given, Trainer, type TrainerSpec } from "../base/trainer.ts";
import { type FitOptions, sampleWeights } from "../base/weights.ts";
import { randomStateInstance } from "../ensemble/gradient_boosting/pickled.ts";
import { numericTargets } from "../linear_model/prepare.ts";
import { trainTestSplit } from "../model_selection/split.ts";
import { curveAttributes, placeAttributes, weightAttributes } from "./attributes.ts";
import type { NetworkLossName } from "./losses.ts";
import { type Activation, Network, type OutputActivation, type Weights } from "./network.ts";
import { Adam, type Optimizer, Sgd, type SgdOptions } from "./optimizers.ts";
import { perceptronParameters } from "./parameters.ts";
import { binarizerInstance, optimizerInstance, scalar } from "./pickled.ts";
import { accuracy, determination } from "./scores.ts";
import { copyWeights, type NetworkRows, trainLbfgs, trainStochastic } from "./train.ts";

/** Weights of a network, of which one layer may have as many. */
const MOST_WEIGHTS = 2 ** 27;
/** Rows of a batch that goes by itself. */
const AUTO_BATCH = 200;
/** Rows that are kept aside, at least. */
const LEAST_ASIDE = 2;

/** Targets as columns of numbers. */
interface Columns {
  /** `[rows, outputs]` */
  readonly values: Float64Array;
  readonly outputs: number;
  readonly classes: NdArray | undefined;
}

abstract class PerceptronTrainer extends Trainer {
  /**
   * Learns the weights of all layers.
   *
   * @throws CurtidoError E_FEATURES when rows and targets are not what can be learned from
   */
  fit(X: Rows, y?: Target, options?: FitOptions): Fitted {
    const table = tableOfRows(X);
    const [count, width] = shapeOf(table);
    const targets = this.columns(y, count);
    const rows = { X: sharedNumbersOf(table), y: targets.values, weights: sampleWeights(options, count), count };
    const units = [width, ...this.hidden(), targets.outputs];
    const random = new RandomState(seedOf(this.parameters));
    const output = this.output(targets);
    const lbfgs = this.parameters.get("solver") === "lbfgs";
    const batch = lbfgs ? count : this.batchSize(count);
    const network = this.network(units, output, batch, random);
    const initial = copyWeights(network.weights);
    const learned = lbfgs
      ? this.lbfgs(network, rows, units, initial)
      : this.stochastic(network, rows, random, initial, targets.classes !== undefined);
    if (![...learned.weights.coefs, ...learned.weights.intercepts].every((each) => each.every(Number.isFinite)))
      throw featureError([{ detail: "no finite weights were found: scale the rows, or take smaller steps" }]);
    return this.finish([...this.opening(table, targets, units, output, random), ...learned.attributes]);
  }

  protected abstract columns(y: Target | undefined, rows: number): Columns;
  protected abstract output(targets: Columns): OutputActivation;

  private hidden(): readonly number[] {
    const given = this.parameters.get("hiddenLayerSizes");
    return given instanceof Tuple ? (given.items as number[]) : Array.isArray(given) ? given : [given as number];
  }

  private batchSize(rows: number): number {
    const given = this.parameters.get("batchSize");
    return Math.min(given === "auto" ? AUTO_BATCH : (given as number), rows);
  }

  /** A network whose weights are drawn as Glorot and Bengio (2010) say. */
  private network(units: readonly number[], output: OutputActivation, batch: number, random: RandomState): Network {
    const { parameters } = this;
    const most = units.slice(1).reduce((sum, outputs, at) => sum + outputs * (units[at]! + batch), 0);
    if (most > MOST_WEIGHTS)
      throw estimatorError("E_LIMIT", `'hiddenLayerSizes' asks for ${most} numbers, more than ${MOST_WEIGHTS}`, {
        path: "hiddenLayerSizes",
      });
    const activation = parameters.get("activation") as Activation;
    const own = parameters.get("loss") as NetworkLossName;
    const loss = own === "log_loss" && output === "logistic" ? "binary_log_loss" : own;
    const network = new Network({ units, activation, output, loss, alpha: settledNumber(parameters, "alpha"), batch });
    const { coefs, intercepts } = network.weights;
    coefs.forEach((coef, at) => {
      const bound = Math.sqrt((activation === "logistic" ? 2 : 6) / (units[at]! + units[at + 1]!));
      for (const list of [coef, intercepts[at]!])
        for (let k = 0; k < list.length; k++) list[k] = -bound + 2 * bound * random.random();
    });
    return network;
  }

  private optimizer({ weights, gradients }: Network): Optimizer {
    const { parameters } = this;
    const learningRateInit = settledNumber(parameters, "learningRateInit");
    if (parameters.get("solver") === "adam") {
      const [beta1, beta2] = [settledNumber(parameters, "beta1"), settledNumber(parameters, "beta2")];
      return new Adam(weights, gradients, {
        learningRateInit,
        beta1,
        beta2,
        epsilon: settledNumber(parameters, "epsilon"),
      });
    }
    return new Sgd(weights, gradients, {
      learningRateInit,
      schedule: parameters.get("learningRate") as SgdOptions["schedule"],
      momentum: settledNumber(parameters, "momentum"),
      nesterov: parameters.get("nesterovsMomentum") === true,
      powerT: settledNumber(parameters, "powerT"),
    });
  }

  private stochastic(network: Network, all: NetworkRows, random: RandomState, initial: Weights, labels: boolean) {
    const { parameters } = this;
    const early = parameters.get("earlyStopping") === true;
    const { units } = network.shape;
    const parts = early ? this.keepAside(all, units, random, labels) : { rows: all, aside: undefined };
    const optimizer = this.optimizer(network);
    const trained = trainStochastic(network, parts.rows, optimizer, {
      batch: Math.min(network.shape.batch, this.batchSize(parts.rows.count)),
      maxIterations: parameters.get("maxIter") as number,
      tol: settledNumber(parameters, "tol"),
      patience: settledNumber(parameters, "nIterNoChange"),
      shuffle: parameters.get("shuffle") === true ? random : undefined,
      validate: parts.aside && (() => this.score(network, parts.aside, labels)),
    });
    const weights = early ? trained.best : network.weights;
    const attributes: Attributes = [
      ...weightAttributes(weights, early ? trained.best : initial, units),
      ...curveAttributes(trained, early),
      ["_optimizer", optimizerInstance(optimizer, units)],
      ["loss_", scalar(trained.loss)],
      ["n_iter_", trained.iterations],
      ["t_", trained.seen],
    ];
    return { weights, attributes };
  }

  private lbfgs(network: Network, rows: NetworkRows, units: readonly number[], initial: Weights) {
    const { iterations, loss } = trainLbfgs(network, rows, {
      tol: settledNumber(this.parameters, "tol"),
      maxIterations: this.parameters.get("maxIter") as number,
      maxEvaluations: this.parameters.get("maxFun") as number,
    });
    const attributes: Attributes = [
      ...weightAttributes(network.weights, initial, units),
      ...placeAttributes(units),
      ["loss_", scalar(loss)],
      ["n_iter_", iterations],
      ["t_", 0],
    ];
    return { weights: network.weights, attributes };
  }

  /** Some rows to see by how good the network is; labels of two kinds keep their shares. */
  private keepAside(all: NetworkRows, units: readonly number[], random: RandomState, labels: boolean) {
    const [features, outputs] = [units[0]!, units.at(-1)!];
    const testSize = settledNumber(this.parameters, "validationFraction");
    const stratify = labels && outputs === 1 ? { stratify: all.y } : {};
    const { train, test } = trainTestSplit(all.count, { testSize, random, ...stratify });
    if (test.length < LEAST_ASIDE) this.unsupported("validationFraction", `leaves ${test.length} rows to see by`);
    const part = (list: Int32Array): NetworkRows => ({
      X: rowsAt(all.X, features, list),
      y: rowsAt(all.y, outputs, list),
      weights: all.weights && rowsAt(all.weights, 1, list),
      count: list.length,
    });
    return { rows: part(train), aside: part(test) };
  }

  private score(network: Network, { X, y, weights, count }: NetworkRows, labels: boolean): number {
    const { units, batch } = network.shape;
    const [features, outputs] = [units[0]!, units.at(-1)!];
    const said = new Float64Array(count * outputs);
    for (let from = 0; from < count; from += batch) {
      const to = Math.min(from + batch, count);
      network.input.data.set(X.subarray(from * features, to * features));
      said.set(network.forward(to - from), from * outputs);
    }
    return labels ? accuracy(y, said, outputs, weights) : determination(y, said, outputs, weights);
  }

  private opening(
    table: Table,
    { outputs, classes }: Columns,
    units: readonly number[],
    output: OutputActivation,
    random: RandomState,
  ): Attributes {
    const labels: Attributes =
      classes === undefined
        ? []
        : [
            ["_label_binarizer", binarizerInstance(classes)],
            ["classes_", classes],
          ];
    return [
      ...this.features(table),
      ...labels,
      ["n_outputs_", outputs],
      ["_random_state", randomStateInstance(random)],
      ["n_layers_", units.length],
      ["out_activation_", output],
    ];
  }
}

function rowsAt(data: Float64Array, width: number, rows: Int32Array): Float64Array {
  const out = new Float64Array(rows.length * width);
  rows.forEach((row, at) => {
    out.set(data.subarray(row * width, (row + 1) * width), at * width);
  });
  return out;
}

function spec(name: string, task: "classification" | "regression"): TrainerSpec {
  const module = "sklearn.neural_network._multilayer_perceptron";
  return { module, name, task, parameters: perceptronParameters(task === "classification") };
}

/** The classes of multi-layer perceptrons. */
export const PERCEPTRONS = {
  MLPClassifier: spec("MLPClassifier", "classification"),
  MLPRegressor: spec("MLPRegressor", "regression"),
} as const;

/**
 * A multi-layer perceptron for labels.
 *
 * @example
 * new MLPClassifier({ hiddenLayerSizes: [32, 16], randomState: 0 }).fit(X, y).predictProba(X);
 */
export class MLPClassifier extends PerceptronTrainer {
  constructor(given: Given = {}) {
    super(PERCEPTRONS.MLPClassifier, given);
  }

  protected columns(y: Target | undefined, rows: number): Columns {
    const { classes, encoded } = labelsOf(y, rows, "MLPClassifier");
    const outputs = classes.size > 2 ? classes.size : 1;
    const values = new Float64Array(rows * outputs);
    encoded.forEach((label, row) => {
      if (outputs > 1) values[row * outputs + label] = 1;
      else values[row] = label;
    });
    return { values, outputs, classes };
  }

  protected output({ outputs }: Columns): OutputActivation {
    return outputs > 1 ? "softmax" : "logistic";
  }
}

/** A multi-layer perceptron for numbers; see {@link MLPClassifier}. */
export class MLPRegressor extends PerceptronTrainer {
  constructor(given: Given = {}) {
    super(PERCEPTRONS.MLPRegressor, given);
  }

  protected columns(y: Target | undefined, rows: number): Columns {
    const { values, count } = numericTargets(y, rows, "MLPRegressor");
    return { values, outputs: count, classes: undefined };
  }

  protected output(): OutputActivation {
    return this.parameters.get("loss") === "poisson" ? "exp" : "identity";
  }
}
