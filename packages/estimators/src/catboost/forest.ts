/** @module CatBoost's trees, laid out once in flat arrays; sums in the order of its evaluator. */

import type { CatModel } from "./model.ts";

/** Rows that are walked through one tree before the next: their values stay in the cache. */
const BLOCK = 64;

/** Trees whose every level asks one question, or whose nodes each ask their own. */
export class CatForest {
  readonly outputs: number;
  readonly count: number;
  private readonly width: number;
  private readonly scale: number;
  private readonly bias: Float64Array;
  private readonly values: Float64Array;
  /** Where each tree's splits (or nodes) begin, and its leaves. */
  private readonly starts: Int32Array;
  private readonly leafStart: Int32Array;
  /** Per split: the column it asks, a border or hash, and whether it asks for equality. */
  private readonly column: Int32Array;
  private readonly border: Float64Array;
  private readonly equal: Uint8Array;
  private readonly hashes: boolean;
  private readonly steps: Uint16Array | undefined;
  private readonly leafOf: Uint32Array;

  constructor(model: CatModel) {
    this.outputs = model.outputs;
    this.count = model.sizes.length;
    this.width = model.columns + model.counters.length;
    this.scale = model.scale;
    this.bias = model.bias;
    this.values = model.values;
    this.steps = model.steps;
    this.leafOf = model.leafOf;
    this.starts = new Int32Array(this.count + 1);
    this.leafStart = new Int32Array(this.count + 1);
    model.sizes.forEach((size, t) => {
      this.starts[t + 1] = this.starts[t]! + size;
      this.leafStart[t + 1] = this.leafStart[t]! + (1 << Math.min(size, 16)) * model.outputs;
    });
    const questions = questionsOf(model);
    this.column = model.splits.map((split) => questions.column[split] ?? 0);
    this.border = Float64Array.from(model.splits, (split) => questions.border[split] ?? 0);
    this.equal = Uint8Array.from(model.splits, (split) => questions.equal[split] ?? 0);
    this.hashes = this.equal.includes(1);
    if (this.steps !== undefined) this.firstLeaves(this.steps);
  }

  /** The leaves of a tree stand together, the first of them is the one with the lowest place. */
  private firstLeaves(steps: Uint16Array): void {
    for (let t = 0; t < this.count; t++) {
      let first = this.values.length;
      for (let node = this.starts[t]!; node < this.starts[t + 1]!; node++)
        if (steps[2 * node] === 0 || steps[2 * node + 1] === 0) first = Math.min(first, this.leafOf[node]!);
      this.leafStart[t] = first;
    }
  }

  /** Where the values of the leaf begin that a row falls into. */
  private place(t: number, X: Float64Array, from: number): number {
    if (this.steps !== undefined) return this.walk(this.steps, t, X, from);
    const { column, border, equal, hashes } = this;
    const first = this.starts[t]!;
    const depth = this.starts[t + 1]! - first;
    let leaf = 0;
    for (let level = 0; level < depth; level++) {
      const x = X[from + column[first + level]!]!;
      const limit = border[first + level]!;
      const above = hashes && equal[first + level] === 1 ? x === limit : x > limit;
      leaf |= (above ? 1 : 0) << level;
    }
    return this.leafStart[t]! + leaf * this.outputs;
  }

  private walk(steps: Uint16Array, t: number, X: Float64Array, from: number): number {
    const { column, border, equal } = this;
    let node = this.starts[t]!;
    for (;;) {
      const x = X[from + column[node]!]!;
      const above = equal[node] === 1 ? x === border[node]! : x > border[node]!;
      const step = steps[2 * node + (above ? 1 : 0)]!;
      if (step === 0) return this.leafOf[node]!;
      node += step;
    }
  }

  /** Raw values, `[rows, outputs]`: all trees in their order, times the scale, plus the bias. */
  sums(X: Float64Array, rows: number): Float64Array {
    const { outputs, values, width, scale, bias } = this;
    const out = new Float64Array(rows * outputs);
    for (let block = 0; block < rows; block += BLOCK) {
      const end = Math.min(rows, block + BLOCK);
      for (let t = 0; t < this.count; t++)
        for (let row = block; row < end; row++) {
          const at = this.place(t, X, row * width);
          for (let k = 0; k < outputs; k++) out[row * outputs + k]! += values[at + k]!;
        }
    }
    for (let at = 0; at < out.length; at++) out[at] = scale * out[at]! + bias[at % outputs]!;
    return out;
  }

  /** The number of the leaf of each tree, `[rows, trees]`. */
  leaves(X: Float64Array, rows: number): Uint32Array {
    const out = new Uint32Array(rows * this.count);
    for (let row = 0; row < rows; row++)
      for (let t = 0; t < this.count; t++) {
        const place = this.place(t, X, row * this.width);
        out[row * this.count + t] = (place - this.leafStart[t]!) / this.outputs;
      }
    return out;
  }
}

/** What each number of a split asks. */
function questionsOf(model: CatModel) {
  const column: number[] = [];
  const border: number[] = [];
  const equal: number[] = [];
  const ask = (at: number, limits: ArrayLike<number>, equality: number) => {
    for (let k = 0; k < limits.length; k++) {
      column.push(at);
      border.push(limits[k]!);
      equal.push(equality);
    }
  };
  for (const each of model.numbers) ask(each.column, each.borders, 0);
  for (const each of model.categories) ask(each.column, each.hashes, 1);
  model.counters.forEach((each, k) => ask(model.columns + k, each.borders, 0));
  return { column, border, equal };
}
