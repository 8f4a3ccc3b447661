/** @module Boosting: trees one after the other, each from the gradients of the loss of those before. */

import { HistogramSpace, type Pcg64 } from "@curtido/kernels";
import { estimatorError } from "../../../base/errors.ts";
import { type BinMapper, type BoostedRows, mapToBins } from "./binning.ts";
import { type GrowthRules, HistGrower, slotsFor } from "./grow.ts";
import type { HistLoss, Sample } from "./loss.ts";
import { HistPredictor } from "./predictor.ts";
import { SplitFinder } from "./splits.ts";
import type { EarlyStopping } from "./stopping.ts";

/** Bytes of histograms that are taken at most. */
const MOST_HISTOGRAM_BYTES = 2 ** 30;
const LEAST_SLOTS = 4;

/** Rows to learn from or to validate with: some of a table. */
export interface BoostedPart {
  readonly table: BoostedRows;
  /** Which rows; all without it. */
  readonly chosen: Int32Array | undefined;
  readonly sample: Sample;
}

/** What boosting needs beside rows. */
export interface BoostingPlan {
  readonly loss: HistLoss;
  readonly mapper: BinMapper;
  readonly rules: Omit<GrowthRules, "hasMissing">;
  readonly iterations: number;
  readonly stopping: EarlyStopping | undefined;
  /** Of the features that splits look at. */
  readonly random: Pcg64;
}

/** What was learned: trees of each iteration, one for each output. */
export interface Boosted {
  readonly baseline: Float64Array;
  readonly stages: readonly (readonly HistPredictor[])[];
}

/** Grows all trees. */
export function boost(train: BoostedPart, validation: BoostedPart | undefined, plan: BoostingPlan): Boosted {
  return new Boosting(train, validation, plan).run();
}

class Boosting {
  private readonly sample: Sample;
  private readonly plan: BoostingPlan;
  private readonly space: HistogramSpace;
  private readonly grower: HistGrower;
  private readonly rows: number;
  private readonly raw: Float64Array;
  /** Raw answers as predicting gives them, once a tree answers some rows otherwise than it learned from them. */
  private predicted: Float64Array | undefined;
  private readonly baseline: Float64Array;
  private readonly validation:
    | { readonly bins: Uint8Array; readonly rows: number; readonly raw: Float64Array }
    | undefined;

  constructor(train: BoostedPart, validation: BoostedPart | undefined, plan: BoostingPlan) {
    const { loss, mapper, rules } = plan;
    this.sample = train.sample;
    this.plan = plan;
    this.rows = train.sample.y.length;
    this.baseline = loss.baseline(train.sample);
    this.raw = this.begin(this.rows);
    const slots = slotsOf(this.rows, train.table.width, plan);
    this.space = spaceFor(this.rows, train.table.width, slots, plan);
    mapToBins(train.table, mapper, this.space.bins, train.chosen);
    const hasMissing = Array.from(rules.bins, (_, feature) =>
      this.space.bins.subarray(feature * this.rows, (feature + 1) * this.rows).includes(mapper.missing),
    );
    const all: GrowthRules = { ...rules, hasMissing };
    this.grower = new HistGrower(this.space, new SplitFinder(this.space, all), all, plan.random, slots);
    if (validation === undefined) return;
    const rows = validation.sample.y.length;
    const bins = new Uint8Array(rows * validation.table.width);
    mapToBins(validation.table, mapper, bins, validation.chosen);
    this.validation = { bins, rows, raw: this.begin(rows) };
  }

  private begin(rows: number): Float64Array {
    const raw = new Float64Array(rows * this.baseline.length);
    for (const [output, value] of this.baseline.entries()) raw.fill(value, output * rows, (output + 1) * rows);
    return raw;
  }

  run(): Boosted {
    const { plan, sample, raw, space, baseline } = this;
    const stages: HistPredictor[][] = [];
    plan.stopping?.check(raw, this.validation?.raw, this.rows);
    for (let iteration = 0; iteration < plan.iterations; iteration++) {
      plan.loss.gradients(sample, raw, space.gradients, space.hessians);
      stages.push(Array.from(baseline, (_, output) => this.tree(output)));
      const scored = plan.stopping?.predicts === true ? (this.predicted ?? raw) : raw;
      if (plan.stopping?.check(scored, this.validation?.raw, this.rows) === true) break;
    }
    return { baseline, stages };
  }

  private tree(output: number): HistPredictor {
    const { grower, space, raw, rows, plan, validation } = this;
    const root = grower.grow(output);
    const from = output * rows;
    if (plan.loss.leaf !== undefined) this.answerByResiduals(plan.loss.leaf, from);
    const tree = new HistPredictor(root, plan.mapper.bins);
    if (tree.isLossy) this.predicted ??= raw.slice();
    if (this.predicted !== undefined) tree.addTo(this.predicted, from, space.bins, rows, plan.mapper.missing);
    const { samples } = space;
    for (const { start, end, value } of grower.leaves)
      for (let at = start; at < end; at++) raw[from + samples[at]!]! += value;
    if (validation !== undefined)
      tree.addTo(validation.raw, output * validation.rows, validation.bins, validation.rows, plan.mapper.missing);
    return tree;
  }

  /** Leaves answer what the loss says of their residuals (`_update_leaves_values`). */
  private answerByResiduals(answer: NonNullable<HistLoss["leaf"]>, from: number): void {
    const { y, weights } = this.sample;
    const { samples } = this.space;
    for (const leaf of this.grower.leaves) {
      const own = samples.subarray(leaf.start, leaf.end);
      const residuals = Float64Array.from(own, (row) => y[row]! - this.raw[from + row]!);
      const counts = weights && Float64Array.from(own, (row) => weights[row]!);
      leaf.value = this.plan.rules.learningRate * answer(residuals, counts);
    }
  }
}

function slotsOf(rows: number, width: number, { rules, mapper }: BoostingPlan): number {
  const most = Math.floor(MOST_HISTOGRAM_BYTES / (24 * width * (mapper.missing + 1)));
  return Math.max(LEAST_SLOTS, Math.min(most, slotsFor(rules, rows, rules.leastSamples)));
}

function spaceFor(rows: number, features: number, slots: number, { loss, mapper }: BoostingPlan): HistogramSpace {
  const { outputs, constantHessian } = loss;
  const sizes = { rows, features, bins: mapper.missing + 1, outputs, constantHessian, slots };
  try {
    return new HistogramSpace(sizes);
  } catch (error) {
    const bytes = HistogramSpace.bytes(sizes);
    const why = `there is no WebAssembly memory of ${bytes} bytes for ${rows} rows of ${features} features`;
    throw estimatorError("E_LIMIT", why, { needed: bytes }, error);
  }
}
