/**
 * `sklearn.multioutput`: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/multioutput";
 * revive(bytes, { entries }).methods;
 */

export { Chain, ClassifierChain } from "./chain.ts";
export { multioutputEntries as entries } from "./entries.ts";
export { MultiOutput, MultiOutputClassifier } from "./multi_output.ts";
