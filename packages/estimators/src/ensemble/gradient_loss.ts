/** @module How gradient boosting starts, and what its raw predictions mean, over the releases. */

import { NdArray } from "@curtido/arrays";
import type { Estimator } from "../base/estimator.ts";
import { exp, expit, log, maxOf, softmaxRows, sumOf, twoColumns } from "../base/math.ts";
import type { State } from "../base/state.ts";

/** Raw predictions before the first tree, `[rows, K]`. */
export type RawStart = (X: NdArray) => Float64Array;

/** `init_`: nothing, an estimator, or one of the constants of releases before 0.21. */
export function readStart(state: State, outputs: number, classifier: boolean): RawStart {
  const init = state.raw("init_");
  const zeros: RawStart = (X) => new Float64Array(X.shape[0]! * outputs);
  if (init === "zero" || init === null || init === undefined) return zeros;
  const part = state.part("init_");
  if (part instanceof OldStart) {
    const constant = part.values;
    if (constant.length !== 1 && constant.length !== outputs)
      state.fail("init_", `holds ${constant.length} numbers for ${outputs} outputs`);
    return (X) =>
      Float64Array.from(
        { length: X.shape[0]! * outputs },
        (_, at) => constant[constant.length === 1 ? 0 : at % outputs]!,
      );
  }
  const estimator = state.estimator("init_");
  if (!classifier) return (X) => estimator.predict(X).toFloat64().slice();
  if (!state.version.atLeast(0, 21)) return (X) => estimator.predict(X).toFloat64().slice();
  return classifierStart(state, estimator, outputs);
}

/** What boosting before 0.21 started from: numbers, whatever a row holds. */
export class OldStart {
  readonly values: Float64Array;

  /** @param name - the attribute that holds them; 0 without it */
  constructor(state: State, name?: string) {
    this.values = name === undefined ? Float64Array.of(0) : state.floats(name);
  }
}

function classifierStart(state: State, estimator: Estimator, outputs: number): RawStart {
  const modern = state.version.atLeast(1, 4);
  const eps = state.version.atLeast(1, 8) ? 2 ** -52 : 2 ** -23;
  const clip = (p: number) => Math.min(Math.max(p, eps), 1 - eps);
  const half = lossName(state) === "exponential" ? 0.5 : 1;
  return (X) => {
    const rows = X.shape[0]!;
    const proba = estimator.predictProba(X) as NdArray;
    const classes = proba.shape[1]!;
    const table = proba.toFloat64();
    if (outputs === 1) {
      return Float64Array.from({ length: rows }, (_, row) => {
        const p = clip(table[row * classes + 1]!);
        return half * log(p / (1 - p));
      });
    }
    const clipped = table.map(clip);
    if (!modern) return clipped.map(log);
    for (let row = 0; row < rows; row++) {
      const logs = Float64Array.from({ length: classes }, (_, k) => log(clipped[row * classes + k]!));
      const mean = exp(sumOf(logs, 0, classes) / classes);
      for (let k = 0; k < classes; k++) clipped[row * classes + k] = log(clipped[row * classes + k]! / mean);
    }
    return clipped;
  };
}

/** The loss by its parameter. */
export function lossName(state: State): string {
  return state.string("loss");
}

/** Probabilities of two classes from one raw score. */
export function binaryProbabilities(raw: Float64Array, exponential: boolean): NdArray {
  const positive = raw.map((score) => expit(exponential ? 2 * score : score));
  return NdArray.of(twoColumns(positive), [raw.length, 2]);
}

/** Probabilities of several classes: softmax, or `exp(raw - logsumexp(raw))` as releases up to 1.3 wrote it. */
export function multiProbabilities(raw: Float64Array, rows: number, classes: number, modern: boolean): NdArray {
  const out = raw.slice();
  if (modern) return NdArray.of(softmaxRows(out, rows, classes), [rows, classes]);
  for (let row = 0; row < rows; row++) {
    const from = row * classes;
    const most = maxOf(out, from, classes);
    const total = sumOf(
      Float64Array.from({ length: classes }, (_, k) => exp(raw[from + k]! - most)),
      0,
      classes,
    );
    const shift = log(total) + most;
    for (let k = 0; k < classes; k++) out[from + k] = exp(raw[from + k]! - shift);
  }
  return NdArray.of(out, [rows, classes]);
}
