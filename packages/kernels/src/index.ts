/** @module Arithmetic that must be fast, with the bits that numpy and glibc give. */
export { TreeEnsemble } from "./trees/ensemble.ts";
export { type RawField, type RawLayout, type RawTree, type TreeOptions, TreeShapeError, type TreeSource } from "./trees/types.ts";
