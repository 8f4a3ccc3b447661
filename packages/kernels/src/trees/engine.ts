import type { PackedTrees } from "./packed.ts";
import { addLeaves, type FloatRow } from "./walk.ts";

/** Adds what trees say about rows of float64: one implementation per engine. */
export interface TreeEngine {
  readonly name: "typescript" | "wasm";
  /** out[row * outputs + j] += the values of each tree's leaf, tree after tree. */
  add(x: Float64Array, n: number, out: Float64Array): void;
}

/** Rows rounded to float32 at a time. */
const roundedRows = 256;

/** The plain engine: no memory but a few rounded rows. */
export class TypeScriptEngine implements TreeEngine {
  readonly name = "typescript";
  readonly #trees: PackedTrees;
  #rounded: Float32Array | undefined;

  constructor(trees: PackedTrees) {
    this.#trees = trees;
  }

  add(x: Float64Array, n: number, out: Float64Array): void {
    const trees = this.#trees;
    if (!trees.rounds) {
      addLeaves(trees, x, n, out);
      return;
    }
    for (let row = 0; row < n; row += roundedRows) {
      const rows = Math.min(roundedRows, n - row);
      const part = n <= roundedRows ? out : out.subarray(row * trees.outputs);
      addLeaves(trees, this.round(x, row * trees.nFeatures, rows), rows, part);
    }
  }

  /** Rows rounded to float32, in a buffer that the next call overwrites. */
  round(x: Float64Array, first: number, rows: number): FloatRow {
    const length = rows * this.#trees.nFeatures;
    if (this.#rounded === undefined || this.#rounded.length < length) this.#rounded = new Float32Array(length);
    const rounded = this.#rounded;
    for (let i = 0; i < length; i++) rounded[i] = x[first + i]!;
    return rounded;
  }
}
