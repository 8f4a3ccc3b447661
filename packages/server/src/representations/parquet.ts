/** @module Parquet, in. */

import { checkFooter, checkPages, parquetColumns } from "@curtido/tables";
import type { ParquetParsers } from "hyparquet";
import { MOST_CELLS, rowsOfColumns, type Tabular, unreadable } from "./tabular.ts";

export const PARQUET_TYPE = "application/vnd.apache.parquet";

/** How much the pages of a body may unfold to. */
const LIMITS = { cells: MOST_CELLS, bytes: 2 ** 28 };

const decoder = new TextDecoder();
/** Byte arrays are texts: what else they may be, no model takes. */
const PARSERS: Partial<ParquetParsers> = { stringFromBytes: (bytes) => decoder.decode(bytes) };

/**
 * The table of a parquet file.
 *
 * @throws HttpProblem 400 when it is malformed or two columns have one name, 413 when it unfolds to too much
 */
export async function parseParquet(bytes: Uint8Array): Promise<Tabular> {
  try {
    checkFooter(bytes);
    const [{ parquetMetadata }, { compressors }] = await Promise.all([
      import("hyparquet"),
      import("hyparquet-compressors"),
    ]);
    const own = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
    const metadata = parquetMetadata(own.buffer as ArrayBuffer, { geoparquet: false });
    checkPages(own, metadata, LIMITS);
    const columns = parquetColumns(own, metadata, { compressors, parsers: PARSERS }).filter(
      ({ name }) => !isIndex(name),
    );
    const values = columns.map((column) => column.values.map(textOf));
    return { columns: columns.map(({ name }) => name), rows: rowsOfColumns(values, Number(metadata.num_rows)) };
  } catch (error) {
    throw unreadable("parquet file", error);
  }
}

/** pandas keeps the labels of rows in columns of such names. */
function isIndex(name: string): boolean {
  return /^__index_level_\d+__$/.test(name);
}

function textOf(value: unknown): unknown {
  return value instanceof Uint8Array ? decoder.decode(value) : value;
}
