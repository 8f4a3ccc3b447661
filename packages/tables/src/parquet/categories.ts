/** @module Categories of columns that pandas wrote with Arrow: the entries of their dictionary page, in its order. */

import type { FileMetaData, ParquetParsers, SchemaElement } from "hyparquet";
import { parquetHeader, readPage } from "hyparquet/src/column.js";
import { convert } from "hyparquet/src/convert.js";
import { chunkRange } from "./check.ts";
import type { PageReading } from "./pages.ts";
import type { Categories, PandasColumn } from "./pandas.ts";

/**
 * The categories of a column that pandas notes as categorical, when its first dictionary page holds as many; `undefined`
 * when it does not: then the labels say all that there is.
 */
export function categoriesOf(
  bytes: Uint8Array,
  metadata: FileMetaData,
  element: SchemaElement,
  note: PandasColumn | undefined,
  { compressors, parsers }: PageReading,
): Categories | undefined {
  if (note?.pandas_type !== "categorical") return undefined;
  const chunk = metadata.row_groups[0]?.columns.find((each) => each.meta_data?.path_in_schema.join() === element.name);
  const column = chunk?.meta_data;
  const offset = Number(column?.dictionary_page_offset ?? 0n);
  if (column === undefined || offset === 0 || offset !== chunkRange(column).start) return undefined;
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset };
  const header = parquetHeader(reader);
  if (header.dictionary_page_header?.num_values !== note.metadata?.["num_categories"]) return undefined;
  const decoder = {
    pathInSchema: [element.name],
    type: column.type,
    element,
    schemaPath: [],
    codec: column.codec,
    compressors,
    parsers: parsers as ParquetParsers,
    utf8: false,
  };
  const page = readPage(reader, header, decoder, undefined, undefined, 0);
  if (page.data === undefined) return undefined;
  const values = Array.from(convert(page.data, decoder) as ArrayLike<unknown>, (value) =>
    typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value,
  );
  return { values, ordered: note.metadata?.["ordered"] === true };
}
