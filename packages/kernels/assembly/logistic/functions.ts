// exp and log1p with the bits of src/exp.ts and src/log1p.ts, where they are explained.

/** For the arguments where ordinary rounding is not enough, or that are large. */
@external("env", "exp")
declare function carefulExp(x: f64): f64;

const INVERSE: f64 = 184.6649652337873;
const HIGH: f64 = -0.005415212348111709, LOW: f64 = -1.2864023111638346e-14;
const C2: f64 = 0.49999999999996786, C3: f64 = 0.16666666666665886;
const C4: f64 = 0.0416666808410674, C5: f64 = 0.008333335853059549;
const SHIFT: f64 = 6755399441055744;
/** 2^-54, 2^-58, and how far from a tie is far enough. */
const TINY: f64 = 5.551115123125783e-17, MARGIN: f64 = 3.469446951953614e-18;
const CLEAR: f64 = 0.5 - 5.820766091346741e-11;

let table: usize = 0;

/** Where the 256 numbers of src/generated/exp-table.ts are. */
export function useTable(at: usize): void {
  table = at;
}

export function exp(x: f64): f64 {
  const size = abs(x);
  if (!(size < 512 && size >= TINY)) return carefulExp(x);
  const z = INVERSE * x;
  const k = z + SHIFT - SHIFT;
  const whole = <i32>k;
  const at = table + (<usize>(whole & 127) << 3);
  const r = x + k * HIGH + k * LOW;
  const r2 = r * r;
  const tail = load<f64>(at, 1024) + r + r2 * (C2 + r * C3) + r2 * r2 * (C4 + r * C5);
  const head = load<f64>(at);
  const product = head * tail;
  const margin = head * MARGIN;
  const result = head + (product - margin);
  if (result != head + (product + margin) || abs(z - k) > CLEAR) return carefulExp(x);
  return result * reinterpret<f64>(<u64>((whole >> 7) + 1023) << 52);
}

const LN2_HIGH: f64 = 0.6931471803691238, LN2_LOW: f64 = 1.9082149292705877e-10;
const P1: f64 = 0.6666666666666735, P2: f64 = 0.3999999999940942, P3: f64 = 0.2857142874366239;
const P4: f64 = 0.22222198432149784, P5: f64 = 0.1818357216161805, P6: f64 = 0.15313837699209373;
const P7: f64 = 0.14798198605116586;
const TWO_THIRDS: f64 = 0.6666666666666666;
/** 2^-29 */
const SMALL: f64 = 1.862645149230957e-9;

/** f - log(1 + f) - correction, where half = f^2 / 2. */
@inline function remainder(f: f64, half: f64, correction: f64): f64 {
  const s = f / (2 + f);
  const z = s * s;
  const z2 = z * z;
  const z4 = z2 * z2;
  const r = z * P1 + z2 * (P2 + z * P3) + z4 * (P4 + z * P5) + z4 * z2 * (P6 + z * P7);
  return half - (s * (half + r) + correction);
}

/** For x from 0 to 2^53. */
export function log1p(x: f64): f64 {
  if (x < TINY) return x;
  if (x < SMALL) return x - x * x * 0.5;
  if (<u32>(reinterpret<u64>(x) >> 32) < 0x3fda827a) return x - remainder(x, 0.5 * x * x, 0);
  const sum = 1 + x;
  const bits = reinterpret<u64>(sum);
  const fraction = <u32>(bits >> 32) & 0xfffff;
  let k = <i32>(bits >> 52) - 1023;
  const lost = (k > 0 ? 1 - (sum - x) : x - (sum - 1)) / sum;
  const upper = fraction >= 0x6a09e;
  if (upper) k++;
  const high: u64 = fraction | (upper ? 0x3fe00000 : 0x3ff00000);
  const f = reinterpret<f64>((high << 32) | (bits & 0xffffffff)) - 1;
  const power = <f64>k;
  const correction = power * LN2_LOW + lost;
  const half = 0.5 * f * f;
  const nearPower = upper ? (0x100000 - fraction) >> 2 == 0 : fraction == 0;
  if (nearPower) {
    if (f == 0) return k == 0 ? 0 : power * LN2_HIGH + (lost + power * LN2_LOW);
    const r = half * (1 - TWO_THIRDS * f);
    return k == 0 ? f - r : power * LN2_HIGH - (r - correction - f);
  }
  if (k == 0) return f - remainder(f, half, 0);
  return power * LN2_HIGH - (remainder(f, half, correction) - f);
}
