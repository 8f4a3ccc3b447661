/** @module How networks learn: batch by batch, or all rows at once by L-BFGS. */

import type { RandomState } from "@curtido/kernels";
import { LBFGS_DEFAULTS, minimize } from "../optimize/lbfgs.ts";
import type { Network, Weights } from "./network.ts";
import type { Optimizer } from "./optimizers.ts";

/** Rows to learn from. */
export interface NetworkRows {
  /** `[count, features]` */
  readonly X: Float64Array;
  /** `[count, outputs]` */
  readonly y: Float64Array;
  readonly weights: Float64Array | undefined;
  readonly count: number;
}

/** When learning ends. */
export interface StochasticOptions {
  readonly batch: number;
  readonly maxIterations: number;
  readonly tol: number;
  readonly patience: number;
  /** Draws the order of rows of each epoch; `undefined` keeps their order. */
  readonly shuffle: RandomState | undefined;
  /** How good the network is on rows that are kept aside; `undefined` goes by the loss. */
  readonly validate: (() => number) | undefined;
}

/** What is told of learning, by scikit-learn's names. */
export interface TrainedNetwork {
  readonly iterations: number;
  readonly loss: number;
  readonly lossCurve: readonly number[];
  readonly bestLoss: number;
  readonly scores: readonly number[];
  readonly bestScore: number;
  readonly withoutProgress: number;
  /** Rows that were learned from, each as often as it was. */
  readonly seen: number;
  /** The weights with the best score, where there are scores. */
  readonly best: Weights;
}

/** A copy of weights. */
export function copyWeights({ coefs, intercepts }: Weights): Weights {
  return { coefs: coefs.map((each) => each.slice()), intercepts: intercepts.map((each) => each.slice()) };
}

/** Learns in epochs; stops when there is no progress any more. */
export function trainStochastic(
  network: Network,
  rows: NetworkRows,
  optimizer: Optimizer,
  options: StochasticOptions,
): TrainedNetwork {
  const { maxIterations, tol, patience, validate } = options;
  let order = Int32Array.from({ length: rows.count }, (_, row) => row);
  let best = copyWeights(network.weights);
  let [bestLoss, bestScore] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const lossCurve: number[] = [];
  const scores: number[] = [];
  let withoutProgress = 0;
  while (lossCurve.length < maxIterations) {
    if (options.shuffle !== undefined) order = order.map(pick(order, options.shuffle));
    const loss = epoch(network, rows, optimizer, order, options.batch);
    lossCurve.push(loss);
    if (validate === undefined) {
      withoutProgress = loss > bestLoss - tol ? withoutProgress + 1 : 0;
      if (loss < bestLoss) bestLoss = loss;
    } else {
      const score = validate();
      scores.push(score);
      withoutProgress = score < bestScore + tol ? withoutProgress + 1 : 0;
      if (score > bestScore) {
        bestScore = score;
        best = copyWeights(network.weights);
      }
    }
    optimizer.epochEnds(lossCurve.length * rows.count);
    if (withoutProgress > patience) {
      if (optimizer.stops()) break;
      withoutProgress = 0;
    }
  }
  const iterations = lossCurve.length;
  const seen = iterations * rows.count;
  return { iterations, loss: lossCurve.at(-1)!, lossCurve, bestLoss, scores, bestScore, withoutProgress, seen, best };
}

/** Takes the elements of a list in a random order. */
function pick(list: Int32Array, random: RandomState): (_: number, at: number) => number {
  const places = Int32Array.from({ length: list.length }, (_, at) => at);
  random.shuffle(places);
  return (_, at) => list[places[at]!]!;
}

/** Goes once through the rows; their mean loss. */
function epoch(network: Network, rows: NetworkRows, optimizer: Optimizer, order: Int32Array, batch: number): number {
  const { units } = network.shape;
  const [features, outputs] = [units[0]!, units.at(-1)!];
  const targets = new Float64Array(batch * outputs);
  let sum = 0;
  for (let from = 0; from < rows.count; from += batch) {
    const to = Math.min(from + batch, rows.count);
    for (let at = from; at < to; at++) {
      const row = order[at]!;
      network.input.data.set(rows.X.subarray(row * features, (row + 1) * features), (at - from) * features);
      targets.set(rows.y.subarray(row * outputs, (row + 1) * outputs), (at - from) * outputs);
    }
    const { weights } = rows;
    const own = weights === undefined ? undefined : Float64Array.from(order.subarray(from, to), (row) => weights[row]!);
    sum += network.backward(to - from, targets, own) * (to - from);
    optimizer.update();
  }
  return sum / rows.count;
}

/** Learns from all rows at once. */
export function trainLbfgs(
  network: Network,
  rows: NetworkRows,
  { tol, maxIterations, maxEvaluations }: { tol: number; maxIterations: number; maxEvaluations: number },
): { readonly iterations: number; readonly loss: number } {
  const lists = [...network.weights.coefs, ...network.weights.intercepts];
  const gradients = [...network.gradients.coefs, ...network.gradients.intercepts];
  const offsets: number[] = [];
  let size = 0;
  for (const each of lists) {
    offsets.push(size);
    size += each.length;
  }
  const unpack = (x: Float64Array) => {
    lists.forEach((each, at) => {
      each.set(x.subarray(offsets[at]!, offsets[at]! + each.length));
    });
  };
  const start = new Float64Array(size);
  lists.forEach((each, at) => {
    start.set(each, offsets[at]!);
  });
  network.input.data.set(rows.X);
  const found = minimize(
    (x, gradient) => {
      unpack(x);
      const loss = network.backward(rows.count, rows.y, rows.weights);
      gradients.forEach((each, at) => {
        gradient.set(each, offsets[at]!);
      });
      return loss;
    },
    start,
    { ...LBFGS_DEFAULTS, gtol: tol, maxIterations, maxEvaluations },
  );
  unpack(found.x);
  return { iterations: Math.min(found.iterations, maxIterations), loss: found.value };
}
