import { type Entries, family } from "../base/entry.ts";
import { DecisionTreeClassifier } from "./decision_tree.ts";
import { MaxentClassifier, MaxentEncoding } from "./maxent.ts";
import { NaiveBayesClassifier } from "./naive_bayes.ts";
import { SklearnClassifier } from "./sklearn_classifier.ts";

/** nltk's classifiers. */
export const nltkEntries: Entries = family([
  { name: "nltk.classify.SklearnClassifier", revive: (state) => new SklearnClassifier(state) },
  { name: "nltk.classify.NaiveBayesClassifier", revive: (state) => new NaiveBayesClassifier(state) },
  { name: "nltk.classify.PositiveNaiveBayesClassifier", revive: (state) => new NaiveBayesClassifier(state) },
  { name: "nltk.classify.MaxentClassifier", revive: (state) => new MaxentClassifier(state) },
  { name: "nltk.classify.DecisionTreeClassifier", revive: (state) => new DecisionTreeClassifier(state) },
  { name: "nltk.classify.BinaryMaxentFeatureEncoding", revive: (state) => new MaxentEncoding(state, false) },
  { name: "nltk.classify.GISEncoding", revive: (state) => new MaxentEncoding(state, false) },
  { name: "nltk.classify.TypedMaxentFeatureEncoding", revive: (state) => new MaxentEncoding(state, true) },
]);
