import { highWord, withHighWord } from "./bits.ts";

const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;

// fdlibm's coefficients for log1p.
const p1 = 0.6666666666666735;
const p2 = 0.3999999999940942;
const p3 = 0.2857142874366239;
const p4 = 0.22222198432149784;
const p5 = 0.1818357216161805;
const p6 = 0.15313837699209373;
const p7 = 0.14798198605116586;

/**
 * log(1 + x) without cancellation, with the bits of glibc's log1p as compiled without fused multiply-add.
 *
 * glibc also has a variant with it, whose results differ by one unit in the last place on 0.03 % of arguments.
 *
 * Source: fdlibm (Sun Microsystems, 1993), with the order of operations that glibc changed.
 *
 * @param x -1 gives -Infinity, less gives NaN
 * @example
 * log1p(1e-10); // 9.9999999995e-11
 */
export function log1p(x: number): number {
  if (!(x > -1 && x < Infinity)) return x === -1 ? -Infinity : x > 0 ? x : Number.NaN;
  const size = Math.abs(x);
  if (size < 2 ** -54) return x;
  if (size < 2 ** -29) return x - x * x * 0.5;
  // 1 + x = 2^k (1 + f) with f in sqrt(1/2) - 1 .. sqrt(2) - 1; c is what rounding 1 + x lost.
  if (highWord(size) < (x < 0 ? 0x3fd2bec4 : 0x3fda827a)) return x - remainder(x, 0.5 * x * x, 0);
  const sum = x < 2 ** 53 ? 1 + x : x;
  const high = highWord(sum);
  let k = (high >> 20) - 1023;
  const c = x < 2 ** 53 ? (k > 0 ? 1 - (sum - x) : x - (sum - 1)) / sum : 0;
  const fraction = high & 0xfffff;
  const upper = fraction >= 0x6a09e;
  if (upper) k++;
  const f = withHighWord(sum, fraction | (upper ? 0x3fe00000 : 0x3ff00000)) - 1;
  const correction = k * ln2Low + c;
  const half = 0.5 * f * f;
  const nearPower = upper ? (0x100000 - fraction) >> 2 === 0 : fraction === 0;
  if (nearPower) {
    if (f === 0) return k === 0 ? 0 : k * ln2High + (c + k * ln2Low);
    const r = half * (1 - 0.6666666666666666 * f);
    return k === 0 ? f - r : k * ln2High - (r - correction - f);
  }
  if (k === 0) return f - remainder(f, half, 0);
  return k * ln2High - (remainder(f, half, correction) - f);
}

/** f - log(1 + f) - correction, where half = f^2 / 2. */
function remainder(f: number, half: number, correction: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const z2 = z * z;
  const z4 = z2 * z2;
  const r = z * p1 + z2 * (p2 + z * p3) + z4 * (p4 + z * p5) + z4 * z2 * (p6 + z * p7);
  return half - (s * (half + r) + correction);
}
