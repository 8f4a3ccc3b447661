/**
 * The inner product of two vectors, added in order: as reference BLAS has it.
 *
 * @param a first vector, from `aOffset` on
 * @param b second vector, from `bOffset` on
 * @param n length of both
 * @example
 * dot(Float64Array.of(1, 2), 0, Float64Array.of(3, 4), 0, 2); // 11
 */
export function dot(a: Float64Array, aOffset: number, b: Float64Array, bOffset: number, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += a[aOffset + i]! * b[bOffset + i]!;
  return sum;
}

/**
 * out = x w^T + b, each element added in order of the columns of x, then b: `X @ coef_.T + intercept_`.
 *
 * @param x rows, row-major, `[n, k]`
 * @param w row-major, `[m, k]`
 * @param b `[m]`, or nothing to add
 * @param out row-major, `[n, m]`; overwritten
 * @example
 * affine(Float64Array.of(1, 2), 1, 2, Float64Array.of(3, 4), Float64Array.of(0.5), 1, out); // [11.5]
 */
export function affine(
  x: Float64Array,
  n: number,
  k: number,
  w: Float64Array,
  b: Float64Array | undefined,
  m: number,
  out: Float64Array,
): void {
  const whole = m - (m % 4);
  for (let i = 0; i < n; i++) for (let j = 0; j < whole; j += 4) fourDots(x, i * k, w, j * k, k, out, i * m + j, 1);
  for (let j = whole; j < m; j++) {
    let i = 0;
    for (; i + 4 <= n; i += 4) fourDots(w, j * k, x, i * k, k, out, i * m + j, m);
    for (; i < n; i++) out[i * m + j] = dot(x, i * k, w, j * k, k);
  }
  if (b === undefined) return;
  for (let i = 0, at = 0; i < n; i++) for (let j = 0; j < m; j++, at++) out[at]! += b[j]!;
}

/** Inner products of one row with four consecutive ones, which do not wait for each other. */
function fourDots(
  x: Float64Array,
  row: number,
  w: Float64Array,
  first: number,
  k: number,
  out: Float64Array,
  to: number,
  step: number,
): void {
  const second = first + k;
  const third = second + k;
  const fourth = third + k;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let p = 0; p < k; p++) {
    const v = x[row + p]!;
    s0 += v * w[first + p]!;
    s1 += v * w[second + p]!;
    s2 += v * w[third + p]!;
    s3 += v * w[fourth + p]!;
  }
  out[to] = s0;
  out[to + step] = s1;
  out[to + 2 * step] = s2;
  out[to + 3 * step] = s3;
}

/** Rows of the second matrix that are used before the next ones: they stay in the cache. */
const depth = 64;

/**
 * out = a b, each element added in order of the columns of a.
 *
 * @param a row-major, `[n, k]`
 * @param b row-major, `[k, m]`
 * @param out row-major, `[n, m]`; overwritten
 * @example
 * matmul(Float64Array.of(1, 2), 1, 2, Float64Array.of(3, 4), 1, out); // [11]
 */
export function matmul(a: Float64Array, n: number, k: number, b: Float64Array, m: number, out: Float64Array): void {
  out.fill(0, 0, n * m);
  for (let start = 0; start < k; start += depth) {
    const end = Math.min(start + depth, k);
    for (let i = 0; i < n; i++) {
      let j = 0;
      for (; j + 4 <= m; j += 4) addFourColumns(a, i * k, b, j, m, start, end, out, i * m + j);
      for (; j < m; j++) {
        let sum = out[i * m + j]!;
        for (let p = start; p < end; p++) sum += a[i * k + p]! * b[p * m + j]!;
        out[i * m + j] = sum;
      }
    }
  }
}

function addFourColumns(
  a: Float64Array,
  row: number,
  b: Float64Array,
  column: number,
  m: number,
  start: number,
  end: number,
  out: Float64Array,
  to: number,
): void {
  let s0 = out[to]!;
  let s1 = out[to + 1]!;
  let s2 = out[to + 2]!;
  let s3 = out[to + 3]!;
  for (let p = start, at = start * m + column; p < end; p++, at += m) {
    const v = a[row + p]!;
    s0 += v * b[at]!;
    s1 += v * b[at + 1]!;
    s2 += v * b[at + 2]!;
    s3 += v * b[at + 3]!;
  }
  out[to] = s0;
  out[to + 1] = s1;
  out[to + 2] = s2;
  out[to + 3] = s3;
}

/**
 * The inner product of each row with itself, added in order.
 *
 * @param x row-major, `[n, k]`
 * @param out `[n]`
 */
export function squaredNorms(x: Float64Array, n: number, k: number, out: Float64Array): void {
  for (let i = 0; i < n; i++) out[i] = dot(x, i * k, x, i * k, k);
}

/**
 * Squared Euclidean distances max(0, (-2 x y + |x|^2) + |y|^2), as scikit-learn's `euclidean_distances` forms them.
 *
 * Two equal points may be at a small distance other than 0: where that matters, subtract first.
 *
 * @param x row-major, `[n, k]`
 * @param xNorms `[n]`, see {@link squaredNorms}
 * @param y row-major, `[m, k]`
 * @param yNorms `[m]`
 * @param out row-major, `[n, m]`; overwritten
 * @example
 * // The points (0, 0) and (3, 4):
 * squaredDistances(Float64Array.of(0, 0), Float64Array.of(0), 1, Float64Array.of(3, 4), Float64Array.of(25), 1, 2, out); // [25]
 */
export function squaredDistances(
  x: Float64Array,
  xNorms: Float64Array,
  n: number,
  y: Float64Array,
  yNorms: Float64Array,
  m: number,
  k: number,
  out: Float64Array,
): void {
  affine(x, n, k, y, undefined, m, out);
  for (let i = 0, at = 0; i < n; i++) {
    const norm = xNorms[i]!;
    for (let j = 0; j < m; j++, at++) {
      out[at] = Math.max(0, -2 * out[at]! + norm + yNorms[j]!);
    }
  }
}
