/** @module CalibratedClassifierCV: scores of classifiers turned into probabilities (`sklearn.calibration`). */

import { NdArray } from "@curtido/arrays";
import { Classifier } from "../base/classifier.ts";
import { placesOf } from "../base/columns.ts";
import type { Estimator, InputRules, Method } from "../base/estimator.ts";
import { type Input, shapeOf } from "../base/input.ts";
import { argmaxRows, takeLabels } from "../base/labels.ts";
import { expit, log, softmaxRows, sumOf } from "../base/math.ts";
import { type Downstream, type FeatureShape, mergeFeatures } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { IsotonicRegression } from "../isotonic/isotonic.ts";

/** Probability of one score. */
type Curve = (score: number) => number;

/** `_SigmoidCalibration` */
export class SigmoidCalibration {
  private readonly a: number;
  private readonly b: number;
  constructor(state: State) {
    this.a = state.number("a_");
    this.b = state.number("b_");
  }
  at(score: number): number {
    return expit(-(this.a * score + this.b));
  }
}

/** `_TemperatureScaling`: softmax of scores times a factor. */
export class TemperatureScaling {
  readonly beta: number;
  constructor(state: State) {
    this.beta = state.number("beta_");
  }
}

/** `_CalibratedClassifier`: a classifier and a curve for each of its scores. */
export class CalibratedClassifier {
  readonly estimator: Estimator;
  private readonly curves: readonly Curve[];
  private readonly temperature: TemperatureScaling | undefined;
  private readonly classes: number;
  /** Which of all classes each score of the estimator is for. */
  private readonly positions: readonly number[];

  constructor(state: State) {
    this.estimator = state.estimator(state.named("estimator", "base_estimator"));
    const all = state.array(state.given("classes") ? "classes" : "classes_", [undefined]).flat();
    this.classes = all.length;
    const own = this.estimator.classes_;
    const labels = own instanceof NdArray ? own.flat() : all;
    // The first releases numbered scores, they did not look up the labels.
    const places = placesOf(all);
    this.positions = state.version.atLeast(0, 18)
      ? labels.map((label) => places.get(label) ?? -1)
      : labels.map((_, at) => at);
    const name = state.named("calibrators", "calibrators_");
    const parts = state.list(name).map((value, at) => state.partFrom(value, `${name}[${at}]`));
    this.temperature = parts.find((part) => part instanceof TemperatureScaling);
    if (this.temperature === undefined && this.positions.includes(-1))
      state.fail("classes", "lacks a label of the estimator");
    this.curves = this.temperature === undefined ? parts.map((part) => curveOf(state, part, name)) : [];
  }

  /** `[rows, classes]` */
  probabilities(X: Input): Float64Array {
    const [rows] = shapeOf(X);
    const { scores, columns, areProbabilities } = this.scores(X, rows);
    if (this.temperature !== undefined)
      return this.scaled(scores, rows, columns, areProbabilities, this.temperature.beta);
    const out = new Float64Array(rows * this.classes);
    this.curves.forEach((curve, at) => {
      const position = this.positions[at]! + (this.classes === 2 ? 1 : 0);
      for (let row = 0; row < rows; row++) out[row * this.classes + position] = curve(scores[row * columns + at]!);
    });
    return this.normalized(out, rows);
  }

  private scores(X: Input, rows: number): { scores: Float64Array; columns: number; areProbabilities: boolean } {
    if (this.estimator.offers("decisionFunction")) {
      const scores = this.estimator.decisionFunction(X);
      return { scores: scores.toFloat64(), columns: scores.ndim === 1 ? 1 : scores.shape[1]!, areProbabilities: false };
    }
    const proba = this.estimator.predictProba(X) as NdArray;
    const columns = proba.shape[1]!;
    const data = proba.toFloat64();
    if (columns !== 2) return { scores: data, columns, areProbabilities: true };
    return {
      scores: Float64Array.from({ length: rows }, (_, row) => data[2 * row + 1]!),
      columns: 1,
      areProbabilities: true,
    };
  }

  private normalized(out: Float64Array, rows: number): Float64Array {
    const { classes } = this;
    for (let row = 0; row < rows; row++) {
      const from = row * classes;
      if (classes === 2) out[from] = 1 - out[from + 1]!;
      else {
        const sum = sumOf(out, from, classes);
        for (let k = 0; k < classes; k++) out[from + k] = sum === 0 ? 1 / classes : out[from + k]! / sum;
      }
      for (let k = 0; k < classes; k++) if (out[from + k]! > 1 && out[from + k]! <= 1 + 1e-5) out[from + k] = 1;
    }
    return out;
  }

  /** Temperature scaling: scores that look like probabilities are taken for such (`_convert_to_logits`). */
  private scaled(
    scores: Float64Array,
    rows: number,
    columns: number,
    areProbabilities: boolean,
    beta: number,
  ): Float64Array {
    const { classes } = this;
    const both =
      columns > 1
        ? scores
        : Float64Array.from({ length: rows * 2 }, (_, at) =>
            opposite(scores[at >> 1]!, at % 2 === 1, areProbabilities),
          );
    const probabilities = (columns > 1 || areProbabilities) && areDistributions(both, rows, classes);
    const out = both.map((score) => beta * (probabilities ? log(score + 1e-12) : score));
    return softmaxRows(out, rows, classes).map((p) => (p > 1 && p <= 1 + 1e-5 ? 1 : p));
  }
}

function opposite(score: number, positive: boolean, probability: boolean): number {
  if (positive) return score;
  return probability ? 1 - score : -score;
}

/** Whether every row lies between 0 and 1 and adds up to 1. */
function areDistributions(table: Float64Array, rows: number, columns: number): boolean {
  if (!table.every((value) => value >= 0 && value <= 1)) return false;
  return Array.from({ length: rows }, (_, row) => sumOf(table, row * columns, columns)).every(
    (sum) => Math.abs(sum - 1) <= 1.5e-8,
  );
}

function curveOf(state: State, part: unknown, name: string): Curve {
  if (part instanceof SigmoidCalibration || part instanceof IsotonicRegression) return (score) => part.at(score);
  return state.fail(name, "holds a calibrator that is not known");
}

/** CalibratedClassifierCV: the mean over its calibrated classifiers. */
export class CalibratedClassifierCV extends Classifier {
  private readonly parts: readonly CalibratedClassifier[];

  constructor(state: State) {
    super(state);
    this.parts = state
      .list("calibrated_classifiers_")
      .map((value, at) => state.partFrom(value, `calibrated_classifiers_[${at}]`) as CalibratedClassifier);
    if (this.parts.length === 0) state.fail("calibrated_classifiers_", "is empty");
    this.takeFeaturesOf(this.parts[0]?.estimator);
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }
  override features(downstream: Downstream): readonly FeatureShape[] {
    return this.parts.map((part) => part.estimator.features(downstream)).reduce(mergeFeatures, []);
  }
  override offers(method: Method): boolean {
    return method === "predict" || method === "predictProba";
  }

  protected override doPredictProba(X: Input): NdArray {
    const [rows] = shapeOf(X);
    const out = new Float64Array(rows * this.classes_.size);
    for (const part of this.parts) part.probabilities(X).forEach((p, cell) => (out[cell]! += p));
    return NdArray.of(
      out.map((p) => p / this.parts.length),
      [rows, this.classes_.size],
    );
  }

  protected doPredict(X: Input): NdArray {
    const proba = this.doPredictProba(X);
    return takeLabels(this.classes_, argmaxRows(proba.data as Float64Array, proba.shape[0]!, this.classes_.size));
  }
}
