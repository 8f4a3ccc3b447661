/** @module What an answer has beside the prediction, as a model gives it. */

import type { Estimator, Method, Rows, Signature } from "@curtido/estimators";
import type { Answer, Include, Output } from "../rows/answer.ts";
import { neighborsOf, perRow, probabilities } from "../rows/results.ts";

/** What the model itself is asked for. */
export const METHOD_OF: Readonly<Record<Exclude<Include, "warnings">, Method>> = {
  probabilities: "predictProba",
  decision: "decisionFunction",
  neighbors: "kneighbors",
  leaves: "apply",
  components: "predictComponents",
  survival: "survivalFunction",
};

/** What is included of some rows, an element for each. */
export function includedOf(
  estimator: Estimator,
  { classes = [] }: Signature,
  name: Exclude<Include, "warnings">,
  X: Rows,
  k?: number,
): unknown[] {
  if (name === "probabilities") return probabilities(estimator.predictProba(X), classes);
  if (name === "decision") return perRow(estimator.decisionFunction(X));
  if (name === "neighbors") return neighborsOf(estimator.kneighbors(X, k));
  if (name === "components") return estimator.predictComponents(X).toRecords();
  if (name === "survival") return estimator.survivalFunction(X).toRecords();
  return perRow(estimator.apply(X));
}

/** What a method of Python's gives for some rows, an element for each: numbers in the order of the classes. */
export function outputOf(estimator: Estimator, output: Output, X: Rows): unknown[] {
  if (output === "decision_function") return perRow(estimator.decisionFunction(X));
  const found = estimator.predictProba(X);
  if (!Array.isArray(found)) return perRow(found);
  const outputs = found.map(perRow);
  return outputs[0]!.map((_, row) => outputs.flatMap((each) => each[row]));
}

/** The answer to no rows. */
export function emptyAnswer(names: readonly string[]): Answer {
  return Object.fromEntries(names.map((name) => [name, []]));
}
