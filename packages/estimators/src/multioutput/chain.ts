/** @module ClassifierChain and RegressorChain: each output is a feature of the next one (`sklearn.multioutput`). */

import { Csr, NdArray } from "@curtido/arrays";
import { logOf } from "../base/classifier.ts";
import { Estimator, type InputRules, type Method } from "../base/estimator.ts";
import { hstack } from "../base/hstack.ts";
import { asTable, type Input, shapeOf } from "../base/input.ts";
import type { Downstream, FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { readEstimators } from "../ensemble/adaboost.ts";

const METHODS: Readonly<Record<string, Method>> = {
  predict: "predict",
  predict_proba: "predictProba",
  predict_log_proba: "predictLogProba",
  decision_function: "decisionFunction",
};

/** RegressorChain, and what ClassifierChain shares with it. */
export class Chain extends Estimator {
  protected readonly parts: readonly Estimator[];
  /** The output that each part is for. */
  private readonly order: Int32Array;
  /** What a part hands on to the next ones. */
  private readonly feature: Method;

  constructor(state: State) {
    super(state);
    this.parts = readEstimators(state);
    const count = this.parts.length;
    if (count === 0) state.fail("estimators_", "is empty");
    this.order = state.integers("order_", [count], 0, count - 1);
    if (new Set(this.order).size !== count) state.fail("order_", "names an output twice");
    const name = state.given("chain_method_") ? state.string("chain_method_") : "predict";
    this.feature = METHODS[name] ?? state.fail("chain_method_", `must be a method, not '${name}'`);
    this.takeFeaturesOf(this.parts[0]);
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }
  override features(downstream: Downstream): readonly FeatureShape[] {
    return this.parts[0]!.features(downstream);
  }
  override outputs(): number {
    return this.parts.length;
  }

  protected doPredict(X: Input): NdArray {
    return this.ask(X, "predict");
  }

  /** What `method` gives per row and output, in the order of the outputs. */
  protected ask(X: Input, method: Method): NdArray {
    const table = asTable(X);
    const [rows] = shapeOf(X);
    const width = this.parts.length;
    const out = new Float64Array(rows * width);
    const known: NdArray[] = [];
    this.parts.forEach((part, at) => {
      const given = hstack([table, ...known], rows, table instanceof Csr);
      const answer = oneColumn(part, given, method);
      known.push(NdArray.of(method === this.feature ? answer : oneColumn(part, given, this.feature), [rows, 1]));
      for (let row = 0; row < rows; row++) out[row * width + this.order[at]!] = answer[row]!;
    });
    return NdArray.of(out, [rows, width]);
  }
}

/** Labels, values or scores; of probabilities those of the second class. */
function oneColumn(part: Estimator, X: Input, method: Method): Float64Array {
  const answer = part[method as "predict"](X);
  if (answer.ndim === 1) return answer.toFloat64();
  const [rows, width] = answer.shape as readonly [number, number];
  const data = answer.toFloat64();
  return Float64Array.from({ length: rows }, (_, row) => data[row * width + Math.min(1, width - 1)]!);
}

/** ClassifierChain: also scores and probabilities of each output's second class, `[rows, outputs]`. */
export class ClassifierChain extends Chain {
  /** The labels of each part, in the order of the chain. */
  override readonly classes_: readonly NdArray[];

  constructor(state: State) {
    super(state);
    this.classes_ = this.parts.map((part, at) =>
      part.classes_ instanceof NdArray ? part.classes_ : state.fail(`estimators_[${at}]`, "is no classifier"),
    );
  }

  override offers(method: Method): boolean {
    if (method === "predictLogProba") return this.version.atLeast(1, 4) && this.offers("predictProba");
    if (method !== "predictProba" && method !== "decisionFunction") return super.offers(method);
    // From 1.5 on an output of more than two classes has no second one to ask for.
    const binary = this.classes_.every((list) => list.size <= 2) || !this.version.atLeast(1, 5);
    return binary && this.parts.every((part) => part.offers(method));
  }

  protected doPredictProba(X: Input): NdArray {
    return this.ask(X, "predictProba");
  }
  protected doPredictLogProba(X: Input): NdArray {
    return logOf(this.doPredictProba(X));
  }
  protected doDecisionFunction(X: Input): NdArray {
    return this.ask(X, "decisionFunction");
  }
}
