/** @module What changes the rows of training alone: samplers, and pipelines with samplers among their steps (`imblearn.pipeline`). */

import { Estimator } from "../base/estimator.ts";
import type { State } from "../base/state.ts";
import { FittedPipeline, readSteps } from "../pipeline/pipeline.ts";

/** A sampler: it adds or drops rows of training, and has no method for new rows. */
export class Sampler extends Estimator {}

/** imbalanced-learn's Pipeline: its samplers have nothing to say when it predicts. */
export class SamplingPipeline extends FittedPipeline {
  constructor(state: State) {
    super(
      state,
      readSteps(state, "steps").map((step) =>
        step.estimator instanceof Sampler ? { ...step, estimator: undefined } : step,
      ),
    );
  }
}
