import type { Entries } from "../base/entry.ts";
import { CategoricalNB } from "./categorical.ts";
import { DiscreteNB, FittedGaussianNB } from "./naive_bayes.ts";

/** Naive Bayes. */
export const naiveBayesEntries: Entries = [
  { name: "sklearn.naive_bayes.CategoricalNB", revive: (state) => new CategoricalNB(state) },
  { name: "sklearn.naive_bayes.GaussianNB", revive: (state) => new FittedGaussianNB(state) },
  { name: "sklearn.naive_bayes.MultinomialNB", revive: (state) => new DiscreteNB(state, "multinomial") },
  { name: "sklearn.naive_bayes.ComplementNB", revive: (state) => new DiscreteNB(state, "complement") },
  { name: "sklearn.naive_bayes.BernoulliNB", revive: (state) => new DiscreteNB(state, "bernoulli") },
];
