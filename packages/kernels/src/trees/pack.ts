import { narrowFeatures, narrowNodes, type PackedTrees } from "./packed.ts";
import { place, type Site, treeUnits } from "./place.ts";
import { reorder } from "./shape.ts";
import { Stage } from "./stage.ts";
import { type RawTree, type TreeOptions, TreeShapeError, type TreeSource } from "./types.ts";
import type { WasmPlacer } from "./wasm-place.ts";

/** What the trees need, known before anything is allocated. All places are in units of 8 bytes. */
export interface PackPlan {
  readonly wide: boolean;
  readonly width: number;
  readonly nodeCount: number;
  readonly largest: number;
  /** Units of all nodes, and of the values that are beside them. */
  readonly treeUnits: number;
  /** Units of values that have a place of their own. */
  readonly valueUnits: number;
}

/** @throws {RangeError} options or node counts that are no whole numbers in range, or more than 4 GiB */
export function planPack(trees: readonly (TreeSource | RawTree)[], options: TreeOptions): PackPlan {
  const { nFeatures, outputs, outputOf, input } = options;
  checkCount("nFeatures", nFeatures, 0);
  checkCount("outputs", outputs, 1);
  const width = outputOf === undefined ? outputs : 1;
  let largest = 0;
  trees.forEach((tree, index) => {
    const n = tree.nodeCount;
    if (!Number.isSafeInteger(n) || n < 1 || n % 2 === 0) throw new TreeShapeError(index, 0, `nodeCount is ${n}`);
    const target = outputOf === undefined ? 0 : outputOf[index];
    if (target === undefined || !(target >= 0 && target < outputs)) {
      throw new RangeError(`outputOf[${index}] is ${target}, not an output in 0..${outputs - 1}`);
    }
    largest = Math.max(largest, n);
  });
  const distinct = [...new Set(trees)];
  const nodeCount = distinct.reduce((sum, { nodeCount: n }) => sum + n, 0);
  const wide = input === "float64" || nFeatures > narrowFeatures || largest > narrowNodes;
  const units = distinct.reduce((sum, { nodeCount: n }) => sum + toLine(treeUnits(n, wide, width)), 0);
  const valueUnits = width === 1 ? 0 : toLine((width * (nodeCount + distinct.length)) / 2);
  if (units + valueUnits >= 2 ** 29) throw new RangeError(`${nodeCount} nodes need more than 4 GiB`);
  return { wide, width, nodeCount, largest, treeUnits: units, valueUnits };
}

/**
 * Checks every tree and writes it into `buffer`, from unit `start` on. One that is given several times is written once.
 *
 * @param fast takes the trees that it can
 * @throws {TreeShapeError} what is given is no tree
 */
export function packTrees(
  trees: readonly (TreeSource | RawTree)[],
  options: TreeOptions,
  plan: PackPlan,
  buffer: ArrayBuffer,
  start: number,
  fast: WasmPlacer | undefined,
): PackedTrees {
  const { wide, width } = plan;
  const origins: (Int32Array | undefined)[] = [];
  const packed = describePack(trees.length, options, plan, buffer, start, origins);
  const plain = new StagedPlacer(options, plan);
  let root = start;
  let values = start + plan.treeUnits;
  const placed = new Map<TreeSource | RawTree, number>();
  for (const [t, tree] of trees.entries()) {
    const first = placed.get(tree);
    if (first !== undefined) {
      packed.roots[t] = packed.roots[first]!;
      packed.values[t] = packed.values[first]!;
      origins.push(origins[first]);
      continue;
    }
    placed.set(tree, t);
    const site = { root, values: width === 1 ? root : values };
    origins.push(fast?.place(tree, packed, site) ? undefined : plain.place(t, tree, packed, site));
    packed.roots[t] = root;
    packed.values[t] = site.values;
    root += toLine(treeUnits(tree.nodeCount, wide, width));
    values += (width * (tree.nodeCount + 1)) / 2;
  }
  return packed;
}

function describePack(
  treeCount: number,
  { nFeatures, outputs, outputOf, input, sum }: TreeOptions,
  { wide, width, nodeCount, treeUnits: units }: PackPlan,
  buffer: ArrayBuffer,
  start: number,
  origins: readonly (Int32Array | undefined)[],
): PackedTrees {
  return {
    wide,
    width,
    outputs,
    nFeatures,
    rounds: input === "float32",
    single: sum === "float32",
    treeCount,
    nodeCount,
    buffer,
    words: new Uint32Array(buffer),
    floats: new Float32Array(buffer),
    doubles: new Float64Array(buffer),
    roots: new Uint32Array(treeCount),
    end: start + units,
    values: new Uint32Array(treeCount),
    targets: outputOf === undefined ? new Uint32Array(treeCount) : Uint32Array.from(outputOf),
    origins,
  };
}

/** Places trees of any source, in any order of nodes, and says what is wrong with what is no tree. */
class StagedPlacer {
  readonly #options: TreeOptions;
  readonly #plan: PackPlan;
  #stage: Stage | undefined;
  #pending: Int32Array | undefined;

  constructor(options: TreeOptions, plan: PackPlan) {
    this.#options = options;
    this.#plan = plan;
  }

  /** Returns where each node was, if they were not in depth-first order. */
  place(index: number, tree: TreeSource | RawTree, packed: PackedTrees, site: Site): Int32Array | undefined {
    const { largest, width } = this.#plan;
    const stage = (this.#stage ??= new Stage(largest, width, this.#options));
    const pending = (this.#pending ??= new Int32Array(2 * largest + 8));
    stage.read(index, tree);
    if (!place(stage, packed, site, pending)) {
      reorder(index, stage, packed.nFeatures);
      place(stage, packed, site, pending);
    }
    return stage.origin;
  }
}

/** Rounds units up to a cache line of 64 bytes. */
export const toLine = (units: number): number => Math.ceil(units / 8) * 8;

function checkCount(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least || value >= 2 ** 31) throw new RangeError(`${name} is ${value}`);
}
