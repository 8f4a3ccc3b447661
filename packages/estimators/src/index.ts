/**
 * scikit-learn estimators, revived from pickles.
 *
 * @module
 */
export * from "./base/index.ts";
export { type ReviveOptions, revive, reviveModel } from "./load.ts";
export { knownNames, publicName } from "./registry.ts";
