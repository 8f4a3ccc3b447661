/**
 * scikit-learn estimators, revived from pickles.
 *
 * @module
 */
export * from "./base/index.ts";
export { type ReviveOptions, revive, reviveModel } from "./load.ts";
export { nativeModel } from "./native.ts";
export { type OwnCode, ownCode } from "./own/code.ts";
export type { OwnMethods } from "./own/estimator.ts";
export { knownNames, publicName } from "./registry.ts";
export { trainerOf } from "./trainers.ts";
