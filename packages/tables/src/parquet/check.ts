/** @module What a parquet file claims about itself, checked before anything is unfolded: what reads it believes it all. */

import type { ColumnMetaData, FileMetaData } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { malformed, tooLarge } from "../errors.ts";
import { LIMITS, limitCells, limitClaims, mostUnfolded } from "../limits.ts";
import type { TableLimits } from "../types.ts";

/** Structs inside structs of the Thrift records, which are no deeper than ten. */
const DEEPEST = 32;
/** Bytes of one Thrift integer. */
const LONGEST_VARINT = 10;
const MAGIC = 0x31524150;
const FOOTER = 8;

/**
 * Refuses a footer that is no sequence of Thrift records of sane lengths.
 *
 * @throws CurtidoError E_TABLE
 */
export function checkFooter(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ends =
    bytes.length >= 12 && view.getUint32(0, true) === MAGIC && view.getUint32(bytes.length - 4, true) === MAGIC;
  if (!ends) throw malformed("parquet", "it does not begin and end as one");
  const length = view.getUint32(bytes.length - FOOTER, true);
  const from = bytes.length - FOOTER - length;
  if (from < 4) throw malformed("parquet", "its metadata is longer than the file");
  new Thrift(view, from, bytes.length - FOOTER).struct();
}

/**
 * Refuses a file whose pages do not lie in it, or hold more than the metadata says, or more than can be read.
 *
 * @throws CurtidoError E_TABLE, E_TABLE_LIMIT
 */
export function checkPages(bytes: Uint8Array, metadata: FileMetaData, limits: TableLimits = LIMITS): void {
  const rows = Number(metadata.num_rows);
  const columns = metadata.schema.filter((element) => element.type !== undefined).length;
  if (columns === 0) throw malformed("parquet", "it has no columns");
  if (!(Number.isSafeInteger(rows) && rows >= 0)) throw malformed("parquet", "it has no number of rows");
  limitCells("parquet", rows, columns, limits);
  limitClaims("parquet", rows * columns, bytes.length, limits);
  const most = mostUnfolded(bytes.length, limits);
  const groups = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (groups !== rows) throw malformed("parquet", `its parts have ${groups} rows, the whole ${rows}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [unfolded, cells] = [0, 0];
  for (const group of metadata.row_groups) {
    for (const { meta_data: column } of group.columns) {
      if (column === undefined) throw malformed("parquet", "a column of it has no description: is it encrypted?");
      cells += Number(column.num_values);
      limitClaims("parquet", cells, bytes.length, limits);
      unfolded += columnBytes(view, column, most);
      limited(unfolded, most, "bytes");
    }
  }
}

function limited(count: number, most: number, what: string): void {
  if (count > most) throw tooLarge("parquet", most, what);
}

/** Where the pages of a column lie. */
export function chunkRange(column: ColumnMetaData): { readonly start: number; readonly end: number } {
  const data = Number(column.data_page_offset);
  const start = Math.min(Number(column.dictionary_page_offset ?? 0n) || data, data);
  return { start, end: start + Number(column.total_compressed_size) };
}

/** A page as the file has it. */
export interface RawPage {
  readonly header: ReturnType<typeof parquetHeader>;
  /** Where what it holds begins. */
  readonly from: number;
}

/** The pages of a column that was checked. */
export function* pagesOf(
  view: DataView,
  { start, end }: { readonly start: number; readonly end: number },
): Generator<RawPage> {
  for (let at = start; at < end; ) {
    const from = new Thrift(view, at, end).struct();
    const header = parquetHeader({ view, offset: at });
    yield { header, from };
    at = from + header.compressed_page_size;
  }
}

/** Whether a page is of one kind, and described as that and as nothing else. */
function isOneKind({
  type,
  data_page_header,
  data_page_header_v2,
  dictionary_page_header,
}: RawPage["header"]): boolean {
  return (
    (data_page_header !== undefined) === (type === "DATA_PAGE") &&
    (data_page_header_v2 !== undefined) === (type === "DATA_PAGE_V2") &&
    (dictionary_page_header !== undefined) === (type === "DICTIONARY_PAGE")
  );
}

/** What the pages of a column unfold to, in bytes. */
function columnBytes(view: DataView, column: ColumnMetaData, most: number): number {
  const name = column.path_in_schema.join(".");
  const wrong = (problem: string) => malformed("parquet", `${problem} in the column '${name}'`);
  const { start, end } = chunkRange(column);
  const values = Number(column.num_values);
  if (values === 0) return 0;
  if (!(values > 0)) throw wrong("there is no number of values");
  if (!(start >= 4 && end >= start && end <= view.byteLength - FOOTER))
    throw wrong("the pages lie outside of the file");

  let [seen, unfolded] = [0, 0];
  for (const { header, from } of pagesOf(view, { start, end })) {
    const page = header.data_page_header ?? header.data_page_header_v2;
    if (!isOneKind(header)) throw wrong("a page is malformed");
    const count = (page ?? header.dictionary_page_header)?.num_values ?? 0;
    if (!(header.compressed_page_size >= 0 && from + header.compressed_page_size <= end))
      throw wrong("a page reaches past its end");
    if (!(header.uncompressed_page_size >= 0 && count >= 0)) throw wrong("a page is malformed");
    if (page?.encoding === "DELTA_BYTE_ARRAY")
      throw wrong("there is the encoding DELTA_BYTE_ARRAY, which is not read here,");
    if (page === undefined && count > header.uncompressed_page_size * 8)
      throw wrong("a dictionary has more entries than bytes");
    if (page !== undefined) seen += count;
    if (seen > values) throw wrong("the pages have more values than they should");
    unfolded += header.uncompressed_page_size;
    limited(unfolded, most, "bytes");
  }
  return unfolded;
}

/** Steps over Thrift's compact protocol: every length lies within the bytes, nothing is nested deeply. */
class Thrift {
  private readonly view: DataView;
  private readonly end: number;
  private at: number;

  constructor(view: DataView, at: number, end: number) {
    this.view = view;
    this.at = at;
    this.end = end;
  }

  /** Steps over a struct; gives where it ends. */
  struct(depth = 0): number {
    if (depth > DEEPEST) throw malformed("parquet", "its metadata is nested too deeply");
    for (;;) {
      const byte = this.byte();
      if ((byte & 15) === 0) return this.at;
      if (byte >> 4 === 0) this.varint();
      this.element(byte & 15, depth);
    }
  }

  private byte(): number {
    if (this.at >= this.end) throw malformed("parquet", "its metadata is cut off");
    return this.view.getUint8(this.at++);
  }

  private varint(): number {
    let value = 0;
    for (let count = 0; count < LONGEST_VARINT; count++) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** (7 * count);
      if (byte < 128) return value;
    }
    throw malformed("parquet", "its metadata holds an integer of too many bytes");
  }

  private skip(count: number): void {
    if (!(count <= this.end - this.at)) throw malformed("parquet", "its metadata is cut off");
    this.at += count;
  }

  private element(type: number, depth: number): void {
    if (type === 3) this.skip(1);
    else if (type >= 4 && type <= 6) this.varint();
    else if (type === 7) this.skip(8);
    else if (type === 8) this.skip(this.varint());
    else if (type === 9) this.list(depth);
    else if (type === 12) this.struct(depth + 1);
    else if (type !== 1 && type !== 2) throw malformed("parquet", `its metadata holds the unknown type ${type}`);
  }

  private list(depth: number): void {
    const byte = this.byte();
    const size = byte >> 4 === 15 ? this.varint() : byte >> 4;
    if (size > this.end - this.at) throw malformed("parquet", "its metadata holds a list that is longer than itself");
    const type = byte & 15;
    // Booleans take a byte each in lists, and none outside of them.
    for (let at = 0; at < size; at++) this.element(type === 1 || type === 2 ? 3 : type, depth + 1);
  }
}
