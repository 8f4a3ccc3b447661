// Checks a tree that is given as node records and writes it in the narrow format, in one pass and almost without
// branches, as every outcome would be a surprise to the processor. src/trees/place.ts explains the layout
// within a subtree, and takes over when this returns 0: then it says what is wrong, or finds another order.

/** Threshold as the largest f32 that is <= limit: the bits one less, or one more if negative, where rounding went up. */
@inline function narrowed(limit: f64): i32 {
  const nearest = <f32>limit;
  const bits = reinterpret<i32>(nearest);
  return bits - <i32>(<f64>nearest > limit) * ((bits >> 31) | 1);
}

// Places of the fields of a record, filled by the caller once per layout; little-endian i64, i64, i64, f64, u8.
let leftAt: usize = 0, rightAt: usize = 0, featureAt: usize = 0, thresholdAt: usize = 0, missingAt: usize = 0;
let hasMissing: bool = false;
let stride: usize = 0;

export function setLayout(s: usize, left: usize, right: usize, feature: usize, threshold: usize, missing: usize, has: bool): void {
  stride = s; leftAt = left; rightAt = right; featureAt = feature; thresholdAt = threshold; missingAt = missing; hasMissing = has;
}

/**
 * Splits with more nodes than this come first, next to each other, in depth-first order; then the subtrees below them,
 * each placed as src/trees/place.ts places a whole tree. A row so meets fewer pages: 260 in 100 trees of 25,000 nodes,
 * not 420.
 */
const large: i32 = 255;

/** Units of what is right below the splits with more than `large` nodes: pairs of children, and values of leaves. */
function topUnits(records: usize, n: i32, near: i32, pending: usize): i32 {
  let units = 0, i = 0, size = n, top = pending;
  while (i < n) {
    const right = <i32>load<i64>(records + <usize>i * stride + rightAt), leftSize = right - i - 1, rightSize = size - 1 - leftSize;
    if (leftSize < 1 || rightSize < 1) return 0;
    units += 2 + (near & <i32>(leftSize == 1)) + (near & <i32>(rightSize == 1));
    if (rightSize > large) { store<i32>(top, right); store<i32>(top, rightSize, 4); top += 8; }
    if (leftSize > large) { i += 1; size = leftSize; continue; }
    if (top == pending) return units;
    top -= 8;
    i = load<i32>(top); size = load<i32>(top, 4);
  }
  return 0;
}

/**
 * Values of a leaf go beside it, times `scale`, if `width` is 1, and to `values`, leaf after leaf, otherwise.
 *
 * @returns 1 if the tree is written from `root` on, 0 if it is not in depth-first order or no tree
 */
export function place(records: usize, n: i32, nFeatures: u32, source: usize, sourceStride: usize, width: i32, scale: f64, root: usize, values: usize, pending: usize): bool {
  const near: i32 = <i32>(width == 1);
  const perSplit = 2 + near;
  let leaves = 0, size = n, at = 0, below = 2, top = pending, record = records;
  let upper = 2, lower = 2 + (n > large ? topUnits(records, n, near, pending) : 0);
  for (let i = 0; i < n; i++, record += stride, source += sourceStride) {
    const node = root + (<usize>at << 3);
    const left = load<i64>(record + leftAt);
    if (left == -1) {
      if (size != 1) return false;
      store<i32>(node, 0x7fc00000 | select(below, leaves++, near));
      store<u32>(node, 0, 4);
      if (near) store<f64>(root + (<usize>below << 3), load<f64>(source) * scale);
      else for (let j = 0; j < width; j++, values += 8) store<f64>(values, load<f64>(source + (<usize>j << 3)));
      if (top == pending) return i == n - 1;
      top -= 16;
      if (load<i32>(top) != i + 1) return false;
      size = load<i32>(top, 4); at = load<i32>(top, 8); below = load<i32>(top, 12);
      continue;
    }
    const right = load<i64>(record + rightAt), feature = load<u64>(record + featureAt), limit = load<f64>(record + thresholdAt);
    const leftSize = <i32>(right - left), rightSize = size - 1 - leftSize;
    if (left != i + 1 || right <= left || right >= n || !(leftSize & 1) || rightSize < 1 || feature >= nFeatures || limit != limit) return false;
    const missing: u32 = hasMissing ? <u32>(load<u8>(record + missingAt) == 0) : 1;
    if (size > large) below = upper;
    store<i32>(node, narrowed(limit));
    store<u32>(node, (missing << 31) | (<u32>feature << 20) | <u32>(below - at), 4);
    const leftSplits = <i32>(leftSize > 1), rightSplits = <i32>(rightSize > 1), rightLarger = <i32>(leftSize < rightSize);
    const leftValue = below + 2, rightValue = leftValue + (near & ~leftSplits), rest = rightValue + (near & ~rightSplits);
    let leftBelow = leftValue, rightBelow = rightValue;
    if (size > large) {
      upper = rest;
      if (leftSplits & <i32>(leftSize <= large)) { leftBelow = lower; lower += (leftSize >> 1) * perSplit + near; }
      if (rightSplits & <i32>(rightSize <= large)) { rightBelow = lower; lower += (rightSize >> 1) * perSplit + near; }
    } else {
      const larger = select(rightSize, leftSize, rightLarger);
      const first = (larger >> 1) * perSplit + (near & <i32>(larger > 1));
      leftBelow = select(rest + select(first, 0, rightLarger), leftValue, leftSplits);
      rightBelow = select(rest + select(0, first, rightLarger), rightValue, rightSplits);
    }
    store<i32>(top, <i32>right); store<i32>(top, rightSize, 4);
    store<i32>(top, below + 1, 8); store<i32>(top, rightBelow, 12);
    top += 16;
    at = below;
    below = leftBelow;
    size = leftSize;
  }
  return false;
}
