/**
 * nltk's classifiers: their rows for {@link revive} of `@curtido/estimators/core`, and their classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/nltk";
 * revive(bytes, { entries }).methods;
 */

export { DecisionTreeClassifier } from "./decision_tree.ts";
export { nltkEntries as entries } from "./entries.ts";
export { MaxentClassifier } from "./maxent.ts";
export { NaiveBayesClassifier } from "./naive_bayes.ts";
export { SklearnClassifier } from "./sklearn_classifier.ts";
