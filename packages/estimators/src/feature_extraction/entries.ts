import type { Entries } from "../base/entry.ts";
import { DictVectorizer } from "./dict_vectorizer.ts";
import { FeatureHasher, HashingVectorizer } from "./hashing.ts";
import { costOfText } from "./ngrams.ts";
import { PatchExtractor } from "./patches.ts";
import { TfidfTransformer } from "./tfidf.ts";
import { CountVectorizer, TfidfVectorizer } from "./vectorizers.ts";

/** Features of texts and mappings. */
export const featureExtractionEntries: Entries = [
  {
    name: "sklearn.feature_extraction.CountVectorizer",
    revive: (state) => new CountVectorizer(state),
    cost: costOfText,
  },
  { name: "sklearn.feature_extraction.DictVectorizer", revive: (state) => new DictVectorizer(state) },
  { name: "sklearn.feature_extraction.FeatureHasher", revive: (state) => new FeatureHasher(state) },
  {
    name: "sklearn.feature_extraction.HashingVectorizer",
    revive: (state) => new HashingVectorizer(state),
    cost: costOfText,
  },
  { name: "sklearn.feature_extraction.PatchExtractor", revive: (state) => new PatchExtractor(state) },
  { name: "sklearn.feature_extraction.TfidfTransformer", revive: (state) => new TfidfTransformer(state) },
  {
    name: "sklearn.feature_extraction.TfidfVectorizer",
    revive: (state) => new TfidfVectorizer(state),
    cost: costOfText,
  },
];
