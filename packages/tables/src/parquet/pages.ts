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
import { decompressPage } from "hyparquet/src/datapage.js";
import { getTreePath } from "hyparquet/src/schema.js";
import { malformed } from "../errors.ts";
import { chunkRange, pagesOf } from "./check.ts";
import { checkLevels, checkPage, type PageHeader, type PageKind } from "./runs.ts";

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
  const groups = metadata.row_groups.map(({ num_rows: rows, columns }) => {
    const chunks = new Map<string | undefined, ColumnMetaData[]>();
    for (const { meta_data: column } of columns) {
      if (column === undefined) continue;
      const name = column.path_in_schema[0];
      const found = chunks.get(name);
      if (found === undefined) chunks.set(name, [column]);
      else found.push(column);
    }
    return { rows: Number(rows), chunks };
  });
  return schema.children.map((child) => {
    const values: unknown[] = [];
    for (const { rows, chunks } of groups) {
      const part = groupColumn(bytes, schema, child, chunks.get(child.element.name) ?? [], rows, reading);
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
  const leaves = chunks.map((chunk) => [chunk, leafColumn(bytes, [schema, child], chunk, rows, reading)] as const);
  if (child.children.length === 0) return leaves[0]?.[1] ?? [];
  const parts = new Map<string, DecodedArray>(
    leaves.map(([chunk, values]) => [chunk.path_in_schema.join("."), values]),
  );
  assembleNested(parts, child, { ...DEFAULT_PARSERS, ...reading.parsers });
  return (parts.get(child.element.name) ?? []) as unknown[];
}

/** A codec's name for pages that are not compressed: those of its own are handed to nobody. */
const OWN = "BROTLI";

/** Unfolds the pages of a column, and checks their runs before anything reads them. */
function checking(
  pages: Uint8Array,
  { type, codec }: ColumnMetaData,
  path: readonly Tree[],
  compressors: Compressors,
): Compressors {
  const repeated = path.map(({ element }) => element.repetition_type);
  const kind: PageKind = {
    type,
    element: path.at(-1)!.element,
    repetition: repeated.filter((repetition) => repetition === "REPEATED").length,
    definition: repeated.slice(1).filter((repetition) => repetition !== "REQUIRED").length,
  };
  const headers = new Map<number, PageHeader>();
  for (const { header, from } of pagesOf(new DataView(pages.buffer), { start: 0, end: pages.length })) {
    const raw = pages.subarray(from, from + header.compressed_page_size);
    checkLevels(raw, header, kind);
    const { data_page_header_v2: second } = header;
    const levels =
      second === undefined ? 0 : second.repetition_levels_byte_length + second.definition_levels_byte_length;
    headers.set(from + levels, header);
    if (second?.is_compressed === false) checkPage(raw.subarray(levels), header, kind);
  }
  const unfold = (input: Uint8Array, length: number) => {
    const page = codec === "UNCOMPRESSED" ? input : decompressPage(input, length, codec, compressors);
    checkPage(page, headers.get(input.byteOffset)!, kind);
    return page;
  };
  return { [codec === "UNCOMPRESSED" ? OWN : codec]: unfold };
}

function leafColumn(
  bytes: Uint8Array,
  [schema, child]: readonly [Tree, Tree],
  chunk: ColumnMetaData,
  rows: number,
  { compressors, parsers }: PageReading,
): unknown[] {
  // What claims to hold nothing was not checked.
  if (Number(chunk.num_values) === 0) return [];
  const schemaPath = [schema, ...getTreePath(child, chunk.path_in_schema.slice(1))];
  const { start, end } = chunkRange(chunk);
  // A copy: what reads pages takes arrays to begin where their buffer does.
  const pages = bytes.slice(start, end);
  const view = new DataView(pages.buffer);
  const element = schemaPath[schemaPath.length - 1]!.element;
  const decoder = {
    pathInSchema: chunk.path_in_schema,
    type: chunk.type,
    // What is done to a page before it is read is ours, whatever its codec.
    codec: chunk.codec === "UNCOMPRESSED" ? OWN : chunk.codec,
    element,
    schemaPath,
    compressors: checking(pages, chunk, schemaPath, compressors),
    utf8: false,
    parsers: { ...DEFAULT_PARSERS, ...parsers },
  };
  const select = { groupStart: 0, selectStart: 0, selectEnd: rows, groupRows: rows };
  const { data } = readColumn({ view, offset: 0 }, select, decoder);
  const values: unknown[] = [];
  for (const part of data) for (const value of part as Iterable<unknown>) values.push(value);
  return values;
}
