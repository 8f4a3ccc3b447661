/** @module The parts of a network's state that are objects of Python: optimizers and the binarizer of labels. */

import { NdArray } from "@curtido/arrays";
import { Dict, float, Global, Instance } from "@curtido/pickle";
import { settle } from "../base/parameters.ts";
import { instanceOf } from "../base/trainer.ts";
import { Adam, type Optimizer, type Sgd } from "./optimizers.ts";

const MODULE = "sklearn.neural_network._stochastic_optimizers";

/** A number as numpy's own float64. */
export function scalar(value: number): NdArray {
  return NdArray.of(Float64Array.of(value), []).asScalar();
}

/** Weights, then biases, as the arrays that they are. */
export function parameterArrays(list: readonly Float64Array[], units: readonly number[]): NdArray[] {
  const layers = units.length - 1;
  return list.map((each, at) =>
    NdArray.of(each.slice(), at < layers ? [units[at]!, units[at + 1]!] : [units[at - layers + 1]!]),
  );
}

/** The optimizer as scikit-learn pickles it. */
export function optimizerInstance(optimizer: Optimizer, units: readonly number[]): Instance {
  if (optimizer instanceof Adam) {
    const { learningRateInit, beta1, beta2, epsilon } = optimizer.options;
    return plainInstance("AdamOptimizer", [
      ["learning_rate_init", float(learningRateInit)],
      ["learning_rate", scalar(optimizer.learningRate)],
      ["beta_1", float(beta1)],
      ["beta_2", float(beta2)],
      ["epsilon", float(epsilon)],
      ["t", optimizer.steps],
      ["ms", parameterArrays(optimizer.means, units)],
      ["vs", parameterArrays(optimizer.squares, units)],
    ]);
  }
  const { options, learningRate, velocities } = optimizer as Sgd;
  return plainInstance("SGDOptimizer", [
    ["learning_rate_init", float(options.learningRateInit)],
    ["learning_rate", float(learningRate)],
    ["lr_schedule", options.schedule],
    ["momentum", float(options.momentum)],
    ["nesterov", options.nesterov],
    ["power_t", float(options.powerT)],
    ["velocities", parameterArrays(velocities, units)],
  ]);
}

function plainInstance(name: string, state: readonly (readonly [string, unknown])[]): Instance {
  const made = new Instance(new Global(MODULE, name), [], "newobj");
  made.states.push(new Dict<unknown>(state));
  return made;
}

/** The binarizer that turned labels into columns of 0 and 1. */
export function binarizerInstance(classes: NdArray): Instance {
  const spec = { module: "sklearn.preprocessing._label", name: "LabelBinarizer", parameters: {} };
  return instanceOf(spec, settle(spec.name, {}, {}), [
    ["neg_label", 0],
    ["pos_label", 1],
    ["sparse_output", false],
    ["y_type_", classes.size > 2 ? "multiclass" : "binary"],
    ["sparse_input_", false],
    ["classes_", classes],
  ]);
}
