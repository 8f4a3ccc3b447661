import { histograms as text } from "./generated/histograms.ts";
import { pairwiseSum } from "./sum.ts";
import { WasmKernel } from "./wasm.ts";

/** What assembly/histograms.ts exports. Addresses are in bytes. */
interface HistogramKernels {
  rules(l2: number, hessian: number, samples: number, constant: boolean): void;
  gather(values: number, samples: number, count: number, out: number): void;
  fillAll(
    bins: number,
    otherBins: number,
    count: number,
    gradients: number,
    hessians: number,
    out: number,
    other: number,
    entries: number,
  ): void;
  fillSome(
    bins: number,
    otherBins: number,
    samples: number,
    count: number,
    gradients: number,
    hessians: number,
    out: number,
    other: number,
    entries: number,
  ): void;
  subtract(from: number, what: number, entries: number): void;
  split(
    histogram: number,
    bins: number,
    missing: boolean,
    count: number,
    gradients: number,
    hessians: number,
    value: number,
    direction: number,
    lower: number,
    upper: number,
    out: number,
  ): number;
  partition(
    samples: number,
    count: number,
    bins: number,
    last: number,
    missingLeft: boolean,
    missing: number,
    buffer: number,
  ): number;
  partitionSet(samples: number, count: number, bins: number, words: number, buffer: number): number;
}

const kernel = new WasmKernel(text);

/** Bytes of an entry of a histogram: the sums of gradients and hessians, and the number of samples. */
const ENTRY = 24;
/** Where memory begins to be used: address 0 stands for nothing. */
const START = 64;
/** What a WebAssembly memory may have at most. */
const MOST_BYTES = 2 ** 32 - 65_536;

/** How large a {@link HistogramSpace} is. */
export interface HistogramSizes {
  readonly rows: number;
  readonly features: number;
  /** Bins of a feature, with that of missing values, which is the last one; at most 256. */
  readonly bins: number;
  /** Trees that are grown from the same gradients' step. */
  readonly outputs: number;
  /** Whether all hessians are 1: they take no memory then. */
  readonly constantHessian: boolean;
  /** Histograms of nodes that are kept at a time. */
  readonly slots: number;
}

/** When a split is allowed, and what it is worth. */
interface HistogramRules {
  readonly l2: number;
  readonly leastHessian: number;
  readonly leastSamples: number;
}

/** A node whose histogram is in a slot. */
export interface HistogramNode {
  readonly slot: number;
  readonly count: number;
  readonly gradients: number;
  readonly hessians: number;
  /** What the node would answer as a leaf. */
  readonly value: number;
  /** Bounds of what its children answer. */
  readonly lower: number;
  readonly upper: number;
}

/**
 * Binned rows, gradients and histograms in the memory of one WebAssembly instance, and what gradient boosting does with
 * them. The sums have the order of scikit-learn 1.9.1's `ensemble/_hist_gradient_boosting/{histogram,splitting}.pyx`.
 *
 * @example
 * const space = new HistogramSpace({ rows: 4, features: 1, bins: 3, outputs: 1, constantHessian: true, slots: 2 });
 * space.bins.set([0, 0, 1, 1]);
 * space.gradients.set([1, 2, 3, 4]);
 * space.begin(0);
 * space.fill(0, 0, 0, 4);
 * space.sumOfGradients(0, 0); // 10
 */
export class HistogramSpace {
  /** The bin of each row, feature after feature. */
  readonly bins: Uint8Array;
  /** The gradient of each row, output after output. */
  readonly gradients: Float32Array;
  /** The same for hessians; empty where all are 1. */
  readonly hessians: Float32Array;
  /** The rows of the nodes: those of a node follow each other. */
  readonly samples: Uint32Array;
  /** After {@link split}: up to which bin samples go left, whether missing values do, and gradients, hessians and samples there. */
  readonly best: Float64Array;
  /** 256 bits: the bins that {@link partitionSet} sends left. */
  readonly words: Uint32Array;
  /** All histograms; see {@link histogramAt}. */
  readonly entries: Float64Array;
  private readonly sizes: HistogramSizes;
  private readonly kernels: HistogramKernels;
  private readonly firstEntry: number;
  private readonly ordered: { readonly gradients: number; readonly hessians: number };
  private readonly buffer: number;
  private output = 0;

  /** The bytes that a space of this size takes. */
  static bytes(sizes: HistogramSizes): number {
    return plan(sizes).end;
  }

  /** @throws RangeError when there is not that much memory */
  constructor(sizes: HistogramSizes) {
    const at = plan(sizes);
    if (!(at.end <= MOST_BYTES)) throw new RangeError(`${at.end} bytes are more than a WebAssembly memory has`);
    const { exports, buffer } = kernel.instantiate<HistogramKernels>(at.end);
    const { rows, features, outputs, constantHessian } = sizes;
    this.sizes = sizes;
    this.kernels = exports;
    this.bins = new Uint8Array(buffer, at.bins, rows * features);
    this.gradients = new Float32Array(buffer, at.gradients, rows * outputs);
    this.hessians = new Float32Array(buffer, at.hessians, constantHessian ? 0 : rows * outputs);
    this.samples = new Uint32Array(buffer, at.samples, rows);
    this.best = new Float64Array(buffer, at.best, 5);
    this.words = new Uint32Array(buffer, at.words, 8);
    this.entries = new Float64Array(buffer, at.histograms, (at.end - at.histograms) / 8);
    this.firstEntry = at.histograms;
    this.ordered = { gradients: at.orderedGradients, hessians: at.orderedHessians };
    this.buffer = at.buffer;
  }

  /** The rules of all splits that follow. */
  setRules({ l2, leastHessian, leastSamples }: HistogramRules): void {
    this.kernels.rules(l2, leastHessian, leastSamples, this.sizes.constantHessian);
  }

  /** Begins a tree: all rows in one node, in order. */
  begin(output: number): void {
    this.output = output;
    const { samples } = this;
    for (let row = 0; row < samples.length; row++) samples[row] = row;
  }

  /** Where the histogram of a feature begins in {@link entries}; an entry has 3 numbers. */
  histogramAt(slot: number, feature: number): number {
    return (slot * this.sizes.features + feature) * this.sizes.bins * 3;
  }

  private address(slot: number, feature: number): number {
    return this.firstEntry + 8 * this.histogramAt(slot, feature);
  }

  /** The sum of all gradients of a histogram, in the order of numpy's sum over its bins. */
  sumOfGradients(slot: number, feature: number): number {
    return pairwiseSum(this.entries, this.histogramAt(slot, feature), this.sizes.bins, 3);
  }

  /** The same of hessians. */
  sumOfHessians(slot: number, feature: number): number {
    return pairwiseSum(this.entries, this.histogramAt(slot, feature) + 1, this.sizes.bins, 3);
  }

  /** Gathers gradients and hessians of `samples[start..end)` for {@link fill}. */
  gather(start: number, end: number): void {
    const { rows, constantHessian } = this.sizes;
    const samples = this.samples.byteOffset + 4 * start;
    const from = 4 * this.output * rows;
    this.kernels.gather(this.gradients.byteOffset + from, samples, end - start, this.ordered.gradients);
    if (!constantHessian)
      this.kernels.gather(this.hessians.byteOffset + from, samples, end - start, this.ordered.hessians);
  }

  /** The histogram of a feature over `samples[start..end)`; {@link gather} comes first where those are not all rows. */
  fill(slot: number, feature: number, start: number, end: number): void {
    this.fillTwo(slot, feature, undefined, start, end);
  }

  /** The histograms of several features, as {@link fill} makes them. */
  fillFeatures(slot: number, features: ArrayLike<number>, start: number, end: number): void {
    for (let at = 0; at < features.length; at += 2) this.fillTwo(slot, features[at]!, features[at + 1], start, end);
  }

  private fillTwo(slot: number, one: number, two: number | undefined, start: number, end: number): void {
    const { rows, bins, constantHessian } = this.sizes;
    const column = this.bins.byteOffset + one * rows;
    const otherColumn = two === undefined ? 0 : this.bins.byteOffset + two * rows;
    const out = this.address(slot, one);
    const other = two === undefined ? 0 : this.address(slot, two);
    if (end - start === rows) {
      const from = 4 * this.output * rows;
      const gradients = this.gradients.byteOffset + from;
      const hessians = constantHessian ? 0 : this.hessians.byteOffset + from;
      this.kernels.fillAll(column, otherColumn, rows, gradients, hessians, out, other, bins);
      return;
    }
    const samples = this.samples.byteOffset + 4 * start;
    const gradients = this.ordered.gradients;
    const hessians = constantHessian ? 0 : this.ordered.hessians;
    this.kernels.fillSome(column, otherColumn, samples, end - start, gradients, hessians, out, other, bins);
  }

  /** The histogram of a parent minus that of a child: that of the other child, in the parent's place. */
  subtract(parent: number, child: number, feature: number): void {
    this.kernels.subtract(this.address(parent, feature), this.address(child, feature), this.sizes.bins);
  }

  /**
   * The best split of a feature whose bins are in order; see {@link best}.
   *
   * @param bins of this feature, without that of missing values
   * @param direction of the monotonic constraint: 1, 0 or -1
   * @returns its gain, or -1 where no split is allowed
   */
  split(node: HistogramNode, feature: number, bins: number, missing: boolean, direction: number): number {
    const { slot, count, gradients, hessians, value, lower, upper } = node;
    const at = this.address(slot, feature);
    const out = this.best.byteOffset;
    return this.kernels.split(at, bins, missing, count, gradients, hessians, value, direction, lower, upper, out);
  }

  /** Splits `samples[start..end)`: bins up to `last` go left. Gives where the right part begins. */
  partition(start: number, end: number, feature: number, last: number, missingLeft: boolean): number {
    const column = this.bins.byteOffset + feature * this.sizes.rows;
    const samples = this.samples.byteOffset + 4 * start;
    const missing = this.sizes.bins - 1;
    return start + this.kernels.partition(samples, end - start, column, last, missingLeft, missing, this.buffer);
  }

  /** Splits `samples[start..end)`: the bins in {@link words} go left. */
  partitionSet(start: number, end: number, feature: number): number {
    const column = this.bins.byteOffset + feature * this.sizes.rows;
    const samples = this.samples.byteOffset + 4 * start;
    return start + this.kernels.partitionSet(samples, end - start, column, this.words.byteOffset, this.buffer);
  }
}

/** Where everything lies, in bytes. */
function plan({ rows, features, bins, outputs, constantHessian, slots }: HistogramSizes) {
  let end = START;
  const take = (bytes: number) => {
    const at = end;
    end = Math.ceil((end + bytes) / 8) * 8;
    return at;
  };
  const best = take(5 * 8);
  const words = take(8 * 4);
  const samples = take(4 * rows);
  const buffer = take(4 * rows);
  const gradients = take(4 * rows * outputs);
  const orderedGradients = take(4 * rows);
  const hessians = take(constantHessian ? 0 : 4 * rows * outputs);
  const orderedHessians = take(constantHessian ? 0 : 4 * rows);
  const column = take(rows * features);
  const histograms = take(ENTRY * bins * features * slots);
  return {
    best,
    words,
    samples,
    buffer,
    gradients,
    orderedGradients,
    hessians,
    orderedHessians,
    bins: column,
    histograms,
    end,
  };
}
