import { highWord, parseDoubles, powersOfTwo } from "./bits.ts";
import { expOfLarge, expOfSum, expOfSumUnlessInDoubt } from "./exp.ts";
import { fma, productError } from "./fma.ts";
import { powTable } from "./generated/pow-table.ts";

const table = /* @__PURE__ */ parseDoubles(powTable);

// ln 2 in two parts, of which the first times any exponent is exact.
const ln2High = 0.6931471805598903;
const ln2Low = 5.497923018708371e-14;
// log(1 + r) - r for |r| < 1/128, from r^2 on; from r^3 on they are multiplied by powers of a0 r.
const a0 = -0.5;
const a1 = -0.6666666666666679;
const a2 = 0.5000000000000007;
const a3 = 0.7999999995323976;
const a4 = -0.6666666663487739;
const a5 = -1.142909628459501;
const a6 = 1.0000415263675542;

/**
 * x to the power y, with the bits of glibc's pow (2.28 and later, on processors with fused multiply-add).
 *
 * log x is formed in two doubles with about 68 bits, times y, and `exp` of that sum. Like in `exp`, sums are formed with
 * ordinary rounding, and exactly where the last rounding is in doubt.
 *
 * Source: the algorithm of Arm's Optimized Routines, which glibc and musl use.
 *
 * @param x less than 0 gives NaN unless y is whole
 * @param y 0 gives 1, whatever x is; as does any y when x is 1
 * @example
 * pow(2, 0.5); // 1.4142135623730951
 */
export function pow(x: number, y: number): number {
  if (x === 1 || y === 0) return 1;
  if (x >= 2 ** -1022 && x < Infinity) return powOf(x, y, 0);
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (x === 0 || !Number.isFinite(x) || !Number.isFinite(y)) return x === -1 ? 1 : x ** y;
  if (x > 0) return powOf(x * 2 ** 52, y, -52);
  if (!Number.isInteger(y)) return Number.NaN;
  return y % 2 === 0 ? pow(-x, y) : -pow(-x, y);
}

/** 2^exponent x to the power y, for a normal number x above 0. */
function powOf(x: number, y: number, exponent: number): number {
  const size = Math.abs(y);
  if (!(size >= 2 ** -65 && size < 2 ** 63)) {
    if (!(size >= 1)) return Number.isNaN(y) ? y : 1;
    if (x === 1) return 1;
    return x > 1 === y > 0 ? Infinity : 0;
  }
  const offset = highWord(x) - 0x3fe69555;
  const k = offset >> 20;
  const i = 3 * ((offset >> 13) & 127);
  const z = x * powersOfTwo[1024 - k]!;
  const inverse = table[i]!;
  const quotient = z * inverse;
  // quotient - 1 is exact, so this is z * inverse - 1 with one rounding.
  const r = quotient - 1 + productError(z, inverse, quotient);
  const t1 = (k + exponent) * ln2High + table[i + 1]!;
  const t2 = t1 + r;
  const ar = a0 * r;
  const ar2 = r * ar;
  const head = t2 + ar2;
  const lost = t1 - t2 + r + productError(ar, r, ar2) + (t2 - head + ar2);
  const series = r * ar2 * (a1 + r * a2 + ar2 * (a3 + r * a4 + ar2 * (a5 + r * a6)));
  const tail = (k + exponent) * ln2Low + table[i + 2]! + lost + series;
  const log = head + tail;
  const power = y * log;
  if (Math.abs(power) < 2 ** -54) return 1 + power;
  if (Math.abs(power) < 512) {
    const rest = y * (head - log + tail) + productError(y, log, power);
    const found = expOfSumUnlessInDoubt(power, rest);
    if (!Number.isNaN(found)) return found;
  }
  return powInDoubt(y, k + exponent, i, r);
}

/** Every operation fused where glibc's is. */
function powInDoubt(y: number, k: number, i: number, r: number): number {
  const t1 = fma(k, ln2High, table[i + 1]!);
  const t2 = t1 + r;
  const low1 = fma(k, ln2Low, table[i + 2]!);
  const ar = a0 * r;
  const ar2 = r * ar;
  const ar3 = r * ar2;
  const head = t2 + ar2;
  const last = fma(ar2, fma(r, a6, a5), fma(r, a4, a3));
  const series = fma(ar2, last, fma(r, a2, a1));
  const sum = low1 + (t1 - t2 + r) + productError(ar, r, ar2) + (t2 - head + ar2);
  const tail = fma(ar3, series, sum);
  const log = head + tail;
  const power = y * log;
  if (!(Math.abs(power) < 1024)) return power > 0 ? Infinity : 0;
  const rest = fma(y, head - log + tail, productError(y, log, power));
  return Math.abs(power) < 512 ? expOfSum(power, rest) : expOfLarge(power, rest);
}
