/** @module Reading parquet files page by page, everything checked before it is believed; `curtido convert` shares it. */

export {
  checkFooter,
  checkPages,
  chunkRange,
  malformed,
  type ParquetLimits,
} from "./representations/parquet_check.ts";
export { columnsOf, type PageReading, type ParquetColumn } from "./representations/parquet_pages.ts";
