/** @module Zip archives, read only, with everything in which an archive may lie to one reader and not to another. */

import { type CurtidoError, isCurtidoError } from "@curtido/pickle";
import { arrayError } from "../errors.ts";
import { crc32 } from "./codecs/checksums.ts";
import { type Inflate, inflate } from "./codecs/inflate.ts";
import { Sink, truncated } from "./codecs/sink.ts";
import {
  type DirectoryEntry,
  directoryEntry,
  findEnd,
  isZip,
  type LocalHeader,
  localHeader,
  type ZipEnd,
  type ZipHeader,
} from "./zip_records.ts";

export { isZip } from "./zip_records.ts";

const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
const HAS_DESCRIPTOR = 8;
/** Encryption, patches, strong encryption and masked headers: Python's zipfile refuses them, miniz (PyTorch) does not look. */
const REFUSED_FLAGS = 0x1 | 0x20 | 0x40 | 0x2000;
/** The most entries that are listed. */
const MOST_ENTRIES = 1 << 20;
const DESCRIPTORS = [12, 16, 20, 24];

/** Something about an archive on which readers differ, or that keeps it from being read. */
export interface ZipProblem {
  /** `lie`: readers see different things. `hidden`: bytes that no entry covers. `unread`: what could not be read. */
  readonly kind: "lie" | "hidden" | "unread";
  readonly message: string;
  readonly offset: number;
}

/** What one entry holds by one of its descriptions. */
export interface ZipEntry extends ZipHeader {
  /** Where the content begins; compressed, `compressedSize` bytes of it. */
  readonly from: number;
  /** Whether the directory lists it, or only a local header describes it so. */
  readonly listed: boolean;
}

/** The entries of an archive and its problems. */
export interface ZipArchive {
  /** Whether its end, with the comment, is the end of the file. */
  readonly complete: boolean;
  readonly entries: readonly ZipEntry[];
  readonly problems: readonly ZipProblem[];
}

/**
 * Lists an archive: by its directory, and by local headers where those say something else, or are not in the directory.
 *
 * @throws CurtidoError E_CONTAINER when the bytes are no archive
 * @example
 * for (const entry of readZip(bytes).entries) zipContent(bytes, entry, limit).bytes;
 */
export function readZip(bytes: Uint8Array): ZipArchive {
  const end = findEnd(bytes);
  if (end === undefined && !isZip(bytes)) throw arrayError("E_CONTAINER", "this is no zip archive");
  return new Reader(bytes).read(end);
}

interface Span {
  readonly from: number;
  readonly to: number;
  /** Whether a data descriptor may follow. */
  readonly described: boolean;
}

class Reader {
  private readonly bytes: Uint8Array;
  private readonly entries: ZipEntry[] = [];
  private readonly problems: ZipProblem[] = [];
  private readonly spans: Span[] = [];

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  read(end: ZipEnd | undefined): ZipArchive {
    const { bytes, entries, problems } = this;
    if (end === undefined) {
      this.report("unread", "the archive has no directory: it is cut off", bytes.length);
      this.walk(0, bytes.length);
      return { entries, problems, complete: false };
    }
    if (end.end < bytes.length) this.report("hidden", `${bytes.length - end.end} bytes follow the archive`, end.end);
    const directory = this.directory(end);
    this.duplicates(directory);
    this.gaps(end, directory);
    return { entries, problems, complete: end.end === bytes.length };
  }

  private report(kind: ZipProblem["kind"], message: string, offset: number): void {
    this.problems.push({ kind, message, offset });
  }

  private directory(end: ZipEnd): readonly DirectoryEntry[] {
    const start = end.directoryEnd - end.directorySize;
    const shift = start - end.directoryOffset;
    const listed: DirectoryEntry[] = [];
    if (shift !== 0)
      this.report("lie", "the directory is not where the end record says: readers look in two places", end.at);
    for (let at = Math.max(0, start); at < end.directoryEnd; ) {
      const entry = directoryEntry(this.bytes, at, end.directoryEnd);
      if (entry === undefined) {
        this.report("unread", "the directory is malformed", at);
        break;
      }
      if (listed.length >= MOST_ENTRIES) {
        this.report("unread", `the directory lists more than ${MOST_ENTRIES} entries`, at);
        break;
      }
      listed.push(entry);
      this.entry(entry, shift);
      at = entry.end;
    }
    if (listed.length % 65536 !== end.count % 65536)
      this.report("lie", `the directory lists ${listed.length} entries, the end record ${end.count}`, end.at);
    this.spans.push({ from: Math.max(0, start), to: end.end, described: false });
    return listed;
  }

  private entry(entry: DirectoryEntry, shift: number): void {
    const local = localHeader(this.bytes, entry.offset + shift);
    if (local === undefined) {
      this.report("unread", `'${entry.name}' has no local header`, entry.at);
      return;
    }
    const { from } = local;
    const described = (entry.flags & HAS_DESCRIPTOR) !== 0 || (local.flags & HAS_DESCRIPTOR) !== 0;
    // What one of them alone calls encrypted is no secret: that is said here, and it is read as it stands.
    const secret = entry.flags & local.flags & ENCRYPTED;
    this.entries.push({ ...headerOf(entry), flags: (entry.flags & ~ENCRYPTED) | secret, from, listed: true });
    this.spans.push({ from: local.at, to: from + entry.compressedSize, described });
    const flags = (entry.flags | local.flags) & REFUSED_FLAGS;
    // What both call encrypted may be: its content tells.
    if (flags !== 0 && !(flags === ENCRYPTED && secret !== 0)) this.report("lie", flagsWords(entry.name), entry.at);
    const different = differences(entry, local);
    if (different.length === 0) return;
    this.report("lie", `the local header of '${entry.name}' has another ${different.join(", ")}`, local.at);
    // A reader that goes by the local header sees this.
    this.entries.push({ ...headerOf(local), from, listed: false });
  }

  private duplicates(listed: readonly DirectoryEntry[]): void {
    const names = new Map<string, DirectoryEntry>();
    for (const entry of listed) {
      if (names.has(entry.name)) this.report("lie", `two entries are named '${entry.name}'`, entry.at);
      names.set(entry.name, entry);
    }
  }

  /** Bytes between the entries, where more entries may hide. */
  private gaps(end: ZipEnd, listed: readonly DirectoryEntry[]): void {
    const spans = this.spans.sort((a, b) => a.from - b.from);
    let reached = 0;
    let described = false;
    for (const span of spans) {
      if (span.from < reached && span.to > span.from) this.report("lie", "two entries overlap", span.from);
      const gap = span.from - reached;
      if (gap > 0 && !(described && this.isDescriptor(reached, gap))) {
        const where = reached === 0 ? "precede the archive" : "lie between entries";
        this.report("hidden", `${gap} bytes ${where}, where a directory reader does not look`, reached);
        this.walk(reached, span.from);
      }
      if (span.to >= reached) described = span.described;
      reached = Math.max(reached, span.to);
    }
    if (listed.length === 0 && end.directorySize > 0) this.report("unread", "no entry could be read", end.at);
  }

  private isDescriptor(at: number, size: number): boolean {
    return DESCRIPTORS.includes(size) && localHeader(this.bytes, at) === undefined;
  }

  /** Lists the local headers in a range, one behind the other, as far as they say how long they are. */
  private walk(from: number, to: number): void {
    const { bytes } = this;
    for (let at = nextHeader(bytes, from, to); at !== undefined; ) {
      const local = localHeader(bytes, at);
      if (local === undefined || this.entries.length >= MOST_ENTRIES) return;
      const unknown = local.compressedSize === 0 && (local.flags & HAS_DESCRIPTOR) !== 0;
      const next = nextHeader(bytes, local.from + (unknown ? 0 : local.compressedSize), to);
      const compressedSize = unknown ? (next ?? to) - local.from : local.compressedSize;
      this.entries.push({ ...headerOf(local), compressedSize, from: local.from, listed: false });
      at = next;
    }
  }
}

const flagsWords = (name: string) => `'${name}' has flags that some readers refuse and others ignore`;

/** The next local header's signature in a range. */
function nextHeader(bytes: Uint8Array, from: number, to: number): number | undefined {
  const within = bytes.subarray(0, to);
  for (let at = within.indexOf(0x50, from); at >= 0; at = within.indexOf(0x50, at + 1)) {
    if (within[at + 1] === 0x4b && within[at + 2] === 3 && within[at + 3] === 4) return at;
  }
  return undefined;
}

function headerOf({ name, flags, method, checksum, compressedSize, size }: ZipHeader): ZipHeader {
  return { name, flags, method, checksum, compressedSize, size };
}

/** In what a local header differs from its directory entry; with a descriptor it may leave sizes and checksum open. */
function differences(entry: DirectoryEntry, local: LocalHeader): string[] {
  const open = (local.flags & HAS_DESCRIPTOR) !== 0;
  const same = (mine: number, other: number) => mine === other || (open && other === 0);
  return [
    ...(entry.name === local.name ? [] : [`name ('${local.name}')`]),
    ...(entry.method === local.method ? [] : ["compression"]),
    ...(same(entry.compressedSize, local.compressedSize) && same(entry.size, local.size) ? [] : ["size"]),
    ...(same(entry.checksum, local.checksum) ? [] : ["checksum"]),
  ];
}

/** The content of an entry, and why it is not what the archive says. */
export interface ZipContent {
  /** As far as it could be read. */
  readonly bytes: Uint8Array;
  readonly problems: readonly ZipProblem[];
  /** Why it is not all there. */
  readonly error?: CurtidoError;
}

/**
 * Reads an entry whatever its flags and checksum are, as PyTorch does, and says in what it lies.
 *
 * @param limit - the most bytes that may come out; what came out until then is given
 * @example
 * zipContent(bytes, entry, 2 ** 30, nodeInflate).bytes;
 */
export function zipContent(bytes: Uint8Array, entry: ZipEntry, limit: number, fast: Inflate = inflate): ZipContent {
  const sink = new Sink(limit, Math.min(entry.compressedSize, bytes.length));
  const problems: ZipProblem[] = [];
  let error: CurtidoError | undefined;
  try {
    unpack(bytes, entry, sink, fast);
  } catch (caught) {
    if (!isCurtidoError(caught)) throw caught;
    error = caught;
  }
  const out = sink.result();
  const report = (message: string, kind: ZipProblem["kind"] = "lie") =>
    problems.push({ kind, message, offset: entry.from });
  if (entry.flags & ENCRYPTED) {
    // A reader that does not look at the flag would get these bytes; only what is no secret fits its own checksum.
    if (error === undefined && crc32(out) === entry.checksum && out.length === entry.size)
      report(flagsWords(entry.name));
    else
      report(`'${entry.name}' is encrypted with a password: unpack the archive, and look at what comes out`, "unread");
  } else if (error === undefined && out.length !== entry.size && !isOpen(entry))
    report(`'${entry.name}' has ${out.length} bytes, not ${entry.size}`);
  else if (error === undefined && crc32(out) !== entry.checksum && !isOpen(entry))
    report(`'${entry.name}' has another checksum: Python's zipfile refuses it, PyTorch does not look`);
  return error === undefined ? { bytes: out, problems } : { bytes: out, problems, error };
}

/** Whether only a local header describes it, which leaves sizes and checksum to what follows. */
function isOpen(entry: ZipEntry): boolean {
  return !entry.listed && (entry.flags & HAS_DESCRIPTOR) !== 0;
}

function unpack(bytes: Uint8Array, entry: ZipEntry, sink: Sink, fast: Inflate): void {
  const end = entry.from + entry.compressedSize;
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    const words = `'${entry.name}' cannot be opened: compression ${entry.method} is not read here`;
    throw arrayError("E_CONTAINER", words, { part: entry.name });
  }
  const data = bytes.subarray(entry.from, Math.min(end, bytes.length));
  if (entry.method === DEFLATED) {
    const used = fast(data, 0, sink);
    if (used < data.length && !isOpen(entry))
      throw arrayError("E_CONTAINER", `${data.length - used} bytes follow the content of '${entry.name}'`, {
        part: entry.name,
      });
  } else {
    const there = data.subarray(0, Math.min(data.length, sink.limit));
    sink.push(there);
    sink.reserve(data.length - there.length);
  }
  if (end > bytes.length) throw truncated("zip", bytes.length);
}
