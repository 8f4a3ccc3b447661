import type { Entries } from "../base/entry.ts";
import { CategoricalNB } from "./categorical.ts";
import { DiscreteNB, GaussianNB } from "./naive_bayes.ts";

/** Naive Bayes. */
export const naiveBayesEntries: Entries = {
  "sklearn.naive_bayes.CategoricalNB": (state) => new CategoricalNB(state),
  "sklearn.naive_bayes.GaussianNB": (state) => new GaussianNB(state),
  "sklearn.naive_bayes.MultinomialNB": (state) => new DiscreteNB(state, "multinomial"),
  "sklearn.naive_bayes.ComplementNB": (state) => new DiscreteNB(state, "complement"),
  "sklearn.naive_bayes.BernoulliNB": (state) => new DiscreteNB(state, "bernoulli"),
};
