// Sorts values and the samples they belong to, with ties in the order that scikit-learn leaves them in: introsort
// (Musser 1997) with a partition into three, as sklearn.utils._sorting has it. The order of ties decides how sums round.

/** Up to this many values are sorted by insertion. */
const FEW: i32 = 15;

@inline function get<T>(values: usize, at: i32): T {
  return load<T>(values + (<usize>at << alignof<T>()));
}
@inline function set<T>(values: usize, at: i32, value: T): void {
  store<T>(values + (<usize>at << alignof<T>()), value);
}
@inline function swap<T>(values: usize, samples: usize, one: i32, other: i32): void {
  const value = get<T>(values, one), sample = get<i32>(samples, one);
  set<T>(values, one, get<T>(values, other)); set<i32>(samples, one, get<i32>(samples, other));
  set<T>(values, other, value); set<i32>(samples, other, sample);
}

/** Sorts `n` values, f32 or f64, and the i32 beside them. */
export function sort<T>(values: usize, samples: usize, n: i32): void {
  if (n > 0) quickSort<T>(values, samples, n, 2 * (31 - clz(n)));
}

/** `depth` bounds how often it calls itself. */
function quickSort<T>(values: usize, samples: usize, n: i32, depth: i32): void {
  while (n > FEW) {
    if (depth-- <= 0) {
      heapSort<T>(values, samples, n);
      return;
    }
    const pivot = middleOfThree<T>(get<T>(values, 0), get<T>(values, n >> 1), get<T>(values, n - 1));
    let i = 0, left = 0, right = n;
    while (i < right) {
      const value = get<T>(values, i);
      if (value < pivot) swap<T>(values, samples, i++, left++);
      else if (value > pivot) swap<T>(values, samples, i, --right);
      else i++;
    }
    quickSort<T>(values, samples, left, depth);
    values += <usize>right << alignof<T>(); samples += <usize>right << 2; n -= right;
  }
  insertionSort<T>(values, samples, n);
}

@inline function middleOfThree<T>(a: T, b: T, c: T): T {
  if (a < b) return b < c ? b : a < c ? c : a;
  if (b < c) return a < c ? a : c;
  return b;
}

function insertionSort<T>(values: usize, samples: usize, n: i32): void {
  for (let i = 1; i < n; i++) {
    const value = get<T>(values, i), sample = get<i32>(samples, i);
    let to = i;
    for (; to > 0 && get<T>(values, to - 1) > value; to--) {
      set<T>(values, to, get<T>(values, to - 1)); set<i32>(samples, to, get<i32>(samples, to - 1));
    }
    set<T>(values, to, value); set<i32>(samples, to, sample);
  }
}

function heapSort<T>(values: usize, samples: usize, n: i32): void {
  for (let start = (n - 2) >> 1; start >= 0; start--) siftDown<T>(values, samples, start, n);
  for (let end = n - 1; end > 0; end--) {
    swap<T>(values, samples, 0, end);
    siftDown<T>(values, samples, 0, end);
  }
}

function siftDown<T>(values: usize, samples: usize, root: i32, end: i32): void {
  for (;;) {
    const child = root * 2 + 1;
    let most = root;
    if (child < end && get<T>(values, most) < get<T>(values, child)) most = child;
    if (child + 1 < end && get<T>(values, most) < get<T>(values, child + 1)) most = child + 1;
    if (most == root) return;
    swap<T>(values, samples, root, most);
    root = most;
  }
}
