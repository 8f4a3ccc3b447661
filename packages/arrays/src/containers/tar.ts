/** @module Tar archives, read only: POSIX ustar, GNU and pax names; files only. */

const BLOCK = 512;
const LARGEST_NAME = 1 << 16;

/** A file in an archive. */
export interface TarEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Where its content begins. */
  readonly offset: number;
}

/** The files of an archive, and where it breaks off. */
export interface TarArchive {
  readonly entries: readonly TarEntry[];
  /** Where what follows is no header, when it should be one. */
  readonly brokenAt?: number;
  /** Where more than zeros follows the end: some readers stop there, others go on. */
  readonly behind?: number;
  /** Entries that readers see differently: links and folders with content, sizes told twice, files with holes. */
  readonly odd: readonly TarOddity[];
}

/** What readers see differently, and where its header lies. */
export interface TarOddity {
  readonly offset: number;
  readonly message: string;
}

/** Links, devices, folders and pipes: Python takes what stands behind their headers for the next one, others skip it. */
const WITHOUT_CONTENT = "123456";
/** Files whose content lies in pieces: of GNU. */
const SPARSE = "S";

/** Whether a file begins as a tar archive does. */
export function isTar(bytes: Uint8Array): boolean {
  return bytes.length >= BLOCK && text(bytes, 257, 262) === "ustar" && checksumHolds(bytes, 0);
}

/** Lists an archive; links, folders and devices are left out, unless something stands behind them. */
export function readTar(bytes: Uint8Array): TarArchive {
  const entries: TarEntry[] = [];
  const odd: TarOddity[] = [];
  let longName: string | undefined;
  let at = 0;
  while (at + BLOCK <= bytes.length) {
    if (isEmpty(bytes, at)) {
      const behind = bytes.subarray(at).findIndex((byte) => byte !== 0);
      return behind < 0 ? { entries, odd } : { entries, odd, behind: at + behind };
    }
    const size = number(bytes, at + 124, at + 136);
    const from = at + BLOCK;
    if (!checksumHolds(bytes, at) || size === undefined || from + size > bytes.length)
      return { entries, odd, brokenAt: at };
    const content = bytes.subarray(from, from + size);
    const kind = String.fromCharCode(bytes[at + 156]!);
    const message = oddity(kind, content);
    if (message !== undefined) odd.push({ offset: at, message });
    if (kind === "L" || kind === "x") longName = nameIn(content, kind) ?? longName;
    else if (kind !== "K" && kind !== "g") {
      // A kind that a reader does not know is a file to it.
      if (size > 0 || kind === "0" || kind === "\0")
        entries.push({ name: longName ?? shortName(bytes, at), bytes: content, offset: from });
      longName = undefined;
    }
    at = from + Math.ceil(size / BLOCK) * BLOCK;
  }
  return at === bytes.length ? { entries, odd } : { entries, odd, brokenAt: Math.min(at, bytes.length) };
}

/** In what readers differ about an entry. */
function oddity(kind: string, content: Uint8Array): string | undefined {
  if (WITHOUT_CONTENT.includes(kind) && content.length > 0)
    return "an entry that has no content has some: some readers take it for the next entry";
  if (kind === SPARSE) return "a file lies in pieces, which were not put together";
  if (kind !== "x" && kind !== "g") return undefined;
  const records = new TextDecoder("latin1").decode(content);
  if (/(?:^|\n)\d+ size=/.test(records)) return "the size of an entry is told twice";
  return /(?:^|\n)\d+ GNU\.sparse\./.test(records) ? "a file lies in pieces, which were not put together" : undefined;
}

function text(bytes: Uint8Array, from: number, to: number): string {
  const end = bytes.subarray(from, to).indexOf(0);
  return new TextDecoder("utf-8").decode(bytes.subarray(from, end < 0 ? to : from + end));
}

function shortName(bytes: Uint8Array, at: number): string {
  const prefix = text(bytes, at + 345, at + 500);
  const name = text(bytes, at, at + 100);
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** The name in an extra header: GNU's is the content, pax has records `length key=value`. */
function nameIn(content: Uint8Array, kind: string): string | undefined {
  const shown = text(content.subarray(0, LARGEST_NAME), 0, Math.min(content.length, LARGEST_NAME));
  return kind === "L" ? shown : /(?:^|\n)\d+ path=([^\n]*)\n/.exec(shown)?.[1];
}

function isEmpty(bytes: Uint8Array, at: number): boolean {
  return bytes.subarray(at, at + BLOCK).every((byte) => byte === 0);
}

/** An octal number, or a binary one where the first bit is set. */
function number(bytes: Uint8Array, from: number, to: number): number | undefined {
  if (bytes[from]! & 0x80) {
    let value = 0;
    for (let at = from + 1; at < to; at++) value = value * 256 + bytes[at]!;
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const digits = text(bytes, from, to).trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || "0", 8) : undefined;
}

/** The sum of the header's bytes, its own field counted as spaces. */
function checksumHolds(bytes: Uint8Array, at: number): boolean {
  let sum = 8 * 0x20;
  for (let index = 0; index < BLOCK; index++) if (index < 148 || index >= 156) sum += bytes[at + index]!;
  return number(bytes, at + 148, at + 156) === sum;
}
