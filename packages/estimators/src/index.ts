/**
 * scikit-learn estimators, revived from pickles.
 *
 * @module
 */
export * from "./base/index.ts";
export type { ReviveOptions } from "./core.ts";
export { libraryOf } from "./library.ts";
export { nativeModel, revive, reviveModel } from "./load.ts";
export { type OwnCode, ownCode } from "./own/code.ts";
export type { OwnMethods } from "./own/estimator.ts";
export { knownClasses, publicName } from "./registry.ts";
