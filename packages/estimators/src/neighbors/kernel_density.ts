/** @module KernelDensity: how densely the rows of training lie around a row (`sklearn.neighbors._kde`). */

import { NdArray } from "@curtido/arrays";
import { lgamma } from "@curtido/kernels";
import { Instance, Tuple } from "@curtido/pickle";
import { Estimator } from "../base/estimator.ts";
import { exp, log, sumOf } from "../base/math.ts";
import type { State } from "../base/state.ts";
import { type Metric, readMetric } from "./metrics.ts";

const KERNELS = ["gaussian", "tophat", "epanechnikov", "exponential", "linear", "cosine"] as const;
type Kernel = (typeof KERNELS)[number];

/** The logarithm of a kernel at a distance, up to its constant. */
function logKernel(kernel: Kernel, distance: number, h: number): number {
  const ratio = distance / h;
  if (kernel === "gaussian") return (-0.5 * (distance * distance)) / (h * h);
  if (kernel === "exponential") return -ratio;
  if (!(distance < h)) return Number.NEGATIVE_INFINITY;
  if (kernel === "tophat") return 0;
  if (kernel === "epanechnikov") return log(1 - (distance * distance) / (h * h));
  return kernel === "linear" ? log(1 - ratio) : log(Math.cos(0.5 * Math.PI * ratio));
}

/** The logarithms of the volume and the surface of a unit ball. */
function logVolume(n: number): number {
  return 0.5 * n * log(Math.PI) - lgamma(0.5 * n + 1);
}
function logSurface(n: number): number {
  return log(2 * Math.PI) + logVolume(n - 1);
}

/** The logarithm of what a kernel in `d` dimensions integrates to, negative. */
function logConstant(kernel: Kernel, d: number, h: number): number {
  return -logIntegral(kernel, d) - d * log(h);
}

function logIntegral(kernel: Kernel, d: number): number {
  switch (kernel) {
    case "gaussian":
      return 0.5 * d * log(2 * Math.PI);
    case "tophat":
      return logVolume(d);
    case "epanechnikov":
      return logVolume(d) + log(2 / (d + 2));
    case "exponential":
      return logSurface(d - 1) + lgamma(d);
    case "linear":
      return logVolume(d) - log(d + 1);
    case "cosine": {
      let factor = 0;
      let term = 2 / Math.PI;
      for (let k = 1; k <= d; k += 2) {
        factor += term;
        term *= -(d - k) * (d - k - 1) * (2 / Math.PI) ** 2;
      }
      return log(factor) + logSurface(d - 1);
    }
  }
}

/** What a tree keeps; its rows come first, and their weights last. */
function treeParts(state: State): Tuple {
  const tree = state.raw("tree_");
  const parts = tree instanceof Instance ? tree.state : undefined;
  return parts instanceof Tuple && parts.length >= 12 ? parts : state.fail("tree_", "must be a tree");
}

/** KernelDensity. It compares with every row of training: as exactly as `rtol=0` and `atol=0` ask for. */
export class KernelDensity extends Estimator {
  private readonly rows: Float64Array;
  private readonly count: number;
  private readonly logWeights: Float64Array | undefined;
  private readonly total: number;
  private readonly metric: Metric;
  private readonly kernel: Kernel;
  private readonly bandwidth: number;

  constructor(state: State) {
    super(state);
    const parts = treeParts(state);
    const table = state.arrayFrom(parts.at(0), "tree_", [undefined, this.n_features_in_]);
    const [count, features] = table.shape as readonly [number, number];
    this.rows = state.floatsFrom(table, "tree_");
    this.count = count;
    this.n_features_in_ ??= features;
    const weights = parts.length > 12 && parts.at(12) !== null ? state.floatsFrom(parts.at(12), "tree_") : undefined;
    const weighted = weights !== undefined && weights.length > 0;
    if (weighted && weights.length !== count) state.fail("tree_", `has ${weights.length} weights for ${count} rows`);
    this.logWeights = weighted ? weights.map(log) : undefined;
    this.total = log(weighted ? sumOf(weights) : count);
    this.metric = readMetric(state, features, "metric", "metric_params");
    this.kernel = state.oneOf("kernel", KERNELS, "gaussian");
    this.bandwidth = state.number(state.named("bandwidth_", "bandwidth"));
    if (!(this.bandwidth > 0)) state.fail(state.named("bandwidth_", "bandwidth"), "must be above 0");
  }

  protected doScoreSamples(X: NdArray): NdArray {
    const { count, rows, metric, kernel, bandwidth, logWeights } = this;
    const features = this.n_features_in_!;
    const table = X.toFloat64();
    const constant = logConstant(kernel, features, bandwidth) - this.total;
    const logs = new Float64Array(count);
    return NdArray.of(
      Float64Array.from({ length: X.shape[0]! }, (_, row) => {
        let most = Number.NEGATIVE_INFINITY;
        for (let at = 0; at < count; at++) {
          const distance = metric.toDistance(metric.reduced(table, row * features, rows, at * features, features));
          logs[at] = logKernel(kernel, distance, bandwidth) + (logWeights?.[at] ?? 0);
          most = Math.max(most, logs[at]!);
        }
        if (most === Number.NEGATIVE_INFINITY) return most;
        for (let at = 0; at < count; at++) logs[at] = exp(logs[at]! - most);
        return log(sumOf(logs)) + most + constant;
      }),
    );
  }
}
