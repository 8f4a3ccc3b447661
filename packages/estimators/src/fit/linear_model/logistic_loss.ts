/** @module The loss of logistic regression with its slopes (`sklearn._loss`, `sklearn.linear_model._linear_loss`). */

import { type Block, exp, LogisticPass, log, log1p, MatrixMemory, pairwiseSum, sumColumns } from "@curtido/kernels";

/** Rows, the class of each, and how much they count. */
export interface LogisticProblem {
  /** `[rows, width]`, row-major. */
  readonly data: Float64Array;
  readonly rows: number;
  readonly width: number;
  /** From 0 to `classes` - 1. */
  readonly labels: Int32Array;
  readonly classes: number;
  readonly weights: Float64Array | undefined;
  readonly intercept: boolean;
}

/**
 * The weighted mean of the losses of all rows, plus `l2 / 2` times the squared weights. Two classes have one row of
 * coefficients (half binomial loss), more have one for each class (half multinomial loss).
 *
 * Coefficients are one vector: for each feature, and at last for the intercept, those of all classes.
 */
export class LogisticLoss {
  /** How many rows of coefficients there are. */
  readonly targets: number;
  /** Elements of the vector of coefficients. */
  readonly size: number;
  /** The sum of all weights. */
  readonly total: number;
  /** The slopes of the losses of rows by their raw predictions, `[rows, targets]`, each divided by `total`. */
  readonly slopes: Block;
  /** The raw predictions, then for more than two classes the probabilities, `[rows, targets]`. */
  readonly raw: Block;
  readonly x: Block;
  readonly memory: MatrixMemory;
  readonly problem: LogisticProblem;
  readonly #coefficients: Block;
  readonly #gradient: Block;
  /** The kernel that computes, where there is WebAssembly. */
  readonly #pass: LogisticPass | undefined;
  readonly #losses: Float64Array;
  readonly #sums: Float64Array;

  /** @param spare - how many more elements `memory` is to have */
  constructor(problem: LogisticProblem, spare = 0) {
    const { data, rows, width, classes, weights, intercept } = problem;
    this.problem = problem;
    const targets = classes > 2 ? classes : 1;
    this.targets = targets;
    this.size = (width + (intercept ? 1 : 0)) * targets;
    this.total = weights === undefined ? rows : pairwiseSum(weights, 0, rows);
    const own = data.length + 2 * rows * targets + width * targets + this.size + LogisticPass.spare(rows);
    this.memory = new MatrixMemory(own + spare + 10);
    this.x = this.memory.take(data.length);
    this.x.data.set(data);
    this.raw = this.memory.take(rows * targets);
    this.slopes = this.memory.take(rows * targets);
    this.#coefficients = this.memory.take(this.size);
    // Kernels may read one number beyond the coefficients: it is the gradient's.
    this.#gradient = this.memory.take(width * targets);
    const { x, raw, slopes } = this;
    const blocks = { x, raw, slopes, coefficients: this.#coefficients, gradient: this.#gradient };
    this.#pass = LogisticPass.over(this.memory, blocks, problem.labels, weights, intercept);
    this.#losses = this.#pass?.losses ?? new Float64Array(rows);
    this.#sums = new Float64Array(targets);
  }

  /** The loss, and its gradient. */
  valueAndGradient(coefficients: Float64Array, l2: number, gradient: Float64Array): number {
    const { targets, slopes } = this;
    const { rows, width, intercept } = this.problem;
    const to = this.#gradient;
    this.#run(coefficients, true);
    const value = this.#mean(coefficients, l2);
    for (let feature = 0; feature < width; feature++) {
      for (let target = 0; target < targets; target++) {
        const at = feature * targets + target;
        gradient[at] = to.data[target * width + feature]! + l2 * coefficients[at]!;
      }
    }
    if (!intercept) return value;
    sumColumns(slopes.data, rows, targets, this.#sums);
    gradient.set(this.#sums, width * targets);
    return value;
  }

  /** The loss. */
  value(coefficients: Float64Array, l2: number): number {
    this.#run(coefficients, false);
    return this.#mean(coefficients, l2);
  }

  /** The mean of the losses that were computed last, and the penalty. */
  #mean(coefficients: Float64Array, l2: number): number {
    const { width, rows } = this.problem;
    let squares = 0;
    for (let at = 0; at < width * this.targets; at++) squares += coefficients[at]! ** 2;
    return pairwiseSum(this.#losses, 0, rows) / this.total + 0.5 * l2 * squares;
  }

  /** Sets raw predictions, losses and slopes, and the products of slopes and features. */
  #run(coefficients: Float64Array, withGradient: boolean): void {
    const { targets, slopes, total } = this;
    const { rows, width } = this.problem;
    if (this.#pass !== undefined) {
      this.#pass.run(coefficients, total, withGradient);
      return;
    }
    this.#runPlain(coefficients);
    for (let at = 0; at < slopes.data.length; at++) slopes.data[at]! /= total;
    if (withGradient) this.memory.multiplyTransposed(slopes, this.x, this.#gradient, targets, width, rows);
  }

  #runPlain(coefficients: Float64Array): void {
    const { targets, raw } = this;
    const { rows, width, intercept } = this.problem;
    this.#coefficients.data.set(coefficients);
    this.memory.multiply(this.x, this.#coefficients, raw, rows, targets, width);
    if (intercept) {
      for (let row = 0, at = 0; row < rows; row++)
        for (let target = 0; target < targets; target++, at++) raw.data[at]! += coefficients[width * targets + target]!;
    }
    if (targets === 1) this.#binomial();
    else this.#multinomial();
  }

  #binomial(): void {
    const { labels, weights, rows } = this.problem;
    const [raw, slopes, losses] = [this.raw.data, this.slopes.data, this.#losses];
    for (let row = 0; row < rows; row++) {
      const x = raw[row]!;
      const y = labels[row]!;
      const e = exp(x <= -2 ? x : -x);
      let loss: number;
      if (x <= -37) loss = e - y * x;
      else if (x <= -2) loss = log1p(e) - y * x;
      else if (x <= 18) loss = log1p(e) + (1 - y) * x;
      else loss = e + (1 - y) * x;
      const slope = x <= -37 ? e - y : x <= -2 ? ((1 - y) * e - y) / (1 + e) : (1 - y - y * e) / (1 + e);
      const weight = weights === undefined ? 1 : weights[row]!;
      losses[row] = loss * weight;
      slopes[row] = slope * weight;
    }
  }

  /** Raw predictions become probabilities. */
  #multinomial(): void {
    const { labels, weights, rows } = this.problem;
    const { targets } = this;
    const [raw, slopes, losses] = [this.raw.data, this.slopes.data, this.#losses];
    for (let row = 0; row < rows; row++) {
      const from = row * targets;
      let most = raw[from]!;
      for (let k = 1; k < targets; k++) if (raw[from + k]! > most) most = raw[from + k]!;
      const own = raw[from + labels[row]!]!;
      let sum = 0;
      for (let k = 0; k < targets; k++) {
        const e = exp(raw[from + k]! - most);
        raw[from + k] = e;
        sum += e;
      }
      const weight = weights === undefined ? 1 : weights[row]!;
      losses[row] = (log(sum) + most - own) * weight;
      for (let k = 0; k < targets; k++) {
        const share = raw[from + k]! / sum;
        raw[from + k] = share;
        slopes[from + k] = (k === labels[row]! ? share - 1 : share) * weight;
      }
    }
  }
}
