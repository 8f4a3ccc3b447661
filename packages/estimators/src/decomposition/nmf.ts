/** @module NMF and MiniBatchNMF: rows as sums of parts, none of them negative (`sklearn.decomposition._nmf`). */

import { Csr, type NdArray } from "@curtido/arrays";
import type { RandomState } from "@curtido/kernels";
import { estimatorError } from "../base/errors.ts";
import type { InputRules, Method } from "../base/estimator.ts";
import type { Input } from "../base/input.ts";
import { randomSource } from "../base/random.ts";
import type { State } from "../base/state.ts";
import { agreeOnFeatures, typed } from "../linear_model/linear.ts";
import { NumericTransformer } from "../preprocessing/scalers.ts";
import { combineComponents, readComponents } from "./components.ts";
import {
  coordinateDescent,
  type Divergence,
  type Factorization,
  lifting,
  multiplicativeUpdate,
  updateUntilStill,
} from "./nmf_solvers.ts";
import { refuseNegative } from "./nonnegative.ts";

/** More steps than any solver needs: a file cannot make one run forever. */
const MOST_STEPS = 1_000_000;
const LOSSES: Readonly<Record<string, number>> = { frobenius: 2, "kullback-leibler": 1, "itakura-saito": 0 };

/** NMF. */
export class NMF extends NumericTransformer {
  private readonly parts: Float64Array;
  private readonly components: number;
  private readonly single: boolean;
  private readonly l1: number;
  private readonly l2: number;
  private readonly tolerance: number;
  private readonly steps: number;
  private readonly divergence: Divergence;
  /** Where the orders of the components come from, if they are drawn. */
  private readonly random: (() => RandomState) | undefined;

  constructor(state: State) {
    super(state);
    const { data, rows, columns, single } = readComponents(state);
    agreeOnFeatures(this, state, columns, "components_");
    this.parts = data;
    this.components = rows;
    this.single = single;
    [this.l1, this.l2] = regularization(state, columns);
    this.tolerance = state.number("tol", 1e-4);
    const limit = state.given("transform_max_iter") ? "transform_max_iter" : "max_iter";
    this.steps = state.integer(limit, 200, 0, MOST_STEPS);
    this.random = state.boolean("shuffle", false) ? randomSource(state) : undefined;
    this.divergence = { beta: readLoss(state), lift: lifting(this.version.atLeast(1, 3)) };
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: true };
  }
  override offers(method: Method): boolean {
    return method === "inverseTransform" ? this.version.atLeast(0, 18) : super.offers(method);
  }

  /** How rows are taken apart. */
  protected solve(problem: Factorization, divergence: Divergence): Float64Array {
    const { state } = this;
    const solver = state.string("solver", "cd");
    if (solver === "mu") return multiplicativeUpdate(problem, divergence);
    if (solver === "cd") return coordinateDescent(problem, this.random?.());
    const path = state.at(solver === "cd" ? "random_state" : "solver");
    const why =
      solver === "cd" ? "transforming in a random order needs a whole number" : `'${solver}' is not supported`;
    throw estimatorError("E_UNSUPPORTED", `'${path}': ${why}`, { path });
  }

  protected doTransform(X: NdArray | Csr): NdArray {
    const dense = X instanceof Csr ? X.toDense() : X;
    const [rows, features] = dense.shape as readonly [number, number];
    const table = dense.toFloat64();
    const { parts, components, l1, l2, tolerance, steps } = this;
    refuseNegative(table, features, (column) => this.featureName(column));
    if (this.divergence.beta <= 0) refuseNegative(table, features, (column) => this.featureName(column), true);
    const problem = { table, rows, features, parts, components, l1, l2, tolerance, steps };
    return typed(this.solve(problem, this.divergence), [rows, components], X, this.single);
  }

  protected doInverseTransform(X: Input): NdArray {
    return combineComponents(this.numbers(X), this.parts, this.components, this.n_features_in_!, this.single);
  }
}

/** MiniBatchNMF. */
export class MiniBatchNMF extends NMF {
  protected override solve(problem: Factorization, divergence: Divergence): Float64Array {
    return updateUntilStill(problem, divergence);
  }
}

function readLoss(state: State): number {
  const loss = state.plain("beta_loss");
  if (typeof loss !== "string") return state.number("beta_loss", 2);
  return LOSSES[loss] ?? state.fail("beta_loss", `must be a known loss, not '${loss}'`);
}

/** The weights of the sum and of the sum of squares of what rows are made of. */
function regularization(state: State, features: number): [l1: number, l2: number] {
  const share = state.number("l1_ratio", 0);
  const scaled = state.has("alpha_W") && (state.version.atLeast(1, 2) || ownWeight(state));
  if (scaled) {
    const alpha = features * state.number("alpha_W");
    return [alpha * share, alpha * (1 - share)];
  }
  const applies = ["both", "transformation", "deprecated"].includes(String(state.raw("regularization") ?? "both"));
  // 0.24 takes None for neither.
  const none = state.has("regularization") && state.raw("regularization") === null;
  const alpha = applies && !none && state.plain("alpha") !== "deprecated" ? state.number("alpha", 0) : 0;
  return [alpha * share, alpha * (1 - share)];
}

/** Whether 1.0 and 1.1 took `alpha_W` rather than the older `alpha`. */
function ownWeight(state: State): boolean {
  return state.number("alpha_W") !== 0 || state.plain("alpha_H") !== "same";
}
