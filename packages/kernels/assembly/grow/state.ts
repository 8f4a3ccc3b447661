// What the parts of ../grow.ts share: where things lie in the memory, the rules of growth, and the node that is looked at.

export const GINI: i32 = 0, ENTROPY: i32 = 1, SQUARED_ERROR: i32 = 2, POISSON: i32 = 3, ABSOLUTE_ERROR: i32 = 4;

export let rows: i32 = 0, width: i32 = 0, outputs: i32 = 0, criterion: i32 = 0;
export let isClasses: bool = false, isRandom: bool = false, isMonotonic: bool = false;

/** Features one after the other, f32[width][rows]; which of them have missing values, u8[width]; constraints, i8[width]. */
export let columns: usize = 0, gaps: usize = 0, constraints: usize = 0;
/** For each row its weight, f64, and its target, f64, or its class, i32: 16 bytes. */
export let targets: usize = 0;
/** Rows that the tree is grown from, i32, node after node; values of one feature in their order, f32. */
export let samples: usize = 0, values: usize = 0;
/** i32[width] each; see splitter.ts. */
export let features: usize = 0, constantFeatures: usize = 0;
/** f64[outputs] each: the node's weights of classes, and those of its children. */
export let totals: usize = 0, lefts: usize = 0, rights: usize = 0;
/** For radix sort: ranks i32[width][rows], u8[width] whether a feature may be sorted by them, keys u64[rows] twice, counts i32. */
export let ranks: usize = 0, isRanked: usize = 0, keys: usize = 0, sorted: usize = 0, counts: usize = 0;
/** Bits of half a rank; 0 without ranks. */
export let digit: i32 = 0;
/** For medians, see absolute_error.ts. */
export let leftErrors: usize = 0, rightErrors: usize = 0, leftMedians: usize = 0, rightMedians: usize = 0;
export let ordered: usize = 0, order: usize = 0, places: usize = 0, sumsOfWeights: usize = 0, sumsOfTargets: usize = 0;
/** The numbers of nodes that wait for their split, best first, i32. */
export let frontier: usize = 0;
/** The nodes; they take what memory there is, and ask for more. */
export let nodes: usize = 0, stride: usize = 0;

let end: u64 = 0;

@inline function take(bytes: u64): usize {
  const at = end;
  end += (bytes + 15) & ~15;
  return <usize>at;
}

/** Lays out the memory; gives how many bytes there are in front of the nodes. The caller brings them, if it can. */
export function lay(nRows: i32, nWidth: i32, nOutputs: i32, kind: i32, random: bool, monotonic: bool, digitBits: i32, frontierSize: i32): f64 {
  rows = nRows; width = nWidth; outputs = nOutputs; criterion = kind;
  isClasses = kind <= ENTROPY; isRandom = random; isMonotonic = monotonic; digit = digitBits;
  const n = <u64>nRows, f = <u64>nWidth, ranked = <u64>(digitBits > 0), medians = <u64>(kind == ABSOLUTE_ERROR);
  end = 64;
  columns = take(4 * n * f); gaps = take(f); constraints = take(f); targets = take(16 * n);
  samples = take(4 * n); values = take(4 * n); features = take(4 * f); constantFeatures = take(4 * f);
  totals = take(8 * nOutputs); lefts = take(8 * nOutputs); rights = take(8 * nOutputs);
  ranks = take(4 * n * f * ranked); isRanked = take(f * ranked); keys = take(8 * n * ranked); sorted = take(8 * n * ranked);
  counts = take(ranked * (8 << digitBits));
  leftErrors = take(8 * n * medians); rightErrors = take(8 * n * medians);
  leftMedians = take(8 * n * medians); rightMedians = take(8 * n * medians);
  ordered = take(8 * n * medians); order = take(4 * n * medians); places = take(4 * n * medians);
  sumsOfWeights = take(8 * (n + 1) * medians); sumsOfTargets = take(8 * (n + 1) * medians);
  frontier = take(4 * <u64>frontierSize);
  nodes = <usize>end;
  stride = VALUES + 8 * <usize>nOutputs;
  return <f64>end;
}

// A node: first the record of 64 bytes that scikit-learn pickles, then what waits with it, then its values.
export const LEFT: usize = 0, RIGHT: usize = 8, FEATURE: usize = 16, THRESHOLD: usize = 24, IMPURITY: usize = 32;
export const COUNT: usize = 40, WEIGHT: usize = 48, MISSING_LEFT: usize = 56;
export const START: usize = 64, END: usize = 68, POSITION: usize = 72, CONSTANTS: usize = 76, DEPTH: usize = 80, LINK: usize = 84;
export const LEFT_IMPURITY: usize = 88, RIGHT_IMPURITY: usize = 96, IMPROVEMENT: usize = 104;
export const LOWER: usize = 112, UPPER: usize = 120, MIDDLE: usize = 128;
export const VALUES: usize = 136;

@inline export function nodeAt(node: i32): usize {
  return nodes + <usize>node * stride;
}

// How a tree grows.
export let mostFeatures: i32 = 0, leastSamples: i32 = 0, leastToSplit: i32 = 0, mostDepth: i32 = 0, mostLeaves: i32 = 0;
export let leastWeight: f64 = 0, leastDecrease: f64 = 0;

export function rule(features: i32, leafSamples: i32, splitSamples: i32, depth: i32, leaves: i32, leafWeight: f64, decrease: f64): void {
  mostFeatures = features; leastSamples = leafSamples; leastToSplit = splitSamples; mostDepth = depth; mostLeaves = leaves;
  leastWeight = leafWeight; leastDecrease = decrease;
}

// The node that is looked at: samples[first..last).
export let first: i32 = 0, last: i32 = 0;
/** The weight of all rows. */
export let allWeight: f64 = 0;

export function look(from: i32, to: i32): void {
  first = from; last = to;
}
export function weigh(weight: f64): void {
  allWeight = weight;
}

@inline export function sampleAt(at: i32): i32 {
  return load<i32>(samples + (<usize>at << 2));
}
@inline export function valueAt(at: i32): f32 {
  return load<f32>(values + (<usize>at << 2));
}
/** Where the weight of a sample is; its target follows. */
@inline export function targetOf(sample: i32): usize {
  return targets + (<usize>sample << 4);
}
@inline export function columnOf(feature: i32): usize {
  return columns + ((<usize>feature * <usize>rows) << 2);
}
