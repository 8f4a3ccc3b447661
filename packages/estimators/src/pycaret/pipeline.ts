/** @module PyCaret's Pipeline: wrapped transformers, a model, and a target that is transformed back (`pycaret.internal.pipeline`). */

import { NdArray } from "@curtido/arrays";
import type { Method } from "../base/estimator.ts";
import type { Input } from "../base/input.ts";
import type { State } from "../base/state.ts";
import { FittedPipeline, type NamedPart, readSteps } from "../pipeline/pipeline.ts";
import { TransformerWrapper } from "./wrapper.ts";

/** Predicts what its last step predicts, in the words of the target. */
export class PyCaretPipeline extends FittedPipeline {
  declare readonly classes_?: NdArray | readonly NdArray[];
  /** What transformed the target, last first. */
  private readonly targets: readonly TransformerWrapper[];

  constructor(state: State) {
    const steps = readSteps(state, "steps");
    super(state, steps.map(idle));
    const wrappers = steps.map(({ estimator }) => estimator).filter((each) => each instanceof TransformerWrapper);
    this.targets = wrappers.filter(({ ofTarget, transformer }) => ofTarget && transformer !== undefined).reverse();
    // Steps that only look at the target know the columns too.
    this.takeFeaturesOf(wrappers[0]);
    if (this.classes_ instanceof NdArray) this.classes_ = this.back(this.classes_);
  }

  override offers(method: Method): boolean {
    return method !== "inverseTransform" && super.offers(method);
  }

  protected override doPredict(X: Input): NdArray {
    return this.back(super.doPredict(X));
  }

  private back(values: NdArray): NdArray {
    let found = values;
    for (const { transformer } of this.targets) {
      const column = NdArray.of(found.toC().data, [found.size, 1], found.dtype);
      const undone = transformer!.inverseTransform(column) as NdArray;
      found = NdArray.of(undone.toC().data, [undone.size], undone.dtype);
    }
    return found;
  }
}

function idle(step: NamedPart): NamedPart {
  const { estimator } = step;
  return estimator instanceof TransformerWrapper && !estimator.acts ? { ...step, estimator: undefined } : step;
}
