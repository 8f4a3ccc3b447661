import { trees as text } from "../generated/trees.ts";
import { WasmKernel } from "../wasm.ts";
import type { TreeEngine } from "./engine.ts";
import { type PackPlan, packTrees, toLine } from "./pack.ts";
import type { PackedTrees } from "./packed.ts";
import type { RawTree, TreeOptions, TreeSource } from "./types.ts";
import { WasmPlacer } from "./wasm-place.ts";

/** What assembly/trees.ts exports. Addresses and strides are in bytes. */
interface TreeKernels {
  addNarrow: AddKernel;
  addNarrowMissing: AddKernel;
  addWide: AddKernel;
  addWideMissing: AddKernel;
}
type AddKernel = (
  roots: number,
  values: number,
  targets: number,
  trees: number,
  width: number,
  stride: number,
  rows: number,
  x: number,
  rowBytes: number,
  walks: number,
  open: number,
  most: number,
  out: number,
  plain: number,
) => void;

const kernel = new WasmKernel(text);

/** Walks, of a row in a tree each, that advance together: enough to keep the memory busy to the end. */
const mostWalks = Number(process.env.WALKS ?? 128);
/** Bytes of rows and results that pass all trees before the next ones: they share the cache with one tree. */
const blockBytes = 2 ** 19;
const mostRows = 2048;

/** Units in front of the trees, in the order of the memory. */
interface Front {
  readonly roots: number;
  readonly values: number;
  readonly targets: number;
  readonly walks: number;
  readonly open: number;
  readonly x: number;
  readonly out: number;
  readonly end: number;
  /** Rows that there is room for. */
  readonly rows: number;
}

function planFront(treeCount: number, { wide }: PackPlan, { nFeatures, outputs }: TreeOptions): Front {
  const cell = wide ? 8 : 4;
  const rows = Math.min(mostRows, Math.max(1, Math.floor(blockBytes / (cell * nFeatures + 8 * outputs))));
  const table = toLine(treeCount / 2);
  const roots = 8;
  const values = roots + table;
  const targets = values + table;
  const walks = targets + table;
  const open = walks + toLine(mostWalks);
  const x = open + toLine(mostWalks / 2);
  const out = x + toLine((rows * cell * nFeatures) / 8);
  return { roots, values, targets, walks, open, x, out, end: out + toLine(rows * outputs), rows };
}

/** Trees in a WebAssembly memory of their own, walked several rows or several trees at a time. */
export class WasmEngine implements TreeEngine {
  readonly name = "wasm";
  readonly trees: PackedTrees;
  readonly #kernels: TreeKernels;
  readonly #front: Front;
  readonly #cells: Float32Array | Float64Array;

  /** Packs the trees. Throws TreeShapeError, or whatever the platform says if it has no WebAssembly or memory. */
  constructor(sources: readonly (TreeSource | RawTree)[], options: TreeOptions, plan: PackPlan) {
    const front = planFront(sources.length, plan, options);
    const units = front.end + plan.treeUnits + plan.valueUnits;
    const { exports, buffer } = kernel.instantiate<TreeKernels>(8 * units);
    this.#kernels = exports;
    this.#front = front;
    this.trees = packTrees(sources, options, plan, buffer, front.end, WasmPlacer.start(sources, options, plan));
    const { words, wide, roots, values, targets, floats, doubles } = this.trees;
    this.#cells = wide ? doubles.subarray(front.x) : floats.subarray(2 * front.x);
    for (let t = 0; t < sources.length; t++) {
      words[2 * front.roots + t] = 8 * roots[t]!;
      words[2 * front.values + t] = 8 * values[t]!;
      words[2 * front.targets + t] = 8 * targets[t]!;
    }
  }

  add(x: Float64Array, n: number, out: Float64Array): void {
    const block = this.#front.rows;
    for (let row = 0; row < n; row += block) this.#addBlock(x, row, Math.min(block, n - row), out);
  }

  #addBlock(x: Float64Array, row: number, rows: number, out: Float64Array): void {
    const { nFeatures, outputs, doubles, wide, width, treeCount } = this.trees;
    const front = this.#front;
    const missing = this.#fill(x, row * nFeatures, rows * nFeatures);
    const first = row * outputs;
    const count = rows * outputs;
    for (let i = 0; i < count; i++) doubles[front.out + i] = out[first + i]!;
    const { addNarrow, addNarrowMissing, addWide, addWideMissing } = this.#kernels;
    const add = wide ? (missing ? addWideMissing : addWide) : missing ? addNarrowMissing : addNarrow;
    add(
      8 * front.roots,
      8 * front.values,
      8 * front.targets,
      treeCount,
      width,
      8 * outputs,
      rows,
      8 * front.x,
      nFeatures * (wide ? 8 : 4),
      8 * front.walks,
      8 * front.open,
      mostWalks,
      8 * front.out,
      Number(process.env.PLAIN ?? 0),
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
}
