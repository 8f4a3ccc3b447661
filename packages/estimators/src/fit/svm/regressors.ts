/** @module SVR and NuSVR: support vector machines by the iterations of libsvm (`sklearn.svm._classes`). */

import type { SupportProblem } from "@curtido/kernels";
import { float } from "@curtido/pickle";
import type { Rows } from "../../base/input.ts";
import { numericTarget, type Target } from "../base/data.ts";
import { settledNumber } from "../base/parameters.ts";
import type { Fitted, Given, TrainerSpec } from "../base/trainer.ts";
import type { FitOptions } from "../base/weights.ts";
import { kernelOf, NU_REGRESSOR, REGRESSOR, rulesOf } from "./parameters.ts";
import { SupportTrainer } from "./support.ts";

const SHARED = { probability: false, class_weight: null, random_state: null };

/** SVR. */
export const SVR_SPEC: TrainerSpec = {
  module: "sklearn.svm._classes",
  name: "SVR",
  task: "regression",
  parameters: REGRESSOR,
  older: () => ({ nu: float(0), ...SHARED }),
};
/** NuSVR. */
export const NU_SVR_SPEC: TrainerSpec = {
  module: "sklearn.svm._classes",
  name: "NuSVR",
  task: "regression",
  parameters: NU_REGRESSOR,
  older: () => ({ epsilon: float(0), ...SHARED }),
};

/** What differs between the two: the linear term, where unknowns begin, and what their sums do. */
type Terms = Pick<SupportProblem, "linear" | "initial" | "level">;

abstract class SupportRegressorTrainer extends SupportTrainer {
  /** @param bounds - of both unknowns of each row */
  protected abstract terms(targets: Float64Array, bounds: Float64Array): Terms;

  /** Learns from rows and numbers. */
  fit(X: Rows, y?: Target, options?: FitOptions): Fitted {
    const ground = this.ground(X, options);
    const targets = numericTarget(y, ground.rows, this.spec.name);
    const choice = kernelOf(this.parameters, ground.data, ground.width);
    const { kept, weights } = ground;
    const count = kept.length;
    const bounds = Float64Array.from({ length: 2 * count }, (_, at) => {
      const row = kept[at % count]!;
      return (weights?.[row] ?? 1) * settledNumber(this.parameters, "C");
    });
    const signs = new Float64Array(2 * count).fill(1).fill(-1, count);
    const space = this.space(ground, 2 * count, choice);
    const terms = this.terms(
      Float64Array.from(kept, (row) => targets[row]!),
      bounds,
    );
    const found = space.solve({ rows: kept, signs, bounds, ...terms }, rulesOf(this.parameters));
    const differences = Float64Array.from(kept, (_, at) => found.alphas[at]! - found.alphas[at + count]!);
    const isVector = (_: number, at: number) => differences[at] !== 0;
    const vectors = kept.filter(isVector);
    return this.finish([
      ["_sparse", false],
      ...this.features(ground.table),
      ["_effective_probability", false],
      ...this.learned({
        ground,
        gamma: choice.gamma,
        vectors,
        counts: Int32Array.of(vectors.length, vectors.length),
        coefficients: differences.filter(isVector),
        thresholds: Float64Array.of(found.threshold),
        converged: found.converged,
        iterations: Int32Array.of(found.iterations),
        turned: false,
        probA: new Float64Array(0),
        probB: new Float64Array(0),
      }),
      ["n_iter_", found.iterations],
    ]);
  }
}

/**
 * A function that leaves most targets within `epsilon`, and is as flat as `C` lets it.
 *
 * @example
 * new SVR({ kernel: "linear", C: 100, epsilon: 0 }).fit([[0], [1], [2]], [0, 2, 4]).predict([[3]]).tolist(); // [6]
 */
export class SVR extends SupportRegressorTrainer {
  constructor(given: Given = {}) {
    super(SVR_SPEC, given);
  }

  protected terms(targets: Float64Array): Terms {
    const epsilon = settledNumber(this.parameters, "epsilon");
    return { linear: Float64Array.from([...targets.map((y) => epsilon - y), ...targets.map((y) => epsilon + y)]) };
  }
}

/**
 * Like {@link SVR}, but for the parameter: about the share `nu` of the rows are further from the function than the
 * distance that is found with it.
 *
 * @example
 * new NuSVR({ kernel: "linear", C: 100 }).fit([[0], [1], [2]], [0, 2, 4]).predict([[3]]).tolist(); // [6]
 */
export class NuSVR extends SupportRegressorTrainer {
  constructor(given: Given = {}) {
    super(NU_SVR_SPEC, given);
  }

  protected terms(targets: Float64Array, bounds: Float64Array): Terms {
    const nu = settledNumber(this.parameters, "nu");
    const count = targets.length;
    const initial = new Float64Array(2 * count);
    let rest = bounds.subarray(0, count).reduce((sum, bound) => sum + bound * nu, 0) / 2;
    for (let at = 0; at < count; at++) {
      initial[at] = initial[at + count] = Math.min(rest, bounds[at]!);
      rest -= initial[at]!;
    }
    return { linear: Float64Array.from([...targets.map((y) => -y), ...targets]), initial, level: true };
  }
}
