import type { Entries } from "../base/entry.ts";
import { BernoulliRBM } from "./boltzmann.ts";
import { MLPClassifier, MLPRegressor } from "./perceptron.ts";

/** Neural networks. */
export const neuralNetworkEntries: Entries = {
  "sklearn.neural_network.MLPClassifier": (state) => new MLPClassifier(state),
  "sklearn.neural_network.MLPRegressor": (state) => new MLPRegressor(state),
  "sklearn.neural_network.BernoulliRBM": (state) => new BernoulliRBM(state),
};
