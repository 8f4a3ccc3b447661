/** @module The parameters of support vector machines, and the kernel that they say (`sklearn.svm._base`). */

import { NdArray } from "@curtido/arrays";
import { pairwiseSum, type SupportKernel, type SupportRules } from "@curtido/kernels";
import { Float, float } from "@curtido/pickle";
import { flag, int, none, type ParameterTable, parameter, real, settledNumber, word } from "../base/parameters.ts";
import { classWeight } from "../base/weights.ts";

const POSITIVE = real(0, Number.POSITIVE_INFINITY, true);

/** Of all of them. */
const KERNEL: ParameterTable = {
  kernel: parameter("rbf", word("linear", "poly", "rbf", "sigmoid", "precomputed")),
  degree: parameter(3, int(0, 2 ** 31 - 1)),
  gamma: parameter("scale", word("scale", "auto"), real(0)),
  coef0: parameter(float(0), real(-Number.MAX_VALUE, Number.MAX_VALUE)),
  tol: parameter(float(1e-3), POSITIVE),
};
const SOLVER: ParameterTable = {
  shrinking: parameter(true, flag),
  cacheSize: parameter(200, int(1), POSITIVE),
  verbose: parameter(false, flag),
  maxIter: parameter(-1, int(-1, 2 ** 31 - 1)),
};

const PENALTY: ParameterTable = { C: parameter(float(1), POSITIVE) };
const NU: ParameterTable = { nu: parameter(float(0.5), real(0, 1, true)) };

const VOTE: ParameterTable = {
  decisionFunctionShape: parameter("ovr", word("ovr", "ovo")),
  breakTies: parameter(false, flag),
};
const CLASSES: ParameterTable = {
  probability: parameter("deprecated", flag, word("deprecated")),
  classWeight,
  randomState: parameter(null, none, int(0, 2 ** 32 - 1)),
};

/** SVC's, and NuSVC's. */
export const CLASSIFIER: ParameterTable = { ...VOTE, ...KERNEL, ...PENALTY, ...SOLVER, ...CLASSES };
export const NU_CLASSIFIER: ParameterTable = { ...VOTE, ...KERNEL, ...NU, ...SOLVER, ...CLASSES };
/** SVR's, and NuSVR's. */
export const REGRESSOR: ParameterTable = {
  ...KERNEL,
  ...PENALTY,
  epsilon: parameter(float(0.1), real(0)),
  ...SOLVER,
};
export const NU_REGRESSOR: ParameterTable = { ...KERNEL, ...PENALTY, ...NU, ...SOLVER };

/** The kernel, and `_gamma` as it is pickled. */
export interface KernelChoice {
  readonly kernel: SupportKernel;
  readonly gamma: unknown;
}

/** @param data - the rows, in C order */
export function kernelOf(parameters: ReadonlyMap<string, unknown>, data: Float64Array, width: number): KernelChoice {
  const name = parameters.get("kernel") as SupportKernel["name"];
  const gamma = name === "precomputed" ? float(0) : gammaOf(parameters.get("gamma"), data, width);
  const number = gamma instanceof Float ? gamma.value : (gamma.data[0] as number);
  const kernel = {
    name,
    gamma: number,
    coef0: settledNumber(parameters, "coef0"),
    degree: settledNumber(parameters, "degree"),
  };
  return { kernel, gamma };
}

/** `"scale"` is one through the number of columns times the variance of all numbers. */
function gammaOf(setting: unknown, data: Float64Array, width: number): Float | NdArray {
  if (setting instanceof Float) return setting;
  if (setting === "auto") return float(1 / width);
  const count = data.length;
  const mean = pairwiseSum(data, 0, count) / count;
  const squares = data.map((value) => (value - mean) * (value - mean));
  const variance = pairwiseSum(squares, 0, count) / count;
  if (variance === 0) return float(1);
  return NdArray.of(Float64Array.of(1 / (width * variance)), []).asScalar();
}

/** When the solver ends. */
export function rulesOf(parameters: ReadonlyMap<string, unknown>): SupportRules {
  return {
    tolerance: settledNumber(parameters, "tol"),
    shrinking: parameters.get("shrinking") as boolean,
    maxIter: settledNumber(parameters, "maxIter"),
  };
}

/** Bytes for similarities of rows; `cacheSize` is in mebibytes. */
export function cacheBytes(parameters: ReadonlyMap<string, unknown>): number {
  return settledNumber(parameters, "cacheSize") * 2 ** 20;
}
