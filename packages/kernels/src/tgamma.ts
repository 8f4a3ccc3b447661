import { exp } from "./exp.ts";
import { pow } from "./pow.ts";

// gamma(2 + x) for x from 0 to 1, highest power first.
const top = [
  0.00016011952247675185, 0.0011913514700658638, 0.010421379756176158, 0.04763678004571373, 0.20744822764843598,
  0.4942148268014971, 1,
] as const;
const bottom = [
  -2.315818733241201e-5, 0.0005396055804933034, -0.004456419138517973, 0.011813978522206043, 0.035823639860549865,
  -0.23459179571824335, 0.07143049170302732, 1,
] as const;
// Stirling's series in 1 / x, highest power first.
const stirling = [
  0.0007873113957930937, -0.00022954996161337813, -0.0026813261780578124, 0.0034722222160545866, 0.08333333333334822,
] as const;
const rootOfTwoPi = 2.5066282746310007;
/** From here on x^x overflows before exp(x) divides it. */
const halvePower = 143.01608;
/** gamma of more is Infinity. */
const most = 171.6243769563027;

/**
 * The gamma function of positive numbers, as scipy.special.gamma (Cephes).
 *
 * @param x above 0; 0 gives Infinity, less gives NaN
 * @example
 * gamma(5); // 24
 */
export function gamma(x: number): number {
  if (!(x > 0 && x < Infinity)) return x >= 0 ? Infinity : Number.NaN;
  if (x > 33) return largeGamma(x);
  let product = 1;
  let u = x;
  while (u >= 3) {
    u -= 1;
    product *= u;
  }
  while (u < 2) {
    product /= u;
    u += 1;
  }
  if (u === 2) return product;
  const rest = u - 2;
  let a = 0;
  for (const c of top) a = a * rest + c;
  let b = 0;
  for (const c of bottom) b = b * rest + c;
  return (product * a) / b;
}

function largeGamma(x: number): number {
  if (x > most) return Infinity;
  const w = 1 / x;
  let series = 0;
  for (const c of stirling) series = series * w + c;
  const root = x > halvePower ? pow(x, 0.5 * x - 0.25) : 0;
  const power = root > 0 ? root * (root / exp(x)) : pow(x, x - 0.5) / exp(x);
  return rootOfTwoPi * power * (1 + w * series);
}
