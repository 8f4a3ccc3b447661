/**
 * PyCaret's pipelines: their rows for {@link revive} of `@curtido/estimators/core`, and their classes. What stands in a
 * pipeline comes of other families: `preprocessing`, `impute`, `category_encoders` and that of its model.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/pycaret";
 * revive(bytes, { entries }).methods;
 */

export { pycaretEntries as entries } from "./entries.ts";
export { PyCaretPipeline } from "./pipeline.ts";
export { TransformerWrapper } from "./wrapper.ts";
