/** @module The k smallest of many, with scikit-learn's and numpy's choices among equal ones. */

/** The nearest so far: a heap with the farthest on top (`sklearn.utils._heap`). */
export class NearestHeap {
  readonly values: Float64Array;
  readonly indices: Int32Array;

  constructor(k: number) {
    this.values = new Float64Array(k).fill(Number.POSITIVE_INFINITY);
    this.indices = new Int32Array(k);
  }

  /** Forgets everything. */
  clear(): void {
    this.values.fill(Number.POSITIVE_INFINITY);
    this.indices.fill(0);
  }

  /** The farthest of the nearest. */
  get largest(): number {
    return this.values[0]!;
  }

  /** Takes a value that is smaller than the largest. */
  push(value: number, index: number): void {
    const { values, indices } = this;
    if (!(value < values[0]!)) return;
    const size = values.length;
    let at = 0;
    for (let left = 1; left < size; left = 2 * at + 1) {
      const right = left + 1;
      const child = right >= size || values[left]! >= values[right]! ? left : right;
      if (!(values[child]! > value)) break;
      values[at] = values[child]!;
      indices[at] = indices[child]!;
      at = child;
    }
    values[at] = value;
    indices[at] = index;
  }

  /** Pushes everything again into an empty heap, which orders equal values anew. */
  renew(): void {
    const [values, indices] = [this.values.slice(), this.indices.slice()];
    this.clear();
    for (let at = 0; at < values.length; at++) this.push(values[at]!, indices[at]!);
  }

  /** Sorts by value; `late` is how releases from 1.9 on do it. */
  sort(late: boolean): void {
    sortTogether(this.values, this.indices, late);
  }
}

/** Sorts by value (`simultaneous_sort`); `late` is how releases from 1.9 on do it. */
export function sortTogether(values: Float64Array, indices: Int32Array, late: boolean): void {
  if (late) introsort(values, indices, 0, values.length);
  else quicksort(values, indices, 0, values.length);
}

function swap(values: Float64Array, indices: Int32Array, a: number, b: number): void {
  const value = values[a]!;
  values[a] = values[b]!;
  values[b] = value;
  const index = indices[a]!;
  indices[a] = indices[b]!;
  indices[b] = index;
}

/** The median of the first, the middle and the last goes to the end. */
function medianToEnd(values: Float64Array, indices: Int32Array, from: number, last: number, middle: number): number {
  if (values[from]! > values[last]!) swap(values, indices, from, last);
  if (values[last]! > values[middle]!) {
    swap(values, indices, last, middle);
    if (values[from]! > values[last]!) swap(values, indices, from, last);
  }
  return values[last]!;
}

/** `_simultaneous_sort` of releases up to 1.8. */
function quicksort(values: Float64Array, indices: Int32Array, start: number, end: number): void {
  let from = start;
  while (end - from > 3) {
    const last = end - 1;
    const pivot = medianToEnd(values, indices, from, last, from + Math.floor((end - from) / 2));
    let store = from;
    for (let at = from; at < last; at++) if (values[at]! < pivot) swap(values, indices, at, store++);
    swap(values, indices, store, last);
    quicksort(values, indices, from, store);
    from = store + 1;
  }
  if (end - from < 2) return;
  if (values[from]! > values[from + 1]!) swap(values, indices, from, from + 1);
  if (end - from === 2 || !(values[from + 1]! > values[from + 2]!)) return;
  swap(values, indices, from + 1, from + 2);
  if (values[from]! > values[from + 1]!) swap(values, indices, from, from + 1);
}

/** `introsort_2way`, without its way out of quadratic time. */
function introsort(values: Float64Array, indices: Int32Array, start: number, end: number): void {
  let from = start;
  while (end - from > 15) {
    const pivot = medianToEnd(values, indices, from, end - 1, from + Math.floor((end - from) / 2));
    let i = from + 1;
    let j = end - 2;
    while (true) {
      while (i <= j && values[i]! < pivot) i++;
      while (i <= j && values[j]! > pivot) j--;
      if (i >= j) break;
      swap(values, indices, i++, j--);
    }
    swap(values, indices, i, end - 1);
    introsort(values, indices, from, i);
    from = i + 1;
  }
  for (let at = from + 1; at < end; at++)
    for (let to = at; to > from && values[to - 1]! > values[to]!; to--) swap(values, indices, to, to - 1);
}

/** The positions of the `k` smallest in numpy's order: `argpartition`, then `argsort`. */
export function partitioned(distances: Float64Array, k: number): Int32Array {
  // numpy sorts NaN last.
  const all = distances.some(Number.isNaN)
    ? distances.map((value) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value))
    : distances;
  const order = Int32Array.from(all.keys());
  select(all, order, k - 1);
  return order.slice(0, k).sort((a, b) => all[a]! - all[b]!);
}

function exchange(order: Int32Array, a: number, b: number): void {
  const index = order[a]!;
  order[a] = order[b]!;
  order[b] = index;
}

/** numpy's `argintroselect`: what belongs at `kth` goes there, smaller ones before it. */
function select(v: Float64Array, order: Int32Array, kth: number): void {
  if (kth < 3) {
    selectFirst(v, order, kth + 1);
    return;
  }
  let low = 0;
  let high = order.length - 1;
  if (kth === high) {
    let most = 0;
    for (let at = 1; at <= high; at++) if (!(v[order[at]!]! < v[order[most]!]!)) most = at;
    exchange(order, kth, most);
    return;
  }
  while (low + 1 < high) {
    const middle = low + Math.floor((high - low) / 2);
    if (v[order[high]!]! < v[order[middle]!]!) exchange(order, high, middle);
    if (v[order[high]!]! < v[order[low]!]!) exchange(order, high, low);
    if (v[order[low]!]! < v[order[middle]!]!) exchange(order, low, middle);
    exchange(order, middle, low + 1);
    const pivot = v[order[low]!]!;
    let [left, right] = [low + 1, high];
    while (true) {
      do left++;
      while (v[order[left]!]! < pivot);
      do right--;
      while (pivot < v[order[right]!]!);
      if (right < left) break;
      exchange(order, left, right);
    }
    exchange(order, low, right);
    if (right >= kth) high = right - 1;
    if (right <= kth) low = left;
  }
  if (high === low + 1 && v[order[high]!]! < v[order[low]!]!) exchange(order, high, low);
}

function selectFirst(v: Float64Array, order: Int32Array, count: number): void {
  for (let to = 0; to < count; to++) {
    let least = to;
    for (let at = to + 1; at < order.length; at++) if (v[order[at]!]! < v[order[least]!]!) least = at;
    exchange(order, to, least);
  }
}
