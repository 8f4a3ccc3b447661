/** @module The losses of networks (`sklearn.neural_network._base`). */

import { log } from "@curtido/kernels";

export type NetworkLossName = "squared_error" | "poisson" | "log_loss" | "binary_log_loss";

const EPSILON = 2 ** -52;

const xlogy = (x: number, y: number) => (x === 0 ? 0 : x * log(y));
const clip = (p: number) => Math.min(Math.max(p, EPSILON), 1 - EPSILON);

/** What one output of one row costs. */
const COSTS: Readonly<Record<NetworkLossName, (y: number, said: number) => number>> = {
  squared_error: (y, said) => (y - said) ** 2,
  poisson: (y, said) => xlogy(y, y / said) - y + said,
  log_loss: (y, said) => -xlogy(y, clip(said)),
  binary_log_loss: (y, said) => -(xlogy(y, clip(said)) + xlogy(1 - y, 1 - clip(said))),
};

/**
 * The weighted mean over the rows, summed over outputs; half the mean over outputs for squares.
 *
 * @param y - `[rows, outputs]`
 * @param total - the sum of the weights
 */
export function networkLoss(
  name: NetworkLossName,
  y: Float64Array,
  said: Float64Array,
  rows: number,
  outputs: number,
  weights: Float64Array | undefined,
  total: number,
): number {
  const cost = COSTS[name];
  let sum = 0;
  for (let row = 0, at = 0; row < rows; row++) {
    const weight = weights === undefined ? 1 : weights[row]!;
    for (let k = 0; k < outputs; k++, at++) sum += cost(y[at]!, said[at]!) * weight;
  }
  return name === "squared_error" ? (0.5 * sum) / total / outputs : sum / total;
}
