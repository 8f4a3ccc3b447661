import type { Entries } from "../base/entry.ts";
import { DictVectorizer } from "./dict_vectorizer.ts";
import { FeatureHasher, HashingVectorizer } from "./hashing.ts";
import { PatchExtractor } from "./patches.ts";
import { TfidfTransformer } from "./tfidf.ts";
import { CountVectorizer, TfidfVectorizer } from "./vectorizers.ts";

/** Features of texts and mappings. */
export const featureExtractionEntries: Entries = {
  "sklearn.feature_extraction.CountVectorizer": (state) => new CountVectorizer(state),
  "sklearn.feature_extraction.DictVectorizer": (state) => new DictVectorizer(state),
  "sklearn.feature_extraction.FeatureHasher": (state) => new FeatureHasher(state),
  "sklearn.feature_extraction.HashingVectorizer": (state) => new HashingVectorizer(state),
  "sklearn.feature_extraction.PatchExtractor": (state) => new PatchExtractor(state),
  "sklearn.feature_extraction.TfidfTransformer": (state) => new TfidfTransformer(state),
  "sklearn.feature_extraction.TfidfVectorizer": (state) => new TfidfVectorizer(state),
};
