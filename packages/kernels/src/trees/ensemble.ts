import { type TreeEngine, TypeScriptEngine } from "./engine.ts";
import { type PackPlan, packTrees, planPack } from "./pack.ts";
import type { PackedTrees } from "./packed.ts";
import { type RawTree, type TreeOptions, TreeShapeError, type TreeSource } from "./types.ts";
import { findLeaf, leafNodes } from "./walk.ts";
import { WasmEngine } from "./wasm-engine.ts";

/** Ensembles with fewer nodes are fast enough without a WebAssembly memory; a process may hold thousands of them. */
const wasmNodes = 1_000;

/**
 * Decision trees, checked and laid out once, that add what their leaves say to an output.
 *
 * Numbers are those of scikit-learn to the last bit: a row goes left if its value, rounded to float32 if the input is
 * "float32", is <= the float64 threshold; the trees are added one after the other, in float64, to what the caller put
 * into the output. NaN goes where the node says.
 *
 * @example
 * const stump = { nodeCount: 3, left: [1, -1, -1], right: [2, -1, -1], feature: [0, -2, -2],
 *   threshold: [0.5, -2, -2], value: [0, 10, 20] };
 * const ensemble = TreeEnsemble.prepare([stump], { nFeatures: 1, outputs: 1, input: "float32" });
 * const out = new Float64Array(2);
 * ensemble.addTo(Float64Array.of(0.25, 0.75), 2, out); // out is [10, 20]
 */
export class TreeEnsemble {
  readonly treeCount: number;
  readonly outputs: number;
  readonly nFeatures: number;
  /** Nodes of all trees. */
  readonly nodeCount: number;
  readonly engine: "typescript" | "wasm";
  readonly #trees: PackedTrees;
  readonly #engine: TreeEngine;
  readonly #plain: TypeScriptEngine;
  #leafNodes: Int32Array[] | undefined;

  private constructor(trees: PackedTrees, engine: TreeEngine | undefined) {
    this.#trees = trees;
    this.#plain = new TypeScriptEngine(trees);
    this.#engine = engine ?? this.#plain;
    this.engine = this.#engine.name;
    this.treeCount = trees.treeCount;
    this.outputs = trees.outputs;
    this.nFeatures = trees.nFeatures;
    this.nodeCount = trees.nodeCount;
  }

  /**
   * Checks and packs trees; what is given is not kept.
   *
   * Time and memory are linear in the number of nodes: 8 bytes per node and per leaf value (16 with float64 input, more
   * than 2,048 features or more than 650,000 nodes in one tree).
   *
   * @param trees arrays, or the node records of a pickle as they are
   * @throws {TreeShapeError} a child or feature is out of range, a node is reached twice or never, a threshold is NaN,
   *   an array is too short
   * @throws {RangeError} an option is no whole number in range, or the trees need more than 4 GiB
   */
  static prepare(trees: readonly (TreeSource | RawTree)[], options: TreeOptions): TreeEnsemble {
    const plan = planPack(trees, options);
    const engine = options.engine ?? (plan.nodeCount < wasmNodes ? "typescript" : undefined);
    const wasm = engine === "typescript" ? undefined : startWasm(trees, options, plan);
    if (wasm !== undefined) return new TreeEnsemble(wasm.trees, wasm);
    const buffer = new ArrayBuffer(8 * (plan.treeUnits + plan.valueUnits));
    return new TreeEnsemble(packTrees(trees, options, plan, buffer, 0, undefined), undefined);
  }

  /**
   * Adds the values of every tree's leaf to each row of `out`.
   *
   * @param x rows, row-major, `[n, nFeatures]`; never changed
   * @param n number of rows
   * @param out row-major, `[n, outputs]`; starts at what the caller put there
   * @throws {RangeError} `x` or `out` is shorter than that
   */
  addTo(x: Float64Array, n: number, out: Float64Array): void {
    this.#checkLengths(x, n, out, this.outputs);
    this.#engine.add(x, n, out);
  }

  /**
   * Finds the leaf that each row falls into, per tree.
   *
   * @param x rows, row-major, `[n, nFeatures]`
   * @param n number of rows
   * @param out row-major, `[n, treeCount]`: indices of nodes as they were given to `prepare`
   * @throws {RangeError} `x` or `out` is shorter than that
   */
  apply(x: Float64Array, n: number, out: Int32Array): void {
    this.#checkLengths(x, n, out, this.treeCount);
    const trees = this.#trees;
    const { nFeatures, roots, treeCount, rounds } = trees;
    const nodes = (this.#leafNodes ??= this.#nameLeaves());
    for (let row = 0; row < n; row++) {
      const cells = rounds ? this.#plain.round(x, row * nFeatures, 1) : x;
      const first = rounds ? 0 : row * nFeatures;
      for (let t = 0; t < treeCount; t++) {
        const root = roots[t]!;
        out[row * treeCount + t] = nodes[t]![findLeaf(trees, root, cells, first) - root]!;
      }
    }
  }

  #nameLeaves(): Int32Array[] {
    const named = new Map<number, Int32Array>();
    return Array.from(this.#trees.roots, (root, t) => {
      const leaves = named.get(root) ?? leafNodes(this.#trees, t);
      named.set(root, leaves);
      return leaves;
    });
  }

  #checkLengths(x: Float64Array, n: number, out: { readonly length: number }, width: number): void {
    if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`n is ${n}`);
    if (x.length < n * this.nFeatures) throw new RangeError(`x has ${x.length} values, not ${n} * ${this.nFeatures}`);
    if (out.length < n * width) throw new RangeError(`out has ${out.length} values, not ${n} * ${width}`);
  }
}

/** The fast engine, or nothing where the platform has none and the caller did not insist on it. */
function startWasm(
  trees: readonly (TreeSource | RawTree)[],
  options: TreeOptions,
  plan: PackPlan,
): WasmEngine | undefined {
  try {
    return new WasmEngine(trees, options, plan);
  } catch (error) {
    if (options.engine === "wasm" || error instanceof TreeShapeError) throw error;
    return undefined;
  }
}
