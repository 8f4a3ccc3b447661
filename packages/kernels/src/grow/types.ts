/** What a table is learned from, and how trees grow from it. */

/** A feature matrix in float32, one column after the other. */
export interface FeatureColumns {
  readonly data: Float32Array;
  readonly rows: number;
  readonly width: number;
  /** Which features have missing values (NaN); `undefined` when none has. */
  readonly missing: Uint8Array | undefined;
}

/** How mixed the targets of a node are. */
export type CriterionName = "gini" | "entropy" | "squared_error" | "poisson" | "absolute_error";

/** How trees grow. */
export interface TreeRules {
  readonly criterion: CriterionName;
  /** How many classes there are; 0 for numbers. */
  readonly classes: number;
  /** Whether thresholds are drawn. */
  readonly random: boolean;
  /** How many features are looked at for a split. */
  readonly features: number;
  readonly leastSamples: number;
  /** A node of fewer samples is not split. */
  readonly leastToSplit: number;
  readonly mostDepth: number;
  /** How many leaves a tree has at most, the best split first; `undefined`: depth first, without end. */
  readonly mostLeaves: number | undefined;
  readonly leastDecrease: number;
  /** For each feature whether the answer rises (1) or falls (-1) with it; with two classes, the share of the first. */
  readonly constraints: Int8Array | undefined;
  /** Whether sums of weights and of weighted targets and their squares are exact, in whatever order. */
  readonly exact: boolean;
}

/** A tree as its nodes come: the parent first, then what is below it. */
export interface GrownTree {
  readonly depth: number;
  readonly count: number;
  /**
   * 64 bytes for each node, little-endian: left and right child and feature as int64, threshold and impurity as float64,
   * the number of samples as int64, their weight as float64, and a byte whether missing values go left. A leaf has
   * children -1, feature and threshold -2.
   */
  readonly records: Uint8Array<ArrayBuffer>;
  /** `outputs` numbers for each node: shares of the classes, or what the node answers. */
  readonly values: Float64Array;
  readonly outputs: number;
}
