/** @module Features made of features: polynomials and bins. */

import { Csr, dtypeName, NdArray } from "@curtido/arrays";
import type { CostOf } from "../base/cost.ts";
import { estimatorError } from "../base/errors.ts";
import type { InputRules } from "../base/estimator.ts";
import { type Input, shapeOf } from "../base/input.ts";
import { argmaxRows } from "../base/labels.ts";
import type { State } from "../base/state.ts";
import { NumericTransformer } from "./scalers.ts";

/** PolynomialFeatures: products of features up to a degree, by degree, then in order of the features. */
export class PolynomialFeatures extends NumericTransformer {
  /** The features that are multiplied, product after product, each from left to right. */
  private readonly factors: Int32Array;
  /** Where the factors of each product end. */
  private readonly ends: Int32Array;

  constructor(state: State) {
    super(state);
    const terms = readTerms(state);
    this.n_features_in_ ??= terms.features;
    const { products, factors } = sizeOf(terms);
    if (products > MOST_PRODUCTS) {
      const message = `a polynomial of degree ${terms.most} of ${terms.features} features has ${products} terms, more than ${MOST_PRODUCTS}`;
      throw estimatorError("E_LIMIT", message, {
        limit: "products",
        most: MOST_PRODUCTS,
        needed: products,
        path: state.path,
      });
    }
    if (factors > MOST_FACTORS) {
      const message = `a polynomial of degree ${terms.most} of ${terms.features} features takes ${factors} multiplications for a row, more than ${MOST_FACTORS}`;
      const fields = { limit: "factors", most: MOST_FACTORS, needed: factors, path: state.path };
      throw estimatorError("E_LIMIT", message, fields);
    }
    this.factors = new Int32Array(factors);
    this.ends = new Int32Array(products);
    combine(terms, this.factors, this.ends);
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: true };
  }

  /** `1`, `a`, `a^2`, `a b` ... */
  override namesOut(): readonly string[] {
    const names = this.namesIn();
    return Array.from(this.ends, (end, product) => {
      const powers = new Map<number, number>();
      for (const column of this.factors.subarray(product === 0 ? 0 : this.ends[product - 1]!, end))
        powers.set(column, (powers.get(column) ?? 0) + 1);
      const parts = [...powers].map(([column, power]) => `${names[column]}${power > 1 ? `^${power}` : ""}`);
      return parts.length === 0 ? "1" : parts.join(" ");
    });
  }

  protected doTransform(X: NdArray | Csr): NdArray | Csr {
    const dense = X instanceof Csr ? X.toDense() : X;
    const [rows, columns] = dense.shape as readonly [number, number];
    const data = dense.data as Float64Array;
    const { factors, ends } = this;
    const width = ends.length;
    const single = data instanceof Float32Array;
    const out = single ? new Float32Array(rows * width) : new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      let factor = 0;
      for (let at = 0; at < width; at++) {
        let product = 1;
        for (const end = ends[at]!; factor < end; factor++) {
          product *= data[row * columns + factors[factor]!]!;
          if (single) product = Math.fround(product);
        }
        out[row * width + at] = product;
      }
    }
    return X instanceof Csr ? Csr.fromDense(Float64Array.from(out), rows, width) : NdArray.of(out, [rows, width]);
  }
}

const MOST_PRODUCTS = 1e6;
/** Factors of all products together: some 20 for each, which takes a fifth of a second. */
const MOST_FACTORS = 2 ** 24;

/** Which products there are. */
interface Terms {
  readonly features: number;
  readonly least: number;
  readonly most: number;
  /** Whether no feature is multiplied with itself. */
  readonly interaction: boolean;
  readonly bias: boolean;
}

function readTerms(state: State): Terms {
  const features = state.integer(state.given("n_features_in_") ? "n_features_in_" : "n_input_features_");
  const [least, most] = degrees(state);
  const interaction = state.boolean("interaction_only", false);
  return { features, least, most, interaction, bias: state.boolean("include_bias", true) };
}

/** What the products take, counted without making them. */
export const costOfPolynomial: CostOf = (state) => {
  const { products, factors } = sizeOf(readTerms(state));
  return { memory: 4 * (products + factors), perRow: 2 * factors + products, perRowMemory: 8 * products };
};

function degrees(state: State): readonly [number, number] {
  const degree = state.plain("degree");
  if (typeof degree === "number") return [0, state.integer("degree", 2, 0, 64)];
  const [least, most] = state.list("degree").map(Number);
  if (!(Number.isInteger(least) && Number.isInteger(most) && most! <= 64))
    return state.fail("degree", "must be a pair of integers");
  return [least!, most!];
}

/** How many products there are, and factors in them all. */
function sizeOf({ features, least, most, interaction, bias }: Terms): { products: number; factors: number } {
  let products = bias ? 1 : 0;
  let factors = 0;
  let count = 1;
  for (let degree = 1; degree <= most; degree++) {
    // Choices of `degree` features out of all, with or without taking one again.
    count = Math.round((count * Math.max(0, interaction ? features - degree + 1 : features + degree - 1)) / degree);
    if (degree < least) continue;
    products += count;
    factors += count * degree;
  }
  return { products, factors };
}

/** Writes the products of each degree: one after the other in the order of their features. */
function combine({ features, least, most, interaction, bias }: Terms, factors: Int32Array, ends: Int32Array): void {
  let [to, product] = [0, bias ? 1 : 0];
  for (let degree = Math.max(least, 1); degree <= most; degree++) {
    const chosen = Int32Array.from({ length: degree }, (_, at) => (interaction ? at : 0));
    const last = (at: number) => features - 1 - (interaction ? degree - 1 - at : 0);
    if (last(0) < 0) continue;
    for (let at = degree - 1; at >= 0; ) {
      factors.set(chosen, to);
      to += degree;
      ends[product++] = to;
      at = degree - 1;
      while (at >= 0 && chosen[at] === last(at)) at--;
      if (at < 0) break;
      chosen[at]!++;
      for (let next = at + 1; next < degree; next++) chosen[next] = chosen[next - 1]! + (interaction ? 1 : 0);
    }
  }
}

/** KBinsDiscretizer: the bin of each value, as a number or one column per bin. */
export class KBinsDiscretizer extends NumericTransformer {
  private readonly edges: readonly Float64Array[];
  /** Edges of float32 have centres of float32. */
  private round: (value: number) => number = (value) => value;
  private readonly encoding: "onehot" | "onehot-dense" | "ordinal";

  constructor(state: State) {
    super(state);
    this.encoding = state.oneOf("encode", ["onehot", "onehot-dense", "ordinal"], "onehot");
    this.edges = state.list("bin_edges_").map((edges) => {
      const array = state.context.value(edges);
      if (!(array instanceof NdArray) || array.ndim !== 1 || array.size < 2)
        return state.fail("bin_edges_", "must hold lists of edges");
      this.round = dtypeName(array.dtype) === "float32" ? Math.fround : this.round;
      return array.toFloat64();
    });
    this.n_features_in_ ??= this.edges.length;
    if (this.edges.length !== this.n_features_in_)
      state.fail("bin_edges_", `holds ${this.edges.length} lists for ${this.n_features_in_} features`);
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: false };
  }

  private bin(value: number, edges: Float64Array): number {
    // Before 1.1 a value within rtol 1e-5 and atol 1e-8 below an edge already counted as above it.
    const shifted = this.version.atLeast(1, 1) ? value : value + (1e-8 + 1e-5 * Math.abs(value));
    let bin = 0;
    while (bin < edges.length - 2 && shifted >= edges[bin + 1]!) bin++;
    return bin;
  }

  protected doTransform(X: NdArray): NdArray | Csr {
    const [rows, columns] = X.shape as readonly [number, number];
    const data = X.data as Float64Array;
    const bins = data.map((value, at) => this.bin(value, this.edges[at % columns]!));
    if (this.encoding === "ordinal") return NdArray.of(bins, [rows, columns]);
    const widths = this.edges.map((edges) => edges.length - 1);
    const width = widths.reduce((sum, each) => sum + each, 0);
    const out = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      let left = 0;
      for (let column = 0; column < columns; column++) {
        out[row * width + left + bins[row * columns + column]!] = 1;
        left += widths[column]!;
      }
    }
    return this.encoding === "onehot" ? Csr.fromDense(out, rows, width) : NdArray.of(out, [rows, width]);
  }

  protected doInverseTransform(X: Input): NdArray {
    const [rows, width] = shapeOf(X);
    const given = this.numbers(X);
    const table = given.toFloat64();
    const columns = this.edges.length;
    const out = new Float64Array(rows * columns);
    let left = 0;
    this.edges.forEach((edges, column) => {
      const bins = edges.length - 1;
      for (let row = 0; row < rows; row++) {
        const part =
          this.encoding === "ordinal" ? undefined : table.slice(row * width + left, row * width + left + bins);
        const bin = part === undefined ? table[row * width + column]! : argmaxRows(part, 1, bins)[0]!;
        const at = Math.min(Math.max(Math.trunc(bin), 0), bins - 1);
        out[row * columns + column] = this.round(edges[at]! + edges[at + 1]!) * 0.5;
      }
      left += bins;
    });
    return NdArray.of(
      this.encoding === "ordinal" && given.data instanceof Float32Array ? Float32Array.from(out) : out,
      [rows, columns],
    );
  }
}
