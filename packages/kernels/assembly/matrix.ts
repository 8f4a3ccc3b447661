// Dense matrices with SIMD, in the order of additions that src/matrix/plain.ts has: both give the same bits.
// Addresses and strides are in bytes.

@inline function splat(at: usize): v128 {
  return v128.load_splat<f64>(at);
}

@inline function fused(sum: v128, a: v128, b: v128): v128 {
  return f64x2.add(sum, f64x2.mul(a, b));
}

/** Four rows and four columns of c += a b. */
@inline function tile(a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, c: usize, cRow: usize, k: usize): void {
  let r1 = a + aRow, r2 = r1 + aRow, r3 = r2 + aRow;
  const c1 = c + cRow, c2 = c1 + cRow, c3 = c2 + cRow;
  let s0 = v128.load(c), t0 = v128.load(c, 16), s1 = v128.load(c1), t1 = v128.load(c1, 16);
  let s2 = v128.load(c2), t2 = v128.load(c2, 16), s3 = v128.load(c3), t3 = v128.load(c3, 16);
  for (let p: usize = 0; p < k; p++, a += aCol, r1 += aCol, r2 += aCol, r3 += aCol, b += bRow) {
    const left = v128.load(b), right = v128.load(b, 16);
    let x = splat(a);
    s0 = fused(s0, x, left); t0 = fused(t0, x, right);
    x = splat(r1);
    s1 = fused(s1, x, left); t1 = fused(t1, x, right);
    x = splat(r2);
    s2 = fused(s2, x, left); t2 = fused(t2, x, right);
    x = splat(r3);
    s3 = fused(s3, x, left); t3 = fused(t3, x, right);
  }
  v128.store(c, s0); v128.store(c, t0, 16); v128.store(c1, s1); v128.store(c1, t1, 16);
  v128.store(c2, s2); v128.store(c2, t2, 16); v128.store(c3, s3); v128.store(c3, t3, 16);
}

/** One row and eight columns. */
@inline function strip(a: usize, aCol: usize, b: usize, bRow: usize, c: usize, k: usize): void {
  let s = v128.load(c), t = v128.load(c, 16), u = v128.load(c, 32), v = v128.load(c, 48);
  for (let p: usize = 0; p < k; p++, a += aCol, b += bRow) {
    const x = splat(a);
    s = fused(s, x, v128.load(b)); t = fused(t, x, v128.load(b, 16));
    u = fused(u, x, v128.load(b, 32)); v = fused(v, x, v128.load(b, 48));
  }
  v128.store(c, s); v128.store(c, t, 16); v128.store(c, u, 32); v128.store(c, v, 48);
}

/** One row and two columns. */
@inline function pair(a: usize, aCol: usize, b: usize, bRow: usize, c: usize, k: usize): void {
  let s = v128.load(c);
  for (let p: usize = 0; p < k; p++, a += aCol, b += bRow) s = fused(s, splat(a), v128.load(b));
  v128.store(c, s);
}

/** Four rows and one column. */
@inline function column(a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, c: usize, cRow: usize, k: usize): void {
  let r1 = a + aRow, r2 = r1 + aRow, r3 = r2 + aRow;
  const c1 = c + cRow, c2 = c1 + cRow, c3 = c2 + cRow;
  let s0 = load<f64>(c), s1 = load<f64>(c1), s2 = load<f64>(c2), s3 = load<f64>(c3);
  for (let p: usize = 0; p < k; p++, a += aCol, r1 += aCol, r2 += aCol, r3 += aCol, b += bRow) {
    const x = load<f64>(b);
    s0 += load<f64>(a) * x; s1 += load<f64>(r1) * x; s2 += load<f64>(r2) * x; s3 += load<f64>(r3) * x;
  }
  store<f64>(c, s0); store<f64>(c1, s1); store<f64>(c2, s2); store<f64>(c3, s3);
}

@inline function single(a: usize, aCol: usize, b: usize, bRow: usize, c: usize, k: usize): void {
  let s = load<f64>(c);
  for (let p: usize = 0; p < k; p++, a += aCol, b += bRow) s += load<f64>(a) * load<f64>(b);
  store<f64>(c, s);
}

/** How many rows of b are gone through before the next columns. */
const DEPTH: usize = 256;

/**
 * c += a b, each element added in order of the rows of b; columns of b and c lie side by side. With `lower` only the
 * tiles of four that touch the lower triangle of c are computed.
 */
export function multiply(
  a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, c: usize, cRow: usize, m: usize, n: usize, k: usize, lower: bool,
): void {
  for (let from: usize = 0; from < k; from += DEPTH) {
    const depth = min(DEPTH, k - from);
    const a0 = a + from * aCol, b0 = b + from * bRow;
    let i: usize = 0;
    for (; i + 4 <= m; i += 4) {
      const row = a0 + i * aRow, out = c + i * cRow, end = lower ? min(n, i + 4) : n;
      let j: usize = 0;
      for (; j + 4 <= end; j += 4) tile(row, aRow, aCol, b0 + (j << 3), bRow, out + (j << 3), cRow, depth);
      for (; j < end; j++) column(row, aRow, aCol, b0 + (j << 3), bRow, out + (j << 3), cRow, depth);
    }
    for (; i < m; i++) {
      const row = a0 + i * aRow, out = c + i * cRow;
      let j: usize = 0;
      for (; j + 8 <= n; j += 8) strip(row, aCol, b0 + (j << 3), bRow, out + (j << 3), depth);
      for (; j + 2 <= n; j += 2) pair(row, aCol, b0 + (j << 3), bRow, out + (j << 3), depth);
      if (j < n) single(row, aCol, b0 + (j << 3), bRow, out + (j << 3), depth);
    }
  }
}

@inline function lanes(sum: v128): f64 {
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** The inner product of two vectors: four sums of every fourth element, then what is left. */
export function dot(a: usize, b: usize, n: usize): f64 {
  let s = f64x2.splat(0), t = s;
  const whole = n & ~3;
  let i: usize = 0;
  for (; i < whole; i += 4, a += 32, b += 32) {
    s = fused(s, v128.load(a), v128.load(b)); t = fused(t, v128.load(a, 16), v128.load(b, 16));
  }
  let sum = lanes(f64x2.add(s, t));
  for (; i < n; i++, a += 8, b += 8) sum += load<f64>(a) * load<f64>(b);
  return sum;
}

/** y += factor x */
export function axpy(factor: f64, x: usize, y: usize, n: usize): void {
  const f = f64x2.splat(factor);
  const whole = n & ~3;
  let i: usize = 0;
  for (; i < whole; i += 4, x += 32, y += 32) {
    v128.store(y, fused(v128.load(y), f, v128.load(x))); v128.store(y, fused(v128.load(y, 16), f, v128.load(x, 16)), 16);
  }
  for (; i < n; i++, x += 8, y += 8) store<f64>(y, load<f64>(y) + factor * load<f64>(x));
}

/** One column of a block loses what the reflection of v takes: head -= tau w, column -= tau w v. */
@inline function reflectOne(v: usize, tau: f64, head: usize, column: usize, rows: usize): void {
  const w = tau * (load<f64>(head) + dot(v, column, rows));
  store<f64>(head, load<f64>(head) - w);
  axpy(-w, v, column, rows);
}

/** Four columns at once; each adds in the order of `dot` and `axpy`. `rows` is a multiple of four. */
@inline function reflectFour(v: usize, tau: f64, head: usize, column: usize, rows: usize): void {
  const step = rows << 3;
  const d1 = column + step, d2 = d1 + step, d3 = d2 + step;
  let s0 = f64x2.splat(0), t0 = s0, s1 = s0, t1 = s0, s2 = s0, t2 = s0, s3 = s0, t3 = s0;
  for (let i: usize = 0; i < step; i += 32) {
    const x = v128.load(v + i), y = v128.load(v + i, 16);
    s0 = fused(s0, x, v128.load(column + i)); t0 = fused(t0, y, v128.load(column + i, 16));
    s1 = fused(s1, x, v128.load(d1 + i)); t1 = fused(t1, y, v128.load(d1 + i, 16));
    s2 = fused(s2, x, v128.load(d2 + i)); t2 = fused(t2, y, v128.load(d2 + i, 16));
    s3 = fused(s3, x, v128.load(d3 + i)); t3 = fused(t3, y, v128.load(d3 + i, 16));
  }
  const w0 = tau * (load<f64>(head) + lanes(f64x2.add(s0, t0))), w1 = tau * (load<f64>(head, 8) + lanes(f64x2.add(s1, t1)));
  const w2 = tau * (load<f64>(head, 16) + lanes(f64x2.add(s2, t2))), w3 = tau * (load<f64>(head, 24) + lanes(f64x2.add(s3, t3)));
  store<f64>(head, load<f64>(head) - w0); store<f64>(head, load<f64>(head, 8) - w1, 8);
  store<f64>(head, load<f64>(head, 16) - w2, 16); store<f64>(head, load<f64>(head, 24) - w3, 24);
  const f0 = f64x2.splat(-w0), f1 = f64x2.splat(-w1), f2 = f64x2.splat(-w2), f3 = f64x2.splat(-w3);
  for (let i: usize = 0; i < step; i += 16) {
    const x = v128.load(v + i);
    v128.store(column + i, fused(v128.load(column + i), f0, x)); v128.store(d1 + i, fused(v128.load(d1 + i), f1, x));
    v128.store(d2 + i, fused(v128.load(d2 + i), f2, x)); v128.store(d3 + i, fused(v128.load(d3 + i), f3, x));
  }
}

/**
 * Householder's reflections that bring a block of rows into a triangle: [triangle; block] becomes [triangle; 0].
 * `triangle` has n rows of `columns` >= n elements; `block` has `columns` columns of `rows` elements, a multiple of four.
 */
export function reduce(triangle: usize, block: usize, rows: usize, n: usize, columns: usize): void {
  const step = rows << 3;
  for (let j: usize = 0; j < n; j++) {
    const v = block + j * step, row = triangle + j * (columns << 3);
    const norm2 = dot(v, v, rows);
    if (norm2 == 0) continue;
    const diagonal = row + (j << 3);
    const alpha = load<f64>(diagonal);
    const norm = Math.sqrt(alpha * alpha + norm2);
    const beta = alpha > 0 ? -norm : norm;
    const scale = 1 / (alpha - beta);
    for (let at = v; at < v + step; at += 16) v128.store(at, f64x2.mul(v128.load(at), f64x2.splat(scale)));
    const tau = (beta - alpha) / beta;
    store<f64>(diagonal, beta);
    let k = j + 1;
    for (; k + 4 <= columns; k += 4) reflectFour(v, tau, row + (k << 3), block + k * step, rows);
    for (; k < columns; k++) reflectOne(v, tau, row + (k << 3), block + k * step, rows);
  }
}

/** Turns two vectors by an angle. */
@inline function turn(a: usize, b: usize, n: usize, cosine: f64, sine: f64): void {
  for (let i: usize = 0; i < n; i++, a += 8, b += 8) {
    const x = load<f64>(a), y = load<f64>(b);
    store<f64>(a, cosine * x - sine * y); store<f64>(b, sine * x + cosine * y);
  }
}

/**
 * One round of one-sided Jacobi rotations: `count` vectors of `length` elements become more orthogonal to each other, and
 * what goes with each, `width` elements, is turned with them. `norms` has room for their squared lengths. Says how many
 * pairs were turned.
 */
export function orthogonalize(v: usize, count: usize, length: usize, right: usize, width: usize, norms: usize, tolerance: f64): usize {
  const step = length << 3, side = width << 3;
  let turned: usize = 0;
  for (let i: usize = 0; i < count; i++) store<f64>(norms + (i << 3), dot(v + i * step, v + i * step, length));
  for (let i: usize = 0; i + 1 < count; i++) {
    const a = v + i * step;
    for (let j = i + 1; j < count; j++) {
      const b = v + j * step;
      const aa = load<f64>(norms + (i << 3)), bb = load<f64>(norms + (j << 3));
      const ab = dot(a, b, length);
      if (Math.abs(ab) <= tolerance * Math.sqrt(aa) * Math.sqrt(bb)) continue;
      const zeta = (bb - aa) / (2 * ab);
      const tangent = (zeta >= 0 ? 1.0 : -1.0) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
      const cosine = 1 / Math.sqrt(1 + tangent * tangent), sine = cosine * tangent;
      turn(a, b, length, cosine, sine);
      turn(right + i * side, right + j * side, width, cosine, sine);
      store<f64>(norms + (i << 3), dot(a, a, length));
      store<f64>(norms + (j << 3), dot(b, b, length));
      turned++;
    }
  }
  return turned;
}

/** Rows lose the means of their columns, and are multiplied with their roots where they are `scaled`. */
export function center(x: usize, rows: usize, width: usize, means: usize, roots: usize, scaled: bool): void {
  const whole = width & ~1;
  for (let row: usize = 0; row < rows; row++) {
    const root = scaled ? load<f64>(roots + (row << 3)) : 1.0;
    const factor = f64x2.splat(root);
    let k: usize = 0;
    for (; k < whole; k += 2, x += 16)
      v128.store(x, f64x2.mul(f64x2.sub(v128.load(x), v128.load(means + (k << 3))), factor));
    if (k < width) {
      store<f64>(x, (load<f64>(x) - load<f64>(means + (k << 3))) * root);
      x += 8;
    }
  }
}

/** The columns of a row-major matrix one after another, `step` elements apart. */
export function transpose(x: usize, rows: usize, width: usize, out: usize, step: usize): void {
  const line = width << 3, stride = step << 3;
  let k: usize = 0;
  for (; k + 4 <= width; k += 4) {
    let from = x + (k << 3), to = out + k * stride;
    for (let row: usize = 0; row < rows; row++, from += line, to += 8) {
      store<f64>(to, load<f64>(from)); store<f64>(to + stride, load<f64>(from, 8));
      store<f64>(to + 2 * stride, load<f64>(from, 16)); store<f64>(to + 3 * stride, load<f64>(from, 24));
    }
  }
  for (; k < width; k++) {
    let from = x + (k << 3), to = out + k * stride;
    for (let row: usize = 0; row < rows; row++, from += line, to += 8) store<f64>(to, load<f64>(from));
  }
}
