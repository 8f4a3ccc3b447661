/**
 * sklearn-pandas: its rows for {@link revive} of `@curtido/estimators/core`, and its classes.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/sklearn_pandas";
 * revive(bytes, { entries }).methods;
 */

export { sklearnPandasEntries as entries } from "./entries.ts";
export { DataFrameMapper } from "./mapper.ts";
export { TransformerPipeline } from "./pipeline.ts";
