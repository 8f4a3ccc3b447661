/** @module The solvers of NMF for new rows: weights W for fixed components H so that W H is near X (`sklearn.decomposition._nmf`). */

import { affine, log, matmul, pow, type RandomState } from "@curtido/kernels";
import { sumOf } from "../base/math.ts";

/** Rows to take apart, and what into. */
export interface Factorization {
  /** `[rows, features]` */
  readonly table: Float64Array;
  readonly rows: number;
  readonly features: number;
  /** `[components, features]` */
  readonly parts: Float64Array;
  readonly components: number;
  readonly l1: number;
  readonly l2: number;
  readonly tolerance: number;
  readonly steps: number;
}

const EPSILON = 2 ** -52;
/** float32's, whatever the numbers are. */
const LEAST = 2 ** -23;
/** The multiplicative solver looks at its progress so often. */
const STEPS_PER_CHECK = 10;

/** H H' and X H'. */
function products({ table, rows, features, parts, components }: Factorization): [Float64Array, Float64Array] {
  const gram = new Float64Array(components * components);
  affine(parts, components, features, parts, undefined, components, gram);
  const cross = new Float64Array(rows * components);
  affine(table, rows, features, parts, undefined, components, cross);
  return [gram, cross];
}

/**
 * Coordinate descent (Cichocki and Phan 2009) from zeros: `[rows, components]`.
 *
 * @param random gives each pass an order of the components; without it they come in theirs
 */
export function coordinateDescent(problem: Factorization, random?: RandomState): Float64Array {
  const { rows, components, l1, l2, tolerance, steps } = problem;
  const [gram, cross] = products(problem);
  for (let k = 0; k < components; k++) gram[k * components + k]! += l2;
  if (l1 !== 0) for (let at = 0; at < cross.length; at++) cross[at]! -= l1;
  const weights = new Float64Array(rows * components);
  const inOrder = Int32Array.from({ length: components }, (_, k) => k);
  let first = 0;
  for (let step = 0; step < steps; step++) {
    const order = random?.permutation(components) ?? inOrder;
    const violation = sweep(weights, gram, cross, rows, order);
    if (step === 0) first = violation;
    if (first === 0 || violation / first <= tolerance) break;
  }
  return weights;
}

/** One pass over all weights; how far they were from a minimum. */
function sweep(
  weights: Float64Array,
  gram: Float64Array,
  cross: Float64Array,
  rows: number,
  order: Int32Array,
): number {
  const components = order.length;
  let violation = 0;
  for (const t of order) {
    const curvature = gram[t * components + t]!;
    for (let row = 0; row < rows; row++) {
      const from = row * components;
      let gradient = -cross[from + t]!;
      for (let r = 0; r < components; r++) gradient += gram[t * components + r]! * weights[from + r]!;
      const weight = weights[from + t]!;
      violation += Math.abs(weight === 0 ? Math.min(0, gradient) : gradient);
      if (curvature !== 0) weights[from + t] = Math.max(weight - gradient / curvature, 0);
    }
  }
  return violation;
}

/** How the multiplicative solver measures and repairs. */
export interface Divergence {
  /** 2 Frobenius, 1 Kullback-Leibler, 0 Itakura-Saito, or any other number. */
  readonly beta: number;
  /** Up to 1.2 only exact zeros were kept away from division, later everything below the smallest float32 step. */
  readonly lift: (value: number) => number;
}

/** Only exact zeros, or all values below the least. */
export function lifting(all: boolean): (value: number) => number {
  return all ? (value) => (value < LEAST ? LEAST : value) : (value) => (value === 0 ? LEAST : value);
}

/** Steps of multiplicative updates (Fevotte and Idier 2011). */
export class MultiplicativeUpdates {
  readonly weights: Float64Array;
  private readonly problem: Factorization;
  private readonly divergence: Divergence;
  private readonly exponent: number;
  private readonly gram: Float64Array;
  private readonly cross: Float64Array;
  private readonly partSums: Float64Array;
  private readonly product: Float64Array;

  constructor(problem: Factorization, divergence: Divergence) {
    const { table, rows, features, parts, components } = problem;
    const { beta } = divergence;
    this.problem = problem;
    this.divergence = divergence;
    this.exponent = beta < 1 ? 1 / (2 - beta) : beta > 2 ? 1 / (beta - 1) : 1;
    const mean = sumOf(table, 0, table.length) / table.length;
    this.weights = new Float64Array(rows * components).fill(Math.sqrt(mean / components));
    [this.gram, this.cross] = beta === 2 ? products(problem) : [new Float64Array(0), new Float64Array(0)];
    this.partSums = Float64Array.from({ length: components }, (_, k) => sumOf(parts, k * features, features));
    this.product = new Float64Array(rows * features);
  }

  /** One update of all weights. */
  step(): void {
    const { rows, components, l1, l2 } = this.problem;
    const { weights, exponent } = this;
    const [above, below] = this.divergence.beta === 2 ? this.frobenius() : this.ratios();
    for (let at = 0; at < rows * components; at++) {
      let divisor = below[at]!;
      if (l1 > 0) divisor += l1;
      if (l2 > 0) divisor += l2 * weights[at]!;
      const change = above[at]! / (divisor === 0 ? LEAST : divisor);
      weights[at]! *= exponent === 1 ? change : power(change, exponent);
    }
  }

  private frobenius(): [Float64Array, Float64Array] {
    const { rows, components } = this.problem;
    const below = new Float64Array(rows * components);
    matmul(this.weights, rows, components, this.gram, components, below);
    return [this.cross, below];
  }

  private ratios(): [Float64Array, Float64Array] {
    const { table, rows, features, parts, components } = this.problem;
    const { beta, lift } = this.divergence;
    const product = this.multiply();
    const near = new Float64Array(product.length);
    for (let at = 0; at < near.length; at++) {
      const value = beta < 2 ? lift(product[at]!) : product[at]!;
      near[at] = beta === 1 ? table[at]! / value : power(value, beta - 2) * table[at]!;
    }
    const above = new Float64Array(rows * components);
    affine(near, rows, features, parts, undefined, components, above);
    const below = new Float64Array(rows * components);
    if (beta === 1) for (let at = 0; at < below.length; at++) below[at] = this.partSums[at % components]!;
    else {
      for (let at = 0; at < near.length; at++) near[at] = power(beta < 1 ? lift(product[at]!) : product[at]!, beta - 1);
      affine(near, rows, features, parts, undefined, components, below);
    }
    return [above, below];
  }

  /** W H. */
  private multiply(): Float64Array {
    const { rows, features, parts, components } = this.problem;
    matmul(this.weights, rows, components, parts, features, this.product);
    return this.product;
  }

  /** The root of twice the divergence between X and W H (`_beta_divergence`). */
  error(): number {
    const { table } = this.problem;
    const { beta, lift } = this.divergence;
    const product = this.multiply();
    if (beta === 2) return Math.sqrt(table.reduce((sum, value, at) => sum + (value - product[at]!) ** 2, 0));
    let sum = 0;
    let kept = 0;
    for (let at = 0; at < table.length; at++) {
      const value = table[at]!;
      if (!(value > LEAST)) continue;
      const near = lift(product[at]!);
      kept += value;
      if (beta === 1) sum += value * log(value / near);
      else if (beta === 0) sum += value / near - log(value / near);
      else sum += power(value, beta) - beta * value * power(near, beta - 1);
    }
    if (beta === 1) sum += product.reduce((total, value) => total + value, 0) - kept;
    else if (beta === 0) sum -= table.length;
    else
      sum = (sum + (beta - 1) * product.reduce((total, value) => total + power(value, beta), 0)) / (beta * (beta - 1));
    return Math.sqrt(2 * Math.max(sum, 0));
  }
}

/** Updates until the divergence hardly falls: `[rows, components]` (`_fit_multiplicative_update`). */
export function multiplicativeUpdate(problem: Factorization, divergence: Divergence): Float64Array {
  const { tolerance, steps } = problem;
  const updates = new MultiplicativeUpdates(problem, divergence);
  const { weights } = updates;
  const first = updates.error();
  let previous = first;
  for (let step = 1; step <= steps; step++) {
    updates.step();
    if (divergence.beta < 1) for (let at = 0; at < weights.length; at++) if (weights[at]! < EPSILON) weights[at] = 0;
    if (!(tolerance > 0) || step % STEPS_PER_CHECK !== 0) continue;
    const error = updates.error();
    if ((previous - error) / first < tolerance) break;
    previous = error;
  }
  return weights;
}

/** Updates until the weights hardly change: `[rows, components]` (`MiniBatchNMF._solve_W`). */
export function updateUntilStill(problem: Factorization, divergence: Divergence): Float64Array {
  const updates = new MultiplicativeUpdates(problem, divergence);
  const { weights } = updates;
  for (let step = 0; step < problem.steps; step++) {
    const before = weights.slice();
    updates.step();
    let change = 0;
    let size = 0;
    for (let at = 0; at < weights.length; at++) {
      change += (weights[at]! - before[at]!) ** 2;
      size += weights[at]! ** 2;
    }
    if (problem.tolerance > 0 && Math.sqrt(change) / Math.sqrt(size) <= problem.tolerance) break;
  }
  return weights;
}

/** numpy has shorter ways for some exponents. */
function power(base: number, exponent: number): number {
  if (exponent === 1) return base;
  if (exponent === 2) return base * base;
  if (exponent === -1) return 1 / base;
  if (exponent === -2) return (1 / base) ** 2;
  if (exponent === 0.5) return Math.sqrt(base);
  return pow(base, exponent);
}
