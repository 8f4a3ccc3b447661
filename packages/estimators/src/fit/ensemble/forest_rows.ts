/** @module Which rows each tree of a forest learns from, and how much they count (`sklearn.ensemble._forest` of 1.9.1). */

import { pairwiseSum, RandomState } from "@curtido/kernels";
import { Float } from "@curtido/pickle";
import { estimatorError, featureError } from "../../base/errors.ts";
import { classWeights } from "../base/weights.ts";
import type { Ground } from "../tree/ground.ts";

/** How a forest draws rows. */
export class ForestRows {
  /** Weights of rows times those of their classes; `undefined` when nobody gave any (`_sample_weight`). */
  readonly weights: Float64Array | undefined;
  /** How many rows a tree draws; `undefined` when it takes them as they are. */
  readonly drawn: number | undefined;
  private readonly ground: Ground;
  private readonly balances: boolean;
  private readonly shares: Float64Array | undefined;

  /** @throws CurtidoError E_UNSUPPORTED for parameters that go without drawing only */
  constructor(parameters: ReadonlyMap<string, unknown>, className: string, ground: Ground) {
    const bootstrap = parameters.get("bootstrap") === true;
    const setting = parameters.get("classWeight");
    this.ground = ground;
    this.balances = setting === "balanced_subsample" && bootstrap;
    this.weights = weightsOf(this.balances ? null : setting, ground);
    const most = parameters.get("maxSamples");
    for (const [name, given] of [
      ["maxSamples", most !== null],
      ["oobScore", parameters.get("oobScore") === true],
    ] as const) {
      if (given && !bootstrap)
        throw estimatorError(
          "E_UNSUPPORTED",
          `${className}: '${name}' is for forests that draw rows: { bootstrap: true }`,
          {
            path: name,
          },
        );
    }
    this.drawn = bootstrap ? drawnOf(most, ground.columns.rows, this.weights) : undefined;
    this.shares = bootstrap && this.weights !== undefined ? sharesOf(this.weights) : undefined;
  }

  /** Whether each row counts a whole number of times in all trees. */
  get areWhole(): boolean {
    return this.drawn === undefined ? this.weights === undefined : !this.balances;
  }

  /** How often a tree with this seed draws each row. */
  counts(seed: number): Float64Array {
    const { rows } = this.ground.columns;
    const counts = new Float64Array(rows);
    const random = new RandomState(seed);
    const drawn = this.drawn!;
    if (this.shares !== undefined) for (const row of random.weighted(this.shares, drawn)) counts[row]!++;
    else for (let at = 0; at < drawn; at++) counts[random.below(rows)]!++;
    return counts;
  }

  /** How much each row counts in a tree with this seed; `undefined`: 1. */
  of(seed: number): Float64Array | undefined {
    if (this.drawn === undefined) return this.weights;
    const counts = this.counts(seed);
    if (!this.balances) return counts;
    const byClass = balancedClasses(this.ground, counts);
    return counts.map((count, row) => count * byClass[this.ground.y[row]!]!);
  }
}

/** Weights of rows times those of their classes. */
function weightsOf(setting: unknown, { labels, weights }: Ground): Float64Array | undefined {
  if (labels === undefined || setting === null || setting === undefined) return weights;
  const byClass = classWeights(setting === "balanced_subsample" ? "balanced" : setting, labels, weights);
  return Float64Array.from(labels.encoded, (label, row) => (weights?.[row] ?? 1) * byClass[label]!);
}

/** Weights that balance the classes among the rows that were drawn; 0 for a class that was not. */
function balancedClasses({ y, classes }: Ground, counts: Float64Array): Float64Array {
  const seen = new Float64Array(classes);
  for (let row = 0; row < y.length; row++) seen[y[row]!]! += counts[row]!;
  const total = seen.reduce((sum, each) => sum + each, 0);
  const there = seen.filter((each) => each > 0).length;
  return seen.map((each) => (each > 0 ? total / (there * each) : 0));
}

/** How many rows are drawn (`sklearn.ensemble._bootstrap`). */
function drawnOf(most: unknown, rows: number, weights: Float64Array | undefined): number {
  if (most === null || most === undefined) return rows;
  if (!(most instanceof Float)) return most as number;
  return Math.max(Math.trunc(most.value * (weights === undefined ? rows : pairwiseSum(weights))), 1);
}

function sharesOf(weights: Float64Array): Float64Array {
  const total = pairwiseSum(weights);
  if (!(total > 0)) throw featureError([{ detail: "all weights are 0" }]);
  return weights.map((weight) => weight / total);
}
