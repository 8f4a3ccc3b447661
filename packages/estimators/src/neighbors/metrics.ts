/** @module Metrics by their names (`sklearn.metrics._dist_metrics`, `sklearn.metrics.pairwise`). */

import { NdArray } from "@curtido/arrays";
import { Dict } from "@curtido/pickle";
import { estimatorError } from "../base/errors.ts";
import { globalName, type State } from "../base/state.ts";
import {
  braycurtis,
  canberra,
  chebyshev,
  correlation,
  cosine,
  type Distance,
  hamming,
  inverse,
  mahalanobis,
  manhattan,
  nanSquares,
  rogers,
  squares,
  standardized,
  summedBraycurtis,
  truths,
  yule,
} from "./distances.ts";

/** A distance, and a cheaper number of the same order: what trees and heaps compare. */
export interface Metric {
  readonly name: string;
  readonly reduced: Distance;
  readonly toDistance: (reduced: number) => number;
  readonly toReduced: (distance: number) => number;
  /** The exponent of Minkowski's metrics. */
  readonly power: number;
}

const same = (value: number) => value;
const square = (value: number) => value * value;

/** A metric whose distances are compared as they are. */
function plain(name: string, reduced: Distance, power = 1): Metric {
  return { name, reduced, toDistance: same, toReduced: same, power };
}

/** A metric that is the root of a sum. */
function rooted(name: string, reduced: Distance): Metric {
  return { name, reduced, toDistance: Math.sqrt, toReduced: square, power: 2 };
}

const euclidean = rooted("euclidean", squares);

function minkowski(p: number, weights?: Float64Array): Metric {
  const reduced: Distance = (a, i, b, j, n) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += (weights?.[k] ?? 1) * Math.abs(a[i + k]! - b[j + k]!) ** p;
    return sum;
  };
  return { name: "minkowski", reduced, toDistance: (sum) => sum ** (1 / p), toReduced: (d) => d ** p, power: p };
}

/** What comparing with all rows measured before 1.1. */
export const SUMMED_BRAYCURTIS: Metric = plain("braycurtis", summedBraycurtis);

/** On a sphere, of latitude and longitude in radians. */
const haversine: Metric = {
  name: "haversine",
  reduced: (a, i, b, j) => {
    const x = Math.sin(0.5 * (a[i]! - b[j]!));
    const y = Math.sin(0.5 * (a[i + 1]! - b[j + 1]!));
    return x * x + Math.cos(a[i]!) * Math.cos(b[j]!) * y * y;
  },
  toDistance: (reduced) => 2 * Math.asin(Math.sqrt(reduced)),
  toReduced: (distance) => Math.sin(0.5 * distance) ** 2,
  power: 2,
};

const SIMPLE: Readonly<Record<string, Metric>> = {
  euclidean,
  l2: euclidean,
  sqeuclidean: plain("sqeuclidean", squares),
  manhattan: plain("manhattan", manhattan),
  cityblock: plain("manhattan", manhattan),
  l1: plain("manhattan", manhattan),
  chebyshev: plain("chebyshev", chebyshev, Infinity),
  infinity: plain("chebyshev", chebyshev, Infinity),
  cosine: plain("cosine", cosine),
  correlation: plain("correlation", correlation),
  nan_euclidean: rooted("nan_euclidean", nanSquares),
  haversine,
  /** Rows hold their distances already: nobody asks for this one. */
  precomputed: plain("precomputed", () => Number.NaN),
  canberra: plain("canberra", canberra),
  braycurtis: plain("braycurtis", braycurtis),
  hamming: plain("hamming", hamming),
  matching: plain(
    "matching",
    truths((_both, x, y, n) => (x + y) / n),
  ),
  jaccard: plain(
    "jaccard",
    truths((both, x, y) => (both + x + y === 0 ? 0 : (x + y) / (both + x + y))),
  ),
  dice: plain(
    "dice",
    truths((both, x, y) => (x + y) / (2 * both + x + y)),
  ),
  russellrao: plain(
    "russellrao",
    truths((both, _x, _y, n) => (n - both) / n),
  ),
  yule: plain("yule", yule),
  kulsinski: plain(
    "kulsinski",
    truths((both, x, y, n) => (x + y - both + n) / (x + y + n)),
  ),
  rogerstanimoto: plain("rogerstanimoto", rogers),
  sokalmichener: plain("sokalmichener", rogers),
  sokalsneath: plain(
    "sokalsneath",
    truths((both, x, y) => (x + y) / (0.5 * both + x + y)),
  ),
};

/** A metric without parameters of its own, or Minkowski's with the exponent `p`. */
export function metricOf(name: string, p: number): Metric | undefined {
  return name === "minkowski" ? minkowski(p) : Object.hasOwn(SIMPLE, name) ? SIMPLE[name] : undefined;
}

/** The metric that a fitted estimator uses, by name and parameters. */
export function readMetric(
  state: State,
  features: number,
  metricName = "effective_metric_",
  paramsName = "effective_metric_params_",
): Metric {
  const own = globalName(state.raw(metricName));
  if (own !== undefined) {
    const path = state.at(metricName);
    const message = `'${path}' is ${own}, a function of its own: distances by it are not supported`;
    throw estimatorError("E_UNSUPPORTED", message, { path, metric: own });
  }
  const name = state.string(metricName, "minkowski");
  const params = state.given(paramsName) ? state.dict(paramsName) : new Dict();
  const vector = (key: string, length: number) => {
    const value = state.context.value(params.get(key));
    const array = Array.isArray(value) ? NdArray.of(Float64Array.from(value, Number)) : value;
    if (!(array instanceof NdArray) || array.size !== length)
      return state.fail(paramsName, `has no '${key}' of ${length} numbers`);
    return array.toFloat64();
  };
  if (name === "minkowski" || name === "wminkowski" || name === "p") {
    const p = Number(params.get("p") ?? state.number("p", 2));
    const given = params.get("w") === undefined || params.get("w") === null ? undefined : vector("w", features);
    // wminkowski weighted the differences, not their powers.
    const weights = name === "wminkowski" ? given?.map((weight) => weight ** p) : given;
    if (weights === undefined && p === 2) return euclidean;
    if (weights === undefined && p === 1) return SIMPLE.manhattan!;
    if (!(p > 0)) state.fail("p", `must be positive, not ${p}`);
    return p === Number.POSITIVE_INFINITY ? SIMPLE.chebyshev! : minkowski(p, weights);
  }
  if (name === "seuclidean") return rooted(name, standardized(vector("V", features)));
  if (name === "mahalanobis") {
    const matrix = vector(params.has("VI") ? "VI" : "V", features * features);
    return rooted(name, mahalanobis(params.has("VI") ? matrix : inverse(matrix, features)));
  }
  const simple = SIMPLE[name];
  if (simple !== undefined) return simple;
  const path = state.at(metricName);
  throw estimatorError("E_UNSUPPORTED", `'${path}' is '${name}', a metric that is not supported`, {
    path,
    metric: name,
  });
}
