/** A decision tree as arrays, one entry per node; node 0 is the root. */
export interface TreeSource {
  /** Number of nodes. */
  readonly nodeCount: number;
  /** Left child of each node, or -1: a node is a leaf if and only if its left child is -1. */
  readonly left: ArrayLike<number>;
  /** Right child of each node; not read at leaves. */
  readonly right: ArrayLike<number>;
  /** Column that each node tests; not read at leaves. */
  readonly feature: ArrayLike<number>;
  /** A row goes left if and only if its value is <= this; not read at leaves. */
  readonly threshold: ArrayLike<number>;
  /** 1 where NaN goes left. Without it NaN goes right everywhere, as a comparison with NaN is false. */
  readonly missingLeft?: ArrayLike<number> | undefined;
  /** Values of each node, `[nodeCount * width]`, node after node; only those of leaves are read. */
  readonly value: ArrayLike<number>;
}

/** One field of a node record: where it starts in the record, and how it is stored. */
export interface RawField {
  readonly offset: number;
  readonly type: "i4" | "u4" | "i8" | "u8" | "u1" | "f4" | "f8";
}

/** The layout of a node record, as a structured numpy dtype states it. */
export interface RawLayout {
  /** Bytes from one record to the next. */
  readonly stride: number;
  readonly littleEndian: boolean;
  readonly left: RawField;
  readonly right: RawField;
  readonly feature: RawField;
  readonly threshold: RawField;
  readonly missingLeft?: RawField | undefined;
  /** Non-zero at leaves; without it a node is a leaf if and only if its left child is -1. */
  readonly leaf?: RawField | undefined;
}

/** A decision tree as the records that Python wrote: nothing is copied before {@link TreeEnsemble.prepare}. */
export interface RawTree {
  readonly nodeCount: number;
  /** The records; they may start at any byte of their buffer. */
  readonly bytes: Uint8Array;
  readonly layout: RawLayout;
  /** Values of each node: numbers, or the bytes of float64 in the layout's byte order, at any alignment. */
  readonly value: Float64Array | Uint8Array;
  /** If `value` is bytes: where the first node's values start. Default 0. */
  readonly valueOffset?: number | undefined;
  /** If `value` is bytes: bytes from one node's values to the next. Default 8 * width. */
  readonly valueStride?: number | undefined;
}

export interface TreeOptions {
  /** Columns of the input; a node may test only these. */
  readonly nFeatures: number;
  /** Numbers that the ensemble adds to per row. */
  readonly outputs: number;
  /**
   * What a row is rounded to before it is compared: "float32" for scikit-learn's trees, which convert X first,
   * "float64" for HistGradientBoosting and LightGBM.
   */
  readonly input: "float32" | "float64";
  /**
   * Output that each tree adds its one value per node to (trees of a multiclass gradient boosting). Without it every
   * tree has `outputs` values per node and adds all of them.
   */
  readonly outputOf?: ArrayLike<number> | undefined;
  /**
   * How the trees are added up: "float32" rounds after each tree, as XGBoost does; values and what they are added to must
   * be float32 then. Default "float64".
   */
  readonly sum?: "float64" | "float32" | undefined;
  /** Divide the values of a leaf by their sum, or by 1 if that is 0: classifiers of scikit-learn <= 1.3. */
  readonly normalize?: boolean | undefined;
  /** Multiply each value by this, rounding once: a learning rate. Happens after `normalize`. */
  readonly scale?: number | undefined;
  /** Last change to the values of a leaf, in place: called once per leaf, after `normalize` and `scale`; for a
   * tree that is given several times, at its first place. */
  readonly mapLeaf?: ((tree: number, node: number, values: Float64Array) => void) | undefined;
  /** Both give the same bits. Default: WebAssembly for large ensembles where it is available. */
  readonly engine?: "typescript" | "wasm" | undefined;
}

/**
 * A tree that no builder makes: a child out of range, a node reached twice or never, an unknown feature.
 *
 * It is a `RangeError` with the index of the tree and of the node.
 */
export class TreeShapeError extends RangeError {
  override readonly name = "TreeShapeError";
  readonly tree: number;
  readonly node: number;
  readonly problem: string;

  constructor(tree: number, node: number, problem: string) {
    super(`tree ${tree}, node ${node}: ${problem}`);
    this.tree = tree;
    this.node = node;
    this.problem = problem;
  }
}
