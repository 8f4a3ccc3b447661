/**
 * Tables as people send and keep them.
 *
 * @module
 */

export { cannotHold, malformed, shown } from "./errors.ts";
export { tableFormats } from "./formats.ts";
export { tableOf } from "./frame.ts";
export { isMissing } from "./infer.ts";
export { checkFooter, checkPages, type ParquetLimits } from "./parquet/check.ts";
export { columnsOf as parquetColumns, type PageReading, type ParquetColumn } from "./parquet/pages.ts";
export type { Format, Reading, Writing } from "./types.ts";
