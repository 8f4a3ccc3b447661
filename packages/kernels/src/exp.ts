import { parseDoubles, powersOfTwo } from "./bits.ts";
import { fma } from "./fma.ts";
import { expTable } from "./generated/exp-table.ts";

const table = /* @__PURE__ */ parseDoubles(expTable);
const tails = 128;

// 128 / ln 2; -ln 2 / 128 in two parts, of which the first times any k is exact; coefficients of exp(r) - 1 - r.
const inverse = 184.6649652337873;
const high = -0.005415212348111709;
const low = -1.2864023111638346e-14;
const c2 = 0.49999999999996786;
const c3 = 0.16666666666665886;
const c4 = 0.0416666808410674;
const c5 = 0.008333335853059549;
/** Adding and subtracting this rounds to a whole number. */
const shift = 1.5 * 2 ** 52;

/**
 * e to the power x, with the bits of glibc's exp (2.28 and later, on processors with fused multiply-add).
 *
 * x = k ln2 / 128 + r; the result is 2^(k/128) (1 + tail + r + r^2 ...), where glibc rounds once per multiply-add. Here
 * that sum is formed with ordinary rounding, at most 2^-59 away. If the last rounding comes out the same 2^-58 above
 * and below, it is glibc's; otherwise (one argument in 30) only what is in doubt is done exactly.
 *
 * Source: the algorithm of Arm's Optimized Routines, which glibc and musl use.
 *
 * @param x any number: NaN gives NaN, more than 709.78 gives Infinity, less than -745.13 gives 0
 * @example
 * exp(1); // 2.718281828459045
 */
export function exp(x: number): number {
  const size = Math.abs(x);
  if (!(size < 512)) return expOfLarge(x);
  if (size < 2 ** -54) return 1 + x;
  const z = inverse * x;
  const k = z + shift - shift;
  const i = k & 127;
  const r = x + k * high + k * low;
  const r2 = r * r;
  const tail = table[tails + i]! + r + r2 * (c2 + r * c3) + r2 * r2 * (c4 + r * c5);
  const head = table[i]!;
  const product = head * tail;
  const margin = head * 2 ** -58;
  const result = head + (product - margin);
  // Close to a tie the fused product may round to another k.
  if (result !== head + (product + margin) || Math.abs(z - k) > 0.5 - 2 ** -34) return expInDoubt(x);
  return result * powersOfTwo[(k >> 7) + 1024]!;
}

function expInDoubt(x: number): number {
  const k = fma(inverse, x, shift) - shift;
  const i = k & 127;
  const base = x + k * high;
  const step = k * low;
  const r = base + step;
  const r2 = r * r;
  const square = r2 * (c2 + r * c3);
  const sum = table[tails + i]! + r;
  const rest = r2 * r2 * (c4 + r * c5);
  const certain = addsAlike(base, step) && addsAlike(sum, square) && addsAlike(sum + square, rest);
  const tail = certain ? sum + square + rest : fusedTail(x, k);
  return fma(table[i]!, tail, table[i]!) * powersOfTwo[(k >> 7) + 1024]!;
}

/** Whether a + b comes out the same however the operations that made b were rounded. */
function addsAlike(a: number, b: number): boolean {
  return a + b * (1 - 2 ** -50) === a + b * (1 + 2 ** -50);
}

/** exp(x + rest) / H[k mod 128] / 2^(k div 128) - 1, rounded where glibc rounds. */
function fusedTail(x: number, k: number, rest = 0): number {
  const r = fma(k, low, fma(k, high, x)) + rest;
  const r2 = r * r;
  return fma(r2 * r2, fma(c5, r, c4), fma(r2, fma(c3, r, c2), table[tails + (k & 127)]! + r));
}

/** e to the power x + rest, where x is the nearest double to that and both are rounded as glibc's pow does it. */
export function expOfSum(x: number, rest: number): number {
  const k = fma(inverse, x, shift) - shift;
  const head = table[k & 127]!;
  return fma(head, fusedTail(x, k, rest), head) * powersOfTwo[(k >> 7) + 1024]!;
}

/** The same with ordinary rounding, or NaN where the last rounding is in doubt. */
export function expOfSumUnlessInDoubt(x: number, rest: number): number {
  const z = inverse * x;
  const k = z + shift - shift;
  const i = k & 127;
  const r = x + k * high + (k * low + rest);
  const r2 = r * r;
  const tail = table[tails + i]! + r + r2 * (c2 + r * c3) + r2 * r2 * (c4 + r * c5);
  const head = table[i]!;
  const product = head * tail;
  const margin = head * 2 ** -57;
  const result = head + (product - margin);
  if (result !== head + (product + margin) || Math.abs(z - k) > 0.5 - 2 ** -34) return Number.NaN;
  return result * powersOfTwo[(k >> 7) + 1024]!;
}

/** Results near the ends of the range, scaled so that the sum neither overflows nor loses bits twice. */
export function expOfLarge(x: number, rest = 0): number {
  if (!(Math.abs(x) < 1024)) return Number.isNaN(x) ? x : x > 0 ? Infinity : 0;
  const k = fma(inverse, x, shift) - shift;
  const tail = fusedTail(x, k, rest);
  const head = table[k & 127]!;
  const exponent = k >> 7;
  if (k > 0) {
    const scale = head * powersOfTwo[exponent - 1009 + 1024]!;
    return 2 ** 1009 * fma(scale, tail, scale);
  }
  if (exponent < -1100) return 0;
  const scale = head * powersOfTwo[exponent + 1022 + 1024]!;
  // Compilers do not fuse here, as the product has a second use.
  const product = scale * tail;
  let result = scale + product;
  if (result < 1) {
    // Subnormal: round at the last bit that will be kept.
    const error = scale - result + product;
    const sum = 1 + result;
    result = sum + (1 - sum + result + error) - 1;
  }
  return 2 ** -1022 * result;
}

/**
 * The logistic function 1 / (1 + exp(-x)), with the bits of scipy.special.expit.
 *
 * @param x any number; the result is in 0..1, or NaN
 * @example
 * expit(0); // 0.5
 */
export function expit(x: number): number {
  return 1 / (1 + exp(-x));
}
