/** @module How far rows are from each other, by each way of measuring it (`sklearn.metrics._dist_metrics`, `scipy.spatial`). */

/** A number for the row of `a` at `i` and that of `b` at `j`, of `n` features. */
export type Distance = (a: Float64Array, i: number, b: Float64Array, j: number, n: number) => number;

export const squares: Distance = (a, i, b, j, n) => {
  let sum = 0;
  for (let k = 0; k < n; k++) {
    const d = a[i + k]! - b[j + k]!;
    sum += d * d;
  }
  return sum;
};
export const manhattan: Distance = (a, i, b, j, n) => {
  let sum = 0;
  for (let k = 0; k < n; k++) sum += Math.abs(a[i + k]! - b[j + k]!);
  return sum;
};

export const chebyshev: Distance = (a, i, b, j, n) => {
  let most = 0;
  for (let k = 0; k < n; k++) most = Math.max(most, Math.abs(a[i + k]! - b[j + k]!));
  return most;
};

export function standardized(variances: Float64Array): Distance {
  return (a, i, b, j, n) => {
    let sum = 0;
    for (let k = 0; k < n; k++) {
      const d = a[i + k]! - b[j + k]!;
      sum += (d * d) / variances[k]!;
    }
    return sum;
  };
}

export function mahalanobis(inverse: Float64Array): Distance {
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

export const cosine: Distance = (a, i, b, j, n) => {
  let [dot, aa, bb] = [0, 0, 0];
  for (let k = 0; k < n; k++) {
    aa += a[i + k]! * a[i + k]!;
    bb += b[j + k]! * b[j + k]!;
  }
  const [la, lb] = [Math.sqrt(aa) || 1, Math.sqrt(bb) || 1];
  for (let k = 0; k < n; k++) dot += (a[i + k]! / la) * (b[j + k]! / lb);
  return Math.min(2, Math.max(0, 1 - dot));
};

export const canberra: Distance = (a, i, b, j, n) => {
  let sum = 0;
  for (let k = 0; k < n; k++) {
    const scale = Math.abs(a[i + k]!) + Math.abs(b[j + k]!);
    if (scale > 0) sum += Math.abs(a[i + k]! - b[j + k]!) / scale;
  }
  return sum;
};

export const braycurtis: Distance = (a, i, b, j, n) => {
  let [sum, scale] = [0, 0];
  for (let k = 0; k < n; k++) {
    sum += Math.abs(a[i + k]! - b[j + k]!);
    scale += Math.abs(a[i + k]!) + Math.abs(b[j + k]!);
  }
  return scale > 0 ? sum / scale : 0;
};

/** Scipy's braycurtis, which comparing with all rows used before 1.1: it adds values of different signs up. */
export const summedBraycurtis: Distance = (a, i, b, j, n) => {
  let [sum, scale] = [0, 0];
  for (let k = 0; k < n; k++) {
    sum += Math.abs(a[i + k]! - b[j + k]!);
    scale += Math.abs(a[i + k]! + b[j + k]!);
  }
  return sum / scale;
};

export const hamming: Distance = (a, i, b, j, n) => {
  let count = 0;
  for (let k = 0; k < n; k++) if (a[i + k] !== b[j + k]) count++;
  return count / n;
};

/** Over the features that both know, stretched to all; as scikit-learn, by products with zeros for what is missing. */
export const nanSquares: Distance = (a, i, b, j, n) => {
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

export const correlation: Distance = (a, i, b, j, n) => {
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

/** Metrics of truth values: from how many features both have, only the first, only the second, of `n`. */
export function truths(measure: (both: number, first: number, second: number, n: number) => number): Distance {
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
export const yule = truths((both, x, y, n) => (x * y === 0 ? 0 : (2 * x * y) / (both * (n - both - x - y) + x * y)));

export const rogers = truths((_both, x, y, n) => (2 * (x + y)) / (n + x + y));

/** Gauss and Jordan, with the largest pivot of each column. */
export function inverse(matrix: Float64Array, n: number): Float64Array {
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
