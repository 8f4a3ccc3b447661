/** @module What a network has learned, as attributes: weights, the curve of its loss, where L-BFGS kept what. */

import { NdArray } from "@curtido/arrays";
import { Tuple } from "@curtido/pickle";
import type { Attributes } from "../base/trainer.ts";
import type { Weights } from "./network.ts";
import { parameterArrays, scalar } from "./pickled.ts";
import type { TrainedNetwork } from "./train.ts";

/** The weights that it ended with, and the best ones. */
export function weightAttributes(weights: Weights, best: Weights, units: readonly number[]): Attributes {
  const coefs = ({ coefs: list }: Weights) => parameterArrays(list, units);
  const intercepts = ({ intercepts: list }: Weights) => list.map((each) => NdArray.of(each.slice()));
  return [
    ["coefs_", coefs(weights)],
    ["intercepts_", intercepts(weights)],
    ["_best_coefs", coefs(best)],
    ["_best_intercepts", intercepts(best)],
  ];
}

/** How the loss went, and the score of rows that were kept aside. */
export function curveAttributes(trained: TrainedNetwork, early: boolean): Attributes {
  const { lossCurve, withoutProgress, bestLoss, scores, bestScore } = trained;
  return [
    ["loss_curve_", lossCurve.map(scalar)],
    ["_no_improvement_count", withoutProgress],
    ["validation_scores_", early ? scores.map(scalar) : null],
    ["best_validation_score_", early ? scalar(bestScore) : null],
    ["best_loss_", early ? null : scalar(bestLoss)],
  ];
}

/** Where the weights and biases of each layer lie in the vector that L-BFGS sees. */
export function placeAttributes(units: readonly number[]): Attributes {
  let at = 0;
  const coefs = units.slice(1).map((outputs, layer) => {
    const start = at;
    at += units[layer]! * outputs;
    return new Tuple<unknown>([start, at, new Tuple([units[layer]!, outputs])]);
  });
  const intercepts = units.slice(1).map((outputs) => {
    const start = at;
    at += outputs;
    return new Tuple([start, at]);
  });
  return [
    ["_coef_indptr", coefs],
    ["_intercept_indptr", intercepts],
  ];
}
