/** Numbers that are added without splitting them into halves. */
const block = 128;

/**
 * The sum of numbers, with the bits of `numpy.add.reduce` over one axis of float64.
 *
 * Up to 7 numbers are added in order, up to 128 in eight interleaved sums, and more by halves whose lengths are
 * multiples of 8. The error grows with log n instead of n.
 *
 * Source: numpy, `pairwise_sum` in loops_utils.h.src, unchanged since 1.9.
 *
 * @param a the numbers
 * @param offset index of the first one
 * @param n how many
 * @param stride distance from one to the next
 * @example
 * pairwiseSum(Float64Array.of(1, 2, 3)); // 6
 * pairwiseSum(Float64Array.of(1, 2, 3, 4), 1, 2, 2); // 2 + 4 = 6
 */
export function pairwiseSum(a: Float64Array, offset = 0, n = a.length - offset, stride = 1): number {
  // numpy adds to its identity, 0, so that a sum of nothing but -0 is 0.
  return 0 + partSum(a, offset, n, stride);
}

function partSum(a: Float64Array, offset: number, n: number, stride: number): number {
  if (n > block) {
    const half = firstHalf(n);
    return partSum(a, offset, half, stride) + partSum(a, offset + half * stride, n - half, stride);
  }
  let at = offset;
  let sum = 0;
  let i = 0;
  if (n >= 8) {
    const s = stride;
    const step = 8 * stride;
    let r0 = a[at]!;
    let r1 = a[at + s]!;
    let r2 = a[at + 2 * s]!;
    let r3 = a[at + 3 * s]!;
    let r4 = a[at + 4 * s]!;
    let r5 = a[at + 5 * s]!;
    let r6 = a[at + 6 * s]!;
    let r7 = a[at + 7 * s]!;
    at += step;
    for (i = 8; i + 8 <= n; i += 8, at += step) {
      r0 += a[at]!;
      r1 += a[at + s]!;
      r2 += a[at + 2 * s]!;
      r3 += a[at + 3 * s]!;
      r4 += a[at + 4 * s]!;
      r5 += a[at + 5 * s]!;
      r6 += a[at + 6 * s]!;
      r7 += a[at + 7 * s]!;
    }
    sum = r0 + r1 + (r2 + r3) + (r4 + r5 + (r6 + r7));
  }
  for (; i < n; i++, at += stride) sum += a[at]!;
  return sum;
}

const firstHalf = (n: number): number => {
  const half = n >> 1;
  return half - (half % 8);
};

/**
 * The sum of float32 numbers, each step rounded to float32, with the bits of `numpy.add.reduce`.
 *
 * @param a the numbers
 * @param offset index of the first one
 * @param n how many
 * @param stride distance from one to the next
 * @example
 * pairwiseSumFloat32(Float32Array.of(16777216, 1)); // 16777216
 */
export function pairwiseSumFloat32(a: Float32Array, offset = 0, n = a.length - offset, stride = 1): number {
  return 0 + partSumFloat32(a, offset, n, stride);
}

const lanes = /* @__PURE__ */ new Float32Array(8);

function partSumFloat32(a: Float32Array, offset: number, n: number, stride: number): number {
  const { fround } = Math;
  if (n > block) {
    const half = firstHalf(n);
    const first = partSumFloat32(a, offset, half, stride);
    return fround(first + partSumFloat32(a, offset + half * stride, n - half, stride));
  }
  let at = offset;
  let sum = 0;
  let i = 0;
  if (n >= 8) {
    const r = lanes;
    for (; i < 8; i++, at += stride) r[i] = a[at]!;
    for (; i + 8 <= n; i += 8) for (let j = 0; j < 8; j++, at += stride) r[j]! += a[at]!;
    const left = fround(fround(r[0]! + r[1]!) + fround(r[2]! + r[3]!));
    sum = fround(left + fround(fround(r[4]! + r[5]!) + fround(r[6]! + r[7]!)));
  }
  for (; i < n; i++, at += stride) sum = fround(sum + a[at]!);
  return sum;
}

/**
 * The sum of each row, as `x.sum(axis=1)` of a C-contiguous float64 array.
 *
 * @param x row-major, `[n, m]`
 * @param out `[n]`
 * @example
 * sumRows(Float64Array.of(1, 2, 3, 4), 2, 2, out); // [3, 7]
 */
export function sumRows(x: Float64Array, n: number, m: number, out: Float64Array): void {
  for (let i = 0; i < n; i++) out[i] = pairwiseSum(x, i * m, m);
}

/**
 * The sum of each column, as `x.sum(axis=0)` of a C-contiguous float64 array: row after row, without pairs. A single
 * column is one axis to numpy, and summed pairwise.
 *
 * @param x row-major, `[n, m]`
 * @param out `[m]`
 * @example
 * sumColumns(Float64Array.of(1, 2, 3, 4), 2, 2, out); // [4, 6]
 */
export function sumColumns(x: Float64Array, n: number, m: number, out: Float64Array): void {
  if (m === 1) {
    out[0] = pairwiseSum(x, 0, n);
    return;
  }
  out.fill(0, 0, m);
  for (let i = 0, at = 0; i < n; i++) for (let j = 0; j < m; j++, at++) out[j]! += x[at]!;
}
