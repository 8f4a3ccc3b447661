/** @module PolynomialCountSketch: polynomials of the features, hashed into a few sums (`sklearn.kernel_approximation`). */

import { Csr, NdArray } from "@curtido/arrays";
import { Estimator, type InputRules } from "../base/estimator.ts";
import type { State } from "../base/state.ts";
import { agreeOnFeatures, LINEAR_INPUT } from "../linear_model/linear.ts";

/** Far more than any polynomial's. */
const MOST_DEGREES = 10_000;

/** PolynomialCountSketch. Python multiplies Fourier transforms of sketches: this is the convolution that they stand for. */
export class PolynomialCountSketch extends Estimator {
  private readonly components: number;
  private readonly degree: number;
  private readonly scale: number;
  /** What is put behind each row, when there is a constant. */
  private readonly constant: number;
  private readonly width: number;
  /** Per degree and column: which sum it is added to, and its sign. */
  private readonly places: Int32Array;
  private readonly signs: Float64Array;

  constructor(state: State) {
    super(state);
    this.components = state.integer("n_components", undefined, 1, 2 ** 31 - 1);
    this.degree = state.integer("degree", 2, 1, MOST_DEGREES);
    this.scale = Math.sqrt(state.number("gamma", 1));
    this.constant = Math.sqrt(state.number("coef0", 0));
    const { columns } = state.matrix("indexHash_", this.degree);
    this.width = columns;
    agreeOnFeatures(this, state, columns - (this.constant === 0 ? 0 : 1), "indexHash_");
    this.places = state.integers("indexHash_", [this.degree, columns], 0, this.components - 1);
    this.signs = state.floats("bitHash_", [this.degree, columns]);
    if (Number.isNaN(this.scale + this.constant)) state.fail("gamma", "and coef0 must not be negative");
  }

  protected override inputRules(): InputRules {
    return LINEAR_INPUT;
  }

  protected doTransform(X: NdArray | Csr): NdArray {
    const table = (X instanceof Csr ? X.toDense() : X).toFloat64();
    const [rows, features] = X.shape as readonly [number, number];
    const out = new Float64Array(rows * this.components);
    const row = new Float64Array(this.width).fill(this.constant);
    for (let at = 0; at < rows; at++) {
      for (let k = 0; k < features; k++) row[k] = this.scale * table[at * features + k]!;
      out.set(this.sketch(row), at * this.components);
    }
    return NdArray.of(out, [rows, this.components]);
  }

  /** The sketch of degree 1, turned round and added for every feature of the next degrees. */
  private sketch(row: Float64Array): Float64Array {
    const { components, width, places, signs } = this;
    let product = new Float64Array(components);
    for (let k = 0; k < width; k++) product[places[k]!]! += signs[k]! * row[k]!;
    for (let d = 1; d < this.degree; d++) {
      const next = new Float64Array(components);
      for (let k = 0; k < width; k++) {
        const value = signs[d * width + k]! * row[k]!;
        const shift = places[d * width + k]!;
        for (let at = 0, to = shift; at < components; at++, to++) {
          if (to === components) to = 0;
          next[to]! += value * product[at]!;
        }
      }
      product = next;
    }
    return product;
  }
}
