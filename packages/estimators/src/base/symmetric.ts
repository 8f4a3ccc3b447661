/** @module Symmetric matrices: eigenvalues by Jacobi's rotations, and inverses made of them. */

/** Rounds over all elements beyond the diagonal; a dozen are enough for any matrix. */
const MOST_ROUNDS = 60;
const EPSILON = 2 ** -52;

/**
 * The pseudo-inverse of a symmetric matrix (`scipy.linalg.pinvh`): eigenvalues that are 0 but for rounding stay 0.
 *
 * @param matrix row-major, `[n, n]`; never changed
 */
export function symmetricInverse(matrix: Float64Array, n: number): Float64Array {
  const { values, vectors } = symmetricEigen(matrix, n);
  const most = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const least = n * EPSILON * most;
  const out = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    if (!(Math.abs(values[k]!) > least)) continue;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) out[i * n + j]! += (vectors[i * n + k]! * vectors[j * n + k]!) / values[k]!;
  }
  return out;
}

/** Eigenvalues in no order, and their vectors as columns (Golub and Van Loan, section 8.5). */
function symmetricEigen(matrix: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const a = matrix.slice();
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let beyond = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) beyond += Math.abs(a[p * n + q]!);
    if (beyond === 0) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, vectors, n, p, q);
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]!), vectors };
}

/** The rotation that makes the element at p, q zero. */
function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const [kp, kq] = [a[k * n + p]!, a[k * n + q]!];
    a[k * n + p] = c * kp - s * kq;
    a[k * n + q] = s * kp + c * kq;
  }
  for (let k = 0; k < n; k++) {
    const [pk, qk] = [a[p * n + k]!, a[q * n + k]!];
    a[p * n + k] = c * pk - s * qk;
    a[q * n + k] = s * pk + c * qk;
    const [vp, vq] = [vectors[k * n + p]!, vectors[k * n + q]!];
    vectors[k * n + p] = c * vp - s * vq;
    vectors[k * n + q] = s * vp + c * vq;
  }
}

/**
 * The lower triangle whose product with its own transpose is the matrix (Cholesky); `undefined` when the matrix is not
 * positive definite.
 *
 * @param matrix row-major, `[n, n]`, symmetric; never changed
 */
export function cholesky(matrix: Float64Array, n: number): Float64Array | undefined {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= out[i * n + k]! * out[j * n + k]!;
      if (i === j && !(sum > 0)) return undefined;
      out[i * n + j] = i === j ? Math.sqrt(sum) : sum / out[j * n + j]!;
    }
  }
  return out;
}
