/** @module A class of the user's own: plain functions over rows become an estimator. */

import type { Csr, DataFrame, NdArray } from "@curtido/arrays";
import { Estimator, type InputRules, METHODS, type Method } from "../base/estimator.ts";
import type { Input } from "../base/input.ts";
import { type FeatureShape, featuresAlike } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { type OwnAnswer, type OwnRows, ownArray, ownRows, ownTable } from "./rows.ts";

/** Methods over rows; each is optional. */
export type OwnMethods = Partial<Record<Method, (rows: OwnRows) => OwnAnswer>> & {
  /** The names of the features in their order, where the file does not tell them. */
  readonly features?: readonly string[];
};

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
    if (methods.features !== undefined) this.declareFeatures(methods.features);
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }
  override features(): readonly FeatureShape[] {
    return featuresAlike(this.n_features_in_, { type: "any", missing: true });
  }
  override offers(method: Method): boolean {
    return typeof this.methodsGiven[method] === "function";
  }

  private ask(method: Method, X: Input): OwnAnswer {
    return this.methodsGiven[method]!(ownRows(X, this.feature_names_in_));
  }
  private array(method: Method, X: Input): NdArray {
    return ownArray(this.ask(method, X), this.state.at(method)) as NdArray;
  }
  protected doPredict(X: Input): NdArray {
    return this.array("predict", X);
  }
  protected doPredictProba(X: Input): NdArray {
    return this.array("predictProba", X);
  }
  protected doPredictLogProba(X: Input): NdArray {
    return this.array("predictLogProba", X);
  }
  protected doDecisionFunction(X: Input): NdArray {
    return this.array("decisionFunction", X);
  }
  protected doTransform(X: Input): NdArray | Csr | DataFrame {
    return ownTable(this.ask("transform", X), this.state.at("transform"));
  }
  protected doInverseTransform(X: Input): NdArray {
    return this.array("inverseTransform", X);
  }
  protected doScoreSamples(X: Input): NdArray {
    return this.array("scoreSamples", X);
  }
}
