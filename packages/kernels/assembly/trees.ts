// Walks of prepared decision trees. The layout is stated in src/trees/packed.ts, which is the one place that
// writes it; src/trees/walk.ts is the reference that these functions equal to the last bit.
// T is f32 for narrow nodes and f64 for wide ones. A leaf steps nowhere, so a walk that has arrived stays where it is:
// there is no early exit, several walks advance together until none of them moves.

@inline function word<T>(node: usize): u32 {
  return load<u32>(node, sizeof<T>());
}

/** Address of the feature's first lane; a feature has 1 << lanes values side by side. */
@inline function cell<T>(x: usize, w: u32, lanes: u32): usize {
  if (sizeof<T>() == 4) return x + <usize>((w >>> (18 - lanes)) & (0x7ff << (2 + lanes)));
  return x + (<usize>(w & 0x7fffffff) << (3 + lanes));
}

@inline function follow<T>(node: usize, w: u32, value: T, missing: bool): usize {
  let right = <u32>(value > load<T>(node));
  if (missing) right |= <u32>(value != value) & (w >>> 31);
  if (sizeof<T>() == 4) return node + <usize>(((w & 0xfffff) + right) << 3);
  return node + <usize>(load<u32>(node, 12) << 3) + <usize>(right << 4);
}

@inline function nextNode<T>(node: usize, x: usize, missing: bool): usize {
  const w = word<T>(node);
  return follow<T>(node, w, load<T>(cell<T>(x, w, 0)), missing);
}

@inline function leafNumber<T>(node: usize): usize {
  return sizeof<T>() == 4 ? <usize>(load<u32>(node) & 0x3fffff) : <usize>load<u32>(node);
}

// ---- few rows: walks of a row in a tree each, 12 bytes: the address of the node where it is, of the row, and of where its leaf goes

/** Advances the walks at `from`..`end`. */
@inline function advance<T>(from: usize, end: usize, missing: bool): void {
  for (; from < end; from += 12) store<u32>(from, <u32>nextNode<T>(load<u32>(from), load<u32>(from, 4), missing));
}

/** Advances walks, keeps those that moved, and returns the end of what it kept. */
@inline function advanceAndKeep<T>(open: usize, end: usize, missing: bool): usize {
  let to = open;
  for (let from = open; from < end; from += 12) {
    const node: usize = load<u32>(from), row: usize = load<u32>(from, 4), leaf: usize = load<u32>(from, 8);
    const next = nextNode<T>(node, row, missing);
    store<u32>(leaf, <u32>next);
    store<u32>(to, <u32>next);
    store<u32>(to, <u32>row, 4);
    store<u32>(to, <u32>leaf, 8);
    to += select<usize>(12, 0, next != node);
  }
  return to;
}

/**
 * Loads the nodes that walks have come to, and nothing else: a processor looks some 500 instructions ahead, which are
 * few steps, but many of these loads, so that the memory is as busy as can be. What it returns must be used.
 */
@inline function touch(from: usize, end: usize): u32 {
  let seen: u32 = 0;
  for (; from < end; from += 12) seen |= load<u32>(load<u32>(from));
  return seen;
}

/** Whether sums are rounded to float32 after each tree. */
let single: bool = false;

export function sumInFloat32(): void {
  single = true;
}

/** Both are float32 where the sum is: then float64 adds them exactly enough that one rounding gives their float32 sum. */
@inline function sum(a: f64, b: f64): f64 {
  const exact = a + b;
  return single ? <f64><f32>exact : exact;
}

@inline function addValues(value: usize, target: usize, bytes: usize): void {
  for (let o: usize = 0; o < bytes; o += 8) store<f64>(target + o, sum(load<f64>(target + o), load<f64>(value + o)));
}

/** Advances walks until all have arrived. Two steps in three stay in the cache line that they are in. */
@inline function walk<T>(open: usize, end: usize, seen: usize, missing: bool): void {
  while (end > open) {
    for (let i = 0; i < 2; i++) {
      advance<T>(open, end, missing);
      store<u32>(seen, touch(open, end));
    }
    end = advanceAndKeep<T>(open, end, missing);
    store<u32>(seen, touch(open, end));
  }
}

/**
 * Adds the leaves of `rows` rows, each of `rowBytes`, to rows of `stride` bytes from `out` on. Up to `most` walks, of
 * all rows in as many trees as that are, advance together; `open` has room for them, and `leaves` for one more number.
 */
@inline function walks<T>(roots: usize, values: usize, targets: usize, trees: usize, width: usize, stride: usize, rows: usize, x: usize, rowBytes: usize, missing: bool, leaves: usize, open: usize, most: usize, out: usize): void {
  const bytes = width << 3;
  const group = max<usize>(1, most / max<usize>(rows, 1));
  for (let t: usize = 0; t < trees; t += group) {
    const last = min(trees, t + group) << 2;
    for (let r: usize = 0; r < rows; r += most) {
      const tile = min(most, rows - r);
      let leaf = leaves, at = open;
      for (let k = t << 2; k < last; k += 4) {
        const root = load<u32>(roots + k);
        for (let i = r, row = x + r * rowBytes; i < r + tile; i++, row += rowBytes, at += 12, leaf += 4) {
          store<u32>(at, root);
          store<u32>(at, <u32>row, 4);
          store<u32>(at, <u32>leaf, 8);
        }
      }
      walk<T>(open, at, leaf, missing);
      leaf = leaves;
      for (let k = t << 2; k < last; k += 4) {
        const value: usize = load<u32>(values + k);
        let target = out + r * stride + load<u32>(targets + k);
        for (let i: usize = 0; i < tile; i++, leaf += 4, target += stride) {
          addValues(value + leafNumber<T>(load<u32>(leaf)) * bytes, target, bytes);
        }
      }
    }
  }
}

export function walksNarrow(roots: usize, values: usize, targets: usize, trees: usize, width: usize, stride: usize, rows: usize, x: usize, rowBytes: usize, leaves: usize, open: usize, most: usize, out: usize): void {
  walks<f32>(roots, values, targets, trees, width, stride, rows, x, rowBytes, false, leaves, open, most, out);
}
export function walksNarrowMissing(roots: usize, values: usize, targets: usize, trees: usize, width: usize, stride: usize, rows: usize, x: usize, rowBytes: usize, leaves: usize, open: usize, most: usize, out: usize): void {
  walks<f32>(roots, values, targets, trees, width, stride, rows, x, rowBytes, true, leaves, open, most, out);
}
export function walksWide(roots: usize, values: usize, targets: usize, trees: usize, width: usize, stride: usize, rows: usize, x: usize, rowBytes: usize, leaves: usize, open: usize, most: usize, out: usize): void {
  walks<f64>(roots, values, targets, trees, width, stride, rows, x, rowBytes, false, leaves, open, most, out);
}
export function walksWideMissing(roots: usize, values: usize, targets: usize, trees: usize, width: usize, stride: usize, rows: usize, x: usize, rowBytes: usize, leaves: usize, open: usize, most: usize, out: usize): void {
  walks<f64>(roots, values, targets, trees, width, stride, rows, x, rowBytes, true, leaves, open, most, out);
}

// ---- many rows: tiles of eight rows, feature after feature, eight lanes each; all tiles pass one tree, then the next

@inline function tile<T>(root: usize, x: usize, leaves: usize, missing: bool): void {
  let a = root, b = root, c = root, d = root, e = root, f = root, g = root, h = root;
  let moved: usize = 0;
  do {
    let w = word<T>(a), q = follow<T>(a, w, load<T>(cell<T>(x, w, 3)), missing); moved = q ^ a; a = q;
    w = word<T>(b); q = follow<T>(b, w, load<T>(cell<T>(x, w, 3), sizeof<T>()), missing); moved |= q ^ b; b = q;
    w = word<T>(c); q = follow<T>(c, w, load<T>(cell<T>(x, w, 3), 2 * sizeof<T>()), missing); moved |= q ^ c; c = q;
    w = word<T>(d); q = follow<T>(d, w, load<T>(cell<T>(x, w, 3), 3 * sizeof<T>()), missing); moved |= q ^ d; d = q;
    w = word<T>(e); q = follow<T>(e, w, load<T>(cell<T>(x, w, 3), 4 * sizeof<T>()), missing); moved |= q ^ e; e = q;
    w = word<T>(f); q = follow<T>(f, w, load<T>(cell<T>(x, w, 3), 5 * sizeof<T>()), missing); moved |= q ^ f; f = q;
    w = word<T>(g); q = follow<T>(g, w, load<T>(cell<T>(x, w, 3), 6 * sizeof<T>()), missing); moved |= q ^ g; g = q;
    w = word<T>(h); q = follow<T>(h, w, load<T>(cell<T>(x, w, 3), 7 * sizeof<T>()), missing); moved |= q ^ h; h = q;
  } while (moved != 0);
  store<u32>(leaves, <u32>leafNumber<T>(a)); store<u32>(leaves, <u32>leafNumber<T>(b), 4);
  store<u32>(leaves, <u32>leafNumber<T>(c), 8); store<u32>(leaves, <u32>leafNumber<T>(d), 12);
  store<u32>(leaves, <u32>leafNumber<T>(e), 16); store<u32>(leaves, <u32>leafNumber<T>(f), 20);
  store<u32>(leaves, <u32>leafNumber<T>(g), 24); store<u32>(leaves, <u32>leafNumber<T>(h), 28);
}

@inline function addTile(values: usize, leaves: usize, width: usize, stride: usize, out: usize): void {
  if (width == 1) {
    for (let r: usize = 0; r < 32; r += 4, out += stride) {
      store<f64>(out, sum(load<f64>(out), load<f64>(values + (<usize>load<u32>(leaves + r) << 3))));
    }
    return;
  }
  const bytes = width << 3;
  for (let r: usize = 0; r < 32; r += 4, out += stride) addValues(values + <usize>load<u32>(leaves + r) * bytes, out, bytes);
}

@inline function rows<T>(roots: usize, values: usize, targets: usize, trees: usize, width: usize, stride: usize, tiles: usize, x: usize, tileBytes: usize, gaps: usize, leaves: usize, out: usize): void {
  for (let t: usize = 0; t < trees << 2; t += 4) {
    const root: usize = load<u32>(roots + t), value: usize = load<u32>(values + t);
    let target = out + load<u32>(targets + t), at = x;
    for (let i: usize = 0; i < tiles; i++) {
      if (load<u8>(gaps + i)) tile<T>(root, at, leaves, true);
      else tile<T>(root, at, leaves, false);
      addTile(value, leaves, width, stride, target);
      at += tileBytes;
      target += stride << 3;
    }
  }
}

// `gaps[i]` says whether tile i holds a NaN; `stride` is the number of bytes of a row of `out`.
export function rowsNarrow(roots: usize, values: usize, targets: usize, trees: usize, width: usize, stride: usize, tiles: usize, x: usize, tileBytes: usize, gaps: usize, leaves: usize, out: usize): void {
  rows<f32>(roots, values, targets, trees, width, stride, tiles, x, tileBytes, gaps, leaves, out);
}
export function rowsWide(roots: usize, values: usize, targets: usize, trees: usize, width: usize, stride: usize, tiles: usize, x: usize, tileBytes: usize, gaps: usize, leaves: usize, out: usize): void {
  rows<f64>(roots, values, targets, trees, width, stride, tiles, x, tileBytes, gaps, leaves, out);
}
