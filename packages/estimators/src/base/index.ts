export * from "./errors.ts";
export * from "./estimator.ts";
export * from "./input.ts";
export * from "./labels.ts";
export * from "./signature.ts";
export * from "./state.ts";
export * from "./version.ts";
