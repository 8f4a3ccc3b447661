// Walks of prepared decision trees. The layout is stated in src/trees/packed.ts, which is the one place that
// writes it; src/trees/walk.ts is the reference that these functions equal to the last bit.
// T is f32 for narrow nodes and f64 for wide ones. A leaf steps nowhere, so a walk that has arrived stays where it is:
// there is no early exit, several walks advance together until none of them moves.

@inline function word<T>(node: usize): u32 {
  return load<u32>(node, sizeof<T>());
}

/** Address of the value that a node tests. */
@inline function cell<T>(x: usize, w: u32): usize {
  if (sizeof<T>() == 4) return x + <usize>((w >>> 18) & (0x7ff << 2));
  return x + (<usize>(w & 0x7fffffff) << 3);
}

@inline function follow<T>(node: usize, w: u32, value: T, missing: bool): usize {
  let right = <u32>(value > load<T>(node));
  if (missing) right |= <u32>(value != value) & (w >>> 31);
  if (sizeof<T>() == 4) return node + <usize>(((w & 0xfffff) + right) << 3);
  return node + <usize>(load<u32>(node, 12) << 3) + <usize>(right << 4);
}

@inline function nextNode<T>(node: usize, x: usize, missing: bool): usize {
  const w = word<T>(node);
  return follow<T>(node, w, load<T>(cell<T>(x, w)), missing);
}

@inline function leafNumber<T>(node: usize): usize {
  return sizeof<T>() == 4 ? <usize>(load<u32>(node) & 0x3fffff) : <usize>load<u32>(node);
}

// ---- walks: a row in a tree, 8 bytes: the address of the node where it is, the address of the row

/** Advances the walks whose addresses are at `from`..`end`. */
@inline function advance<T>(from: usize, end: usize, missing: bool): void {
  for (; from < end; from += 4) {
    const walk: usize = load<u32>(from);
    const next = nextNode<T>(load<u32>(walk), load<u32>(walk, 4), missing);
    load<u32>(next);
    store<u32>(walk, <u32>next);
  }
}

/** Advances walks, keeps those that moved, and returns the end of what it kept. */
@inline function advanceAndKeep<T>(open: usize, end: usize, missing: bool): usize {
  let to = open;
  for (let from = open; from < end; from += 4) {
    const walk: usize = load<u32>(from), node: usize = load<u32>(walk);
    const next = nextNode<T>(node, load<u32>(walk, 4), missing);
    load<u32>(next);
    store<u32>(walk, <u32>next);
    store<u32>(to, <u32>walk);
    to += <usize>(next != node) << 2;
  }
  return to;
}

@inline function addValues(value: usize, target: usize, bytes: usize): void {
  for (let o: usize = 0; o < bytes; o += 8) store<f64>(target + o, load<f64>(target + o) + load<f64>(value + o));
}

@inline function walk<T>(walks: usize, count: usize, open: usize, missing: bool, plain: i32): void {
  let end = open + (count << 2);
  for (let at = open; at < end; at += 4, walks += 8) store<u32>(at, <u32>walks);
  while (end > open) {
    for (let i = 0; i < plain; i++) advance<T>(open, end, missing);
    end = advanceAndKeep<T>(open, end, missing);
  }
}

@inline function add<T>(roots: usize, values: usize, targets: usize, trees: usize, width: usize, stride: usize, rows: usize, x: usize, rowBytes: usize, missing: bool, walks: usize, open: usize, most: usize, out: usize, plain: i32): void {
  const bytes = width << 3;
  const group = max<usize>(1, most / max<usize>(rows, 1));
  for (let t: usize = 0; t < trees; t += group) {
    const last = min(trees, t + group) << 2;
    for (let r: usize = 0; r < rows; r += most) {
      const tile = min(most, rows - r);
      let at = walks;
      for (let k = t << 2; k < last; k += 4) {
        const root = load<u32>(roots + k);
        for (let i = r, row = x + r * rowBytes; i < r + tile; i++, row += rowBytes, at += 8) {
          store<u32>(at, root);
          store<u32>(at, <u32>row, 4);
        }
      }
      walk<T>(walks, (at - walks) >> 3, open, missing, plain);
      at = walks;
      for (let k = t << 2; k < last; k += 4) {
        const value: usize = load<u32>(values + k);
        let target = out + r * stride + load<u32>(targets + k);
        for (let i: usize = 0; i < tile; i++, at += 8, target += stride) {
          addValues(value + leafNumber<T>(load<u32>(at)) * bytes, target, bytes);
        }
      }
    }
  }
}

export function addNarrow(roots: usize, values: usize, targets: usize, trees: usize, width: usize, stride: usize, rows: usize, x: usize, rowBytes: usize, walks: usize, open: usize, most: usize, out: usize, plain: i32): void {
  add<f32>(roots, values, targets, trees, width, stride, rows, x, rowBytes, false, walks, open, most, out, plain);
}
export function addNarrowMissing(roots: usize, values: usize, targets: usize, trees: usize, width: usize, stride: usize, rows: usize, x: usize, rowBytes: usize, walks: usize, open: usize, most: usize, out: usize, plain: i32): void {
  add<f32>(roots, values, targets, trees, width, stride, rows, x, rowBytes, true, walks, open, most, out, plain);
}
export function addWide(roots: usize, values: usize, targets: usize, trees: usize, width: usize, stride: usize, rows: usize, x: usize, rowBytes: usize, walks: usize, open: usize, most: usize, out: usize, plain: i32): void {
  add<f64>(roots, values, targets, trees, width, stride, rows, x, rowBytes, false, walks, open, most, out, plain);
}
export function addWideMissing(roots: usize, values: usize, targets: usize, trees: usize, width: usize, stride: usize, rows: usize, x: usize, rowBytes: usize, walks: usize, open: usize, most: usize, out: usize, plain: i32): void {
  add<f64>(roots, values, targets, trees, width, stride, rows, x, rowBytes, true, walks, open, most, out, plain);
}
