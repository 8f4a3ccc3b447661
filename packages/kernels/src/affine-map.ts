import { linear as text } from "./generated/linear.ts";
import { WasmKernel } from "./wasm.ts";

export interface AffineOptions {
  /** Columns of the rows that come in. */
  readonly inputs: number;
  /** Columns of the rows that go out. */
  readonly outputs: number;
  /** How the weights lie: `[inputs, outputs]`, as `coefs_` of an MLP, or `[outputs, inputs]`, as `coef_`. */
  readonly order: "inputs first" | "outputs first";
  /** Added at the end, `[outputs]`. */
  readonly bias?: Float64Array | undefined;
  /** Both give the same bits. Default: WebAssembly with SIMD for large maps where it is available. */
  readonly engine?: "typescript" | "wasm" | undefined;
}

interface LinearKernels {
  rows(x: number, n: number, inputs: number, w: number, b: number, panels: number, out: number): void;
  row(x: number, inputs: number, w: number, b: number, panels: number, out: number): void;
}

const kernel = new WasmKernel(text);

/** Weights that are worth a WebAssembly memory. */
const wasmWeights = 2_048;
/** Numbers of rows that pass all weights before the next ones. */
const blockNumbers = 2 ** 14;
/** Outputs per panel. */
const lanes = 4;

/**
 * x w + b, prepared once: each element is the sum of products in order of the inputs, from 0, and then the bias.
 *
 * These are the bits of reference BLAS. An optimised BLAS adds in another order and differs by a few units in the last
 * place of the largest product.
 *
 * @example
 * const map = AffineMap.prepare(Float64Array.of(3, 4), { inputs: 2, outputs: 1, order: "outputs first" });
 * map.apply(Float64Array.of(1, 2), 1, out); // [11]
 */
export class AffineMap {
  readonly inputs: number;
  readonly outputs: number;
  readonly engine: "typescript" | "wasm";
  /** Panels of four outputs, a multiple of four of them; see assembly/linear.ts. */
  readonly #panels: number;
  readonly #kernels: LinearKernels | undefined;
  /** Weights, bias, then room for rows that come in and go out. */
  readonly #memory: Float64Array;
  readonly #biasAt: number;
  readonly #xAt: number;
  readonly #outAt: number;
  readonly #block: number;

  private constructor({ inputs, outputs, engine }: AffineOptions) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.#panels = Math.ceil(outputs / (4 * lanes)) * 4;
    const width = this.#panels * lanes;
    this.#block = Math.max(4, Math.floor(blockNumbers / Math.max(inputs, width, 1) / 4) * 4);
    this.#biasAt = width * inputs;
    this.#xAt = this.#biasAt + width;
    this.#outAt = this.#xAt + this.#block * inputs + (inputs % 2);
    const end = this.#outAt + this.#block * width;
    const wanted = engine ?? (inputs * outputs < wasmWeights ? "typescript" : undefined);
    const wasm = wanted === "typescript" ? undefined : startWasm(8 * end, wanted === "wasm");
    this.engine = wasm === undefined ? "typescript" : "wasm";
    this.#kernels = wasm?.exports;
    this.#memory = wasm === undefined ? new Float64Array(this.#xAt) : new Float64Array(wasm.buffer, 0, end);
  }

  /**
   * Lays the weights out; they are not kept.
   *
   * @param weights row-major, in the order that the options say
   * @throws {RangeError} weights or bias have another length than inputs and outputs ask for
   */
  static prepare(weights: Float64Array, options: AffineOptions): AffineMap {
    const { inputs, outputs, order, bias } = options;
    if (weights.length !== inputs * outputs) throw new RangeError(`${weights.length} weights, not ${inputs * outputs}`);
    if (bias !== undefined && bias.length !== outputs) throw new RangeError(`bias has ${bias.length} values`);
    const map = new AffineMap(options);
    const [inputStep, outputStep] = order === "inputs first" ? [outputs, 1] : [1, inputs];
    for (let j = 0; j < outputs; j++) {
      let to = (j - (j % lanes)) * inputs + (j % lanes);
      for (let i = 0, from = j * outputStep; i < inputs; i++, from += inputStep, to += lanes) {
        map.#memory[to] = weights[from]!;
      }
    }
    // Without a bias nothing must change, not even the sign of a zero.
    map.#memory.fill(-0, map.#biasAt, map.#xAt);
    if (bias !== undefined) map.#memory.set(bias, map.#biasAt);
    return map;
  }

  /**
   * Maps rows.
   *
   * @param x row-major, `[n, inputs]`; never changed
   * @param n number of rows
   * @param out row-major, `[n, outputs]`; overwritten, and not `x`
   * @throws {RangeError} `x` or `out` is shorter than that
   */
  apply(x: Float64Array, n: number, out: Float64Array): void {
    const { inputs, outputs } = this;
    if (!(x.length >= n * inputs)) throw new RangeError(`x has ${x.length} values, not ${n} * ${inputs}`);
    if (!(out.length >= n * outputs)) throw new RangeError(`out has ${out.length} values, not ${n} * ${outputs}`);
    const kernels = this.#kernels;
    if (kernels === undefined) this.#applyPlain(x, n, out);
    else if (n === 1) this.#applyRow(kernels, x, out);
    else {
      for (let row = 0; row < n; row += this.#block)
        this.#applyBlock(kernels, x, row, Math.min(this.#block, n - row), out);
    }
  }

  #applyPlain(x: Float64Array, n: number, out: Float64Array): void {
    const { inputs, outputs } = this;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < outputs; j += lanes) this.#applyPanel(x, i * inputs, j, out, i * outputs + j);
    }
  }

  #applyPanel(x: Float64Array, row: number, first: number, out: Float64Array, to: number): void {
    const { inputs, outputs } = this;
    const w = this.#memory;
    const bias = this.#biasAt + first;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let i = 0, at = first * inputs; i < inputs; i++, at += lanes) {
      const value = x[row + i]!;
      s0 += value * w[at]!;
      s1 += value * w[at + 1]!;
      s2 += value * w[at + 2]!;
      s3 += value * w[at + 3]!;
    }
    out[to] = s0 + w[bias]!;
    if (first + 1 < outputs) out[to + 1] = s1 + w[bias + 1]!;
    if (first + 2 < outputs) out[to + 2] = s2 + w[bias + 2]!;
    if (first + 3 < outputs) out[to + 3] = s3 + w[bias + 3]!;
  }

  #applyRow(kernels: LinearKernels, x: Float64Array, out: Float64Array): void {
    const { inputs, outputs } = this;
    const memory = this.#memory;
    for (let i = 0; i < inputs; i++) memory[this.#xAt + i] = x[i]!;
    kernels.row(8 * this.#xAt, inputs, 0, 8 * this.#biasAt, this.#panels, 8 * this.#outAt);
    for (let j = 0; j < outputs; j++) out[j] = memory[this.#outAt + j]!;
  }

  #applyBlock(kernels: LinearKernels, x: Float64Array, row: number, rows: number, out: Float64Array): void {
    const { inputs, outputs } = this;
    const memory = this.#memory;
    memory.set(x.subarray(row * inputs, (row + rows) * inputs), this.#xAt);
    const panels = Math.ceil(outputs / lanes);
    kernels.rows(8 * this.#xAt, rows, inputs, 0, 8 * this.#biasAt, panels, 8 * this.#outAt);
    const width = panels * lanes;
    for (let i = 0; i < rows; i++) {
      const from = this.#outAt + i * width;
      out.set(memory.subarray(from, from + outputs), (row + i) * outputs);
    }
  }
}

function startWasm(byteLength: number, insist: boolean): { exports: LinearKernels; buffer: ArrayBuffer } | undefined {
  try {
    return kernel.instantiate<LinearKernels>(byteLength);
  } catch (error) {
    if (insist) throw error;
    return undefined;
  }
}
