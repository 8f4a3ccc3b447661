/**
 * Surprise, the recommender: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/surprise";
 * revive(bytes, { entries }).predict([{ user: "196", item: "302" }]).tolist();
 */

export { Algorithm } from "./algorithm.ts";
export { surpriseEntries as entries } from "./entries.ts";
export { BaselineOnly, Factors, SVDpp } from "./factors.ts";
export { Neighbors } from "./neighbors.ts";
export { CoClustering, SlopeOne } from "./others.ts";
