import { parseDoubles } from "./bits.ts";
import { tanh } from "./expm1.ts";
import { expTable } from "./generated/exp-table.ts";
import { smo as text } from "./generated/smo.ts";
import { growTo, WasmKernel } from "./wasm.ts";

/** The kernels, in the order of their numbers in assembly/smo/state.ts. */
const KERNELS = ["linear", "poly", "rbf", "sigmoid", "precomputed"] as const;

/** How similar rows are, as libsvm knows it. */
export interface SupportKernel {
  readonly name: (typeof KERNELS)[number];
  readonly gamma: number;
  readonly coef0: number;
  readonly degree: number;
}

/** What assembly/smo.ts exports. Addresses are in bytes. */
interface SmoKernels {
  lay(rows: number, width: number, unknowns: number): number;
  useKernel(kind: number, gamma: number, coef0: number, degree: number): void;
  begin(unknowns: number, twice: boolean, sums: boolean, room: number): void;
  fillDiagonal(): void;
  run(tolerance: number, shrinking: boolean, most: number): number;
  threshold(): number;
  dot(one: number, other: number): number;
  weigh(row: number, vectors: number, weights: number, count: number): number;
  readonly iterations: WebAssembly.Global;
  readonly margin: WebAssembly.Global;
  readonly powers: WebAssembly.Global;
  readonly table: WebAssembly.Global;
  readonly squares: WebAssembly.Global;
  readonly slopes: WebAssembly.Global;
  readonly alphas: WebAssembly.Global;
  readonly bounds: WebAssembly.Global;
  readonly linear: WebAssembly.Global;
  readonly diagonal: WebAssembly.Global;
  readonly signs: WebAssembly.Global;
  readonly order: WebAssembly.Global;
  readonly rows: WebAssembly.Global;
  readonly ownRows: WebAssembly.Global;
}

/** A problem: least 1/2 a'Qa + p'a with 0 <= a <= bounds and y'a = 0, where Q is y y' times the similarities. */
export interface SupportProblem {
  /** The row of each unknown; where each row has two, those of the first half. */
  readonly rows: Int32Array;
  /** y, 1 or -1, for each unknown; twice as many as rows where each has two. */
  readonly signs: Float64Array;
  /** The linear term p. */
  readonly linear: Float64Array;
  readonly bounds: Float64Array;
  /** Where the unknowns begin; all 0 without it. */
  readonly initial?: Float64Array;
  /** Whether the sum of the unknowns of each sign stays as it is (nu-SVM). */
  readonly level?: boolean;
}

/** How exactly, and how long. */
export interface SupportRules {
  readonly tolerance: number;
  readonly shrinking: boolean;
  /** The most iterations; -1 for as many as it takes. */
  readonly maxIter: number;
}

/** What was found. */
export interface SupportSolution {
  /** One for each unknown. */
  readonly alphas: Float64Array;
  /** What is taken from the weighted sum of similarities. */
  readonly threshold: number;
  /** Where sums stay as they are, the distance of the margin, by which all else is divided; else 1. */
  readonly margin: number;
  readonly iterations: number;
  /** Whether it is optimal within the tolerance. */
  readonly converged: boolean;
}

const kernel = new WasmKernel(text);
const MOST_ITERATIONS = 2 ** 31 - 1;
/** What a WebAssembly memory may have at most. */
const MOST_BYTES = 2 ** 32 - 65_536;
/** The cache has room for two lines at least. */
const LEAST_LINES = 2;

/**
 * Rows in the memory of one WebAssembly instance, and support vector machines that are trained on some of them, by
 * sequential minimal optimization with the iterations of libsvm.
 *
 * @example
 * const space = new SupportSpace(Float64Array.of(0, 1), 2, 1, 2, { name: "linear", gamma: 0, coef0: 0, degree: 3 }, 1e6);
 * const [signs, linear, bounds] = [Float64Array.of(-1, 1), Float64Array.of(-1, -1), Float64Array.of(9, 9)];
 * const rules = { tolerance: 1e-3, shrinking: true, maxIter: -1 };
 * space.solve({ rows: Int32Array.of(0, 1), signs, linear, bounds }, rules).alphas; // [2, 2]
 */
export class SupportSpace {
  private readonly kernels: SmoKernels;
  private readonly memory: WebAssembly.Memory;
  private readonly kernel: SupportKernel;
  private readonly base: number;

  /**
   * @param data - rows in C order; similarities of rows with each other for the kernel `precomputed`
   * @param unknowns - how many the largest problem has
   * @param cacheBytes - how much memory similarities may take
   * @throws RangeError when there is not that much memory
   */
  constructor(
    data: Float64Array,
    rows: number,
    width: number,
    unknowns: number,
    supportKernel: SupportKernel,
    cacheBytes: number,
  ) {
    const { exports, memory } = kernel.instantiateGrowing<SmoKernels>({});
    [this.kernels, this.memory, this.kernel] = [exports, memory, supportKernel];
    this.base = exports.lay(rows, width, unknowns);
    const line = lineBytes(unknowns);
    const least = this.base + LEAST_LINES * line;
    if (!(least <= MOST_BYTES))
      throw new RangeError(`this takes ${least} bytes of memory; there are at most ${MOST_BYTES}`);
    this.grow(least, Math.min(this.base + Math.min(cacheBytes, unknowns * line), MOST_BYTES));
    const { name, gamma, coef0, degree } = supportKernel;
    exports.useKernel(KERNELS.indexOf(name), gamma, coef0, degree);
    this.doubles(exports.powers, 128).set(parseDoubles(expTable).subarray(0, 128));
    this.place(data, rows, width);
  }

  /** As much of a memory as there is to have, between two bounds. */
  private grow(least: number, wanted: number): void {
    growTo(this.memory, least);
    for (let bytes = wanted; bytes > least; bytes = Math.floor(bytes / 2)) {
      try {
        growTo(this.memory, bytes);
        return;
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
      }
    }
  }

  private place(data: Float64Array, rows: number, width: number): void {
    const padded = width + (width % 2);
    const table = this.doubles(this.kernels.table, rows * padded);
    if (padded === width) table.set(data);
    else for (let row = 0; row < rows; row++) table.set(data.subarray(row * width, (row + 1) * width), row * padded);
    const squares = this.doubles(this.kernels.squares, rows);
    if (this.kernel.name === "rbf") for (let row = 0; row < rows; row++) squares[row] = this.kernels.dot(row, row);
  }

  private doubles(place: WebAssembly.Global, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, place.value as number, length);
  }

  private ints(place: WebAssembly.Global, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, place.value as number, length);
  }

  /** Solves a problem over some of the rows. */
  solve(problem: SupportProblem, { tolerance, shrinking, maxIter }: SupportRules): SupportSolution {
    const { kernels } = this;
    const { rows, signs, linear, bounds, initial, level = false } = problem;
    const unknowns = signs.length;
    const twice = unknowns !== rows.length;
    const signed = linear.map((value, at) => value * signs[at]!);
    this.doubles(kernels.signs, unknowns).set(signs);
    this.doubles(kernels.bounds, unknowns).set(bounds);
    this.doubles(kernels.linear, unknowns).set(signed);
    this.doubles(kernels.slopes, unknowns).set(signed);
    this.ints(kernels.order, unknowns).set(Int32Array.from(signs, (_, at) => at));
    if (twice) this.ints(kernels.ownRows, rows.length).set(rows);
    this.ints(kernels.rows, unknowns).set(twice ? Int32Array.from(signs, (_, at) => at % rows.length) : rows);
    this.doubles(kernels.alphas, unknowns).set(initial ?? new Float64Array(unknowns));
    kernels.begin(unknowns, twice, level, this.memory.buffer.byteLength - this.base);
    this.fillDiagonal(rows, unknowns);
    const ended = kernels.run(tolerance, shrinking, maxIter < 0 ? MOST_ITERATIONS : maxIter);
    const alphas = new Float64Array(unknowns);
    const found = this.doubles(kernels.alphas, unknowns);
    this.ints(kernels.order, unknowns).forEach((unknown, at) => {
      alphas[unknown] = found[at]!;
    });
    const iterations = kernels.iterations.value as number;
    const threshold = kernels.threshold();
    const margin = level ? (kernels.margin.value as number) : 1;
    return { alphas, threshold, margin, iterations, converged: ended === 0 };
  }

  private fillDiagonal(rows: Int32Array, unknowns: number): void {
    this.kernels.fillDiagonal();
    const { name, gamma, coef0 } = this.kernel;
    if (name !== "sigmoid") return;
    // With the bits of the C library.
    const diagonal = this.doubles(this.kernels.diagonal, unknowns);
    for (let at = 0; at < unknowns; at++) {
      const row = rows[at % rows.length]!;
      diagonal[at] = tanh(gamma * this.kernels.dot(row, row) + coef0);
    }
  }

  /** The weighted sums of similarities of some rows with others, the vectors. There are at most as many of those as a problem may have unknowns. */
  weigh(rows: Int32Array, vectors: Int32Array, weights: Float64Array): Float64Array {
    const { kernels } = this;
    const [places, factors] = [kernels.rows, kernels.alphas];
    this.ints(places, vectors.length).set(vectors);
    this.doubles(factors, weights.length).set(weights);
    return Float64Array.from(rows, (row) =>
      kernels.weigh(row, places.value as number, factors.value as number, vectors.length),
    );
  }
}

function lineBytes(values: number): number {
  return 16 * Math.ceil(values / 4);
}
