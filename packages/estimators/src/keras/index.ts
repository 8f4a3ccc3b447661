/**
 * Keras' Tokenizer: its row for {@link revive} of `@curtido/estimators/core`, and its class.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/keras";
 * revive(bytes, { entries }).transform(["a text"]).tolist();
 */

export { kerasEntries as entries } from "./entries.ts";
export { Tokenizer } from "./tokenizer.ts";
