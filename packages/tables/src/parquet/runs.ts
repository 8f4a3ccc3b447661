/**
 * The runs of a page, checked before they are read: what reads them writes as many values as a run claims to have, and V8
 * ends the process when an array grows beyond what it can hold.
 *
 * @module
 */

import type { SchemaElement } from "hyparquet";
import type { parquetHeader } from "hyparquet/src/column.js";
import { malformed } from "../errors.ts";

export type PageHeader = ReturnType<typeof parquetHeader>;

/** What of a column decides how its pages are read. */
export interface PageKind {
  readonly type: string;
  readonly element: SchemaElement;
  /** The highest levels of repetition and definition; 0 where there are none. */
  readonly repetition: number;
  readonly definition: number;
}

/** A group of bit-packed values. */
const GROUP = 8;
const DICTIONARY: ReadonlySet<string> = new Set(["PLAIN_DICTIONARY", "RLE_DICTIONARY"]);

/**
 * Refuses the values of a page whose runs are longer than the page.
 *
 * @param page - what a data page of the first version holds, or the values of one of the second version, unfolded
 * @throws CurtidoError E_TABLE
 */
export function checkPage(page: Uint8Array, header: PageHeader, kind: PageKind): void {
  const { data_page_header: first, data_page_header_v2: second } = header;
  const data = first ?? second;
  if (data === undefined) return;
  const runs = new Runs(page);
  let values = data.num_values;
  if (first !== undefined) {
    if (kind.repetition > 0) runs.block(widthOf(kind.repetition), values, 0);
    if (kind.definition > 0) values = runs.block(widthOf(kind.definition), values, kind.definition);
  } else values -= second!.num_nulls;
  const { encoding } = data;
  if (encoding === "BYTE_STREAM_SPLIT" && values * bytesOf(kind) > page.length) throw tooLong();
  if (encoding === "RLE" && kind.type === "BOOLEAN") {
    runs.block(1, values, 0);
  } else if (DICTIONARY.has(encoding ?? "") || encoding === "RLE") {
    const width = runs.byte();
    if (width > 0) runs.read(page.length, width, values, 0);
  }
}

/**
 * Refuses the levels of a page of the second version, which lie before its values.
 *
 * @param page - what the file holds of it
 * @throws CurtidoError E_TABLE
 */
export function checkLevels(page: Uint8Array, { data_page_header_v2: header }: PageHeader, kind: PageKind): void {
  if (header === undefined) return;
  const { num_values: values, num_nulls: nulls } = header;
  const [repetition, definition] = [header.repetition_levels_byte_length, header.definition_levels_byte_length];
  if (!(nulls >= 0 && nulls <= values && repetition >= 0 && definition >= 0 && repetition + definition <= page.length))
    throw malformed("parquet", "a page is malformed");
  const runs = new Runs(page);
  if (kind.repetition > 0) runs.read(repetition, widthOf(kind.repetition), values, 0);
  runs.skip(repetition - runs.at);
  if (kind.definition > 0) runs.read(repetition + definition, widthOf(kind.definition), values, 0);
}

function widthOf(level: number): number {
  return 32 - Math.clz32(level);
}

function bytesOf({ type, element }: PageKind): number {
  if (type === "FIXED_LEN_BYTE_ARRAY") return element.type_length ?? 0;
  return type === "INT64" || type === "DOUBLE" ? 8 : 4;
}

function tooLong(): Error {
  return malformed("parquet", "a page claims more values than it holds");
}

/** Steps over runs. */
class Runs {
  at = 0;
  private readonly page: Uint8Array;

  constructor(page: Uint8Array) {
    this.page = page;
  }

  skip(count: number): void {
    this.at += count;
  }

  byte(): number {
    const byte = this.page[this.at++];
    if (byte === undefined) throw tooLong();
    return byte;
  }

  /** A block that begins with its length; gives how many of its values are `counted`. */
  block(width: number, values: number, counted: number): number {
    const length = this.byte() | (this.byte() << 8) | (this.byte() << 16) | (this.byte() << 24);
    const end = this.at + length;
    if (!(length >= 0 && end <= this.page.length)) throw tooLong();
    const found = this.read(end, width, values, counted);
    this.at = end;
    return found;
  }

  /** Runs of `values` values up to a byte; gives how many of them are `counted`. */
  read(end: number, width: number, values: number, counted: number): number {
    let [seen, found] = [0, 0];
    while (seen < values && this.at < end) {
      const header = this.varint();
      if (header % 2 === 0) {
        const count = header / 2;
        if (count > values - seen) throw tooLong();
        if (this.value(width) === counted) found += count;
        seen += count;
      } else {
        const count = Math.min(((header - 1) / 2) * GROUP, values - seen);
        if (counted > 0) found += this.packed(width, count, counted);
        this.at += ((header - 1) / 2) * width;
        seen += count;
      }
    }
    return found;
  }

  private varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw tooLong();
  }

  private value(width: number): number {
    let value = 0;
    for (let at = 0; at < (width + 7) >> 3; at++) value += this.byte() * 2 ** (8 * at);
    return value;
  }

  /** How many of bit-packed values are `counted`. */
  private packed(width: number, count: number, counted: number): number {
    let found = 0;
    for (let index = 0, bit = 0; index < count; index++, bit += width) {
      const from = this.at + (bit >> 3);
      const low = (this.page[from] ?? 0) | ((this.page[from + 1] ?? 0) << 8);
      if (((low >> (bit & 7)) & ((1 << width) - 1)) === counted) found++;
    }
    return found;
  }
}
