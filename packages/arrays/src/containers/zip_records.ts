/** @module The records of a zip archive as they lie in the file (PKWARE's APPNOTE 6.3.10, sections 4.3 to 4.5). */

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const LONGEST_COMMENT = 65535;
const END_SIZE = 22;
const LOCATOR_SIZE = 20;
const WHOLE = 0xffffffff;
const ZIP64_EXTRA = 1;

/** What a local header and a directory entry both say. */
export interface ZipHeader {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  readonly compressedSize: number;
  readonly size: number;
}

/** An entry of the directory; `offset` is where it says that the local header lies. */
export interface DirectoryEntry extends ZipHeader {
  readonly offset: number;
  /** Where this entry lies in the directory, and what follows it. */
  readonly at: number;
  readonly end: number;
}

/** A local header; the content begins at `from`. */
export interface LocalHeader extends ZipHeader {
  readonly at: number;
  readonly from: number;
}

/** The end of an archive: where its directory lies. */
export interface ZipEnd {
  readonly at: number;
  /** Behind the end record and its comment. */
  readonly end: number;
  readonly count: number;
  readonly directorySize: number;
  readonly directoryOffset: number;
  /** Where the directory ends: before the end record, and before zip64's when there is one. */
  readonly directoryEnd: number;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Whether these are the first bytes of an archive with at least one entry, or of an empty one. */
export function isZip(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false;
  const signature = viewOf(bytes).getUint32(0, true);
  return signature === LOCAL || signature === END;
}

/** The last end record of a file. */
export function findEnd(bytes: Uint8Array): ZipEnd | undefined {
  const view = viewOf(bytes);
  const lowest = Math.max(0, bytes.length - END_SIZE - LONGEST_COMMENT);
  for (let at = bytes.length - END_SIZE; at >= lowest; at--) {
    if (bytes[at] === 0x50 && view.getUint32(at, true) === END) return endAt(bytes, view, at);
  }
  return undefined;
}

function endAt(bytes: Uint8Array, view: DataView, at: number): ZipEnd {
  const end = Math.min(bytes.length, at + END_SIZE + view.getUint16(at + 20, true));
  const plain = {
    at,
    end,
    count: view.getUint16(at + 10, true),
    directorySize: view.getUint32(at + 12, true),
    directoryOffset: view.getUint32(at + 16, true),
    directoryEnd: at,
  };
  const locator = at - LOCATOR_SIZE;
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR64) return plain;
  // Python looks right before the locator, others where the locator points: it is the same place in an honest file.
  const record = locator - 56;
  if (record < 0 || view.getUint32(record, true) !== END64) return plain;
  return {
    at,
    end,
    count: long(view, record + 32),
    directorySize: long(view, record + 40),
    directoryOffset: long(view, record + 48),
    directoryEnd: record,
  };
}

/** The directory entry at a place; `undefined` when there is none. */
export function directoryEntry(bytes: Uint8Array, at: number, end: number): DirectoryEntry | undefined {
  const view = viewOf(bytes);
  if (end - at < 46 || view.getUint32(at, true) !== CENTRAL) return undefined;
  const nameLength = view.getUint16(at + 28, true);
  const extraLength = view.getUint16(at + 30, true);
  const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  if (next > end) return undefined;
  const flags = view.getUint16(at + 8, true);
  const sizes = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)] as const;
  const [size, compressedSize, offset] = zip64(view, at + 46 + nameLength, extraLength, sizes);
  return {
    name: nameOf(bytes.subarray(at + 46, at + 46 + nameLength)),
    flags,
    method: view.getUint16(at + 10, true),
    checksum: view.getUint32(at + 16, true),
    compressedSize: compressedSize!,
    size: size!,
    offset: offset!,
    at,
    end: next,
  };
}

/** The local header at a place; `undefined` when there is none. */
export function localHeader(bytes: Uint8Array, at: number): LocalHeader | undefined {
  const view = viewOf(bytes);
  if (at < 0 || bytes.length - at < 30 || view.getUint32(at, true) !== LOCAL) return undefined;
  const nameLength = view.getUint16(at + 26, true);
  const extraLength = view.getUint16(at + 28, true);
  const from = at + 30 + nameLength + extraLength;
  if (from > bytes.length) return undefined;
  const sizes = [view.getUint32(at + 22, true), view.getUint32(at + 18, true)] as const;
  const [size, compressedSize] = zip64(view, at + 30 + nameLength, extraLength, sizes);
  return {
    name: nameOf(bytes.subarray(at + 30, at + 30 + nameLength)),
    flags: view.getUint16(at + 6, true),
    method: view.getUint16(at + 8, true),
    checksum: view.getUint32(at + 14, true),
    compressedSize: compressedSize!,
    size: size!,
    at,
    from,
  };
}

/** Replaces numbers that are all ones by those of the zip64 extra field, in its order. */
function zip64(view: DataView, from: number, length: number, numbers: readonly number[]): readonly number[] {
  for (let at = from; at + 4 <= from + length; ) {
    const size = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) !== ZIP64_EXTRA) {
      at += 4 + size;
      continue;
    }
    let field = at + 4;
    const end = Math.min(field + size, from + length);
    return numbers.map((number) => {
      if (number !== WHOLE || field + 8 > end) return number;
      field += 8;
      return long(view, field - 8);
    });
  }
  return numbers;
}

function long(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
}

const utf8 = new TextDecoder("utf-8", { fatal: true });
const latin1 = new TextDecoder("latin1");

/** A name for people; whether two names are one is asked of what this gives. */
function nameOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return latin1.decode(bytes);
  }
}
