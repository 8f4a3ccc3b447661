/** @module A memory in which matrices lie side by side, and what can be done with them there. */

import { matrix as text } from "../generated/matrix.ts";
import { WasmKernel } from "../wasm.ts";
import type { MatrixOperations } from "./operations.ts";
import { PlainMatrices } from "./plain.ts";

/** What assembly/matrix.ts exports; addresses and strides in bytes. */
interface MatrixKernels {
  multiply(
    a: number,
    aRow: number,
    aCol: number,
    b: number,
    bRow: number,
    c: number,
    cRow: number,
    m: number,
    n: number,
    k: number,
    lower: boolean,
  ): void;
  dot(a: number, b: number, n: number): number;
  axpy(factor: number, x: number, y: number, n: number): void;
  reduce(triangle: number, block: number, rows: number, n: number, columns: number): void;
  orthogonalize(
    vectors: number,
    count: number,
    length: number,
    right: number,
    width: number,
    norms: number,
    tolerance: number,
  ): number;
  center(x: number, rows: number, width: number, means: number, roots: number, scaled: boolean): void;
  transpose(x: number, rows: number, width: number, out: number, step: number): void;
}

const kernel = new WasmKernel(text);
/** Bytes of a double, and how vectors are aligned. */
const DOUBLE = 8;
/** Elements that WebAssembly can address with 32 bits. */
const MOST_ELEMENTS = 2 ** 29 - 2 ** 13;
/** Multiplications that are worth a WebAssembly memory. */
const WORTH = 4096;

/** A matrix, or a vector, as a part of the memory. */
export interface Block {
  readonly at: number;
  readonly data: Float64Array;
}

/**
 * A memory for matrices, of a size that is fixed when it is made.
 *
 * @example
 * const memory = new MatrixMemory(12);
 * const [a, b, c] = [memory.take(2), memory.take(2), memory.take(1)];
 * a.data.set([1, 2]);
 * b.data.set([3, 4]);
 * memory.multiply(a, b, c, 1, 1, 2); // c.data is [11]
 */
export class MatrixMemory {
  /** Which engine computes; both give the same bits. */
  readonly engine: "typescript" | "wasm";
  readonly operations: MatrixOperations;
  /** Where the parts lie, for other kernels; `undefined` where TypeScript computes. */
  readonly memory: WebAssembly.Memory | undefined;
  readonly #data: Float64Array;
  #used = 0;

  /**
   * @param elements - how many doubles all parts have, with one more for each part that has an odd number of them
   * @param engine - WebAssembly where it is available and worth it, without this
   */
  constructor(elements: number, engine?: "typescript" | "wasm") {
    const wasm =
      engine === "typescript" || (engine === undefined && (elements < WORTH || elements > MOST_ELEMENTS))
        ? undefined
        : startWasm(elements, engine === "wasm");
    this.engine = wasm === undefined ? "typescript" : "wasm";
    this.memory = wasm?.memory;
    this.#data = wasm === undefined ? new Float64Array(elements) : new Float64Array(wasm.buffer, 0, elements);
    this.operations = wasm === undefined ? new PlainMatrices(this.#data) : wasmOperations(wasm.exports);
  }

  /**
   * The next part of the memory; all 0.
   *
   * @throws {RangeError} when there is not so much left
   */
  take(elements: number): Block {
    const at = this.#used;
    if (!(elements >= 0 && at + elements <= this.#data.length))
      throw new RangeError(`${elements} elements are more than the ${this.#data.length - at} that are left`);
    this.#used = Math.min(this.#data.length, at + elements + (elements % 2));
    return { at, data: this.#data.subarray(at, at + elements) };
  }

  /** out = a b: `[m, k]` times `[k, n]`, row-major; each element added in order of the rows of b. */
  multiply(a: Block, b: Block, out: Block, m: number, n: number, k: number): void {
    out.data.fill(0, 0, m * n);
    const [left, right, to] = [
      { at: a.at, row: k, column: 1 },
      { at: b.at, row: n, column: 1 },
      { at: out.at, row: n, column: 1 },
    ];
    this.operations.multiply(left, right, to, m, n, k, false);
  }

  /** out = a' b: the transposed of `[k, m]` times `[k, n]`, row-major. */
  multiplyTransposed(a: Block, b: Block, out: Block, m: number, n: number, k: number): void {
    out.data.fill(0, 0, m * n);
    const [left, right, to] = [
      { at: a.at, row: 1, column: m },
      { at: b.at, row: n, column: 1 },
      { at: out.at, row: n, column: 1 },
    ];
    this.operations.multiply(left, right, to, m, n, k, false);
  }

  /** The lower triangle of a' a for a row-major matrix `[k, n]`; above it some elements are left undefined. */
  gram(a: Block, out: Block, n: number, k: number): void {
    out.data.fill(0, 0, n * n);
    const b = { at: a.at, row: n, column: 1 };
    this.operations.multiply({ at: a.at, row: 1, column: n }, b, { at: out.at, row: n, column: 1 }, n, n, k, true);
  }
}

function startWasm(
  elements: number,
  insist: boolean,
): { exports: MatrixKernels; memory: WebAssembly.Memory; buffer: ArrayBuffer } | undefined {
  try {
    return kernel.instantiate<MatrixKernels>(DOUBLE * elements);
  } catch (error) {
    if (insist) throw error;
    return undefined;
  }
}

function wasmOperations(kernels: MatrixKernels): MatrixOperations {
  const bytes = (elements: number) => DOUBLE * elements;
  return {
    multiply: (a, b, c, m, n, k, lower) =>
      kernels.multiply(
        bytes(a.at),
        bytes(a.row),
        bytes(a.column),
        bytes(b.at),
        bytes(b.row),
        bytes(c.at),
        bytes(c.row),
        m,
        n,
        k,
        lower,
      ),
    dot: (a, b, n) => kernels.dot(bytes(a), bytes(b), n),
    axpy: (factor, x, y, n) => kernels.axpy(factor, bytes(x), bytes(y), n),
    reduce: (triangle, block, rows, n, columns) => kernels.reduce(bytes(triangle), bytes(block), rows, n, columns),
    orthogonalize: (vectors, count, length, right, width, norms, tolerance) =>
      kernels.orthogonalize(bytes(vectors), count, length, bytes(right), width, bytes(norms), tolerance),
    center: (x, rows, width, means, roots) =>
      kernels.center(bytes(x), rows, width, bytes(means), bytes(roots ?? 0), roots !== undefined),
    transpose: (x, rows, width, out, step) => kernels.transpose(bytes(x), rows, width, bytes(out), step),
  };
}
