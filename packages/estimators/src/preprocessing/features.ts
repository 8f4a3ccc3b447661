/** @module Features made of features: polynomials, bins, functions. */

import { Csr, dtypeName, NdArray } from "@curtido/arrays";
import { exp, expm1, log, log1p, tanh } from "@curtido/kernels";
import { Dict, Global, Instance } from "@curtido/pickle";
import { estimatorError } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { columnValues, type Input, shapeOf } from "../base/input.ts";
import { argmaxRows } from "../base/labels.ts";
import type { Downstream, FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { NumericTransformer } from "./scalers.ts";

/** PolynomialFeatures: products of features up to a degree, by degree, then in order of the features. */
export class PolynomialFeatures extends NumericTransformer {
  /** Per output, the features that are multiplied, from left to right. */
  private readonly products: readonly Int32Array[];

  constructor(state: State) {
    super(state);
    const name = state.named("n_features_in_", "n_input_features_");
    this.n_features_in_ ??= state.integer(name);
    const [least, most] = degrees(state);
    const interaction = state.boolean("interaction_only", false);
    this.products = combinations(this.n_features_in_, least, most, interaction, state.boolean("include_bias", true));
  }

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: true };
  }

  protected doTransform(X: NdArray | Csr): NdArray | Csr {
    const dense = X instanceof Csr ? X.toDense() : X;
    const [rows, columns] = dense.shape as readonly [number, number];
    const data = dense.data as Float64Array;
    const width = this.products.length;
    const out = data instanceof Float32Array ? new Float32Array(rows * width) : new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      this.products.forEach((factors, at) => {
        let product = 1;
        for (const factor of factors) {
          product *= data[row * columns + factor]!;
          if (data instanceof Float32Array) product = Math.fround(product);
        }
        out[row * width + at] = product;
      });
    }
    return X instanceof Csr ? Csr.fromDense(Float64Array.from(out), rows, width) : NdArray.of(out, [rows, width]);
  }
}

const MOST_PRODUCTS = 1e6;

function degrees(state: State): readonly [number, number] {
  const degree = state.plain("degree");
  if (typeof degree === "number") return [0, state.integer("degree", 2, 0, 64)];
  const [least, most] = state.list("degree").map(Number);
  if (!(Number.isInteger(least) && Number.isInteger(most) && most! <= 64))
    return state.fail("degree", "must be a pair of integers");
  return [least!, most!];
}

function combinations(
  features: number,
  least: number,
  most: number,
  interaction: boolean,
  bias: boolean,
): Int32Array[] {
  const products: Int32Array[] = bias ? [new Int32Array(0)] : [];
  let layer: number[][] = [[]];
  for (let degree = 1; degree <= most; degree++) {
    const next: number[][] = [];
    for (const prefix of layer) {
      const from = prefix.length === 0 ? 0 : prefix[prefix.length - 1]! + (interaction ? 1 : 0);
      for (let feature = from; feature < features; feature++) next.push([...prefix, feature]);
      if (next.length > MOST_PRODUCTS)
        throw estimatorError("E_UNSUPPORTED", `a polynomial of more than ${MOST_PRODUCTS} terms`);
    }
    layer = next;
    if (degree >= Math.max(least, 1)) for (const product of layer) products.push(Int32Array.from(product));
  }
  return products;
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

/** numpy functions of one argument, element by element. */
const FUNCTIONS: Readonly<Record<string, (x: number) => number>> = {
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
  exp2: (x) => 2 ** x,
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
  deg2rad: (x) => x * (Math.PI / 180),
  radians: (x) => x * (Math.PI / 180),
  rad2deg: (x) => x * (180 / Math.PI),
  degrees: (x) => x * (180 / Math.PI),
  rint: (x) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x)),
};

/** A function over rows: element by element, or the whole table at once. */
type RowFunction = (X: Input) => Input;

/** The name that a function has in a file: a global, or numpy's way of pickling its ufuncs. */
function functionName(value: unknown): string | undefined {
  if (value instanceof Global)
    return value.toString().replace(/^numpy\.(core|_core)\.(_multiarray_umath|umath)\./, "numpy.");
  const ufunc = value instanceof Instance && /^numpy\.(core|_core)\._ufunc_reconstruct$/.test(value.className);
  return ufunc && typeof value.args[1] === "string" ? `numpy.${value.args[1]}` : undefined;
}

/** The function under an attribute: the user's own when it is registered, else one of numpy's; `undefined` for None. */
export function readFunction(state: State, name: string): RowFunction | undefined {
  if (!state.given(name) || isCheck(state.raw(name))) return undefined;
  const known = functionName(state.raw(name));
  const own = known === undefined ? undefined : state.context.names[known];
  if (typeof own === "function") return elementwise(own as (x: number) => number);
  const numpy = known?.startsWith("numpy.") ? FUNCTIONS[known.slice(6)] : undefined;
  const keywords = state.given("kw_args") ? state.dict("kw_args") : new Dict();
  if (numpy !== undefined && keywords.size === 0) return elementwise(numpy);
  if (known === "numpy.clip") return elementwise(clip(keywords));
  const shown = known ?? "a function without a name";
  const message = `'${state.at(name)}' is ${shown}, which is not known here: register it with names: { "${shown}": (x) => ... }`;
  throw estimatorError("E_UNKNOWN_NAME", message, { name: shown, path: state.at(name) });
}

/** `numpy.clip(x, a_min=..., a_max=...)`, with the names of either spelling. */
function clip(keywords: Dict): (x: number) => number {
  const bound = (names: readonly string[], open: number) => {
    const given = names.map((name) => keywords.get(name)).find((value) => typeof value === "number");
    return given === undefined ? open : (given as number);
  };
  const low = bound(["a_min", "min"], Number.NEGATIVE_INFINITY);
  const high = bound(["a_max", "max"], Number.POSITIVE_INFINITY);
  return (x) => (Number.isNaN(x) ? x : Math.min(Math.max(x, low), high));
}

/** `partial(check_array, ...)`, with which HistGradientBoosting checks its numbers: it changes none. */
function isCheck(value: unknown): boolean {
  if (!(value instanceof Instance) || value.className !== "functools.partial") return false;
  const [func] = value.args;
  return func instanceof Global && func.module === "sklearn.utils.validation" && func.name === "check_array";
}

function elementwise(apply: (x: number) => number): RowFunction {
  return (X) => {
    if (X instanceof Csr) return new Csr(X.shape, X.indptr, X.indices, X.data.map(apply), X.dtype);
    const [rows, columns] = shapeOf(X);
    const single = X instanceof NdArray && X.data instanceof Float32Array;
    const out = single ? new Float32Array(rows * columns) : new Float64Array(rows * columns);
    for (let column = 0; column < columns; column++) {
      const values = columnValues(X, column);
      for (let row = 0; row < rows; row++) out[row * columns + column] = apply(values[row] as number);
    }
    return NdArray.of(out, [rows, columns]);
  };
}

/** FunctionTransformer: a function of numpy or of the user over all rows; none leaves them as they are. */
export class FunctionTransformer extends Estimator {
  private readonly func: RowFunction | undefined;
  private readonly inverse: RowFunction | undefined;

  constructor(state: State) {
    super(state);
    this.func = readFunction(state, "func");
    this.inverse = state.given("inverse_func") ? readFunction(state, "inverse_func") : undefined;
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }

  override features(downstream: Downstream): readonly FeatureShape[] {
    if (
      this.func === undefined &&
      downstream.features !== undefined &&
      downstream.features.length === this.n_features_in_
    )
      return downstream.features;
    const type = this.func === undefined ? "any" : "number";
    return Array.from({ length: this.n_features_in_ ?? 0 }, () => ({ type, missing: downstream.missing }) as const);
  }

  protected doTransform(X: Input): Input {
    return this.func === undefined ? X : this.func(X);
  }
  protected doInverseTransform(X: Input): NdArray {
    return (this.inverse === undefined ? X : this.inverse(X)) as NdArray;
  }
}
