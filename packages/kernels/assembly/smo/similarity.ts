// Kernels: how similar two rows are.

import { coef0, degree, gamma, int, kind, LINEAR, POLY, powers, PRECOMPUTED, RBF, rowBytes, squares, table } from "./state";

/** 128 / ln 2; -ln 2 / 128 in two parts, of which the first times any k is exact. */
const INVERSE: f64 = 184.6649652337873, HIGH: f64 = -0.005415212348111709, LOW: f64 = -1.2864023111638346e-14;
/** Where exp is nearly 0, and Infinity; rows of numbers are as far apart as they like. */
const LEAST: f64 = -708, MOST: f64 = 709.5;

@inline function rowAt(row: i32): usize {
  return table + <usize>row * rowBytes;
}

/** e to the power of two numbers, within a unit in the last place: 2^(k / 128) times a polynomial. */
@inline function expPair(exponents: v128): v128 {
  const x = f64x2.min(f64x2.max(exponents, f64x2.splat(LEAST)), f64x2.splat(MOST));
  const k = f64x2.nearest(f64x2.mul(x, f64x2.splat(INVERSE)));
  const r = f64x2.add(f64x2.add(x, f64x2.mul(k, f64x2.splat(HIGH))), f64x2.mul(k, f64x2.splat(LOW)));
  const r2 = f64x2.mul(r, r);
  const low = f64x2.add(f64x2.splat(0.5), f64x2.mul(r, f64x2.splat(1.0 / 6.0)));
  const high = f64x2.add(f64x2.splat(1.0 / 24.0), f64x2.mul(r, f64x2.splat(1.0 / 120.0)));
  const tail = f64x2.add(r, f64x2.mul(r2, f64x2.add(low, f64x2.mul(r2, high))));
  const steps = i32x4.trunc_sat_f64x2_s_zero(k);
  const one = i32x4.extract_lane(steps, 0), other = i32x4.extract_lane(steps, 1);
  let head = f64x2.splat(load<f64>(powers + (<usize>(one & 127) << 3)));
  head = f64x2.replace_lane(head, 1, load<f64>(powers + (<usize>(other & 127) << 3)));
  // 2^(k div 128), put into the exponent.
  head = i64x2.add(head, i64x2.shl(i64x2.extend_low_i32x4_s(i32x4.shr_s(steps, 7)), 52));
  return f64x2.add(head, f64x2.mul(head, tail));
}

/** The hyperbolic tangent: a continued fraction (Lambert) near 0, else by exp. */
function tanh(x: f64): f64 {
  const size = abs(x);
  if (!(size >= 0.5)) {
    const s = x * x;
    let fraction: f64 = 19;
    for (let odd: f64 = 17; odd > 0; odd -= 2) fraction = odd + s / fraction;
    return x / fraction;
  }
  const e = f64x2.extract_lane(expPair(f64x2.splat(-2 * size)), 0);
  return copysign((1 - e) / (1 + e), x);
}

/** A power by repeated squaring, in libsvm's order. */
@inline function powerPair(base: v128): v128 {
  let square = base, result = f64x2.splat(1);
  for (let left = degree; left > 0; left >>= 1) {
    if (left & 1) result = f64x2.mul(result, square);
    square = f64x2.mul(square, square);
  }
  return result;
}

/** What the kernel makes of the inner products of a row with two others. */
@inline function kernelPair(dots: v128, row: i32, one: i32, other: i32): v128 {
  if (kind == LINEAR) return dots;
  if (kind == RBF) {
    let sums = f64x2.splat(load<f64>(squares + (<usize>one << 3)));
    sums = f64x2.replace_lane(sums, 1, load<f64>(squares + (<usize>other << 3)));
    sums = f64x2.add(f64x2.splat(load<f64>(squares + (<usize>row << 3))), sums);
    return expPair(f64x2.mul(f64x2.splat(-gamma), f64x2.sub(sums, f64x2.add(dots, dots))));
  }
  const shifted = f64x2.add(f64x2.mul(f64x2.splat(gamma), dots), f64x2.splat(coef0));
  if (kind == POLY) return powerPair(shifted);
  const first = f64x2.splat(tanh(f64x2.extract_lane(shifted, 0)));
  return f64x2.replace_lane(first, 1, tanh(f64x2.extract_lane(shifted, 1)));
}

/** The two sums of products, of even and of odd columns, added up; twice. */
@inline function addAcross(one: v128, other: v128): v128 {
  return f64x2.add(v128.shuffle<f64>(one, other, 0, 2), v128.shuffle<f64>(one, other, 1, 3));
}

@inline function storeSingles(at: usize, pair: v128): void {
  v128.store64_lane(at, f32x4.demote_f64x2_zero(pair), 0);
}

/** The inner product of two rows. */
export function dot(one: i32, other: i32): f64 {
  let a = rowAt(one), b = rowAt(other), sum = f64x2.splat(0);
  for (const to = a + rowBytes; a < to; a += 16, b += 16) sum = f64x2.add(sum, f64x2.mul(v128.load(a), v128.load(b)));
  return f64x2.extract_lane(addAcross(sum, sum), 0);
}

/** Similarities of a row with those of a list, from one place to another, as f32. */
export function fill(row: i32, list: usize, from: i32, to: i32, out: usize): void {
  if (kind == PRECOMPUTED) {
    const a = rowAt(row);
    for (let at = from; at < to; at++)
      store<f32>(out + (<usize>at << 2), <f32>load<f64>(a + (<usize>int(list, at) << 3)));
    return;
  }
  let at = from;
  for (; at + 4 <= to; at += 4) {
    const i0 = int(list, at), i1 = int(list, at + 1), i2 = int(list, at + 2), i3 = int(list, at + 3);
    let b0 = rowAt(i0), b1 = rowAt(i1), b2 = rowAt(i2), b3 = rowAt(i3), a = rowAt(row);
    let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0;
    for (const end = a + rowBytes; a < end; a += 16, b0 += 16, b1 += 16, b2 += 16, b3 += 16) {
      const x = v128.load(a);
      s0 = f64x2.add(s0, f64x2.mul(x, v128.load(b0)));
      s1 = f64x2.add(s1, f64x2.mul(x, v128.load(b1)));
      s2 = f64x2.add(s2, f64x2.mul(x, v128.load(b2)));
      s3 = f64x2.add(s3, f64x2.mul(x, v128.load(b3)));
    }
    const place = out + (<usize>at << 2);
    storeSingles(place, kernelPair(addAcross(s0, s1), row, i0, i1));
    storeSingles(place + 8, kernelPair(addAcross(s2, s3), row, i2, i3));
  }
  for (; at < to; at++) store<f32>(out + (<usize>at << 2), <f32>similarity(row, int(list, at)));
}

/** Similarity of two rows while a machine is trained. */
export function similarity(one: i32, other: i32): f64 {
  if (kind == PRECOMPUTED) return load<f64>(rowAt(one) + (<usize>other << 3));
  return f64x2.extract_lane(kernelPair(f64x2.splat(dot(one, other)), one, other, other), 0);
}

/** Similarity of two rows while a machine predicts: distances are those of differences. */
export function similarityToVector(row: i32, vector: i32): f64 {
  if (kind != RBF) return similarity(row, vector);
  let a = rowAt(row), b = rowAt(vector), sum = f64x2.splat(0);
  for (const to = a + rowBytes; a < to; a += 16, b += 16) {
    const apart = f64x2.sub(v128.load(a), v128.load(b));
    sum = f64x2.add(sum, f64x2.mul(apart, apart));
  }
  return f64x2.extract_lane(expPair(f64x2.mul(f64x2.splat(-gamma), addAcross(sum, sum))), 0);
}
