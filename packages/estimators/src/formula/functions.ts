/** @module The functions that formulas may call on numbers: numpy's, element by element. */

import { exp, expm1, log, log1p, pow, tanh } from "@curtido/kernels";

type Elementwise = (a: number, b: number, c: number) => number;

/** Functions by numpy's names, with the number of their arguments. */
const TABLE: Readonly<Record<string, readonly [count: number, of: Elementwise]>> = {
  log: [1, log],
  log2: [1, Math.log2],
  log10: [1, Math.log10],
  log1p: [1, log1p],
  exp: [1, exp],
  exp2: [1, (a) => 2 ** a],
  expm1: [1, expm1],
  sqrt: [1, Math.sqrt],
  cbrt: [1, Math.cbrt],
  square: [1, (a) => a * a],
  abs: [1, Math.abs],
  absolute: [1, Math.abs],
  fabs: [1, Math.abs],
  negative: [1, (a) => -a],
  reciprocal: [1, (a) => 1 / a],
  sign: [1, Math.sign],
  floor: [1, Math.floor],
  ceil: [1, Math.ceil],
  trunc: [1, Math.trunc],
  sin: [1, Math.sin],
  cos: [1, Math.cos],
  tan: [1, Math.tan],
  arcsin: [1, Math.asin],
  arccos: [1, Math.acos],
  arctan: [1, Math.atan],
  sinh: [1, Math.sinh],
  cosh: [1, Math.cosh],
  tanh: [1, tanh],
  arcsinh: [1, Math.asinh],
  arccosh: [1, Math.acosh],
  arctanh: [1, Math.atanh],
  deg2rad: [1, (a) => (a * Math.PI) / 180],
  radians: [1, (a) => (a * Math.PI) / 180],
  float: [1, (a) => a],
  power: [2, pow],
  pow: [2, pow],
  add: [2, (a, b) => a + b],
  subtract: [2, (a, b) => a - b],
  multiply: [2, (a, b) => a * b],
  divide: [2, (a, b) => a / b],
  maximum: [2, (a, b) => (Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : Math.max(a, b))],
  minimum: [2, (a, b) => (Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : Math.min(a, b))],
  hypot: [2, Math.hypot],
  where: [3, (a, b, c) => (a === 0 ? c : b)],
  clip: [3, (a, b, c) => (Number.isNaN(a) ? a : Math.min(Math.max(a, b), c))],
};

/** Names of modules that a function may be called by. */
const MODULES = /^(?:np|numpy|math)\./;

/** A function over numbers; `undefined` for a name that is none. */
export function functionOf(name: string): readonly [count: number, of: Elementwise] | undefined {
  const plain = name.replace(MODULES, "");
  return Object.hasOwn(TABLE, plain) ? TABLE[plain] : undefined;
}

/** What may be called beside {@link functionOf}, for messages. */
export const knownFunctions = (): string =>
  `${Object.keys(TABLE).join(", ")}, I, C, Q, center, standardize, scale, bs, poly`;

/** Arithmetic and comparisons, by Python's signs. */
export const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "//": (a, b) => Math.floor(a / b),
  "%": (a, b) => a - b * Math.floor(a / b),
  "**": pow,
  "<": (a, b) => Number(a < b),
  ">": (a, b) => Number(a > b),
  "<=": (a, b) => Number(a <= b),
  ">=": (a, b) => Number(a >= b),
  "==": (a, b) => Number(a === b),
  "!=": (a, b) => Number(a !== b),
  "&": (a, b) => Number(a !== 0 && b !== 0),
  "|": (a, b) => Number(a !== 0 || b !== 0),
};

/** Those whose answer is a truth. */
export const TRUTHS: ReadonlySet<string> = new Set(["<", ">", "<=", ">=", "==", "!=", "&", "|"]);
