/** @module RBFSampler, SkewedChi2Sampler and AdditiveChi2Sampler (`sklearn.kernel_approximation`). */

import { Csr, NdArray } from "@curtido/arrays";
import { matmul } from "@curtido/kernels";
import { type FeatureProblem, featureError, MOST_PROBLEMS } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { hstack } from "../base/hstack.ts";
import { log } from "../base/math.ts";
import type { Matrix, State } from "../base/state.ts";
import { agreeOnFeatures, LINEAR_INPUT, typed } from "../linear_model/linear.ts";

/** Cosines of random projections: what both samplers of Fourier's kind end with. */
abstract class FourierSampler extends Estimator {
  /** `[features, components]` */
  private readonly weights: Matrix;
  private readonly offsets: Float64Array;
  private readonly scale: number;
  private readonly single: boolean;

  constructor(state: State) {
    super(state);
    this.weights = state.matrix("random_weights_");
    agreeOnFeatures(this, state, this.weights.rows, "random_weights_");
    this.offsets = state.floats("random_offset_", [this.weights.columns]);
    this.scale = Math.sqrt(2 / state.integer("n_components", this.weights.columns, 1));
    this.single = state.isSingle("random_weights_") && state.isSingle("random_offset_");
  }

  protected project(table: Float64Array, X: NdArray | Csr): NdArray {
    const { data, rows: features, columns: count } = this.weights;
    const rows = X.shape[0]!;
    const out = new Float64Array(rows * count);
    matmul(table, rows, features, data, count, out);
    for (let at = 0; at < out.length; at++) out[at] = Math.cos(out[at]! + this.offsets[at % count]!) * this.scale;
    return typed(out, [rows, count], X, this.single);
  }
}

/** RBFSampler: random features of the radial kernel. */
export class RBFSampler extends FourierSampler {
  protected override inputRules(): InputRules {
    return LINEAR_INPUT;
  }
  protected doTransform(X: NdArray | Csr): NdArray {
    return this.project((X instanceof Csr ? X.toDense() : X).toFloat64(), X);
  }
}

/** SkewedChi2Sampler: random features of the skewed chi squared kernel; every value is above minus the skewedness. */
export class SkewedChi2Sampler extends FourierSampler {
  private readonly skewedness: number;

  constructor(state: State) {
    super(state);
    this.skewedness = state.number("skewedness");
  }

  protected doTransform(X: NdArray): NdArray {
    const { skewedness } = this;
    const table = X.toFloat64();
    // Releases before 0.20 took no negative value.
    const fits = this.version.atLeast(0, 20) ? (v: number) => v > -skewedness : (v: number) => v >= 0;
    refuseUnless(
      fits,
      table,
      this,
      this.version.atLeast(0, 20) ? `must be above ${-skewedness}` : "must not be negative",
    );
    return this.project(
      table.map((value) => log(value + skewedness)),
      X,
    );
  }
}

/** How far apart samples are, by how many are taken, unless the file says. */
const INTERVALS: Readonly<Record<number, number>> = { 1: 0.8, 2: 0.5, 3: 0.4 };
/** Far more than anyone takes. */
const MOST_STEPS = 1000;

/** AdditiveChi2Sampler: each value becomes a few samples of its Fourier transform. */
export class AdditiveChi2Sampler extends Estimator {
  private readonly steps: number;
  private readonly interval: number;

  constructor(state: State) {
    super(state);
    this.steps = state.integer("sample_steps", 2, 1, MOST_STEPS);
    const name = ["sample_interval_", "sample_interval"].find((each) => state.given(each));
    const interval = name === undefined ? INTERVALS[this.steps] : state.number(name);
    this.interval = interval ?? state.fail("sample_interval", `must be given for ${this.steps} steps`);
    if (!(this.interval > 0)) state.fail(name!, "must be above 0");
  }

  protected override inputRules(): InputRules {
    return LINEAR_INPUT;
  }

  protected doTransform(X: NdArray | Csr): NdArray | Csr {
    const { interval } = this;
    const sparse = X instanceof Csr;
    const values = sparse ? Float64Array.from(X.data) : X.toFloat64();
    refuseUnless((value) => value >= 0, sparse ? X.toDense().toFloat64() : values, this, "must not be negative");
    const logs = values.map((value) => interval * log(value));
    const blocks: (NdArray | Csr)[] = [];
    const add = (of: (value: number, at: number) => number) => {
      const out = values.map((value, at) => (value === 0 ? 0 : of(value, at)));
      const single = !sparse && X.data instanceof Float32Array;
      if (sparse) blocks.push(new Csr(X.shape, X.indptr, X.indices, out));
      else blocks.push(NdArray.of(single ? Float32Array.from(out) : out, X.shape));
    };
    add((value) => Math.sqrt(value * interval));
    for (let step = 1; step < this.steps; step++) {
      const damping = Math.cosh(Math.PI * step * interval);
      add((value, at) => Math.sqrt((2 * value * interval) / damping) * Math.cos(step * logs[at]!));
      add((value, at) => Math.sqrt((2 * value * interval) / damping) * Math.sin(step * logs[at]!));
    }
    return hstack(blocks, X.shape[0]!, sparse);
  }
}

/** E_FEATURES for every value that does not fit. */
function refuseUnless(fits: (value: number) => boolean, table: Float64Array, estimator: Estimator, must: string): void {
  const columns = estimator.n_features_in_ ?? 1;
  const problems: FeatureProblem[] = [];
  for (let at = 0; at < table.length && problems.length < MOST_PROBLEMS; at++) {
    if (fits(table[at]!)) continue;
    const feature = estimator.featureName(at % columns);
    problems.push({ row: Math.floor(at / columns), feature, detail: `'${feature}' ${must}, not ${table[at]}` });
  }
  if (problems.length > 0) throw featureError(problems);
}
