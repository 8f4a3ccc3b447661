/** @module Models that go on where training ended: forecasts by a number of steps, or by what is known of each step to come. */

import { NdArray } from "@curtido/arrays";
import { featureError } from "./errors.ts";
import { Estimator, type InputRules } from "./estimator.ts";
import type { FeatureShape, Horizon, Signature } from "./signature.ts";
import type { State } from "./state.ts";

/** How many steps a forecast goes at most. */
export const MOST_STEPS = 10_000;

/** What a forecast is made of: how many steps, and a row of known values for each where the model was fitted with some. */
export interface Ahead {
  readonly steps: number;
  /** `[steps, columns]` */
  readonly known: Float64Array;
}

/**
 * A model of what follows in time. One that was fitted on its past alone takes rows of `steps`, each of which is answered by a
 * forecast; one with further columns takes a row of their values for each step, in order.
 *
 * @example
 * model.predict([{ steps: 12 }]).tolist(); // [[ ... 12 numbers ]]
 */
export abstract class Forecaster extends Estimator {
  /** The columns whose future values a forecast needs. */
  protected readonly known: readonly string[];
  private readonly series: number;

  /**
   * @param known - the names of columns beside the series; `undefined` of those that have none
   * @param series - how many series are forecast together
   */
  constructor(state: State, known: readonly (string | undefined)[], series: number) {
    super(state);
    this.known = known.map((name, at) => name ?? `exog${at + 1}`);
    this.series = series;
    this.feature_names_in_ = known.length === 0 ? ["steps"] : this.known;
    this.n_features_in_ = this.feature_names_in_.length;
  }

  /** The forecast, `[steps, series]`. */
  abstract forecast(ahead: Ahead): Float64Array;

  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: false };
  }
  override features(): readonly FeatureShape[] {
    return this.feature_names_in_!.map(() => ({ type: "number", missing: false }));
  }
  override task(): Signature["task"] {
    return "forecasting";
  }
  override outputs(): number {
    return this.series;
  }
  override get signature(): Signature {
    const horizon: Horizon = { most: MOST_STEPS, by: this.known.length === 0 ? "steps" : "rows" };
    return { ...super.signature, horizon };
  }

  protected doPredict(X: NdArray): NdArray {
    const data = X.toFloat64();
    if (this.known.length > 0) {
      const steps = X.shape[0]!;
      if (steps > MOST_STEPS)
        throw featureError([{ detail: `a forecast has at most ${MOST_STEPS} steps, not ${steps}` }]);
      return NdArray.of(this.forecast({ steps, known: data }), this.series === 1 ? [steps] : [steps, this.series]);
    }
    let all = 0;
    data.forEach((steps, row) => {
      all += steps;
      if (Number.isInteger(steps) && steps >= 1 && all <= MOST_STEPS) return;
      const detail = `'steps' must be a whole number from 1 to ${MOST_STEPS}${data.length > 1 ? ", those of all rows together" : ""}`;
      throw featureError([{ row, feature: "steps", detail }]);
    });
    return this.byRow(data);
  }

  /** A forecast for each row: an array where all have as many steps, else lists. */
  private byRow(counts: Float64Array): NdArray {
    const longest = counts.reduce((most, steps) => Math.max(most, steps), 0);
    const all = this.forecast({ steps: longest, known: new Float64Array(0) });
    const { series } = this;
    if (longest > 1 && counts.every((steps) => steps === longest)) {
      const data = Float64Array.from({ length: counts.length * all.length }, (_, at) => all[at % all.length]!);
      return NdArray.of(data, series === 1 ? [counts.length, longest] : [counts.length, longest, series]);
    }
    const lists = Array.from(counts, (steps) =>
      Array.from({ length: steps }, (_, step) =>
        series === 1 ? all[step] : Array.from(all.subarray(step * series, (step + 1) * series)),
      ),
    );
    return NdArray.objects(lists, [counts.length]);
  }
}
