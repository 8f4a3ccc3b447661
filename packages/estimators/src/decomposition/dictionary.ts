/** @module DictionaryLearning, MiniBatchDictionaryLearning and SparseCoder (`sklearn.decomposition._dict_learning`). */

import { NdArray } from "@curtido/arrays";
import { affine, dot } from "@curtido/kernels";
import { featureError } from "../base/errors.ts";
import type { InputRules, Method } from "../base/estimator.ts";
import type { Input } from "../base/input.ts";
import type { State } from "../base/state.ts";
import { agreeOnFeatures, typed } from "../linear_model/linear.ts";
import { NumericTransformer } from "../preprocessing/scalers.ts";
import { type Components, combineComponents, readComponents } from "./components.ts";
import { leastAngle } from "./least_angle.ts";
import { lassoDescent, matchingPursuit, softThreshold } from "./sparse_coding.ts";

const ALGORITHMS = ["lasso_lars", "lasso_cd", "lars", "omp", "threshold"] as const;
/** More steps than any code needs: a file cannot make one take forever. */
const MOST_STEPS = 1_000_000;
/** LassoLars' own limit, where no other is given. */
const PATH_STEPS = 500;

/** Rows as weights of the atoms of a dictionary. */
export class SparseCoding extends NumericTransformer {
  private readonly atoms: Components;
  private readonly encode: (target: Float64Array, squared: number) => Float64Array;
  private readonly split: boolean;
  private readonly single: boolean;

  constructor(state: State, name: string) {
    super(state);
    this.atoms = readComponents(state, name);
    const { rows, columns } = this.atoms;
    if (rows === 0) state.fail(name, "has no atoms");
    agreeOnFeatures(this, state, columns, name);
    this.split = state.boolean("split_sign", false);
    this.encode = readEncoder(state, this.atoms);
    // From 1.3 on matching pursuit answers in the dtype of the rows, whatever the atoms are.
    const pursues = state.version.atLeast(1, 3) && algorithmOf(state) === "omp";
    this.single = this.atoms.single || pursues;
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: false };
  }
  override offers(method: Method): boolean {
    return method === "inverseTransform" ? this.version.atLeast(1, 7) : super.offers(method);
  }

  protected doTransform(X: NdArray): NdArray {
    const { data: atoms, rows: count, columns } = this.atoms;
    const rows = X.shape[0]!;
    const table = X.toFloat64();
    const targets = new Float64Array(rows * count);
    affine(table, rows, columns, atoms, undefined, count, targets);
    const width = this.split ? 2 * count : count;
    const out = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      const code = this.encode(
        targets.subarray(row * count, (row + 1) * count),
        dot(table, row * columns, table, row * columns, columns),
      );
      for (let k = 0; k < count; k++) {
        out[row * width + k] = this.split ? Math.max(code[k]!, 0) : code[k]!;
        if (this.split) out[row * width + count + k] = -Math.min(code[k]!, 0);
      }
    }
    return typed(out, [rows, width], X, this.single);
  }

  protected doInverseTransform(X: Input): NdArray {
    const table = this.numbers(X);
    const { data: atoms, rows: count, columns, single } = this.atoms;
    if (!this.split) return combineComponents(table, atoms, count, columns, single);
    const [rows, width] = table.shape as readonly [number, number];
    if (width !== 2 * count) throw featureError([{ detail: `expected ${2 * count} columns, found ${width}` }]);
    const data = table.toFloat64();
    const joined = new Float64Array(rows * count);
    for (let row = 0; row < rows; row++)
      for (let k = 0; k < count; k++) joined[row * count + k] = data[row * width + k]! - data[row * width + count + k]!;
    const both = table.data instanceof Float32Array ? Float32Array.from(joined) : joined;
    return combineComponents(NdArray.of(both, [rows, count]), atoms, count, columns, single);
  }
}

function algorithmOf(state: State): (typeof ALGORITHMS)[number] {
  return state.oneOf("transform_algorithm", ALGORITHMS, "omp");
}

function readEncoder(state: State, { data, rows: count, columns }: Components): SparseCoding["encode"] {
  const algorithm = algorithmOf(state);
  const positive = state.boolean("positive_code", false);
  const alpha = penalty(state);
  if (algorithm === "threshold") return (target) => softThreshold(target, alpha, positive);
  const gram = new Float64Array(count * count);
  affine(data, count, columns, data, undefined, count, gram);
  const steps = state.integer("transform_max_iter", 1000, 0, MOST_STEPS);
  const { version } = state;
  const few = Math.trunc(
    state.given("transform_n_nonzero_coefs")
      ? state.number("transform_n_nonzero_coefs")
      : Math.min(Math.max(columns / 10, 1), count),
  );
  switch (algorithm) {
    case "lasso_cd":
      return (target, squared) => lassoDescent({ gram, count, alpha, positive, steps, version }, target, squared);
    case "omp":
      if (!(few >= 1 && few <= count))
        return state.fail("transform_n_nonzero_coefs", `must be from 1 to ${count}, not ${few}`);
      return (target) => matchingPursuit(gram, count, target, few, !version.atLeast(0, 20));
    default: {
      const lasso = algorithm === "lasso_lars";
      // Releases before 0.24 did not hand their limit on.
      const path = state.has("transform_max_iter") ? steps : PATH_STEPS;
      const least = lasso ? alpha / columns : 0;
      const problem = { gram, count, length: columns, least, steps: lasso ? path : few, lasso };
      return (target) => leastAngle({ ...problem, positive: positive && lasso }, target);
    }
  }
}

/** From 1.2 on learning's own weight stands in where there is none for transforming. */
function penalty(state: State): number {
  if (state.given("transform_alpha")) return state.number("transform_alpha");
  return state.version.atLeast(1, 2) && state.given("alpha") ? state.number("alpha") : 1;
}
