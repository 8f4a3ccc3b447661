import { log } from "./log.ts";

// lgamma between 2 and 3: (x - 2) times a rational function of x - 2, highest power first.
const top = [
  -1378.2515256912086, -38801.631513463784, -331612.9927388712, -1162370.974927623, -1721737.0082083966,
  -853555.6642457654,
] as const;
const bottom = [
  1, -351.81570143652345, -17064.210665188115, -220528.59055385445, -1139334.4436798252, -2532523.0717758294,
  -2018891.4143353277,
] as const;
// Stirling's series in 1 / x^2, highest power first.
const stirling = [
  0.0008116141674705085, -0.0005950619042843014, 0.0007936503404577169, -0.002777777777300997, 0.08333333333333319,
] as const;
const logRootOfTwoPi = 0.9189385332046728;

/**
 * The logarithm of the gamma function, as scipy.special.gammaln (Cephes).
 *
 * @param x above 0; 0 gives Infinity, less gives NaN
 * @example
 * lgamma(5); // log(24) = 3.178053830347946
 */
export function lgamma(x: number): number {
  if (!(x > 0 && x < Infinity)) return x >= 0 ? Infinity : Number.NaN;
  if (x >= 13) return largeLgamma(x);
  let product = 1;
  let u = x;
  for (let steps = 1; u >= 3; steps++) {
    u = x - steps;
    product *= u;
  }
  for (let steps = 1; u < 2; steps++) {
    product /= u;
    u = x + steps;
  }
  if (u === 2) return log(product);
  const rest = u - 2;
  let a = 0;
  for (const c of top) a = a * rest + c;
  let b = 0;
  for (const c of bottom) b = b * rest + c;
  return log(product) + (rest * a) / b;
}

function largeLgamma(x: number): number {
  const value = (x - 0.5) * log(x) - x + logRootOfTwoPi;
  if (x > 1e8) return value;
  const p = 1 / (x * x);
  let series = 0;
  if (x >= 1000) series = (7.936507936507937e-4 * p - 2.777777777777778e-3) * p + 0.08333333333333333;
  else for (const c of stirling) series = series * p + c;
  return value + series / x;
}

const eulersConstant = 0.5772156649015329;
// digamma between 1 and 2: its root in three parts, and (x - root) times this plus a rational function of x - 1.
const roots = [1.4616321446374059, 3.309564688275257e-10, 9.016312093258695e-20] as const;
const slope = 0.9955816268920898;
const above = [
  -0.002071332116774595, -0.04525132144873906, -0.28919126444774784, -0.650318537708965, -0.3255503118680449,
  0.2547985106113155,
] as const;
const below = [
  -5.578984132167551e-7, 0.0021284987017821146, 0.054151797245674226, 0.4359352969266597, 1.4606242909763516,
  2.076711702373047, 1,
] as const;
// The series of Bernoulli's numbers in 1 / x^2, highest power first.
const bernoulli = [1 / 12, -691 / 32760, 1 / 132, -1 / 240, 1 / 252, -1 / 120, 1 / 12] as const;

/**
 * The derivative of the logarithm of the gamma function, as scipy.special.digamma (Cephes, and Boost between 1 and 2).
 *
 * @param x above 0; 0 gives -Infinity, less gives NaN
 * @example
 * digamma(1); // -0.5772156649015329
 */
export function digamma(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  let sum = 0;
  if (x <= 10 && Number.isInteger(x)) {
    for (let i = 1; i < x; i++) sum += 1 / i;
    return sum - eulersConstant;
  }
  if (x >= 10) return largeDigamma(x);
  let u = x;
  if (u < 1) sum = -1 / u++;
  while (u > 2) {
    u -= 1;
    sum += 1 / u;
  }
  let a = 0;
  for (const c of above) a = a * (u - 1) + c;
  let b = 0;
  for (const c of below) b = b * (u - 1) + c;
  const rest = u - roots[0] - roots[1] - roots[2];
  return sum + (rest * slope + rest * (a / b));
}

function largeDigamma(x: number): number {
  const z = 1 / (x * x);
  let series = 0;
  for (const c of bernoulli) series = series * z + c;
  return log(x) - 0.5 / x - series * z;
}
