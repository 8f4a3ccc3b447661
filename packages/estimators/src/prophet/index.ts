/**
 * Prophet: its rows for {@link revive} of `@curtido/estimators/core`, and its class.
 *
 * @module
 * @example
 * import { revive } from "@curtido/estimators/core";
 * import { entries } from "@curtido/estimators/prophet";
 * revive(bytes, { entries }).predict([{ ds: "2024-03-01" }]);
 */
export { prophetEntries as entries } from "./entries.ts";
export { Prophet } from "./prophet.ts";
