/** @module Stochastic gradient descent and Adam (`sklearn.neural_network._stochastic_optimizers`; Kingma and Ba 2014). */

import { pow } from "@curtido/kernels";
import type { Weights } from "./network.ts";

/** Changes weights by their gradients. */
export interface Optimizer {
  /** How far the next step goes. */
  readonly learningRate: number;
  update(): void;
  /** @param seen - rows that were learned from so far */
  epochEnds(seen: number): void;
  /** Whether learning stops when there was no progress, or goes on with smaller steps. */
  stops(): boolean;
}

const listOf = ({ coefs, intercepts }: Weights) => [...coefs, ...intercepts];
const zeros = (weights: Weights) => listOf(weights).map((each) => new Float64Array(each.length));

/** How {@link Sgd} goes on. */
export interface SgdOptions {
  readonly learningRateInit: number;
  readonly schedule: "constant" | "invscaling" | "adaptive";
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly powerT: number;
}

/** The step from which an adaptive schedule stops, and what it divides steps by. */
const LEAST_STEP = 1e-6;
const ADAPTIVE = 5;

/** Gradient descent with momentum. */
export class Sgd implements Optimizer {
  learningRate: number;
  readonly options: SgdOptions;
  /** The last steps, in the order of the parameters. */
  readonly velocities: readonly Float64Array[];
  readonly #weights: readonly Float64Array[];
  readonly #gradients: readonly Float64Array[];

  constructor(weights: Weights, gradients: Weights, options: SgdOptions) {
    this.options = options;
    this.learningRate = options.learningRateInit;
    this.velocities = zeros(weights);
    this.#weights = listOf(weights);
    this.#gradients = listOf(gradients);
  }

  update(): void {
    const { momentum, nesterov } = this.options;
    const rate = this.learningRate;
    this.#weights.forEach((weight, at) => {
      const gradient = this.#gradients[at]!;
      const velocity = this.velocities[at]!;
      for (let k = 0; k < weight.length; k++) {
        const step = momentum * velocity[k]! - rate * gradient[k]!;
        velocity[k] = step;
        weight[k]! += nesterov ? momentum * step - rate * gradient[k]! : step;
      }
    });
  }

  epochEnds(seen: number): void {
    const { schedule, learningRateInit, powerT } = this.options;
    if (schedule === "invscaling") this.learningRate = learningRateInit / pow(seen + 1, powerT);
  }

  stops(): boolean {
    if (this.options.schedule !== "adaptive" || this.learningRate <= LEAST_STEP) return true;
    this.learningRate /= ADAPTIVE;
    return false;
  }
}

/** How {@link Adam} goes on. */
export interface AdamOptions {
  readonly learningRateInit: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** Steps by means of gradients and of their squares. */
export class Adam implements Optimizer {
  learningRate: number;
  readonly options: AdamOptions;
  /** How many steps were made. */
  steps = 0;
  /** Means of gradients, in the order of the parameters. */
  readonly means: readonly Float64Array[];
  /** Means of their squares. */
  readonly squares: readonly Float64Array[];
  readonly #weights: readonly Float64Array[];
  readonly #gradients: readonly Float64Array[];

  constructor(weights: Weights, gradients: Weights, options: AdamOptions) {
    this.options = options;
    this.learningRate = options.learningRateInit;
    this.means = zeros(weights);
    this.squares = zeros(weights);
    this.#weights = listOf(weights);
    this.#gradients = listOf(gradients);
  }

  update(): void {
    const { learningRateInit, beta1, beta2, epsilon } = this.options;
    this.steps++;
    const rate = (learningRateInit * Math.sqrt(1 - pow(beta2, this.steps))) / (1 - pow(beta1, this.steps));
    this.learningRate = rate;
    this.#weights.forEach((weight, at) => {
      const gradient = this.#gradients[at]!;
      const mean = this.means[at]!;
      const square = this.squares[at]!;
      for (let k = 0; k < weight.length; k++) {
        const slope = gradient[k]!;
        const m = beta1 * mean[k]! + (1 - beta1) * slope;
        const v = beta2 * square[k]! + (1 - beta2) * (slope * slope);
        mean[k] = m;
        square[k] = v;
        weight[k]! += (-rate * m) / (Math.sqrt(v) + epsilon);
      }
    });
  }

  epochEnds(): void {}

  stops(): boolean {
    return true;
  }
}
