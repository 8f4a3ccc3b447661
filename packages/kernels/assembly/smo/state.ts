// What the parts of ../smo.ts share: where things lie in the memory, the kernel, and the problem that is solved.

export const LINEAR: i32 = 0, POLY: i32 = 1, RBF: i32 = 2, SIGMOID: i32 = 3, PRECOMPUTED: i32 = 4;

/** What stands in for curvature that is not positive. */
export const TAU: f64 = 1e-12;

export let kind: i32 = 0, degree: i32 = 0;
export let gamma: f64 = 0, coef0: f64 = 0;

/** 2^(k / 128), f64[128]. */
export let powers: usize = 0;
/** Rows of numbers, each padded with 0 to an even number of them, and the sum of squares of each. */
export let table: usize = 0, squares: usize = 0, rowBytes: usize = 0;
/** f64 for each unknown: y times the gradient, and that of those at their upper bound; the unknown, its bound, y times the linear term. */
export let slopes: usize = 0, boundSlopes: usize = 0, alphas: usize = 0, bounds: usize = 0, linear: usize = 0;
/** f64 for each unknown: 0 where y times it may grow, or shrink, and -Infinity where not; the diagonal; y. */
export let ups: usize = 0, downs: usize = 0, diagonal: usize = 0, signs: usize = 0;
/** i32 for each unknown: whether it is at a bound, which unknown it was, and which row it has. */
export let statuses: usize = 0, order: usize = 0, rows: usize = 0;
/** i32: the rows of a regression, each of which has two unknowns. */
export let ownRows: usize = 0;
/** f64 for each unknown, as it was first numbered: what it was a while ago; see cycle.ts. */
export let pastAlphas: usize = 0;
/** The kernel's values that are at work in regression, f32 for each unknown, twice. */
export let buffers: usize = 0, bufferBytes: usize = 0;
/** The lines of the cache: i32 next and last used, how long and where; see cache.ts. */
export let lines: usize = 0, free: usize = 0;
/** The end of all that: here the cache begins. */
export let values: usize = 0;

let end: u64 = 0;

@inline function take(bytes: u64): usize {
  const at = end;
  end += (bytes + 15) & ~15;
  return <usize>at;
}

/** Lays out the memory; gives how many bytes there are in front of the cache. The caller brings them, if it can. */
export function lay(rowCount: i32, width: i32, unknowns: i32): f64 {
  const n = <u64>rowCount, l = <u64>unknowns;
  end = 64;
  rowBytes = <usize>((8 * <u64>width + 15) & ~15);
  powers = take(8 * 128); table = take(n * <u64>rowBytes); squares = take(8 * n);
  slopes = take(8 * l); boundSlopes = take(8 * l); alphas = take(8 * l); bounds = take(8 * l); linear = take(8 * l);
  ups = take(8 * l); downs = take(8 * l); diagonal = take(8 * l); signs = take(8 * l);
  pastAlphas = take(8 * l); statuses = take(4 * l); order = take(4 * l); rows = take(4 * l); ownRows = take(4 * n);
  bufferBytes = <usize>((4 * l + 15) & ~15);
  buffers = take(2 * <u64>bufferBytes);
  lines = take(16 * (l + 1)); free = take(4 * l);
  values = <usize>end;
  return <f64>end;
}

/** Says what the kernel is. */
export function useKernel(which: i32, factor: f64, shift: f64, power: i32): void {
  kind = which; gamma = factor; coef0 = shift; degree = power;
}

/** How many unknowns there are, how many of them are looked at, how many rows; whether each row has two unknowns. */
export let size: i32 = 0, active: i32 = 0, rowCount: i32 = 0;
export let doubled: bool = false;
/** Whether unknowns go in pairs of the same y, whose sums stay as they are (nu-SVM). */
export let level: bool = false;

export function pose(unknowns: i32, twice: bool, sums: bool): void {
  size = unknowns; active = unknowns; doubled = twice; level = sums; rowCount = twice ? unknowns >> 1 : unknowns;
}
export function activate(count: i32): void {
  active = count;
}

@inline export function double(list: usize, at: i32): f64 {
  return load<f64>(list + (<usize>at << 3));
}
@inline export function setDouble(list: usize, at: i32, value: f64): void {
  store<f64>(list + (<usize>at << 3), value);
}
@inline export function int(list: usize, at: i32): i32 {
  return load<i32>(list + (<usize>at << 2));
}
@inline export function setInt(list: usize, at: i32, value: i32): void {
  store<i32>(list + (<usize>at << 2), value);
}
@inline export function swapDoubles(list: usize, one: i32, other: i32): void {
  const kept = double(list, one);
  setDouble(list, one, double(list, other));
  setDouble(list, other, kept);
}
@inline export function swapInts(list: usize, one: i32, other: i32): void {
  const kept = int(list, one);
  setInt(list, one, int(list, other));
  setInt(list, other, kept);
}
