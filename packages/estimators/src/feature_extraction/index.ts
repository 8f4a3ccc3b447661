/**
 * `sklearn.feature_extraction`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/feature_extraction";
 * revive(bytes, { entries }).methods;
 */

export { DictVectorizer } from "./dict_vectorizer.ts";
export { featureExtractionEntries as entries } from "./entries.ts";
export { FeatureHasher, HashingVectorizer } from "./hashing.ts";
export { PatchExtractor } from "./patches.ts";
export { TfidfTransformer } from "./tfidf.ts";
export { CountVectorizer, TfidfVectorizer } from "./vectorizers.ts";
