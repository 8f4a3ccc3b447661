/** @module What support vector machines share: the rows, the memory, and what is pickled (`sklearn.svm._base`). */

import { NdArray } from "@curtido/arrays";
import { SupportSpace } from "@curtido/kernels";
import { Tuple } from "@curtido/pickle";
import { estimatorError, featureError } from "../../base/errors.ts";
import { type Rows, shapeOf } from "../../base/input.ts";
import { numbersOf, type Table, tableOfRows } from "../base/data.ts";
import { type Attributes, Trainer } from "../base/trainer.ts";
import { type FitOptions, sampleWeights } from "../base/weights.ts";
import { cacheBytes, type KernelChoice } from "./parameters.ts";

/** Rows as a machine learns from them. */
export interface SupportGround {
  readonly table: Table;
  readonly rows: number;
  readonly width: number;
  readonly data: Float64Array;
  readonly weights: Float64Array | undefined;
  /** The rows that weigh something. */
  readonly kept: Int32Array;
}

/** What was found, in the terms of the pickle. */
export interface SupportFound {
  readonly ground: SupportGround;
  readonly gamma: unknown;
  readonly vectors: Int32Array;
  readonly counts: Int32Array;
  /** `[machines' rows, vectors]` */
  readonly coefficients: Float64Array;
  readonly thresholds: Float64Array;
  readonly converged: boolean;
  readonly iterations: Int32Array;
  /** Whether the sign of what is shown is the other one than that of what is kept. */
  readonly turned: boolean;
  readonly probA: Float64Array;
  readonly probB: Float64Array;
}

/** What all support vector machines share. */
export abstract class SupportTrainer extends Trainer {
  protected ground(X: Rows, options: FitOptions | undefined): SupportGround {
    const table = tableOfRows(X);
    const [rows, width] = shapeOf(table);
    if (this.parameters.get("kernel") === "precomputed" && rows !== width)
      throw featureError([
        { detail: `'kernel' is 'precomputed': there must be as many columns as rows, not ${width} for ${rows}` },
      ]);
    const data = numbersOf(table);
    const weights = sampleWeights(options, rows);
    const all = Int32Array.from({ length: rows }, (_, row) => row);
    return { table, rows, width, data, weights, kept: all.filter((row) => weights?.[row] !== 0) };
  }

  /** @param unknowns - how many the largest problem has */
  protected space({ rows, width, data }: SupportGround, unknowns: number, { kernel }: KernelChoice): SupportSpace {
    try {
      return new SupportSpace(data, rows, width, unknowns, kernel, cacheBytes(this.parameters));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw estimatorError("E_LIMIT", `${this.spec.name}: ${rows} rows of ${width} columns: ${error.message}`);
    }
  }

  /** Attributes in the order of Python, but those of the data and of the targets. */
  protected learned(found: SupportFound): Attributes {
    const { ground, vectors, coefficients, thresholds, turned } = found;
    if (![...thresholds, ...coefficients].every(Number.isFinite))
      throw featureError([
        { detail: "the coefficients of the vectors or the intercepts are not finite; scale the columns" },
      ]);
    const machines = vectors.length === 0 ? found.counts.length - 1 : coefficients.length / vectors.length;
    const shape = [Math.max(machines, 1), vectors.length];
    const intercepts = thresholds.map((each) => (each === 0 ? 0 : -each));
    const [dual, intercept] = [NdArray.of(coefficients, shape), NdArray.of(intercepts)];
    const place = new Map(Array.from(ground.kept, (row, at) => [row, at]));
    return [
      ["_gamma", found.gamma],
      // Where rows without a weight are left out, these are numbers of those that are left, as libsvm counts.
      ["support_", NdArray.of(vectors.map((row) => place.get(row)!))],
      ["support_vectors_", this.vectors(found)],
      ["_n_support", NdArray.of(found.counts)],
      [
        "dual_coef_",
        turned
          ? NdArray.of(
              coefficients.map((each) => -each),
              shape,
            )
          : dual,
      ],
      ["intercept_", turned ? NdArray.of(intercepts.map((each) => -each)) : intercept],
      ["_probA", NdArray.of(found.probA)],
      ["_probB", NdArray.of(found.probB)],
      ["fit_status_", found.converged ? 0 : 1],
      ["_num_iter", NdArray.of(found.iterations)],
      ["shape_fit_", new Tuple([ground.rows, ground.width])],
      ["_intercept_", intercept],
      ["_dual_coef_", dual],
    ];
  }

  private vectors({ ground: { data, width }, vectors }: SupportFound): NdArray {
    if (this.parameters.get("kernel") === "precomputed") return NdArray.of(new Float64Array(0), [0, 0]);
    const rows = new Float64Array(vectors.length * width);
    vectors.forEach((row, at) => {
      rows.set(data.subarray(row * width, (row + 1) * width), at * width);
    });
    return NdArray.of(rows, [vectors.length, width]);
  }
}
