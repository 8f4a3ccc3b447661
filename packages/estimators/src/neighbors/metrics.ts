/** @module Distances between rows (`sklearn.metrics._dist_metrics`, `sklearn.metrics.pairwise`). */

import { NdArray } from "@curtido/arrays";
import { Dict } from "@curtido/pickle";
import { estimatorError } from "../base/errors.ts";
import type { State } from "../base/state.ts";

/** The distance between a row of `a` at `i` and one of `b` at `j`, of `n` features. */
export type Distance = (a: Float64Array, i: number, b: Float64Array, j: number, n: number) => number;

const euclidean: Distance = (a, i, b, j, n) => {
  let sum = 0;
  for (let k = 0; k < n; k++) {
    const d = a[i + k]! - b[j + k]!;
    sum += d * d;
  }
  return Math.sqrt(sum);
};

const manhattan: Distance = (a, i, b, j, n) => {
  let sum = 0;
  for (let k = 0; k < n; k++) sum += Math.abs(a[i + k]! - b[j + k]!);
  return sum;
};

const chebyshev: Distance = (a, i, b, j, n) => {
  let most = 0;
  for (let k = 0; k < n; k++) most = Math.max(most, Math.abs(a[i + k]! - b[j + k]!));
  return most;
};

function minkowski(p: number, weights?: Float64Array): Distance {
  return (a, i, b, j, n) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += (weights?.[k] ?? 1) * Math.abs(a[i + k]! - b[j + k]!) ** p;
    return sum ** (1 / p);
  };
}

function standardized(variances: Float64Array): Distance {
  return (a, i, b, j, n) => {
    let sum = 0;
    for (let k = 0; k < n; k++) {
      const d = a[i + k]! - b[j + k]!;
      sum += (d * d) / variances[k]!;
    }
    return Math.sqrt(sum);
  };
}

function mahalanobis(inverse: Float64Array): Distance {
  return (a, i, b, j, n) => {
    let sum = 0;
    for (let r = 0; r < n; r++) {
      let inner = 0;
      for (let c = 0; c < n; c++) inner += inverse[r * n + c]! * (a[i + c]! - b[j + c]!);
      sum += inner * (a[i + r]! - b[j + r]!);
    }
    return Math.sqrt(sum);
  };
}

const cosine: Distance = (a, i, b, j, n) => {
  let [dot, aa, bb] = [0, 0, 0];
  for (let k = 0; k < n; k++) {
    aa += a[i + k]! * a[i + k]!;
    bb += b[j + k]! * b[j + k]!;
  }
  const [la, lb] = [Math.sqrt(aa) || 1, Math.sqrt(bb) || 1];
  for (let k = 0; k < n; k++) dot += (a[i + k]! / la) * (b[j + k]! / lb);
  return Math.min(2, Math.max(0, 1 - dot));
};

const canberra: Distance = (a, i, b, j, n) => {
  let sum = 0;
  for (let k = 0; k < n; k++) {
    const scale = Math.abs(a[i + k]!) + Math.abs(b[j + k]!);
    if (scale > 0) sum += Math.abs(a[i + k]! - b[j + k]!) / scale;
  }
  return sum;
};

const braycurtis: Distance = (a, i, b, j, n) => {
  let [sum, scale] = [0, 0];
  for (let k = 0; k < n; k++) {
    sum += Math.abs(a[i + k]! - b[j + k]!);
    scale += Math.abs(a[i + k]!) + Math.abs(b[j + k]!);
  }
  return scale > 0 ? sum / scale : 0;
};

const hamming: Distance = (a, i, b, j, n) => {
  let count = 0;
  for (let k = 0; k < n; k++) if (a[i + k] !== b[j + k]) count++;
  return count / n;
};

const SIMPLE: Readonly<Record<string, Distance>> = {
  euclidean,
  l2: euclidean,
  manhattan,
  cityblock: manhattan,
  l1: manhattan,
  chebyshev,
  infinity: chebyshev,
  cosine,
  canberra,
  braycurtis,
  hamming,
};

/** The distance that a fitted estimator uses, by its `effective_metric_` and parameters. */
export function readDistance(state: State, features: number): { readonly name: string; readonly distance: Distance } {
  const name = state.string("effective_metric_", "minkowski");
  const params = state.given("effective_metric_params_") ? state.dict("effective_metric_params_") : new Dict();
  const vector = (key: string, length: number) => {
    const array = state.context.value(params.get(key));
    if (!(array instanceof NdArray) || array.size !== length)
      return state.fail("effective_metric_params_", `has no '${key}' of ${length} numbers`);
    return array.toFloat64();
  };
  if (name === "minkowski" || name === "p") {
    const p = Number(params.get("p") ?? state.number("p", 2));
    const weights = params.get("w") === undefined || params.get("w") === null ? undefined : vector("w", features);
    if (weights === undefined && p === 2) return { name: "euclidean", distance: euclidean };
    if (weights === undefined && p === 1) return { name: "manhattan", distance: manhattan };
    if (!(p > 0)) state.fail("p", `must be positive, not ${p}`);
    return { name, distance: p === Number.POSITIVE_INFINITY ? chebyshev : minkowski(p, weights) };
  }
  if (name === "seuclidean") return { name, distance: standardized(vector("V", features)) };
  if (name === "mahalanobis") {
    return { name, distance: mahalanobis(vector(params.has("VI") ? "VI" : "V", features * features)) };
  }
  const simple = SIMPLE[name];
  if (simple !== undefined) return { name, distance: simple };
  const path = state.at("effective_metric_");
  throw estimatorError("E_UNSUPPORTED", `'${path}' is '${name}', a metric that is not supported`, {
    path,
    metric: name,
  });
}
