/**
 * Trees as the walks read them: one buffer, counted in units of 8 bytes, in which each tree follows the one before.
 *
 * | | narrow node, 1 unit | wide node, 2 units |
 * |---|---|---|
 * | threshold | f32 at 0 | f64 at 0 |
 * | NaN goes right | bit 31 of the u32 at 4 | bit 31 of the u32 at 8 |
 * | feature | bits 20..30 of it | bits 0..30 of it |
 * | step to the left child, in units | bits 0..19 of it | u32 at 12 |
 *
 * The right child follows the left one. A leaf has step 0 and as its threshold a quiet NaN, whose low 22 (narrow) or 32
 * (wide) bits are the leaf's number: no comparison with it is true, so a walk that goes on stays there. The leaf's
 * values start `number * width` units after `values[tree]`. If there is one value per leaf, it comes right after the
 * leaf and its sibling, so that it is in the cache with them, and numbers are distances from the root; otherwise the
 * values have a place of their own, and leaves are numbered in order.
 *
 * A narrow threshold is the largest f32 that is <= the real one, and decides `x <= threshold` alike for every f32 x.
 */
export interface PackedTrees {
  readonly wide: boolean;
  /** Values per leaf. */
  readonly width: number;
  /** Numbers per row of the output. */
  readonly outputs: number;
  readonly nFeatures: number;
  /** Rows are rounded to float32 before they are compared. */
  readonly rounds: boolean;
  /** Sums are rounded to float32 after each tree. */
  readonly single: boolean;
  readonly treeCount: number;
  readonly nodeCount: number;
  readonly buffer: ArrayBuffer;
  /** Views of the whole buffer. */
  readonly words: Uint32Array;
  readonly floats: Float32Array;
  readonly doubles: Float64Array;
  /** Unit of each tree's root. */
  readonly roots: Uint32Array;
  /** Unit behind the last tree. */
  readonly end: number;
  /** Unit that the values of each tree's leaves are counted from. */
  readonly values: Uint32Array;
  /** Output that each tree's first value is added to. */
  readonly targets: Uint32Array;
  /** For a tree whose nodes did not come in depth-first order: where each was in the source, in that order. */
  readonly origins: readonly (Int32Array | undefined)[];
}

/** Features that a narrow node can name. */
export const narrowFeatures = 2 ** 11;
/** Nodes in a tree whose units narrow steps can span: one and a half per node. */
export const narrowNodes = 650_000;

export const stepMask = 0xfffff;
export const featureMask = 0x7ff;
export const leafMask = 0x3fffff;
export const narrowLeaf = 0x7fc00000;
export const wideLeaf = 0x7ff80000;
export const goesRight = 0x80000000;
