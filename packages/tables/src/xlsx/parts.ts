/** @module The parts of a workbook's archive. Only what is asked for is unfolded, and never more than is allowed. */

import { type Inflate, readZip, type ZipEntry, zipContent } from "@curtido/arrays";
import { isCurtidoError } from "@curtido/pickle";
import { malformed, tooLarge } from "../errors.ts";
import { LIMITS, LONGEST_STRING, mostUnfolded } from "../limits.ts";
import type { Reading, TableLimits } from "../types.ts";

/** The most parts; a workbook has some for each sheet, picture and drawing. */
const MOST_PARTS = 10_000;

/** An archive. What it unfolds to is counted over all of its parts. */
export class Parts {
  private readonly format: string;
  private readonly archive: Uint8Array;
  private readonly entries: ReadonlyMap<string, ZipEntry>;
  private readonly inflate: Inflate | undefined;
  private readonly limits: TableLimits;
  private room: number;

  /** @throws CurtidoError E_TABLE when it is none, or not the same one to every reader */
  constructor(archive: Uint8Array, format: string, { inflate, limits = LIMITS }: Reading) {
    this.format = format;
    this.archive = archive;
    this.inflate = inflate;
    this.limits = limits;
    this.room = limits.bytes;
    const { entries, problems } = this.own(() => readZip(archive));
    if (problems[0] !== undefined) throw malformed(format, problems[0].message);
    if (entries.length > MOST_PARTS) throw malformed(format, "it has too many entries");
    this.entries = new Map(entries.map((entry) => [entry.name, entry]));
  }

  /**
   * The text of a part; `undefined` when there is none of this name.
   *
   * @throws CurtidoError E_TABLE_LIMIT when it unfolds to too much, E_TABLE when it is malformed
   */
  text(name: string): string | undefined {
    const entry = this.entries.get(name);
    if (entry === undefined) return undefined;
    const most = Math.min(this.room, LONGEST_STRING, mostUnfolded(entry.compressedSize, this.limits));
    if (entry.size > most) throw tooLarge(this.format, most, "bytes");
    const { bytes, error, problems } = zipContent(this.archive, entry, most, this.inflate);
    if (isCurtidoError(error, "E_LIMIT")) throw tooLarge(this.format, most, "bytes");
    if (error !== undefined) throw malformed(this.format, error.message, error);
    if (problems[0] !== undefined) throw malformed(this.format, problems[0].message);
    this.room -= bytes.length;
    return this.own(() => new TextDecoder(charsetOf(bytes), { fatal: true }).decode(bytes));
  }

  private own<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw malformed(this.format, (error as Error).message, error);
    }
  }
}

/** XML is UTF-8, or UTF-16 with a byte order mark. */
function charsetOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
}
