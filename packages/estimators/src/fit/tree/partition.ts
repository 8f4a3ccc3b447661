/** @module The samples of a node, in an order that puts those of its left child first (`tree/_partitioner.pyx`). */

import { sortSamples } from "./sort.ts";

/** Values that differ by no more than this are one value. */
const CLOSE = Math.fround(1e-7);

/** Whether `more` is so little above `value` that no threshold fits between them, in float32. */
export function isClose(more: number, value: number): boolean {
  return more <= Math.fround(value + CLOSE);
}

/** A feature matrix in float32, one column after the other. */
export interface Columns {
  readonly data: Float32Array;
  readonly rows: number;
  readonly width: number;
  /** Which features have missing values; `undefined` when none has. */
  readonly missing: Uint8Array | undefined;
}

/** Orders `samples[start..end)` by one feature or around one threshold. */
export class Partitioner {
  readonly samples: Int32Array;
  readonly values: Float32Array;
  /** How many values of the feature are missing in the node; they lie last. */
  missing = 0;
  least = 0;
  most = 0;
  private readonly columns: Columns;
  private start = 0;
  private end = 0;

  constructor(columns: Columns, samples: Int32Array) {
    this.columns = columns;
    this.samples = samples;
    this.values = new Float32Array(columns.rows);
  }

  begin(start: number, end: number): void {
    this.start = start;
    this.end = end;
    this.missing = 0;
  }

  /** Sorts the node's samples by a feature; missing values go last. */
  sort(feature: number): void {
    const { samples, values, start, columns } = this;
    const { data, rows } = columns;
    const from = feature * rows;
    let last = this.end - 1;
    if (columns.missing?.[feature] === 1) {
      for (let at = start; at <= last; ) {
        if (Number.isNaN(data[from + samples[last]!]!)) {
          last--;
          continue;
        }
        if (Number.isNaN(data[from + samples[at]!]!)) {
          const sample = samples[at]!;
          samples[at] = samples[last]!;
          samples[last--] = sample;
        }
        values[at] = data[from + samples[at]!]!;
        at++;
      }
    } else {
      for (let at = start; at <= last; at++) values[at] = data[from + samples[at]!]!;
    }
    this.missing = this.end - 1 - last;
    sortSamples(values, samples, start, last + 1);
  }

  /** Brings the missing values, which lie last, to the front. */
  missingFirst(): void {
    const { samples, values, start, end } = this;
    const middle = end - this.missing;
    for (const list of [samples, values]) {
      const late = list.slice(middle, end);
      list.copyWithin(start + this.missing, start, middle);
      list.set(late, start);
    }
  }

  /** Reads a feature without sorting: its values, the {@link least} and the {@link most} of them. */
  extremes(feature: number): void {
    const from = feature * this.columns.rows;
    this.missing = 0;
    this.least = Number.POSITIVE_INFINITY;
    this.most = Number.NEGATIVE_INFINITY;
    for (let at = this.start; at < this.end; at++) {
      const value = this.columns.data[from + this.samples[at]!]!;
      this.values[at] = value;
      if (Number.isNaN(value)) this.missing++;
      if (value < this.least) this.least = value;
      if (value > this.most) this.most = value;
    }
  }

  /** The next position where a split is possible, after `position`. */
  next(position: number, missingLeft: boolean): number {
    const { values } = this;
    const last = missingLeft ? this.end : this.end - this.missing;
    if (position === last && !missingLeft) return this.end;
    let at = missingLeft && position === this.start ? this.start + this.missing : position;
    at++;
    while (at < last && isClose(values[at]!, values[at - 1]!)) at++;
    return at;
  }

  /** Splits the values that {@link extremes} read; gives where the right child begins. */
  split(threshold: number, missingLeft: boolean): number {
    const { samples, values } = this;
    let at = this.start;
    let end = this.end;
    while (at < end) {
      const value = values[at]!;
      if (Number.isNaN(value) ? missingLeft : value <= threshold) at++;
      else {
        end--;
        values[at] = values[end]!;
        values[end] = value;
        const sample = samples[at]!;
        samples[at] = samples[end]!;
        samples[end] = sample;
      }
    }
    return end;
  }

  /** Splits the samples by the split that was chosen. */
  splitFinally(feature: number, threshold: number, missingLeft: boolean): void {
    const { samples } = this;
    const { data, rows } = this.columns;
    let at = this.start;
    let end = this.end;
    while (at < end) {
      const sample = samples[at]!;
      const value = data[feature * rows + sample]!;
      if (Number.isNaN(value) ? missingLeft : value <= threshold) at++;
      else {
        end--;
        samples[at] = samples[end]!;
        samples[end] = sample;
      }
    }
  }
}
