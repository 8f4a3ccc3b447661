/**
 * scikit-learn estimators, revived from pickles.
 *
 * @module
 */
export * from "./base/index.ts";
export { revive, reviveModel, type ReviveOptions } from "./load.ts";
export { knownNames, publicName } from "./registry.ts";
