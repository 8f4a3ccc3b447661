/** @module A class of the user's own: plain functions over rows become an estimator. */

import { Csr, NdArray } from "@curtido/arrays";
import { estimatorError } from "../base/errors.ts";
import { Estimator, type InputRules, METHODS, type Method } from "../base/estimator.ts";
import { asTable, type Input, type Rows, toInput } from "../base/input.ts";
import type { State } from "../base/state.ts";

/** What the user's code answers with: numbers or labels, or rows of them. */
export type OwnAnswer = readonly unknown[] | NdArray;

/** Methods over rows; each is optional. */
export type OwnMethods = Partial<Record<Method, (rows: unknown[][]) => OwnAnswer>>;

/** Rows as arrays, as the user's code gets them. */
export function plainRows(X: Input): unknown[][] {
  const table = asTable(X);
  return (table instanceof Csr ? table.toDense() : table).tolist() as unknown[][];
}

/** The array that the user's answer is. */
export function answerArray(answer: unknown, path: string): NdArray {
  if (answer instanceof NdArray) return answer;
  if (!Array.isArray(answer))
    throw estimatorError("E_STATE", `what is registered for '${path}' must answer with an array`, { path });
  const table = answer.length > 0 && answer.every((row) => Array.isArray(row) || ArrayBuffer.isView(row));
  if (table) return asTable(toInput(answer as Rows)) as NdArray;
  const numbers = answer.every((item) => typeof item === "number");
  return numbers ? NdArray.of(Float64Array.from(answer as number[])) : NdArray.objects(answer, [answer.length]);
}

/** Whether what a registered name gave is an object of methods. */
export function isOwnMethods(value: unknown): value is OwnMethods {
  return (
    typeof value === "object" &&
    value !== null &&
    METHODS.some((each) => typeof (value as OwnMethods)[each] === "function")
  );
}

/** An object of the user's class: it offers the methods that were registered. */
export class OwnEstimator extends Estimator {
  private readonly methodsGiven: OwnMethods;

  constructor(state: State, methods: OwnMethods) {
    super(state);
    this.methodsGiven = methods;
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }
  override offers(method: Method): boolean {
    return typeof this.methodsGiven[method] === "function";
  }

  private ask(method: Method, X: Input): NdArray {
    return answerArray(this.methodsGiven[method]!(plainRows(X)), this.state.at(method));
  }
  protected doPredict(X: Input): NdArray {
    return this.ask("predict", X);
  }
  protected doPredictProba(X: Input): NdArray {
    return this.ask("predictProba", X);
  }
  protected doPredictLogProba(X: Input): NdArray {
    return this.ask("predictLogProba", X);
  }
  protected doDecisionFunction(X: Input): NdArray {
    return this.ask("decisionFunction", X);
  }
  protected doTransform(X: Input): NdArray {
    return this.ask("transform", X);
  }
  protected doInverseTransform(X: Input): NdArray {
    return this.ask("inverseTransform", X);
  }
  protected doScoreSamples(X: Input): NdArray {
    return this.ask("scoreSamples", X);
  }
}
