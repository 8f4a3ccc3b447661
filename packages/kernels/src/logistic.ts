import { parseDoubles } from "./bits.ts";
import { exp } from "./exp.ts";
import { expTable } from "./generated/exp-table.ts";
import { logistic as text } from "./generated/logistic.ts";
import { log } from "./log.ts";
import type { Block, MatrixMemory } from "./matrix/memory.ts";
import { WasmKernel } from "./wasm.ts";

/** What assembly/logistic.ts exports. Addresses are in bytes. */
interface LogisticKernels {
  pose(
    x: number,
    width: number,
    targets: number,
    labels: number,
    weights: number,
    raw: number,
    slopes: number,
    losses: number,
    table: number,
  ): void;
  run(from: number, to: number, coefficients: number, intercepts: number, gradient: number, total: number): void;
}

const kernel = new WasmKernel(text);
const DOUBLE = 8;
/** Numbers in the table of exp. */
const TABLE = 256;
/** Rows of one call, a multiple of four: engines go over to faster code between calls. */
const CALL = 512;

/** Parts of one memory. */
export interface LogisticBlocks {
  /** `[rows, width]`, row-major. */
  readonly x: Block;
  /** The raw predictions, or for several targets the probabilities, `[rows, targets]`. */
  readonly raw: Block;
  /** Slopes of the losses by the raw predictions, `[rows, targets]`. */
  readonly slopes: Block;
  /** For each feature, and at last for the intercept, those of all targets; with room for one more. */
  readonly coefficients: Block;
  /** `[targets, width]` */
  readonly gradient: Block;
}

/**
 * The loss of logistic regression of all rows, its slopes and its gradient, in one pass of a WebAssembly kernel. One
 * target has the half binomial loss of two classes, more have the half multinomial loss of as many.
 */
export class LogisticPass {
  /** The losses of rows, times their weights. */
  readonly losses: Float64Array;
  private readonly kernels: LogisticKernels;
  private readonly blocks: LogisticBlocks;
  private readonly intercepts: number;

  /** Elements that a memory must have to spare. */
  static spare(rows: number): number {
    return 3 * (rows + 1) + TABLE + 2;
  }

  private constructor(
    memory: MatrixMemory,
    kernels: LogisticKernels,
    blocks: LogisticBlocks,
    labels: Int32Array,
    weights: Float64Array | undefined,
    intercept: boolean,
  ) {
    const rows = labels.length;
    const width = blocks.x.data.length / rows;
    const targets = blocks.raw.data.length / rows;
    this.kernels = kernels;
    this.blocks = blocks;
    const [table, classes, shares, losses] = [TABLE, rows, rows, rows].map((length) => memory.take(length)) as [
      Block,
      Block,
      Block,
      Block,
    ];
    table.data.set(parseDoubles(expTable));
    classes.data.set(labels);
    if (weights !== undefined) shares.data.set(weights);
    this.losses = losses.data;
    this.intercepts = intercept ? DOUBLE * (blocks.coefficients.at + width * targets) : 0;
    const at = (block: Block) => DOUBLE * block.at;
    kernels.pose(
      at(blocks.x),
      width,
      targets,
      at(classes),
      weights === undefined ? 0 : at(shares),
      at(blocks.raw),
      at(blocks.slopes),
      at(losses),
      at(table),
    );
  }

  /**
   * A pass over the rows in a memory; `undefined` where that is not WebAssembly's.
   *
   * @param labels - from 0; their number is that of the rows
   * @param blocks - none of them at the start of the memory but `x`
   */
  static over(
    memory: MatrixMemory,
    blocks: LogisticBlocks,
    labels: Int32Array,
    weights: Float64Array | undefined,
    intercept: boolean,
  ): LogisticPass | undefined {
    if (memory.memory === undefined) return undefined;
    const kernels = kernel.instantiateIn<LogisticKernels>(memory.memory, { exp, log });
    return new LogisticPass(memory, kernels, blocks, labels, weights, intercept);
  }

  /**
   * Sets raw predictions, losses and slopes, which are divided by `total`, and the gradient where it is wanted.
   *
   * @param coefficients - for each feature, and at last for the intercept
   */
  run(coefficients: Float64Array, total: number, withGradient: boolean): void {
    const { blocks, kernels, intercepts } = this;
    blocks.coefficients.data.set(coefficients);
    blocks.gradient.data.fill(0);
    const [weights, gradient] = [DOUBLE * blocks.coefficients.at, withGradient ? DOUBLE * blocks.gradient.at : 0];
    const rows = this.losses.length;
    for (let from = 0; from < rows; from += CALL)
      kernels.run(from, Math.min(from + CALL, rows), weights, intercepts, gradient, total);
  }
}
