/** @module Zip archives, written: entries that are stored or deflated, without dates, so that equal ones are equal bytes. */

import { crc32 } from "../containers/codecs/checksums.ts";
import { arrayError } from "../errors.ts";

/** One file of an archive. */
export interface ZipPart {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Deflates without a header (RFC 1951); `@curtido/arrays/node` has one. */
export type Deflate = (bytes: Uint8Array) => Uint8Array;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8 = 0x800;
const DEFLATED = 8;
/** 1980-01-01, the first day that zip knows. */
const DATE = 0x21;
/** What fits without zip64. */
const MOST_BYTES = 2 ** 32 - 1;
const MOST_PARTS = 65535;

/**
 * An archive of these parts.
 *
 * @param deflate - makes parts smaller; they are stored as they are when it is not given
 * @throws CurtidoError E_LIMIT beyond 4 GiB or 65535 parts
 * @example
 * writeZip([{ name: "a.txt", bytes: new TextEncoder().encode("a") }]);
 */
export function writeZip(parts: readonly ZipPart[], deflate?: Deflate): Uint8Array {
  if (parts.length > MOST_PARTS) throw arrayError("E_LIMIT", `an archive of ${parts.length} parts is too large`);
  const chunks: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = new TextEncoder().encode(part.name);
    const content = deflate?.(part.bytes) ?? part.bytes;
    const fields = { name, content, part, method: deflate === undefined ? 0 : DEFLATED };
    directory.push(header(fields, offset));
    const local = header(fields);
    chunks.push(local, content);
    offset += local.length + content.length;
    if (Math.max(offset, part.bytes.length) > MOST_BYTES) throw arrayError("E_LIMIT", "an archive beyond 4 GiB");
  }
  const size = directory.reduce((sum, each) => sum + each.length, 0);
  if (offset + size > MOST_BYTES) throw arrayError("E_LIMIT", "an archive beyond 4 GiB");
  return joined([...chunks, ...directory, end(parts.length, size, offset)]);
}

interface Fields {
  readonly name: Uint8Array;
  readonly content: Uint8Array;
  readonly part: ZipPart;
  readonly method: number;
}

/** A local header, or with `offset` the directory entry that points to it (APPNOTE 4.3.7 and 4.3.12). */
function header({ name, content, part, method }: Fields, offset?: number): Uint8Array {
  const listed = offset !== undefined;
  const out = new Uint8Array((listed ? 46 : 30) + name.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, listed ? CENTRAL : LOCAL, true);
  view.setUint16(4, VERSION, true);
  const at = listed ? 6 : 4;
  view.setUint16(at, VERSION, true);
  view.setUint16(at + 2, UTF8, true);
  view.setUint16(at + 4, method, true);
  view.setUint16(at + 8, DATE, true);
  view.setUint32(at + 10, crc32(part.bytes), true);
  view.setUint32(at + 14, content.length, true);
  view.setUint32(at + 18, part.bytes.length, true);
  view.setUint16(at + 22, name.length, true);
  if (listed) view.setUint32(42, offset, true);
  out.set(name, listed ? 46 : 30);
  return out;
}

function end(count: number, size: number, offset: number): Uint8Array {
  const out = new Uint8Array(22);
  const view = new DataView(out.buffer);
  view.setUint32(0, END, true);
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, size, true);
  view.setUint32(16, offset, true);
  return out;
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}
