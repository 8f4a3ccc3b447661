/**
 * @module Sorts values and the samples they belong to, with ties in the order that scikit-learn leaves them in: introsort
 * (Musser 1997) with a partition into three, as `sklearn.utils._sorting` has it. The order of ties decides how sums round.
 */

/** Up to this many values are sorted by insertion. */
const FEW = 15;

/** Sorts `values[start..end)` and `samples` along with them. */
export function sortSamples(values: Float32Array, samples: Int32Array, start: number, end: number): void {
  const count = end - start;
  if (count === 0) return;
  const waiting: number[] = [start, count, 2 * Math.floor(Math.log2(count))];
  while (waiting.length > 0) {
    let depth = waiting.pop()!;
    let n = waiting.pop()!;
    let at = waiting.pop()!;
    for (; n > FEW; ) {
      if (depth <= 0) {
        heapSort(values, samples, at, n);
        n = 0;
        break;
      }
      depth--;
      const [left, right] = partition(values, samples, at, n);
      waiting.push(at, left, depth);
      at += right;
      n -= right;
    }
    insertionSort(values, samples, at, n);
  }
}

/** Puts what is below the pivot first and what is above it last; gives where the pivots begin and end. */
function partition(values: Float32Array, samples: Int32Array, at: number, n: number): readonly [number, number] {
  const pivot = middleOfThree(values[at]!, values[at + (n >> 1)]!, values[at + n - 1]!);
  let i = 0;
  let left = 0;
  let right = n;
  while (i < right) {
    const value = values[at + i]!;
    if (value < pivot) swap(values, samples, at + i++, at + left++);
    else if (value > pivot) swap(values, samples, at + i, at + --right);
    else i++;
  }
  return [left, right];
}

function middleOfThree(a: number, b: number, c: number): number {
  if (a < b) return b < c ? b : a < c ? c : a;
  if (b < c) return a < c ? a : c;
  return b;
}

function swap(values: Float32Array, samples: Int32Array, one: number, other: number): void {
  const value = values[one]!;
  values[one] = values[other]!;
  values[other] = value;
  const sample = samples[one]!;
  samples[one] = samples[other]!;
  samples[other] = sample;
}

function insertionSort(values: Float32Array, samples: Int32Array, at: number, n: number): void {
  for (let i = at + 1; i < at + n; i++) {
    const value = values[i]!;
    const sample = samples[i]!;
    let to = i;
    for (; to > at && values[to - 1]! > value; to--) {
      values[to] = values[to - 1]!;
      samples[to] = samples[to - 1]!;
    }
    values[to] = value;
    samples[to] = sample;
  }
}

function heapSort(values: Float32Array, samples: Int32Array, at: number, n: number): void {
  for (let start = (n - 2) >> 1; start >= 0; start--) siftDown(values, samples, at, start, n);
  for (let end = n - 1; end > 0; end--) {
    swap(values, samples, at, at + end);
    siftDown(values, samples, at, 0, end);
  }
}

function siftDown(values: Float32Array, samples: Int32Array, at: number, start: number, end: number): void {
  for (let root = start; ; ) {
    const child = root * 2 + 1;
    let most = root;
    if (child < end && values[at + most]! < values[at + child]!) most = child;
    if (child + 1 < end && values[at + most]! < values[at + child + 1]!) most = child + 1;
    if (most === root) return;
    swap(values, samples, at + root, at + most);
    root = most;
  }
}
