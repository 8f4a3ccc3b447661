/** @module Selectors: the columns that a fitted mask keeps (`sklearn.feature_selection`). */

import { Csr, isNumeric, NdArray } from "@curtido/arrays";
import { placesOf } from "../base/columns.ts";
import { Estimator, type InputRules, type Method } from "../base/estimator.ts";
import { asTable, type Input, shapeOf, takeColumns } from "../base/input.ts";
import { type Downstream, type FeatureShape, featuresAlike, numberFeature } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { importances } from "./importance.ts";

/** Columns in ascending order of position. */
export class Selector extends Estimator {
  protected readonly kept: readonly number[];

  constructor(state: State, mask: ArrayLike<boolean | number>) {
    super(state);
    this.kept = Array.from(mask).flatMap((keep, at) => (keep ? [at] : []));
    this.n_features_in_ ??= mask.length;
    if (mask.length !== this.n_features_in_)
      state.fail("support_", `selects among ${mask.length} of ${this.n_features_in_} features`);
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }

  override namesOut(): readonly string[] {
    const names = this.namesIn();
    return this.kept.map((column) => names[column]!);
  }

  override features(downstream: Downstream): readonly FeatureShape[] {
    const kept = new Set(this.kept);
    return featuresAlike(this.n_features_in_, numberFeature(true)).map((shape, at) => ({
      ...shape,
      missing: downstream.missing || !kept.has(at),
    }));
  }

  protected doTransform(X: Input): NdArray | Csr {
    if (this.kept.length === 0) return NdArray.of(new Float64Array(0), [shapeOf(X)[0], 0]);
    return asTable(takeColumns(X, this.kept));
  }

  protected doInverseTransform(X: Input): NdArray | Csr {
    const dense = X instanceof Csr ? X.toDense() : (X as NdArray);
    const [rows, width] = shapeOf(dense);
    const columns = this.n_features_in_!;
    const values = isNumeric(dense.dtype) ? dense.toFloat64() : dense.flat();
    const out = new Float64Array(rows * columns);
    this.kept.forEach((column, at) => {
      for (let row = 0; row < rows; row++) out[row * columns + column] = Number(values[row * width + at]);
    });
    if (X instanceof Csr) return Csr.fromDense(out, rows, columns);
    return dense.dtype.kind === "b"
      ? NdArray.bools(Uint8Array.from(out), [rows, columns])
      : NdArray.of(out, [rows, columns]);
  }
}

/** SelectKBest: the `k` best scores; among equal ones the later columns win, as a stable sort puts them last. */
export function kBestMask(state: State, name = "k"): Uint8Array {
  const scores = cleanScores(state.floats("scores_", [undefined]));
  if (state.plain(name) === "all") return new Uint8Array(scores.length).fill(1);
  const k = state.integer(name);
  const mask = new Uint8Array(scores.length);
  const order = Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]! || a - b);
  if (k > 0) for (const at of order.slice(-k)) mask[at] = 1;
  return mask;
}

/** SelectPercentile: scores above the percentile, then ties from the left until the share is met. */
export function percentileMask(state: State, name = "percentile"): Uint8Array {
  const scores = cleanScores(state.floats("scores_", [undefined]));
  const percentile = state.number(name, 10);
  if (percentile === 100) return new Uint8Array(scores.length).fill(1);
  if (percentile === 0) return new Uint8Array(scores.length);
  const threshold = percentileOf(scores, 100 - percentile);
  const mask = Uint8Array.from(scores, (score) => (score > threshold ? 1 : 0));
  const ties = Array.from(scores.keys()).filter((at) => scores[at] === threshold);
  const most = Math.trunc((scores.length * percentile) / 100);
  for (const at of ties.slice(0, Math.max(0, most - mask.reduce((sum, keep) => sum + keep, 0)))) mask[at] = 1;
  return mask;
}

/** NaN scores are the worst. */
function cleanScores(scores: Float64Array): Float64Array {
  return scores.map((score) => (Number.isNaN(score) ? -1.7976931348623157e308 : score));
}

/** numpy's percentile with linear interpolation. */
function percentileOf(values: Float64Array, q: number): number {
  const sorted = values.slice().sort();
  const position = (q / 100) * (sorted.length - 1);
  const low = Math.floor(position);
  const high = Math.min(low + 1, sorted.length - 1);
  const share = position - low;
  const step = sorted[high]! - sorted[low]!;
  return share >= 0.5 ? sorted[high]! - step * (1 - share) : sorted[low]! + step * share;
}

/** SelectFpr, SelectFdr, SelectFwe. */
export function pValueMask(state: State, rule: "fpr" | "fdr" | "fwe", name = "alpha"): Uint8Array {
  const p = state.floats("pvalues_", [undefined]);
  const alpha = state.number(name, 0.05);
  if (rule === "fpr") return Uint8Array.from(p, (value) => (value < alpha ? 1 : 0));
  if (rule === "fwe") return Uint8Array.from(p, (value) => (value < alpha / p.length ? 1 : 0));
  const sorted = p.slice().sort();
  const selected = sorted.filter((value, at) => value <= (alpha / p.length) * (at + 1));
  const most = selected.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return Uint8Array.from(p, (value) => (value <= most ? 1 : 0));
}

/** GenericUnivariateSelect: what one of the others would keep, whose parameter is `param`. */
export function genericMask(state: State): Uint8Array {
  const mode = state.oneOf("mode", ["percentile", "k_best", "fpr", "fdr", "fwe"], "percentile");
  if (mode === "percentile") return percentileMask(state, "param");
  return mode === "k_best" ? kBestMask(state, "param") : pValueMask(state, mode, "param");
}

/** VarianceThreshold: variances above the threshold. */
export function varianceMask(state: State): Uint8Array {
  const threshold = state.number("threshold", 0);
  return Uint8Array.from(state.floats("variances_", [undefined]), (variance) => (variance > threshold ? 1 : 0));
}

/** SelectFromModel: importances of the inner estimator at or above the threshold. */
export function fromModelMask(state: State): Uint8Array {
  const name = state.given("estimator_") ? "estimator_" : "estimator";
  const order = state.has("norm_order") ? state.number("norm_order") : 1;
  const scores = importances(state, name, order);
  const threshold = thresholdOf(state, scores, name);
  const mask = new Uint8Array(scores.length).fill(1);
  const most = state.named("max_features_", "max_features");
  if (state.given(most)) {
    const limit = state.integer(most);
    const best = Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
    mask.fill(0);
    for (const at of best.slice(0, limit)) mask[at] = 1;
  }
  scores.forEach((score, at) => {
    if (score < threshold) mask[at] = 0;
  });
  return mask;
}

function thresholdOf(state: State, scores: Float64Array, name: string): number {
  const given = state.has("threshold") ? state.plain("threshold") : null;
  if (typeof given === "number") return given;
  const text = typeof given === "string" ? given : defaultThreshold(state, name);
  const match = /^(?:\s*([0-9.eE+-]+)\s*\*)?\s*(mean|median)\s*$/.exec(text);
  if (match === null) return Number(text);
  const base =
    match[2] === "mean" ? scores.reduce((sum, score) => sum + score, 0) / scores.length : percentileOf(scores, 50);
  return (match[1] === undefined ? 1 : Number(match[1])) * base;
}

/** L1-penalised models keep what is above 1e-5, others what is above the mean. */
function defaultThreshold(state: State, name: string): string {
  const inner = state.child(name);
  const sparse = inner.entry?.sparse;
  const l1 = inner.has("penalty") && inner.plain("penalty") === "l1";
  const ratio = sparse === "ratio" && inner.has("l1_ratio") && inner.plain("l1_ratio") === 1;
  return l1 || ratio || sparse === true ? "1e-5" : "mean";
}

/** RFE and RFECV: a selector that also answers with the estimator that was fitted on what it kept. */
export class EliminatingSelector extends Selector {
  private readonly estimator: Estimator | undefined;

  constructor(state: State) {
    super(state, state.floats("support_", [undefined]));
    this.estimator = state.given("estimator_") ? state.estimator("estimator_") : undefined;
    if (this.estimator?.classes_ instanceof NdArray)
      (this as { classes_?: NdArray }).classes_ = this.estimator.classes_;
  }

  /** What its estimator asks of the columns that are kept, where it answers. */
  override features(downstream: Downstream): readonly FeatureShape[] {
    const asked = this.estimator?.features(downstream) ?? [];
    const shapes = super.features({ missing: true });
    const places = placesOf(this.kept);
    return shapes.map((shape, column) => asked[places.get(column) ?? -1] ?? shape);
  }

  override offers(method: Method): boolean {
    if (method === "transform" || method === "inverseTransform") return true;
    return (
      ["predict", "predictProba", "predictLogProba", "decisionFunction"].includes(method) &&
      (this.estimator?.offers(method) ?? false)
    );
  }

  protected doPredict(X: Input): NdArray {
    return this.estimator!.predict(this.doTransform(X));
  }
  protected doPredictProba(X: Input): NdArray {
    return this.estimator!.predictProba(this.doTransform(X)) as NdArray;
  }
  protected doPredictLogProba(X: Input): NdArray {
    return this.estimator!.predictLogProba(this.doTransform(X)) as NdArray;
  }
  protected doDecisionFunction(X: Input): NdArray {
    return this.estimator!.decisionFunction(this.doTransform(X));
  }
}
