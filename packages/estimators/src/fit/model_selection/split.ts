/** @module trainTestSplit, KFold and StratifiedKFold: the rows that scikit-learn 1.9.1 chooses with the same seed. */

import { RandomState } from "@curtido/kernels";
import { estimatorError } from "../../base/errors.ts";
import { labelsOf, lengthOf, type Target } from "../base/data.ts";
import { checkedSeed } from "../base/random.ts";

/** Rows to learn from and rows to test with, by number. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** How {@link trainTestSplit} splits. */
export interface SplitOptions {
  /** A share below 1, or a number of rows; a quarter where neither size is given. */
  readonly testSize?: number;
  readonly trainSize?: number;
  readonly randomState?: number | null;
  /** A generator that goes on from where it stands, instead of a seed. */
  readonly random?: RandomState;
  /** `false` takes the first rows to learn and the last to test. */
  readonly shuffle?: boolean;
  /** Labels whose shares are kept in both parts. */
  readonly stratify?: Target;
}

/**
 * Splits `rows` rows in two.
 *
 * @throws CurtidoError E_UNSUPPORTED when a part would be empty
 * @example
 * const { train, test } = trainTestSplit(X.length, { testSize: 0.2, randomState: 0, stratify: y });
 */
export function trainTestSplit(rows: number, options: SplitOptions = {}): Split {
  const [trains, tests] = sizesOf(rows, options);
  if (options.shuffle === false) {
    if (options.stratify !== undefined) throw refused("stratify", "wants rows in a random order");
    return { train: numbers(0, trains), test: numbers(trains, trains + tests) };
  }
  const random = options.random ?? new RandomState(checkedSeed(options.randomState));
  if (options.stratify !== undefined) return stratified(rows, trains, tests, options.stratify, random);
  const order = random.permutation(rows);
  return { train: order.slice(tests, tests + trains), test: order.slice(0, tests) };
}

function refused(name: string, why: string) {
  return estimatorError("E_UNSUPPORTED", `'${name}' ${why}`, { path: name });
}

function numbers(from: number, end: number): Int32Array {
  return Int32Array.from({ length: end - from }, (_, at) => from + at);
}

function sizesOf(rows: number, { testSize, trainSize }: SplitOptions): readonly [train: number, test: number] {
  const wanted = testSize === undefined && trainSize === undefined ? 0.25 : testSize;
  const tests = wanted === undefined ? undefined : sizeOf("testSize", wanted, rows, Math.ceil);
  const trains = trainSize === undefined ? rows - tests! : sizeOf("trainSize", trainSize, rows, Math.floor);
  const rest = tests ?? rows - trains;
  if (trains < 1 || rest < 1 || trains + rest > rows)
    throw refused("testSize", `leaves ${trains} of ${rows} rows to learn from and ${rest} to test with`);
  return [trains, rest];
}

function sizeOf(name: string, size: number, rows: number, round: (value: number) => number): number {
  if (size > 0 && size < 1) return round(size * rows);
  if (Number.isInteger(size) && size >= 1 && size < rows) return size;
  throw refused(name, `is a share between 0 and 1 or a number of rows below ${rows}, not ${size}`);
}

function stratified(rows: number, trains: number, tests: number, y: Target, random: RandomState): Split {
  const { encoded, classes } = labelsOf(y, rows, "trainTestSplit");
  const members = membersOf(encoded, classes.size);
  const counts = members.map((list) => list.length);
  if (counts.some((count) => count < 2)) throw refused("stratify", "has a label that only one row has");
  if (Math.min(trains, tests) < counts.length)
    throw refused("testSize", `leaves fewer rows in a part than the ${counts.length} labels of 'stratify'`);
  const trainCounts = drawnShares(counts, trains, random);
  const rest = counts.map((count, at) => count - trainCounts[at]!);
  const testCounts = drawnShares(rest, tests, random);
  const train: number[] = [];
  const test: number[] = [];
  members.forEach((list, at) => {
    const order = Array.from(random.permutation(list.length), (place) => list[place]!);
    const middle = trainCounts[at]!;
    for (const row of order.slice(0, middle)) train.push(row);
    for (const row of order.slice(middle, middle + testCounts[at]!)) test.push(row);
  });
  random.shuffle(train);
  random.shuffle(test);
  return { train: Int32Array.from(train), test: Int32Array.from(test) };
}

function membersOf(encoded: Int32Array, classes: number): number[][] {
  const members = Array.from({ length: classes }, (): number[] => []);
  encoded.forEach((label, row) => {
    members[label]!.push(row);
  });
  return members;
}

/** How many of each class are drawn: shares rounded down, and what is left to the greatest remainders, ties at random. */
export function drawnShares(counts: readonly number[], draws: number, random: RandomState): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const exact = counts.map((count) => (count / total) * draws);
  const out = exact.map(Math.floor);
  let missing = draws - out.reduce((sum, count) => sum + count, 0);
  const remainders = exact.map((value, at) => value - out[at]!);
  for (const remainder of [...new Set(remainders)].sort((one, other) => other - one)) {
    if (missing <= 0) break;
    const candidates = remainders.flatMap((value, at) => (value === remainder ? [at] : []));
    const added = Math.min(candidates.length, missing);
    for (const at of random.choice(candidates.length, added)) out[candidates[at]!]!++;
    missing -= added;
  }
  return out;
}

/** How folds are made. */
export interface FoldOptions {
  readonly nSplits?: number;
  readonly shuffle?: boolean;
  readonly randomState?: number | null;
}

/** Checks what both kinds of folds share. */
abstract class Folds {
  readonly nSplits: number;
  readonly shuffle: boolean;
  readonly seed: number | null | undefined;

  constructor({ nSplits = 5, shuffle = false, randomState }: FoldOptions = {}) {
    if (!(Number.isInteger(nSplits) && nSplits >= 2)) throw refused("nSplits", `is an integer from 2, not ${nSplits}`);
    if (!shuffle && randomState !== undefined && randomState !== null)
      throw refused("randomState", "is of no use without { shuffle: true }");
    this.nSplits = nSplits;
    this.shuffle = shuffle;
    this.seed = randomState;
  }

  protected random(): RandomState {
    return new RandomState(checkedSeed(this.seed));
  }

  protected checkRows(rows: number): void {
    if (this.nSplits > rows) throw refused("nSplits", `is ${this.nSplits}, and there are only ${rows} rows`);
  }

  /** One split for each fold, of the fold that each row is in. */
  protected splits(folds: Int32Array): Split[] {
    return Array.from({ length: this.nSplits }, (_, fold) => {
      const all = numbers(0, folds.length);
      return { train: all.filter((row) => folds[row] !== fold), test: all.filter((row) => folds[row] === fold) };
    });
  }
}

/**
 * Folds of rows that follow each other, or of rows in a random order.
 *
 * @example
 * for (const { train, test } of new KFold({ nSplits: 3, shuffle: true, randomState: 0 }).split(X.length)) ...
 */
export class KFold extends Folds {
  /** A split for each fold. */
  split(rows: number): Split[] {
    this.checkRows(rows);
    const order = numbers(0, rows);
    if (this.shuffle) this.random().shuffle(order);
    const folds = new Int32Array(rows);
    let from = 0;
    for (let fold = 0; fold < this.nSplits; fold++) {
      const size = Math.floor(rows / this.nSplits) + (fold < rows % this.nSplits ? 1 : 0);
      for (const row of order.subarray(from, from + size)) folds[row] = fold;
      from += size;
    }
    return this.splits(folds);
  }
}

/**
 * Folds that keep the shares of the labels.
 *
 * @example
 * for (const { train, test } of new StratifiedKFold({ nSplits: 3 }).split(y)) ...
 */
export class StratifiedKFold extends Folds {
  /** A split for each fold. */
  split(y: Target): Split[] {
    const rows = lengthOf(y);
    this.checkRows(rows);
    const { encoded, classes } = labelsOf(y, rows, "StratifiedKFold");
    const members = membersOf(encoded, classes.size).sort((one, other) => one[0]! - other[0]!);
    if (members.every((list) => list.length < this.nSplits))
      throw refused("nSplits", `is ${this.nSplits}, and no label has as many rows`);
    const folds = new Int32Array(rows);
    const random = this.random();
    let before = 0;
    for (const list of members) {
      const own = this.foldsOf(before, list.length);
      if (this.shuffle) random.shuffle(own);
      list.forEach((row, at) => {
        folds[row] = own[at]!;
      });
      before += list.length;
    }
    return this.splits(folds);
  }

  /** Labels in order are dealt out fold by fold; the folds of those from `before` on, in order. */
  private foldsOf(before: number, count: number): Int32Array {
    return Int32Array.from({ length: count }, (_, at) => (before + at) % this.nSplits).sort();
  }
}
