/**
 * gensim: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/gensim";
 * revive(bytes, { entries }).transform([["human", "interface"]]).tolist();
 */

export { Dictionary, TfidfModel } from "./bags.ts";
export { gensimEntries as entries } from "./entries.ts";
export { KeyedVectors, type Likeness } from "./vectors.ts";
