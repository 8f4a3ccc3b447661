/** @module NearestCentroid: the class with the nearest centre (`sklearn.neighbors._nearest_centroid`). */

import { Csr, NdArray } from "@curtido/arrays";
import { squaredDistances, squaredNorms } from "@curtido/kernels";
import { Classifier } from "../base/classifier.ts";
import type { InputRules, Method } from "../base/estimator.ts";
import { takeLabels } from "../base/labels.ts";
import { log } from "../base/math.ts";
import type { State } from "../base/state.ts";
import { decisions, logShares, posteriorShares } from "../discriminant_analysis/posterior.ts";
import { agreeOnFeatures } from "../linear_model/linear.ts";
import { type Metric, readMetric } from "./metrics.ts";

/** Distances of rows to a few centres. */
class Centers {
  private readonly data: Float64Array;
  private readonly norms: Float64Array;
  private readonly metric: Metric;
  private readonly count: number;
  private readonly features: number;

  constructor(data: Float64Array, count: number, features: number, metric: Metric) {
    this.data = data;
    this.metric = metric;
    this.count = count;
    this.features = features;
    this.norms = new Float64Array(count);
    squaredNorms(data, count, features, this.norms);
  }

  /** Squared where the metric is Euclidean, else whatever the metric compares; `[rows, centres]`. */
  reduced(table: Float64Array, rows: number): Float64Array {
    const { data, norms, metric, count, features } = this;
    const out = new Float64Array(rows * count);
    if (metric.name === "euclidean") {
      const own = new Float64Array(rows);
      squaredNorms(table, rows, features, own);
      squaredDistances(table, own, rows, data, norms, count, features, out);
      return out;
    }
    for (let at = 0; at < out.length; at++) {
      const [row, center] = [Math.floor(at / count), at % count];
      out[at] = metric.reduced(table, row * features, data, center * features, features);
    }
    return out;
  }

  distances(table: Float64Array, rows: number): Float64Array {
    return this.reduced(table, rows).map(this.metric.toDistance);
  }
}

/** NearestCentroid; from 1.6 on also with scores and probabilities, for which features are scaled. */
export class NearestCentroid extends Classifier {
  private readonly centers: Centers;
  /** Standard deviations within the classes, 1 where they are 0. */
  private readonly scale: Float64Array | undefined;
  private readonly scaled: Centers | undefined;
  private readonly priors: Float64Array;
  private readonly uniform: boolean;
  private readonly euclidean: boolean;

  constructor(state: State) {
    super(state);
    const classes = this.classes_.size;
    const { data, columns } = state.matrix("centroids_", classes);
    agreeOnFeatures(this, state, columns, "centroids_");
    const metric = readMetric(state, columns, "metric", "metric_params");
    this.euclidean = metric.name === "euclidean";
    this.centers = new Centers(data, classes, columns, metric);
    this.priors = new Float64Array(classes);
    this.uniform = true;
    if (!this.version.atLeast(1, 6)) return;
    const deviations = state.matrix("within_class_std_dev_", 1, columns).data.map((each) => (each === 0 ? 1 : each));
    this.scale = deviations;
    const scaled = data.map((value, at) => value / deviations[at % columns]!);
    this.scaled = new Centers(scaled, classes, columns, metric);
    this.priors = state.floats("class_prior_", [classes]);
    this.uniform = this.priors.every((prior) => Math.abs(prior - 1 / classes) <= 1e-8 + 1e-5 / classes);
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: true };
  }
  override offers(method: Method): boolean {
    if (method === "decisionFunction" || method === "predictProba") return this.scaled !== undefined && this.euclidean;
    return super.offers(method);
  }

  protected doPredict(X: NdArray | Csr): NdArray {
    const rows = X.shape[0]!;
    const classes = this.classes_.size;
    if (!this.uniform) return this.labelsOf(NdArray.of(this.scores(X), [rows, classes]));
    const reduced = this.centers.reduced(tableOf(X), rows);
    const nearest = Int32Array.from({ length: rows }, (_, row) => {
      let best = 0;
      for (let k = 1; k < classes; k++) if (reduced[row * classes + k]! < reduced[row * classes + best]!) best = k;
      return best;
    });
    return takeLabels(this.classes_, nearest);
  }

  /** Log-densities up to a constant, `[rows, classes]`. */
  private scores(X: NdArray | Csr): Float64Array {
    const rows = X.shape[0]!;
    const classes = this.classes_.size;
    const { length } = this.scale!;
    const table = tableOf(X).map((value, at) => value / this.scale![at % length]!);
    const priors = this.priors.map(log);
    return this.scaled!.distances(table, rows).map((d, at) => -(d * d) + 2 * priors[at % classes]!);
  }

  protected doDecisionFunction(X: NdArray | Csr): NdArray {
    const classes = this.classes_.size;
    const rows = X.shape[0]!;
    return NdArray.of(decisions(this.scores(X), rows, classes), classes === 2 ? [rows] : [rows, classes]);
  }
  protected override doPredictProba(X: NdArray | Csr): NdArray {
    const shape = [X.shape[0]!, this.classes_.size] as const;
    return NdArray.of(posteriorShares(this.scores(X), ...shape, true), shape);
  }
  protected override doPredictLogProba(X: NdArray | Csr): NdArray {
    const shape = [X.shape[0]!, this.classes_.size] as const;
    return NdArray.of(logShares(this.scores(X), ...shape), shape);
  }
}

function tableOf(X: NdArray | Csr): Float64Array {
  return (X instanceof Csr ? X.toDense() : X).toFloat64();
}
