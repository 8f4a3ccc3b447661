import type { CostOf } from "../base/cost.ts";
import { alike, type Entries, family } from "../base/entry.ts";
import { Dictionary, TfidfModel } from "./bags.ts";
import { KeyedVectors } from "./vectors.ts";

/** What is looked up costs a row the same, however much of it there is. */
const lookup: CostOf = (state) => ({
  parts: [],
  perRow: state.given("vector_size") ? state.integer("vector_size") : 100,
});

/** gensim. */
export const gensimEntries: Entries = family(
  alike("gensim.corpora", "Dictionary", (state) => new Dictionary(state), { cost: lookup }),
  alike("gensim.models", "TfidfModel", (state) => new TfidfModel(state), { cost: lookup }),
  alike("gensim.models", "KeyedVectors Word2VecKeyedVectors", (state) => new KeyedVectors(state), { cost: lookup }),
  // What it learned with is left aside: its words are all that it answers with.
  alike("gensim.models", "Word2Vec", (state) => new KeyedVectors(state.child("wv")), { cost: lookup }),
);
