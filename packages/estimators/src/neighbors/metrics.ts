/** @module Distances between rows (`sklearn.metrics._dist_metrics`, `sklearn.metrics.pairwise`). */

import { NdArray } from "@curtido/arrays";
import { Dict } from "@curtido/pickle";
import { estimatorError } from "../base/errors.ts";
import { globalName, type State } from "../base/state.ts";

/** A number for the row of `a` at `i` and that of `b` at `j`, of `n` features. */
export type Distance = (a: Float64Array, i: number, b: Float64Array, j: number, n: number) => number;

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

const squares: Distance = (a, i, b, j, n) => {
  let sum = 0;
  for (let k = 0; k < n; k++) {
    const d = a[i + k]! - b[j + k]!;
    sum += d * d;
  }
  return sum;
};
const euclidean = rooted("euclidean", squares);

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

function minkowski(p: number, weights?: Float64Array): Metric {
  const reduced: Distance = (a, i, b, j, n) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += (weights?.[k] ?? 1) * Math.abs(a[i + k]! - b[j + k]!) ** p;
    return sum;
  };
  return { name: "minkowski", reduced, toDistance: (sum) => sum ** (1 / p), toReduced: (d) => d ** p, power: p };
}

function standardized(variances: Float64Array): Distance {
  return (a, i, b, j, n) => {
    let sum = 0;
    for (let k = 0; k < n; k++) {
      const d = a[i + k]! - b[j + k]!;
      sum += (d * d) / variances[k]!;
    }
    return sum;
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
    return sum;
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

/** Scipy's braycurtis, which comparing with all rows used before 1.1: it adds values of different signs up. */
export const SUMMED_BRAYCURTIS: Metric = plain("braycurtis", (a, i, b, j, n) => {
  let [sum, scale] = [0, 0];
  for (let k = 0; k < n; k++) {
    sum += Math.abs(a[i + k]! - b[j + k]!);
    scale += Math.abs(a[i + k]! + b[j + k]!);
  }
  return sum / scale;
});

const hamming: Distance = (a, i, b, j, n) => {
  let count = 0;
  for (let k = 0; k < n; k++) if (a[i + k] !== b[j + k]) count++;
  return count / n;
};

/** Over the features that both know, stretched to all; as scikit-learn, by products with zeros for what is missing. */
const nanSquares: Distance = (a, i, b, j, n) => {
  let [aa, bb, dot, onlyA, onlyB, known] = [0, 0, 0, 0, 0, 0];
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[i + k]!, b[j + k]!];
    const [xx, yy] = [Number.isNaN(x) ? 0 : x * x, Number.isNaN(y) ? 0 : y * y];
    aa += xx;
    bb += yy;
    if (Number.isNaN(y)) onlyA += xx;
    else if (Number.isNaN(x)) onlyB += yy;
    else {
      dot += x * y;
      known++;
    }
  }
  const squares = Math.max(0, Math.max(0, -2 * dot + aa + bb) - onlyA - onlyB);
  return known === 0 ? Number.NaN : (squares / known) * n;
};

const correlation: Distance = (a, i, b, j, n) => {
  let [meanA, meanB] = [0, 0];
  for (let k = 0; k < n; k++) {
    meanA += a[i + k]! / n;
    meanB += b[j + k]! / n;
  }
  let [dot, aa, bb] = [0, 0, 0];
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[i + k]! - meanA, b[j + k]! - meanB];
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return Math.max(0, 1 - dot / Math.sqrt(aa * bb));
};

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

/** Metrics of truth values: from how many features both have, only the first, only the second, of `n`. */
function truths(measure: (both: number, first: number, second: number, n: number) => number): Distance {
  return (a, i, b, j, n) => {
    let [both, first, second] = [0, 0, 0];
    for (let k = 0; k < n; k++) {
      const [x, y] = [a[i + k] !== 0, b[j + k] !== 0];
      if (x && y) both++;
      else if (x) first++;
      else if (y) second++;
    }
    return measure(both, first, second, n);
  };
}

/** Both differences times each other, against agreement; 0 where one of them never occurs. */
const yule = truths((both, x, y, n) => (x * y === 0 ? 0 : (2 * x * y) / (both * (n - both - x - y) + x * y)));

const rogers = truths((_both, x, y, n) => (2 * (x + y)) / (n + x + y));

const SIMPLE: Readonly<Record<string, Metric>> = {
  euclidean,
  l2: euclidean,
  sqeuclidean: plain("sqeuclidean", squares),
  manhattan: plain("manhattan", manhattan),
  cityblock: plain("manhattan", manhattan),
  l1: plain("manhattan", manhattan),
  chebyshev: plain("chebyshev", chebyshev, Number.POSITIVE_INFINITY),
  infinity: plain("chebyshev", chebyshev, Number.POSITIVE_INFINITY),
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

/** Gauss and Jordan, with the largest pivot of each column. */
function inverse(matrix: Float64Array, n: number): Float64Array {
  const rows = Array.from({ length: n }, (_, row) =>
    Float64Array.from({ length: 2 * n }, (_, at) => (at < n ? matrix[row * n + at]! : at - n === row ? 1 : 0)),
  );
  for (let column = 0; column < n; column++) {
    let best = column;
    for (let row = column + 1; row < n; row++)
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[best]![column]!)) best = row;
    [rows[column], rows[best]] = [rows[best]!, rows[column]!];
    const pivot = rows[column]!;
    const factor = pivot[column]!;
    for (let at = 0; at < 2 * n; at++) pivot[at]! /= factor;
    for (const row of rows) {
      const times = row[column]!;
      if (row !== pivot && times !== 0) for (let at = 0; at < 2 * n; at++) row[at]! -= times * pivot[at]!;
    }
  }
  return Float64Array.from(rows.flatMap((row) => [...row.subarray(n)]));
}
