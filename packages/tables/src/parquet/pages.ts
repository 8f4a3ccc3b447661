/** @module The columns of a parquet file, page by page: one after the other, so that an error has one place to go to. */

import {
  type ColumnMetaData,
  type Compressors,
  type DecodedArray,
  type FileMetaData,
  type ParquetParsers,
  parquetSchema,
  type SchemaElement,
} from "hyparquet";
import { assembleNested } from "hyparquet/src/assemble.js";
import { readColumn } from "hyparquet/src/column.js";
import { DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { getTreePath } from "hyparquet/src/schema.js";
import { malformed } from "../errors.ts";
import { chunkRange } from "./check.ts";

/** A column as it was read: `null` where something is missing. */
export interface ParquetColumn {
  readonly name: string;
  readonly element: SchemaElement;
  /** Whether it is a list or a struct. */
  readonly nested: boolean;
  readonly values: readonly unknown[];
}

/** How pages are read. */
export interface PageReading {
  readonly compressors: Compressors;
  readonly parsers: Partial<ParquetParsers>;
}

type Tree = ReturnType<typeof parquetSchema>;

/**
 * All columns, in the order of the schema.
 *
 * @throws CurtidoError E_TABLE when rows are missing, or two columns have one name; Error for what is malformed
 */
export function parquetColumns(
  bytes: Uint8Array,
  metadata: FileMetaData,
  reading: PageReading,
): readonly ParquetColumn[] {
  const schema = parquetSchema(metadata);
  const names = new Set(schema.children.map(({ element }) => element.name));
  if (names.size !== schema.children.length) throw malformed("parquet", "two columns have one name");
  return schema.children.map((child) => {
    const values: unknown[] = [];
    for (const group of metadata.row_groups) {
      const rows = Number(group.num_rows);
      const chunks = group.columns.flatMap(({ meta_data: column }) =>
        column?.path_in_schema[0] === child.element.name ? [column] : [],
      );
      const part = groupColumn(bytes, schema, child, chunks, rows, reading);
      if (part.length !== rows)
        throw malformed("parquet", `the column '${child.element.name}' has ${part.length} rows, not ${rows}`);
      for (const value of part) values.push(value ?? null);
    }
    return { name: child.element.name, element: child.element, nested: child.children.length > 0, values };
  });
}

function groupColumn(
  bytes: Uint8Array,
  schema: Tree,
  child: Tree,
  chunks: readonly ColumnMetaData[],
  rows: number,
  reading: PageReading,
): ArrayLike<unknown> & Iterable<unknown> {
  if (rows === 0) return [];
  const leaves = chunks.map((chunk) => [chunk, leafColumn(bytes, schema, chunk, rows, reading)] as const);
  if (child.children.length === 0) return leaves[0]?.[1] ?? [];
  const parts = new Map<string, DecodedArray>(
    leaves.map(([chunk, values]) => [chunk.path_in_schema.join("."), values]),
  );
  assembleNested(parts, child, { ...DEFAULT_PARSERS, ...reading.parsers });
  return (parts.get(child.element.name) ?? []) as unknown[];
}

function leafColumn(
  bytes: Uint8Array,
  schema: Tree,
  chunk: ColumnMetaData,
  rows: number,
  { compressors, parsers }: PageReading,
): unknown[] {
  // What claims to hold nothing was not checked.
  if (Number(chunk.num_values) === 0) return [];
  const schemaPath = getTreePath(schema, chunk.path_in_schema);
  const { start, end } = chunkRange(chunk);
  const decoder = {
    pathInSchema: chunk.path_in_schema,
    type: chunk.type,
    codec: chunk.codec,
    element: schemaPath[schemaPath.length - 1]!.element,
    schemaPath,
    compressors,
    utf8: false,
    parsers: { ...DEFAULT_PARSERS, ...parsers },
  };
  const select = { groupStart: 0, selectStart: 0, selectEnd: rows, groupRows: rows };
  // A copy: what reads pages takes arrays to begin where their buffer does.
  const pages = bytes.slice(start, end);
  const { data } = readColumn({ view: new DataView(pages.buffer), offset: 0 }, select, decoder);
  const values: unknown[] = [];
  for (const part of data) for (const value of part as Iterable<unknown>) values.push(value);
  return values;
}
