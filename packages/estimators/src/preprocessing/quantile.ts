/** @module QuantileTransformer: where a value stands among those of training (`sklearn.preprocessing._data`). */

import { Csr, NdArray } from "@curtido/arrays";
import { ndtr, ndtri } from "@curtido/kernels";
import { featureError } from "../base/errors.ts";
import type { InputRules } from "../base/estimator.ts";
import type { Input } from "../base/input.ts";
import type { State } from "../base/state.ts";
import { OneToOneTransformer } from "./scalers.ts";

/** How close to the ends a value counts as the end itself. */
const THRESHOLD = 1e-7;
const NEAR_END = THRESHOLD - 2 ** -52;

/** `numpy.interp`: straight lines between points whose places increase. */
function interpolate(x: number, places: Float64Array, values: Float64Array): number {
  const last = places.length - 1;
  if (!(x >= places[0]!)) return Number.isNaN(x) ? x : values[0]!;
  if (x > places[last]!) return values[last]!;
  // The last place that is not beyond x.
  let low = 0;
  let high = last + 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (x >= places[middle]!) low = middle + 1;
    else high = middle;
  }
  const at = low - 1;
  if (at === last || places[at] === x) return values[at]!;
  const slope = (values[at + 1]! - values[at]!) / (places[at + 1]! - places[at]!);
  return slope * (x - places[at]!) + values[at]!;
}

/** The same numbers from the end, with the other sign. */
function mirrored(values: Float64Array): Float64Array {
  return values.map((_, at) => -values[values.length - 1 - at]!);
}

/** One feature: its quantiles, in both directions. */
interface Feature {
  readonly quantiles: Float64Array;
  readonly mirrored: Float64Array;
}

/** Each value's share of the values of training that are below it, or the quantile of a normal distribution for that. */
export class QuantileTransformer extends OneToOneTransformer {
  private readonly features_: readonly Feature[];
  private readonly references: Float64Array;
  private readonly mirroredReferences: Float64Array;
  private readonly normal: boolean;
  /** Before 0.21 both distributions were treated alike. */
  private readonly alike: boolean;
  private readonly negativeSparse: boolean;

  constructor(state: State) {
    super(state);
    const { data, rows, columns } = state.matrix("quantiles_", undefined, this.n_features_in_);
    if (rows === 0) state.fail("quantiles_", "is empty");
    this.n_features_in_ ??= columns;
    this.references = state.floats("references_", [rows]);
    this.mirroredReferences = mirrored(this.references);
    this.features_ = Array.from({ length: columns }, (_, column): Feature => {
      const quantiles = Float64Array.from({ length: rows }, (_, row) => data[row * columns + column]!);
      return { quantiles, mirrored: mirrored(quantiles) };
    });
    this.normal = state.oneOf("output_distribution", ["uniform", "normal"], "uniform") === "normal";
    this.alike = !this.version.atLeast(0, 21);
    this.negativeSparse = state.boolean("ignore_implicit_zeros", false);
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: this.version.atLeast(0, 20), sparse: true };
  }

  protected doTransform(X: NdArray | Csr): NdArray | Csr {
    if (X instanceof Csr && !this.negativeSparse && X.data.some((value) => value < 0))
      throw featureError([{ detail: "sparse rows must not hold negative numbers" }]);
    return this.each(X, (value, feature) => this.forth(value, feature));
  }

  protected doInverseTransform(X: Input): NdArray | Csr {
    return this.each(X instanceof Csr ? X : this.numbers(X), (value, feature) => this.back(value, feature));
  }

  private each(X: NdArray | Csr, of: (value: number, feature: Feature) => number): NdArray | Csr {
    const { features_ } = this;
    if (X instanceof Csr) {
      const data = X.data.map((value, at) => of(value, features_[X.indices[at]!]!));
      return new Csr(X.shape, X.indptr, X.indices, data, X.dtype);
    }
    const data = X.data as Float64Array | Float32Array;
    return NdArray.of(
      data.map((value, at) => of(value, features_[at % features_.length]!)),
      X.shape,
    );
  }

  private forth(x: number, { quantiles, mirrored: opposite }: Feature): number {
    if (Number.isNaN(x)) return x;
    const low = quantiles[0]!;
    const high = quantiles.at(-1)!;
    let share = 0.5 * (interpolate(x, quantiles, this.references) - interpolate(-x, opposite, this.mirroredReferences));
    const within = this.normal || this.alike;
    if (within ? x + THRESHOLD > high : x === high) share = 1;
    if (within ? x - THRESHOLD < low : x === low) share = 0;
    if (this.normal) return clip(ndtri(share), ndtri(NEAR_END), ndtri(1 - NEAR_END));
    return this.alike ? clip(share, NEAR_END, 1 - NEAR_END) : share;
  }

  private back(y: number, { quantiles }: Feature): number {
    if (Number.isNaN(y)) return y;
    const share = this.normal ? ndtr(y) : this.alike ? clip(y, 0, 1) : y;
    const within = this.normal || this.alike;
    if (within ? share - THRESHOLD < 0 : share === 0) return quantiles[0]!;
    if (within ? share + THRESHOLD > 1 : share === 1) return quantiles.at(-1)!;
    return interpolate(share, this.references, quantiles);
  }
}

function clip(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
