/** @module Functions of numpy and scipy over one number, by the names that pickles give them. */

import { erf, erfc, exp, expit, expm1, gamma, lgamma, log, log1p, ndtr, ndtri, pow, tanh } from "@curtido/kernels";
import { Global, Instance } from "@curtido/pickle";
import type { Bound } from "../own/bound.ts";

type Unary = (x: number) => number;

/** numpy's rounding: halves to the even number. */
function rint(x: number): number {
  return Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x);
}

const exp2: Unary = (x) => 2 ** x;
const toRadians: Unary = (x) => x * (Math.PI / 180);
const toDegrees: Unary = (x) => x * (180 / Math.PI);

const NUMPY: Readonly<Record<string, Unary>> = {
  abs: Math.abs,
  absolute: Math.abs,
  fabs: Math.abs,
  negative: (x) => -x,
  positive: (x) => x,
  sign: Math.sign,
  square: (x) => x * x,
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  reciprocal: (x) => 1 / x,
  exp,
  exp2,
  expm1,
  log,
  log2: Math.log2,
  log10: Math.log10,
  log1p,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  arcsin: Math.asin,
  arccos: Math.acos,
  arctan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh,
  arcsinh: Math.asinh,
  arccosh: Math.acosh,
  arctanh: Math.atanh,
  floor: Math.floor,
  ceil: Math.ceil,
  trunc: Math.trunc,
  fix: Math.trunc,
  rint,
  deg2rad: toRadians,
  radians: toRadians,
  rad2deg: toDegrees,
  degrees: toDegrees,
  isnan: (x) => Number(Number.isNaN(x)),
  isfinite: (x) => Number(Number.isFinite(x)),
  isinf: (x) => Number(Math.abs(x) === Number.POSITIVE_INFINITY),
};

const SCIPY: Readonly<Record<string, Unary>> = {
  expit,
  logit: (x) => log(x / (1 - x)),
  log_expit: (x) => (x < 0 ? x - log1p(exp(x)) : -log1p(exp(-x))),
  log1p,
  expm1,
  cbrt: Math.cbrt,
  exp2,
  exp10: (x) => 10 ** x,
  erf,
  erfc,
  ndtr,
  ndtri,
  gamma,
  gammaln: lgamma,
};

type Keywords = ReadonlyMap<string, unknown>;

/** A number of the keywords, `fallback` where it is None or not there. */
type Argument = (names: readonly string[], fallback: number) => number;

/** Functions that take keywords, and how those are called. */
const WITH_KEYWORDS: Readonly<
  Record<string, { readonly names: readonly string[]; readonly make: (argument: Argument) => Unary }>
> = {
  clip: {
    names: ["a_min", "min", "a_max", "max"],
    make: (argument) => {
      const low = argument(["a_min", "min"], Number.NEGATIVE_INFINITY);
      const high = argument(["a_max", "max"], Number.POSITIVE_INFINITY);
      return (x) => (Number.isNaN(x) ? x : Math.min(Math.max(x, low), high));
    },
  },
  round: {
    names: ["decimals"],
    make: (argument) => {
      const decimals = argument(["decimals"], 0);
      const unit = 10 ** Math.abs(decimals);
      return decimals >= 0 ? (x) => rint(x * unit) / unit : (x) => rint(x / unit) * unit;
    },
  },
  nan_to_num: {
    names: ["nan", "posinf", "neginf", "copy"],
    make: (argument) => {
      const nan = argument(["nan"], 0);
      const most = argument(["posinf"], Number.MAX_VALUE);
      const least = argument(["neginf"], -Number.MAX_VALUE);
      return (x) => (Number.isNaN(x) ? nan : x - x === 0 ? x : x > 0 ? most : least);
    },
  },
};
const OTHER_NAMES: Readonly<Record<string, string>> = {
  around: "round",
  round_: "round",
  true_divide: "divide",
  remainder: "mod",
};

function withKeywords(name: string, keywords: Keywords): Unary | undefined {
  const { names, make } = WITH_KEYWORDS[name]!;
  for (const [key, value] of keywords) {
    const known = names.includes(key) && (key === "copy" || value === null || typeof value === "number");
    if (!known) return undefined;
  }
  return make((wanted, fallback) => {
    const given = wanted.map((key) => keywords.get(key)).find((value) => typeof value === "number");
    return given === undefined ? fallback : (given as number);
  });
}

type Binary = (a: number, b: number) => number;

const eitherMissing = (a: number, b: number): boolean => Number.isNaN(a) || Number.isNaN(b);
/** Python's remainder, which has the sign of the divisor. */
const mod: Binary = (a, b) => (a % b !== 0 && a % b < 0 !== b < 0 ? (a % b) + b : a % b);

/** Functions of two numbers, the first of which a partial binds. */
const NUMPY_OF_TWO: Readonly<Record<string, Binary>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  floor_divide: (a, b) => Math.floor(a / b),
  power: pow,
  float_power: pow,
  mod,
  fmod: (a, b) => a % b,
  maximum: Math.max,
  minimum: Math.min,
  fmax: (a, b) => (eitherMissing(a, b) ? (Number.isNaN(a) ? b : a) : Math.max(a, b)),
  fmin: (a, b) => (eitherMissing(a, b) ? (Number.isNaN(a) ? b : a) : Math.min(a, b)),
  hypot: Math.hypot,
  arctan2: Math.atan2,
  greater: (a, b) => Number(a > b),
  greater_equal: (a, b) => Number(a >= b),
  less: (a, b) => Number(a < b),
  less_equal: (a, b) => Number(a <= b),
  equal: (a, b) => Number(a === b),
  not_equal: (a, b) => Number(a !== b),
};

/** A function of one number: what is left of one of two when a partial bound the first. */
function boundFirst(apply: Binary, { args, keywords }: Pick<Bound, "args" | "keywords">): Unary | undefined {
  const [first] = args;
  return args.length === 1 && typeof first === "number" && keywords.size === 0 ? (x) => apply(first, x) : undefined;
}

/** numpy's and scipy's private modules, by the public one. */
const PRIVATE: readonly (readonly [RegExp, string])[] = [
  [/^numpy\.(core|_core)\.(_multiarray_umath|umath|fromnumeric)$/, "numpy"],
  [/^numpy\.(lib\.(_type_check_impl|type_check|_ufunclike_impl|ufunclike))$/, "numpy"],
  [/^scipy\.special\._(ufuncs|special_ufuncs|ufuncs_cxx|basic)$/, "scipy.special"],
];

/** The public name of a function; a ufunc says where one of scipy's modules imported it, not where it is from. */
function publicName(module: string, name: string, ufunc: boolean): string {
  const known = PRIVATE.find(([pattern]) => pattern.test(module))?.[1];
  if (known !== undefined) return `${known}.${name}`;
  const imported =
    (ufunc || /^scipy\./.test(module)) && !module.startsWith("scipy.special") && Object.hasOwn(NUMPY, name);
  return imported ? `numpy.${name}` : `${module}.${name}`;
}

/** The name that a function has in a file: a global, or the way of older releases to pickle a ufunc. */
export function functionName(value: unknown): string | undefined {
  if (value instanceof Global) return publicName(value.module, value.name, false);
  const ufunc = value instanceof Instance && /^numpy\.(core|_core)\._ufunc_reconstruct$/.test(value.className);
  const [module, name] = ufunc ? value.args : [];
  return typeof module === "string" && typeof name === "string" ? publicName(module, name, true) : undefined;
}

/**
 * The function of numpy or scipy of that name, with what is bound to it; `undefined` when it is not known.
 *
 * @example
 * libraryFunction("numpy.log1p", { func, args: [], keywords: new Map() }); // log1p
 */
export function libraryFunction(name: string, bound: Pick<Bound, "args" | "keywords">): Unary | undefined {
  const dot = name.lastIndexOf(".");
  const [module, short] = [name.slice(0, dot), name.slice(dot + 1)];
  const table = module === "numpy" ? NUMPY : module === "scipy.special" ? SCIPY : undefined;
  if (table === undefined) return undefined;
  const known = OTHER_NAMES[short] ?? short;
  const { args, keywords } = bound;
  if (module === "numpy" && Object.hasOwn(NUMPY_OF_TWO, known)) return boundFirst(NUMPY_OF_TWO[known]!, bound);
  if (args.length > 0) return undefined;
  if (module === "numpy" && Object.hasOwn(WITH_KEYWORDS, known)) return withKeywords(known, keywords);
  return keywords.size === 0 && Object.hasOwn(table, known) ? table[known] : undefined;
}
