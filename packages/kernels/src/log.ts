import { highWord, parseDoubles, powersOfTwo } from "./bits.ts";
import { fma, productError } from "./fma.ts";
import { logTable } from "./generated/log-table.ts";

const table = /* @__PURE__ */ parseDoubles(logTable);

// ln 2 in two parts, of which the first times any exponent is exact.
const ln2High = 0.6931471805598903;
const ln2Low = 5.497923018708371e-14;
// log(1 + r) - r for |r| < 1/256, from r^2 on.
const a0 = -0.5000000000000001;
const a1 = 0.33333333331825593;
const a2 = -0.2499999999622955;
const a3 = 0.20000304511814496;
const a4 = -0.16667054827627667;
// The same for |r| < 0.065, from r^3 on.
const b1 = 0.3333333333333352;
const b2 = -0.24999999999998432;
const b3 = 0.19999999999320328;
const b4 = -0.16666666669929706;
const b5 = 0.14285715076560868;
const b6 = -0.12499997863982555;
const b7 = 0.11110712032936046;
const b8 = -0.10000486757818193;
const b9 = 0.09181994006195467;
const b10 = -0.08328363062289341;

/**
 * The natural logarithm, with the bits of glibc's log (2.28 and later, on processors with fused multiply-add).
 *
 * x = 2^k z, and z / c - 1 = r for a tabulated c: log x = k ln2 + log c + r - r^2 / 2 ... Around 1 a polynomial does.
 * Like in `exp`, sums are formed with ordinary rounding, and exactly where the last rounding is in doubt.
 *
 * Source: the algorithm of Arm's Optimized Routines, which glibc and musl use.
 *
 * @param x 0 gives -Infinity, less gives NaN
 * @example
 * log(10); // 2.302585092994046
 */
export function log(x: number): number {
  if (x >= 0.9375 && x < 1.064697265625) return logAroundOne(x);
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? x : Number.NaN;
  const normal = x >= 2 ** -1022;
  const y = normal ? x : x * 2 ** 52;
  const offset = highWord(y) - 0x3fe60000;
  const exponent = offset >> 20;
  const i = 2 * ((offset >> 13) & 127);
  const z = y * powersOfTwo[1024 - exponent]!;
  const inverse = table[i]!;
  const quotient = z * inverse;
  // quotient - 1 is exact, so this is z * inverse - 1 with one rounding.
  const r = quotient - 1 + productError(z, inverse, quotient);
  const k = normal ? exponent : exponent - 52;
  const w = k * ln2High + table[i + 1]!;
  const head = w + r;
  const rest = w - head + r;
  const r2 = r * r;
  const tail = rest + k * ln2Low + r2 * a0 + r * r2 * (a1 + r * a2 + r2 * (a3 + r * a4));
  const result = head + (tail - 2 ** -66);
  if (result === head + (tail + 2 ** -66)) return result;
  const cubic = fma(r2, fma(r, a4, a3), fma(r, a2, a1));
  return fma(r * r2, cubic, fma(r2, a0, fma(k, ln2Low, rest))) + head;
}

function logAroundOne(x: number): number {
  if (x === 1) return 0;
  const r = x - 1;
  const r2 = r * r;
  const r3 = r * r2;
  // The upper half of r, whose square is exact.
  const shifted = r * 2 ** 27;
  const upper = r + shifted - shifted;
  const lower = r - upper;
  const square = upper * upper * -0.5;
  const head = r + square;
  const rest = r - head + square;
  const tail =
    r3 * (b1 + r * b2 + r2 * b3 + r3 * (b4 + r * b5 + r2 * b6 + r3 * (b7 + r * b8 + r2 * b9 + r3 * b10))) +
    (rest - 0.5 * lower * (upper + r));
  const margin = Math.abs(r3) * 2 ** -49 + r2 * 2 ** -78;
  const result = head + (tail - margin);
  if (result === head + (tail + margin)) return result;
  const last = fma(r3, b10, fma(r2, b9, fma(r, b8, b7)));
  const middle = fma(r3, last, fma(r2, b6, fma(r, b5, b4)));
  const first = fma(r3, middle, fma(r2, b3, fma(r, b2, b1)));
  return fma(r3, first, fma(-0.5 * lower, upper + r, rest)) + head;
}
