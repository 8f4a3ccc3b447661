import { trees as text } from "../generated/trees.ts";
import { WasmKernel } from "../wasm.ts";
import type { TreeEngine } from "./engine.ts";
import { type PackPlan, packTrees, toLine } from "./pack.ts";
import type { PackedTrees } from "./packed.ts";
import type { RawTree, TreeOptions, TreeSource } from "./types.ts";
import { WasmPlacer } from "./wasm-place.ts";

/** What assembly/trees.ts exports. Addresses and strides are in bytes. */
interface TreeKernels {
  sumInFloat32(): void;
  walksNarrow: WalksKernel;
  walksNarrowMissing: WalksKernel;
  walksWide: WalksKernel;
  walksWideMissing: WalksKernel;
  rowsNarrow: RowsKernel;
  rowsWide: RowsKernel;
}
type WalksKernel = (
  roots: number,
  values: number,
  targets: number,
  trees: number,
  width: number,
  stride: number,
  rows: number,
  x: number,
  rowBytes: number,
  leaves: number,
  open: number,
  most: number,
  out: number,
) => void;
type RowsKernel = (
  roots: number,
  values: number,
  targets: number,
  trees: number,
  width: number,
  stride: number,
  tiles: number,
  x: number,
  tileBytes: number,
  gaps: number,
  leaves: number,
  out: number,
) => void;

const kernel = new WasmKernel(text);

/** Rows that walk a tree together when there are many. */
const lanes = 8;
/** Up to this many rows are few: they walk several trees at once. */
const fewRows = 128;
/** Walks, of one of a few rows in a tree each, that advance together: enough for the memory to be busy to the end. */
const mostWalks = 256;
/** Bytes of rows and results that pass all trees before the next ones: they share the cache with one tree. */
const blockBytes = 2 ** 19;
const mostTiles = 256;

/** Units in front of the trees, in the order of the memory. */
interface Front {
  readonly roots: number;
  readonly values: number;
  readonly targets: number;
  readonly leaves: number;
  readonly open: number;
  readonly gaps: number;
  readonly x: number;
  readonly out: number;
  readonly end: number;
  readonly tiles: number;
}

function planFront(treeCount: number, { wide }: PackPlan, { nFeatures, outputs }: TreeOptions): Front {
  const cell = wide ? 8 : 4;
  const tiles = Math.min(mostTiles, Math.max(1, Math.floor(blockBytes / (lanes * (cell * nFeatures + 8 * outputs)))));
  const table = toLine(treeCount / 2);
  const roots = 8;
  const values = roots + table;
  const targets = values + table;
  const leaves = targets + table;
  const open = leaves + toLine(mostWalks / 2 + 1);
  const gaps = open + toLine(1.5 * mostWalks);
  const x = gaps + toLine(mostTiles / 8);
  const out = x + toLine((tiles * lanes * cell * nFeatures) / 8);
  const end = out + toLine(tiles * lanes * outputs);
  return { roots, values, targets, leaves, open, gaps, x, out, end, tiles };
}

/** Trees in a WebAssembly memory of their own, walked several rows or several trees at a time. */
export class WasmEngine implements TreeEngine {
  readonly name = "wasm";
  readonly trees: PackedTrees;
  readonly #kernels: TreeKernels;
  readonly #front: Front;
  readonly #cells: Float32Array | Float64Array;
  readonly #gaps: Uint8Array;

  /** Packs the trees. Throws TreeShapeError, or whatever the platform says if it has no WebAssembly or memory. */
  constructor(sources: readonly (TreeSource | RawTree)[], options: TreeOptions, plan: PackPlan) {
    const front = planFront(sources.length, plan, options);
    const units = front.end + plan.treeUnits + plan.valueUnits;
    const { exports, buffer } = kernel.instantiate<TreeKernels>(8 * units);
    this.#kernels = exports;
    if (options.sum === "float32") exports.sumInFloat32();
    this.#front = front;
    this.trees = packTrees(sources, options, plan, buffer, front.end, WasmPlacer.start(sources, options, plan));
    const { words, wide, roots, values, targets, floats, doubles } = this.trees;
    this.#cells = wide ? doubles.subarray(front.x) : floats.subarray(2 * front.x);
    this.#gaps = new Uint8Array(buffer, 8 * front.gaps, mostTiles);
    for (let t = 0; t < sources.length; t++) {
      words[2 * front.roots + t] = 8 * roots[t]!;
      words[2 * front.values + t] = 8 * values[t]!;
      words[2 * front.targets + t] = 8 * targets[t]!;
    }
  }

  add(x: Float64Array, n: number, out: Float64Array): void {
    const block = this.#front.tiles * lanes;
    if (n <= fewRows) for (let row = 0; row < n; row += block) this.#addFew(x, row, Math.min(block, n - row), out);
    else for (let row = 0; row < n; row += block) this.#addBlock(x, row, Math.min(block, n - row), out);
  }

  #addFew(x: Float64Array, row: number, rows: number, out: Float64Array): void {
    const { nFeatures, outputs, doubles, wide, width, treeCount } = this.trees;
    const front = this.#front;
    const missing = this.#fill(x, row * nFeatures, rows * nFeatures);
    const first = row * outputs;
    const count = rows * outputs;
    for (let i = 0; i < count; i++) doubles[front.out + i] = out[first + i]!;
    const { walksNarrow, walksNarrowMissing, walksWide, walksWideMissing } = this.#kernels;
    const walk = wide ? (missing ? walksWideMissing : walksWide) : missing ? walksNarrowMissing : walksNarrow;
    walk(
      8 * front.roots,
      8 * front.values,
      8 * front.targets,
      treeCount,
      width,
      8 * outputs,
      rows,
      8 * front.x,
      nFeatures * (wide ? 8 : 4),
      8 * front.leaves,
      8 * front.open,
      mostWalks,
      8 * front.out,
    );
    for (let i = 0; i < count; i++) out[first + i] = doubles[front.out + i]!;
  }

  /** Copies values, rounded if the trees ask for it, and says whether one of them is NaN. */
  #fill(x: Float64Array, first: number, count: number): boolean {
    const { rounds } = this.trees;
    const cells = this.#cells;
    let missing = false;
    for (let i = 0; i < count; i++) {
      const value = rounds ? Math.fround(x[first + i]!) : x[first + i]!;
      cells[i] = value;
      if (Number.isNaN(value)) missing = true;
    }
    return missing;
  }

  #addBlock(x: Float64Array, row: number, rows: number, out: Float64Array): void {
    const { nFeatures, outputs, doubles, wide, width, treeCount } = this.trees;
    const front = this.#front;
    const tiles = Math.ceil(rows / lanes);
    for (let t = 0; t < tiles; t++) this.#fillTile(t, x, row + t * lanes, Math.min(lanes, rows - t * lanes));
    const part = out.subarray(row * outputs, (row + rows) * outputs);
    doubles.set(part, front.out);
    const walk = wide ? this.#kernels.rowsWide : this.#kernels.rowsNarrow;
    const tileBytes = lanes * nFeatures * (wide ? 8 : 4);
    walk(
      8 * front.roots,
      8 * front.values,
      8 * front.targets,
      treeCount,
      width,
      8 * outputs,
      tiles,
      8 * front.x,
      tileBytes,
      8 * front.gaps,
      8 * front.leaves,
      8 * front.out,
    );
    part.set(doubles.subarray(front.out, front.out + rows * outputs));
  }

  /** Turns up to eight rows into columns of eight lanes; lanes without a row keep what they have. */
  #fillTile(tile: number, x: Float64Array, row: number, rows: number): void {
    const { nFeatures, rounds } = this.trees;
    const cells = this.#cells;
    let missing = 0;
    for (let lane = 0; lane < rows; lane++) {
      let to = tile * lanes * nFeatures + lane;
      for (let from = (row + lane) * nFeatures, end = from + nFeatures; from < end; from++, to += lanes) {
        const value = rounds ? Math.fround(x[from]!) : x[from]!;
        cells[to] = value;
        if (Number.isNaN(value)) missing = 1;
      }
    }
    this.#gaps[tile] = missing;
  }
}
