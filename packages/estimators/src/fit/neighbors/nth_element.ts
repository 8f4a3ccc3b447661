/**
 * @module Brings the element that would be at a place of a sorted list to that place, smaller ones before it: the steps of
 * libstdc++'s `nth_element` (introselect, Musser 1997), whose order of the rest scikit-learn's trees of neighbors keep.
 */

/** Whether one element comes before another; no two are equal. */
export type Precedes = (one: number, other: number) => boolean;

/** Up to so many elements are sorted by insertion. */
const FEW = 3;

/** Rearranges `list[first..end)` so that `list[nth]` is what it would be if all were sorted. */
export function nthElement(list: Int32Array, first: number, nth: number, end: number, before: Precedes): void {
  if (first === end || nth === end) return;
  let depth = 2 * Math.floor(Math.log2(end - first));
  let [from, to] = [first, end];
  while (to - from > FEW) {
    if (depth === 0) {
      heapSelect(list, from, nth + 1, to, before);
      swap(list, from, nth);
      return;
    }
    depth--;
    const cut = partitionAroundMedian(list, from, to, before);
    if (cut <= nth) from = cut;
    else to = cut;
  }
  insertionSort(list, from, to, before);
}

function swap(list: Int32Array, one: number, other: number): void {
  const value = list[one]!;
  list[one] = list[other]!;
  list[other] = value;
}

function partitionAroundMedian(list: Int32Array, from: number, to: number, before: Precedes): number {
  medianToFront(list, from, from + 1, from + ((to - from) >> 1), to - 1, before);
  const pivot = list[from]!;
  let [left, right] = [from + 1, to];
  for (;;) {
    while (before(list[left]!, pivot)) left++;
    right--;
    while (before(pivot, list[right]!)) right--;
    if (left >= right) return left;
    swap(list, left++, right);
  }
}

/** Swaps the median of three elements to the front. */
function medianToFront(list: Int32Array, front: number, a: number, b: number, c: number, before: Precedes): void {
  const [x, y, z] = [list[a]!, list[b]!, list[c]!];
  if (before(x, y)) swap(list, front, before(y, z) ? b : before(x, z) ? c : a);
  else swap(list, front, before(x, z) ? a : before(y, z) ? c : b);
}

function insertionSort(list: Int32Array, from: number, to: number, before: Precedes): void {
  for (let at = from + 1; at < to; at++) {
    const value = list[at]!;
    let place = at;
    for (; place > from && before(value, list[place - 1]!); place--) list[place] = list[place - 1]!;
    list[place] = value;
  }
}

/** Keeps the least elements of all in `list[from..middle)`, as a heap whose greatest is in front. */
function heapSelect(list: Int32Array, from: number, middle: number, to: number, before: Precedes): void {
  const size = middle - from;
  for (let parent = (size - 2) >> 1; parent >= 0; parent--)
    adjust(list, from, parent, size, list[from + parent]!, before);
  for (let at = middle; at < to; at++) {
    if (!before(list[at]!, list[from]!)) continue;
    const value = list[at]!;
    list[at] = list[from]!;
    adjust(list, from, 0, size, value, before);
  }
}

/** Puts a value into the heap: the hole sinks to a leaf along the greater children, and the value rises from there. */
function adjust(list: Int32Array, from: number, top: number, size: number, value: number, before: Precedes): void {
  let hole = top;
  let child = 2 * hole + 2;
  for (; child < size; child = 2 * hole + 2) {
    if (before(list[from + child]!, list[from + child - 1]!)) child--;
    list[from + hole] = list[from + child]!;
    hole = child;
  }
  if (child === size) {
    list[from + hole] = list[from + child - 1]!;
    hole = child - 1;
  }
  for (let parent = (hole - 1) >> 1; hole > top && before(list[from + parent]!, value); parent = (hole - 1) >> 1) {
    list[from + hole] = list[from + parent]!;
    hole = parent;
  }
  list[from + hole] = value;
}
