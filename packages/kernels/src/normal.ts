import { exp } from "./exp.ts";
import { log } from "./log.ts";

/** A polynomial whose coefficients come highest power first (Horner). */
function polynomial(x: number, coefficients: readonly number[]): number {
  let sum = 0;
  for (const c of coefficients) sum = sum * x + c;
  return sum;
}

// erf(x) / x in x^2 for |x| <= 1.
const erfTop = [9.604973739870516, 90.02601972038427, 2232.005345946843, 7003.325141128051, 55592.30130103949] as const;
const erfBottom = [
  1, 33.56171416475031, 521.3579497801527, 4594.323829709801, 22629.000061389095, 49267.39426086359,
] as const;
// erfc(x) exp(x^2) for 1 <= x < 8, and beyond.
const nearTop = [
  2.461969814735305e-10, 0.5641895648310689, 7.463210564422699, 48.63719709856814, 196.5208329560771, 526.4451949954773,
  934.5285271719576, 1027.5518868951572, 557.5353353693994,
] as const;
const nearBottom = [
  1, 13.228195115474499, 86.70721408859897, 354.9377788878199, 975.7085017432055, 1823.9091668790973,
  2246.3376081871097, 1656.6630919416134, 557.5353408177277,
] as const;
const farTop = [
  0.5641895835477551, 1.275366707599781, 5.019050422511805, 6.160210979930536, 7.4097426995044895, 2.9788666537210022,
] as const;
const farBottom = [
  1, 2.2605286322011726, 9.396035249380015, 12.048953980809666, 17.08144507475659, 9.608968090632859, 3.369076451000815,
] as const;
/** exp of less is 0. */
const leastExponent = -709.782712893384;

/**
 * The error function, as scipy.special.erf (Cephes).
 *
 * @example
 * erf(0.5); // 0.5204998778130465
 */
export function erf(x: number): number {
  if (!(Math.abs(x) <= 1)) return 1 - erfc(x);
  const z = x * x;
  return (x * polynomial(z, erfTop)) / polynomial(z, erfBottom);
}

/**
 * 1 - erf(x) without cancellation, as scipy.special.erfc (Cephes).
 *
 * @example
 * erfc(5); // 1.5374597944280347e-12
 */
export function erfc(x: number): number {
  const size = Math.abs(x);
  if (size < 1) return 1 - erf(x);
  const exponent = -x * x;
  if (exponent < leastExponent) return x < 0 ? 2 : 0;
  const near = size < 8;
  const top = polynomial(size, near ? nearTop : farTop);
  const value = (exp(exponent) * top) / polynomial(size, near ? nearBottom : farBottom);
  return x < 0 ? 2 - value : value;
}

/**
 * The standard normal distribution function, as scipy.special.ndtr (Cephes).
 *
 * @example
 * ndtr(1.96); // 0.9750021048517795
 */
export function ndtr(x: number): number {
  const z = x * Math.SQRT1_2;
  const size = Math.abs(z);
  if (size < 1) return 0.5 + 0.5 * erf(z);
  const tail = 0.5 * erfc(size);
  return z > 0 ? 1 - tail : tail;
}

// ndtri: around 1/2 in (y - 1/2)^2; in 1 / sqrt(-2 log y) up to 1/2, and below 1/8.
const middleTop = [
  -59.96335010141079, 98.00107541859997, -56.67628574690703, 13.931260938727968, -1.2391658386738125,
] as const;
const middleBottom = [
  1, 1.9544885833814176, 4.676279128988815, 86.36024213908905, -225.46268785411937, 200.26021238006066,
  -82.03722561683334, 15.90562251262117, -1.1833162112133,
] as const;
const tailTop = [
  4.0554489230596245, 31.525109459989388, 57.16281922464213, 44.08050738932008, 14.684956192885803, 2.1866330685079025,
  -0.1402560791713545, -0.03504246268278482, -0.0008574567851546854,
] as const;
const tailBottom = [
  1, 15.779988325646675, 45.39076351288792, 41.3172038254672, 15.04253856929075, 2.504649462083094,
  -0.14218292285478779, -0.03808064076915783, -0.0009332594808954574,
] as const;
const endTop = [
  3.2377489177694603, 6.915228890689842, 3.9388102529247444, 1.3330346081580755, 0.20148538954917908,
  0.012371663481782003, 0.00030158155350823543, 2.6580697468673755e-6, 6.239745391849833e-9,
] as const;
const endBottom = [
  1, 6.02427039364742, 3.6798356385616087, 1.3770209948908132, 0.21623699359449663, 0.013420400608854318,
  0.00032801446468212774, 2.8924786474538068e-6, 6.790194080099813e-9,
] as const;
/** exp(-2) */
const tail = 0.1353352832366127;
const rootOfTwoPi = 2.5066282746310007;

/**
 * The inverse of {@link ndtr}: the quantile of the standard normal distribution, as scipy.special.ndtri (Cephes).
 *
 * @param y from 0 (-Infinity) to 1 (Infinity); NaN outside
 * @example
 * ndtri(0.975); // 1.959963984540054
 */
export function ndtri(y: number): number {
  if (!(y > 0 && y < 1)) return y === 0 ? -Infinity : y === 1 ? Infinity : Number.NaN;
  const upper = y > 1 - tail;
  const p = upper ? 1 - y : y;
  if (p > tail) {
    const d = p - 0.5;
    const d2 = d * d;
    return (d + d * ((d2 * polynomial(d2, middleTop)) / polynomial(d2, middleBottom))) * rootOfTwoPi;
  }
  const root = Math.sqrt(-2 * log(p));
  const first = root - log(root) / root;
  const z = 1 / root;
  const near = root < 8;
  const second = (z * polynomial(z, near ? tailTop : endTop)) / polynomial(z, near ? tailBottom : endBottom);
  return upper ? first - second : second - first;
}
