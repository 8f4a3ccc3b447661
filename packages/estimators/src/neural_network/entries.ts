import type { Entries } from "../base/entry.ts";
import { BernoulliRBM } from "./boltzmann.ts";
import { FittedMLPClassifier, FittedMLPRegressor } from "./perceptron.ts";

/** Neural networks. */
export const neuralNetworkEntries: Entries = [
  { name: "sklearn.neural_network.MLPClassifier", revive: (state) => new FittedMLPClassifier(state) },
  { name: "sklearn.neural_network.MLPRegressor", revive: (state) => new FittedMLPRegressor(state) },
  { name: "sklearn.neural_network.BernoulliRBM", revive: (state) => new BernoulliRBM(state) },
];
