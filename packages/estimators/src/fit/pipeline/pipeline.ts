/** @module Pipeline: transformers one after the other, and an estimator at the end. */

import { type Instance, Tuple } from "@curtido/pickle";
import { estimatorError } from "../../base/errors.ts";
import type { Rows } from "../../base/input.ts";
import { type Table, type Target, tableOfRows } from "../base/data.ts";
import { flag, none, parameter } from "../base/parameters.ts";
import { inLayoutOf } from "../base/sums.ts";
import {
  type Fitted,
  fitted,
  type Given,
  instanceOf,
  splitChanges,
  Trainer,
  type TrainerSpec,
} from "../base/trainer.ts";
import type { FitOptions } from "../base/weights.ts";

/** Pipeline. */
export const PIPELINE: TrainerSpec = {
  module: "sklearn.pipeline",
  name: "Pipeline",
  task: "composition",
  parameters: {
    steps: parameter([], { kind: "any" }),
    transformInput: parameter(null, none),
    memory: parameter(null, none),
    verbose: parameter(false, flag),
  },
};

/** A step of a pipeline, by name. */
export type Step = readonly [name: string, step: Trainer | "passthrough"];

/**
 * Fits each step on what the steps before made of the rows.
 *
 * @example
 * new Pipeline({ steps: [["scale", new StandardScaler()], ["model", new GaussianNB()]] }).fit(X, y).predict(X);
 */
export class Pipeline extends Trainer {
  constructor(given: Given & { readonly steps: readonly Step[] }) {
    super(PIPELINE, given);
    const { steps } = given;
    if (steps.length === 0) this.unsupported("steps", "is a list of at least one [name, estimator]");
    if (new Set(steps.map(([name]) => name)).size < steps.length) this.unsupported("steps", "gives a name twice");
  }

  private get steps(): readonly Step[] {
    return this.parameters.get("steps") as readonly Step[];
  }

  /** Fits every step; weights of rows are the last one's. */
  fit(X: Rows, y?: Target, options?: FitOptions): Fitted {
    const made: (readonly [string, unknown])[] = [];
    let rows = tableOfRows(X);
    this.steps.forEach(([name, step], at) => {
      if (step === "passthrough") {
        made.push([name, step]);
        return;
      }
      const last = at === this.steps.length - 1;
      const model = step.fit(rows, y, last ? options : undefined);
      made.push([name, model.instance]);
      if (!last) rows = transformed(step, model, rows);
    });
    return fitted(this.withSteps(made));
  }

  override get learnsLabels(): boolean {
    const last = this.steps.at(-1)![1];
    return last instanceof Trainer && last.learnsLabels;
  }

  override with(changes: Given): Pipeline {
    const { own, inner } = splitChanges(
      changes,
      this.steps.map(([name]) => name),
    );
    const steps = this.steps.map(([name, step]): Step => {
      const replaced = own[name] === undefined ? step : (own[name] as Step[1]);
      delete own[name];
      const given = inner.get(name);
      if (given === undefined) return [name, replaced];
      if (replaced instanceof Trainer) return [name, replaced.with(given)];
      return this.unsupported("steps", `'${name}' is no estimator, and has no parameters`);
    });
    return new Pipeline({ verbose: this.parameters.get("verbose"), steps, ...own });
  }

  override unfitted(): Instance {
    return this.withSteps(this.steps.map(([name, step]) => [name, step instanceof Trainer ? step.unfitted() : step]));
  }

  private withSteps(steps: readonly (readonly [string, unknown])[]): Instance {
    const parameters = new Map(this.parameters).set(
      "steps",
      steps.map((step) => new Tuple(step)),
    );
    return instanceOf(PIPELINE, parameters, []);
  }
}

function transformed({ spec }: Trainer, model: Fitted, rows: Table): Table {
  if (model.offers("transform")) {
    const made = model.transform(rows);
    return spec.changesInPlace === true ? inLayoutOf(rows, made) : made;
  }
  throw estimatorError("E_UNSUPPORTED", `${model.className} transforms no rows, and is not the last step`, {
    path: "steps",
  });
}
