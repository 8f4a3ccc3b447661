/** @module Reads the records of a grown tree: whole numbers are small here, so that their lower halves say all. */

import type { FeatureColumns, GrownTree } from "@curtido/kernels";

/** Words and doubles of a record of 64 bytes. */
const WORDS = 16;
const DOUBLES = 8;
const RIGHT = 2;
const FEATURE = 4;
const THRESHOLD = 3;
const IMPURITY = 4;
const WEIGHT = 6;
const MISSING_LEFT = 14;

/** The nodes of a tree by their numbers. */
export class Nodes {
  private readonly words: Int32Array;
  private readonly doubles: Float64Array;

  constructor({ records }: GrownTree) {
    this.words = new Int32Array(records.buffer, records.byteOffset, records.byteLength / 4);
    this.doubles = new Float64Array(records.buffer, records.byteOffset, records.byteLength / 8);
  }

  /** The left child; -1 for a leaf. */
  left(node: number): number {
    return this.words[node * WORDS]!;
  }
  /** The right child; -1 for a leaf. */
  right(node: number): number {
    return this.words[node * WORDS + RIGHT]!;
  }
  impurity(node: number): number {
    return this.doubles[node * DOUBLES + IMPURITY]!;
  }
  weight(node: number): number {
    return this.doubles[node * DOUBLES + WEIGHT]!;
  }

  /** The leaf of a row. */
  leaf({ data, rows }: FeatureColumns, row: number): number {
    const { words, doubles } = this;
    for (let node = 0; ; ) {
      const left = words[node * WORDS]!;
      if (left < 0) return node;
      const value = data[words[node * WORDS + FEATURE]! * rows + row]!;
      const goesLeft = Number.isNaN(value)
        ? (words[node * WORDS + MISSING_LEFT]! & 1) === 1
        : value <= doubles[node * DOUBLES + THRESHOLD]!;
      node = goesLeft ? left : words[node * WORDS + RIGHT]!;
    }
  }
}
