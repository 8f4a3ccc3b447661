/** @module SVC and NuSVC: support vector machines by the iterations of libsvm (`sklearn.svm._classes`). */

import { NdArray } from "@curtido/arrays";
import { RandomState } from "@curtido/kernels";
import { float } from "@curtido/pickle";
import { featureError } from "../../base/errors.ts";
import type { Rows } from "../../base/input.ts";
import { type Labels, labelsOf, type Target } from "../base/data.ts";
import { settledNumber } from "../base/parameters.ts";
import { seedOf } from "../base/random.ts";
import type { Fitted, Given, TrainerSpec } from "../base/trainer.ts";
import { classWeights, type FitOptions } from "../base/weights.ts";
import { type PairMachines, trainPairs } from "./pairs.ts";
import { CLASSIFIER, type KernelChoice, kernelOf, NU_CLASSIFIER, rulesOf } from "./parameters.ts";
import { type SupportGround, SupportTrainer } from "./support.ts";

/** What `random_state` is asked for: a number below this seeds libsvm. */
const SEEDS = 2 ** 31 - 1;

/** SVC. */
export const SVC_SPEC: TrainerSpec = {
  module: "sklearn.svm._classes",
  name: "SVC",
  task: "classification",
  parameters: CLASSIFIER,
  older: () => ({ nu: float(0), epsilon: float(0) }),
};
/** NuSVC. */
export const NU_SVC_SPEC: TrainerSpec = {
  module: "sklearn.svm._classes",
  name: "NuSVC",
  task: "classification",
  parameters: NU_CLASSIFIER,
  older: () => ({ C: float(0), epsilon: float(0) }),
};

abstract class SupportClassifierTrainer extends SupportTrainer {
  /** The most that a row of a class of this weight may weigh. */
  protected abstract limit(classWeight: number): number;
  /** The share of rows within the margin, where that is what is given. */
  protected abstract get nu(): number | undefined;
  /** Refuses what cannot be told apart; `weights` are those of all rows of each class. */
  protected abstract check(weights: readonly number[]): void;

  /** Learns from rows and labels. */
  fit(X: Rows, y?: Target, options?: FitOptions): Fitted {
    const ground = this.ground(X, options);
    const labels = labelsOf(y, ground.rows, this.spec.name);
    if (labels.classes.size < 2)
      throw featureError([{ detail: "there is one class only; two or more can be told apart" }]);
    const choice = kernelOf(this.parameters, ground.data, ground.width);
    const weights = classWeights(this.parameters.get("classWeight"), labels);
    const machines = this.machines(ground, labels, weights, choice);
    const probability = this.parameters.get("probability") === true;
    const { scalings } = machines;
    return this.finish([
      ["_sparse", false],
      ...this.features(ground.table),
      ["class_weight_", NdArray.of(weights)],
      ["classes_", labels.classes],
      ["_effective_probability", probability],
      ...this.learned({
        ...machines,
        ground,
        gamma: choice.gamma,
        turned: labels.classes.size === 2,
        probA: Float64Array.from(scalings, ({ a }) => a),
        probB: Float64Array.from(scalings, ({ b }) => b),
      }),
      ["n_iter_", NdArray.of(machines.iterations)],
    ]);
  }

  private machines(ground: SupportGround, labels: Labels, weights: Float64Array, choice: KernelChoice): PairMachines {
    const { encoded } = labels;
    const all = Array.from(weights, (weight, label) => ({
      rows: ground.kept.filter((row) => encoded[row] === label),
      limit: this.limit(weight),
    }));
    this.check(all.map(({ rows }) => rows.reduce((sum, row) => sum + (ground.weights?.[row] ?? 1), 0)));
    const present = all.filter(({ rows }) => rows.length > 0);
    if (present.length < 2) throw featureError([{ detail: "all rows that weigh something are of one class" }]);
    const [largest, next] = present.map(({ rows }) => rows.length).sort((one, other) => other - one);
    return trainPairs({
      space: this.space(ground, largest! + next!, choice),
      rules: rulesOf(this.parameters),
      groups: present.map(({ rows }) => rows),
      limits: present.map(({ limit }) => limit),
      weights: ground.weights,
      nu: this.nu,
      seed: this.parameters.get("probability") === true ? this.seed() : undefined,
    });
  }

  private seed(): number {
    return new RandomState(seedOf(this.parameters)).below(SEEDS);
  }
}

/**
 * The class on whose side of the widest margin a row is; with several classes, by a vote of one machine for each pair.
 *
 * @example
 * new SVC({ kernel: "linear" }).fit([[0], [1], [5], [6]], ["a", "a", "b", "b"]).predict([[2]]).tolist(); // ["a"]
 */
export class SVC extends SupportClassifierTrainer {
  constructor(given: Given = {}) {
    super(SVC_SPEC, given);
  }

  protected limit(classWeight: number): number {
    return settledNumber(this.parameters, "C") * classWeight;
  }

  protected get nu(): undefined {
    return undefined;
  }

  protected check(): void {}
}

/**
 * Like {@link SVC}, but for the parameter: about the share `nu` of the rows are on the wrong side of the margin or in it.
 *
 * @example
 * new NuSVC({ nu: 0.5 }).fit([[0], [1], [5], [6]], ["a", "a", "b", "b"]).predict([[2]]).tolist(); // ["a"]
 */
export class NuSVC extends SupportClassifierTrainer {
  constructor(given: Given = {}) {
    super(NU_SVC_SPEC, given);
  }

  /** Rows weigh what they weigh; libsvm does not look at the weights of classes here. */
  protected limit(): number {
    return 1;
  }

  protected get nu(): number {
    return settledNumber(this.parameters, "nu");
  }

  protected check(weights: readonly number[]): void {
    const [least, next] = [...weights].sort((one, other) => one - other) as [number, number];
    const most = weights.reduce((a, b) => Math.max(a, b), next);
    if ((this.nu * (least + most)) / 2 > least)
      throw featureError([{ detail: `'nu' is ${this.nu}, which is too much: classes weigh ${least} and ${most}` }]);
  }
}
