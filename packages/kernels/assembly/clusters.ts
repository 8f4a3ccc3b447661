// Which of several centers is nearest to each row, and the weighted sums of the rows of each center. Addresses are in bytes.

/** Centers that are compared at a time: four vectors of two numbers. */
const BLOCK: u32 = 8;

@inline function splat(at: usize): v128 {
  return v128.load_splat<f64>(at);
}

@inline function fused(sum: v128, a: v128, b: v128): v128 {
  return f64x2.add(sum, f64x2.mul(a, b));
}

/** The inner products of two rows with eight centers, which lie feature by feature: 16 numbers. */
@inline function products(one: usize, other: usize, width: u32, centers: usize, stride: usize, out: usize): void {
  let a0 = f64x2.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
  const end = one + (<usize>width << 3);
  for (; one < end; one += 8, other += 8, centers += stride) {
    const x = splat(one), y = splat(other);
    const c0 = v128.load(centers), c1 = v128.load(centers, 16), c2 = v128.load(centers, 32), c3 = v128.load(centers, 48);
    a0 = fused(a0, x, c0);
    a1 = fused(a1, x, c1);
    a2 = fused(a2, x, c2);
    a3 = fused(a3, x, c3);
    b0 = fused(b0, y, c0);
    b1 = fused(b1, y, c1);
    b2 = fused(b2, y, c2);
    b3 = fused(b3, y, c3);
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out, a2, 32);
  v128.store(out, a3, 48);
  v128.store(out, b0, 64);
  v128.store(out, b1, 80);
  v128.store(out, b2, 96);
  v128.store(out, b3, 112);
}

/**
 * The number of the center for which |c|² - 2 x·c is least, the first one of equal ones, for each row.
 *
 * @param squares |x|² of each row
 * @param most the greatest |c|²
 * @param margin what rounding may do, relative to |x|² + |c|²
 * @param doubtful where the numbers of rows go for which the second one is as near but for rounding
 * @returns how many such rows there are
 */
export function assign(
  x: usize,
  rows: u32,
  width: u32,
  centers: usize,
  padded: u32,
  norms: usize,
  labels: usize,
  scratch: usize,
  squares: usize,
  most: f64,
  margin: f64,
  doubtful: usize,
): u32 {
  const rowBytes = <usize>width << 3;
  const stride = <usize>padded << 3;
  let count: u32 = 0;
  for (let row: u32 = 0; row < rows; row += 2) {
    const one = x + row * rowBytes;
    const other = row + 1 < rows ? one + rowBytes : one;
    let leastOne = f64.POSITIVE_INFINITY, leastOther = leastOne, nextOne = leastOne, nextOther = leastOne;
    let labelOne: u32 = 0, labelOther: u32 = 0;
    for (let block: u32 = 0; block < padded; block += BLOCK) {
      products(one, other, width, centers + (<usize>block << 3), stride, scratch);
      for (let k: u32 = 0; k < BLOCK; k++) {
        const norm = load<f64>(norms + (<usize>(block + k) << 3));
        const at = scratch + (<usize>k << 3);
        const toOne = norm - 2 * load<f64>(at);
        const toOther = norm - 2 * load<f64>(at, 64);
        // Without branches, which no processor could foresee.
        const oneIsNearer = toOne < leastOne, otherIsNearer = toOther < leastOther;
        nextOne = min(nextOne, max(toOne, leastOne));
        nextOther = min(nextOther, max(toOther, leastOther));
        leastOne = min(leastOne, toOne);
        leastOther = min(leastOther, toOther);
        labelOne = select(block + k, labelOne, oneIsNearer);
        labelOther = select(block + k, labelOther, otherIsNearer);
      }
    }
    const square = squares + (<usize>row << 3);
    store<u32>(labels + (<usize>row << 2), labelOne);
    if (nextOne - leastOne <= margin * (load<f64>(square) + most)) store<u32>(doubtful + (<usize>(count++) << 2), row);
    if (row + 1 == rows) break;
    store<u32>(labels + (<usize>row << 2), labelOther, 4);
    if (nextOther - leastOther <= margin * (load<f64>(square, 8) + most))
      store<u32>(doubtful + (<usize>(count++) << 2), row + 1);
  }
  return count;
}

/** Adds each row, times its weight, to the sums of its center, and its weight to the weight there. */
export function accumulate(
  x: usize,
  weights: usize,
  labels: usize,
  rows: u32,
  width: u32,
  sums: usize,
  totals: usize,
): void {
  const rowBytes = <usize>width << 3;
  const pairs = rowBytes & ~15;
  for (let row: u32 = 0; row < rows; row++, x += rowBytes) {
    const label: usize = load<u32>(labels + (<usize>row << 2));
    const weight = load<f64>(weights + (<usize>row << 3));
    const total = totals + (label << 3);
    store<f64>(total, load<f64>(total) + weight);
    const sum = sums + label * rowBytes;
    const both = f64x2.splat(weight);
    for (let at: usize = 0; at < pairs; at += 16)
      v128.store(sum + at, fused(v128.load(sum + at), v128.load(x + at), both));
    if (pairs < rowBytes) store<f64>(sum + pairs, load<f64>(sum + pairs) + load<f64>(x + pairs) * weight);
  }
}
