import { grow as text } from "../generated/grow.ts";
import { log } from "../log.ts";
import { growTo, WasmKernel } from "../wasm.ts";
import type { CriterionName, FeatureColumns, GrownTree, TreeRules } from "./types.ts";

/** What assembly/grow.ts exports; addresses and strides are in bytes. */
interface GrowKernel {
  lay(
    rows: number,
    width: number,
    outputs: number,
    criterion: number,
    random: boolean,
    monotonic: boolean,
    digit: number,
    frontier: number,
  ): number;
  rule(
    features: number,
    leastSamples: number,
    leastToSplit: number,
    mostDepth: number,
    mostLeaves: number,
    leastWeight: number,
    leastDecrease: number,
  ): void;
  rank(exact: boolean): void;
  begin(seed: number): void;
  grow(): number;
  readonly columns: WebAssembly.Global;
  readonly gaps: WebAssembly.Global;
  readonly constraints: WebAssembly.Global;
  readonly targets: WebAssembly.Global;
  readonly nodes: WebAssembly.Global;
  readonly stride: WebAssembly.Global;
  readonly count: WebAssembly.Global;
  readonly depth: WebAssembly.Global;
}

/** The criteria by the numbers that the kernel has for them. */
const CRITERIA: readonly CriterionName[] = ["gini", "entropy", "squared_error", "poisson", "absolute_error"];
/** The greatest of 32-bit integers, which the kernel counts with. */
const MOST = 2 ** 31 - 1;
/** Bytes of a node that scikit-learn pickles, and those that wait with it. */
const RECORD = 64;
const HEAD = 136;
/** Bytes for the first nodes; they double whenever they are used up. */
const FIRST_NODES = 2 ** 18;
/** Radix sort in two passes has at most so many buckets: 2 to the power of this. */
const MOST_DIGIT = 11;

const kernel = new WasmKernel(text);

/**
 * Grows decision trees from one table, in a WebAssembly memory of its own: the trees that scikit-learn 1.9.1 grows, bit by bit.
 *
 * @example
 * const grower = new TreeGrower(columns, rules);
 * grower.setTargets(y);
 * grower.setWeights(undefined);
 * const tree = grower.grow(209652396, 0);
 */
export class TreeGrower {
  readonly #exports: GrowKernel;
  readonly #memory: WebAssembly.Memory;
  readonly #rules: TreeRules;
  readonly #rows: number;

  /** @throws RangeError when there is not the memory for it */
  constructor(columns: FeatureColumns, rules: TreeRules) {
    const { rows, width, data, missing } = columns;
    const { exports, memory } = kernel.instantiateGrowing<GrowKernel>({ log });
    const frontier = rules.mostLeaves === undefined ? 0 : Math.min(rules.mostLeaves, rows) + 1;
    const digit = digitOf(rows, rules);
    const bytes = exports.lay(
      rows,
      width,
      Math.max(rules.classes, 1),
      CRITERIA.indexOf(rules.criterion),
      rules.random,
      rules.constraints !== undefined,
      digit,
      frontier,
    );
    growTo(memory, bytes + FIRST_NODES);
    new Float32Array(memory.buffer, exports.columns.value as number, data.length).set(data);
    if (missing !== undefined) new Uint8Array(memory.buffer, exports.gaps.value as number, width).set(missing);
    if (rules.constraints !== undefined)
      new Int8Array(memory.buffer, exports.constraints.value as number, width).set(rules.constraints);
    if (digit > 0) exports.rank(rules.exact);
    this.#exports = exports;
    this.#memory = memory;
    this.#rules = rules;
    this.#rows = rows;
  }

  /** What is learned: for each row a number, or the number of its class. */
  setTargets(y: ArrayLike<number>): void {
    const at = this.#exports.targets.value as number;
    if (this.#rules.classes > 0) {
      const words = new Int32Array(this.#memory.buffer, at, 4 * this.#rows);
      for (let row = 0; row < this.#rows; row++) words[4 * row + 2] = y[row]!;
    } else {
      const doubles = new Float64Array(this.#memory.buffer, at, 2 * this.#rows);
      for (let row = 0; row < this.#rows; row++) doubles[2 * row + 1] = y[row]!;
    }
  }

  /** How much each row counts, 0 for not at all; `undefined`: 1 each. */
  setWeights(weights: ArrayLike<number> | undefined): void {
    const doubles = new Float64Array(this.#memory.buffer, this.#exports.targets.value as number, 2 * this.#rows);
    for (let row = 0; row < this.#rows; row++) doubles[2 * row] = weights === undefined ? 1 : weights[row]!;
  }

  /**
   * Grows a tree.
   *
   * @param seed of the generator that draws features: what `RandomState.randint(0, 2^31 - 1)` gave
   * @param leastWeight of a leaf
   * @throws RangeError when there is not the memory for it
   */
  grow(seed: number, leastWeight: number): GrownTree {
    const { features, leastSamples, leastToSplit, mostDepth, mostLeaves, leastDecrease } = this.#rules;
    const least = Math.min(leastSamples, MOST);
    const leaves = Math.min(mostLeaves ?? 0, MOST);
    const exports = this.#exports;
    const depth = Math.min(mostDepth, MOST);
    // Twice the samples of a leaf are compared too.
    const halved = Math.min(least, MOST >> 1);
    exports.rule(features, halved, Math.min(leastToSplit, MOST), depth, leaves, leastWeight, leastDecrease);
    exports.begin(seed);
    while (exports.grow() === 0) {
      const { byteLength } = this.#memory.buffer;
      growTo(this.#memory, 2 * byteLength - (exports.nodes.value as number));
    }
    return this.#read();
  }

  /** The records and values of the nodes, which lie next to each other in the kernel. */
  #read(): GrownTree {
    const exports = this.#exports;
    const count = exports.count.value as number;
    const outputs = Math.max(this.#rules.classes, 1);
    const words = new Int32Array(this.#memory.buffer);
    const doubles = new Float64Array(this.#memory.buffer);
    const records = new Int32Array((count * RECORD) / 4);
    const values = new Float64Array(count * outputs);
    const stride = exports.stride.value as number;
    for (let node = 0, at = exports.nodes.value as number; node < count; node++, at += stride) {
      for (let word = 0; word < RECORD / 4; word++) records[(node * RECORD) / 4 + word] = words[at / 4 + word]!;
      for (let k = 0; k < outputs; k++) values[node * outputs + k] = doubles[(at + HEAD) / 8 + k]!;
    }
    return { depth: exports.depth.value as number, count, records: new Uint8Array(records.buffer), values, outputs };
  }
}

/** Bits of half a rank; 0 where nothing is sorted, or where there are too many ranks or too few. */
function digitOf(rows: number, { random, criterion }: TreeRules): number {
  const digit = Math.max(4, Math.ceil(Math.log2(rows) / 2));
  return random || criterion === "absolute_error" || digit > MOST_DIGIT ? 0 : digit;
}
