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

@inline function nextOfRow<T>(node: usize, x: usize, missing: bool): usize {
  const w = word<T>(node);
  return follow<T>(node, w, load<T>(cell<T>(x, w, 0)), missing);
}

@inline function leafNumber<T>(node: usize): usize {
  return sizeof<T>() == 4 ? <usize>(load<u32>(node) & 0x3fffff) : <usize>load<u32>(node);
}

// ---- one row, several trees at once: the addresses of the leaves go to `leaves`

@inline function sixteenTrees<T>(roots: usize, leaves: usize, x: usize, missing: bool): void {
  let a: usize = load<u32>(roots), b: usize = load<u32>(roots, 4), c: usize = load<u32>(roots, 8), d: usize = load<u32>(roots, 12);
  let e: usize = load<u32>(roots, 16), f: usize = load<u32>(roots, 20), g: usize = load<u32>(roots, 24), h: usize = load<u32>(roots, 28);
  let i: usize = load<u32>(roots, 32), j: usize = load<u32>(roots, 36), k: usize = load<u32>(roots, 40), l: usize = load<u32>(roots, 44);
  let m: usize = load<u32>(roots, 48), n: usize = load<u32>(roots, 52), o: usize = load<u32>(roots, 56), p: usize = load<u32>(roots, 60);
  let moved: usize = 0;
  do {
    let q = nextOfRow<T>(a, x, missing); moved = q ^ a; a = q;
    q = nextOfRow<T>(b, x, missing); moved |= q ^ b; b = q;
    q = nextOfRow<T>(c, x, missing); moved |= q ^ c; c = q;
    q = nextOfRow<T>(d, x, missing); moved |= q ^ d; d = q;
    q = nextOfRow<T>(e, x, missing); moved |= q ^ e; e = q;
    q = nextOfRow<T>(f, x, missing); moved |= q ^ f; f = q;
    q = nextOfRow<T>(g, x, missing); moved |= q ^ g; g = q;
    q = nextOfRow<T>(h, x, missing); moved |= q ^ h; h = q;
    q = nextOfRow<T>(i, x, missing); moved |= q ^ i; i = q;
    q = nextOfRow<T>(j, x, missing); moved |= q ^ j; j = q;
    q = nextOfRow<T>(k, x, missing); moved |= q ^ k; k = q;
    q = nextOfRow<T>(l, x, missing); moved |= q ^ l; l = q;
    q = nextOfRow<T>(m, x, missing); moved |= q ^ m; m = q;
    q = nextOfRow<T>(n, x, missing); moved |= q ^ n; n = q;
    q = nextOfRow<T>(o, x, missing); moved |= q ^ o; o = q;
    q = nextOfRow<T>(p, x, missing); moved |= q ^ p; p = q;
  } while (moved != 0);
  store<u32>(leaves, <u32>a); store<u32>(leaves, <u32>b, 4); store<u32>(leaves, <u32>c, 8); store<u32>(leaves, <u32>d, 12);
  store<u32>(leaves, <u32>e, 16); store<u32>(leaves, <u32>f, 20); store<u32>(leaves, <u32>g, 24); store<u32>(leaves, <u32>h, 28);
  store<u32>(leaves, <u32>i, 32); store<u32>(leaves, <u32>j, 36); store<u32>(leaves, <u32>k, 40); store<u32>(leaves, <u32>l, 44);
  store<u32>(leaves, <u32>m, 48); store<u32>(leaves, <u32>n, 52); store<u32>(leaves, <u32>o, 56); store<u32>(leaves, <u32>p, 60);
}

@inline function eightTrees<T>(roots: usize, leaves: usize, x: usize, missing: bool): void {
  let a: usize = load<u32>(roots), b: usize = load<u32>(roots, 4), c: usize = load<u32>(roots, 8), d: usize = load<u32>(roots, 12);
  let e: usize = load<u32>(roots, 16), f: usize = load<u32>(roots, 20), g: usize = load<u32>(roots, 24), h: usize = load<u32>(roots, 28);
  let moved: usize = 0;
  do {
    let q = nextOfRow<T>(a, x, missing); moved = q ^ a; a = q;
    q = nextOfRow<T>(b, x, missing); moved |= q ^ b; b = q;
    q = nextOfRow<T>(c, x, missing); moved |= q ^ c; c = q;
    q = nextOfRow<T>(d, x, missing); moved |= q ^ d; d = q;
    q = nextOfRow<T>(e, x, missing); moved |= q ^ e; e = q;
    q = nextOfRow<T>(f, x, missing); moved |= q ^ f; f = q;
    q = nextOfRow<T>(g, x, missing); moved |= q ^ g; g = q;
    q = nextOfRow<T>(h, x, missing); moved |= q ^ h; h = q;
  } while (moved != 0);
  store<u32>(leaves, <u32>a); store<u32>(leaves, <u32>b, 4); store<u32>(leaves, <u32>c, 8); store<u32>(leaves, <u32>d, 12);
  store<u32>(leaves, <u32>e, 16); store<u32>(leaves, <u32>f, 20); store<u32>(leaves, <u32>g, 24); store<u32>(leaves, <u32>h, 28);
}

/** out[target of tree + j] += the leaf's value j, tree after tree. */
@inline function addLeaves<T>(leaves: usize, values: usize, targets: usize, trees: usize, width: usize, sum: bool, out: usize): void {
  const end = trees << 2;
  if (sum) {
    let total = load<f64>(out);
    for (let t: usize = 0; t < end; t += 4) {
      total += load<f64>(load<u32>(values + t) + (leafNumber<T>(load<u32>(leaves + t)) << 3));
    }
    store<f64>(out, total);
    return;
  }
  const bytes = width << 3;
  for (let t: usize = 0; t < end; t += 4) {
    addValues(load<u32>(values + t) + leafNumber<T>(load<u32>(leaves + t)) * bytes, out + load<u32>(targets + t), bytes);
  }
}

@inline function addValues(value: usize, target: usize, bytes: usize): void {
  for (let o: usize = 0; o < bytes; o += 8) store<f64>(target + o, load<f64>(target + o) + load<f64>(value + o));
}

@inline function row<T>(roots: usize, values: usize, targets: usize, trees: usize, width: usize, sum: bool, x: usize, leaves: usize, out: usize, missing: bool): void {
  const end = trees << 2;
  let t: usize = 0;
  for (; t + 32 < end; t += 64) sixteenTrees<T>(roots + t, leaves + t, x, missing);
  if (t < end) eightTrees<T>(roots + t, leaves + t, x, missing);
  addLeaves<T>(leaves, values, targets, trees, width, sum, out);
}

// `roots` is padded with the address of a lone leaf up to the next multiple of sixteen trees.
export function rowNarrow(roots: usize, values: usize, targets: usize, trees: usize, width: usize, sum: bool, x: usize, leaves: usize, out: usize): void {
  row<f32>(roots, values, targets, trees, width, sum, x, leaves, out, false);
}
export function rowNarrowMissing(roots: usize, values: usize, targets: usize, trees: usize, width: usize, sum: bool, x: usize, leaves: usize, out: usize): void {
  row<f32>(roots, values, targets, trees, width, sum, x, leaves, out, true);
}
export function rowWide(roots: usize, values: usize, targets: usize, trees: usize, width: usize, sum: bool, x: usize, leaves: usize, out: usize): void {
  row<f64>(roots, values, targets, trees, width, sum, x, leaves, out, false);
}
export function rowWideMissing(roots: usize, values: usize, targets: usize, trees: usize, width: usize, sum: bool, x: usize, leaves: usize, out: usize): void {
  row<f64>(roots, values, targets, trees, width, sum, x, leaves, out, true);
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
      store<f64>(out, load<f64>(out) + load<f64>(values + (<usize>load<u32>(leaves + r) << 3)));
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
