/** @module The entries of a skops file, each opened once and only when the schema names it. */

import { type Dict, fromJson, isCurtidoError } from "@curtido/pickle";
import type { Inflate } from "../containers/codecs/inflate.ts";
import { readNpy } from "../containers/npy.ts";
import { readNpz } from "../containers/npz.ts";
import { readZip, type ZipEntry, zipContent } from "../containers/zip.ts";
import { arrayError } from "../errors.ts";
import { NdArray } from "../ndarray.ts";

/** The entry that describes the object. */
export const SCHEMA = "schema.json";
/** The longest schema that is read: what a text may be long. */
const LONGEST_SCHEMA = 2 ** 28;
/** Objects and lists of a schema that any file may have; each becomes an object of some hundred bytes here. */
const MOST_OPEN = 200_000;
/** Bytes of the file for one more of them: a node of skops takes a hundred bytes, deflated no less than five. */
const BYTES_EACH = 2;

/** What is wrong with a skops file. */
export function skopsError(problem: string) {
  return arrayError("E_CONTAINER", `the skops file is malformed: ${problem}`);
}

/** Opens the entries of an archive, within a limit for all of them. */
export class SkopsArchive {
  private readonly bytes: Uint8Array;
  private readonly fast: Inflate;
  private readonly limit: number;
  private room: number;
  private readonly entries: ReadonlyMap<string, ZipEntry>;
  private readonly contents = new Map<string, Uint8Array>();
  private readonly arrays = new Map<string, NdArray>();
  private readonly archives = new Map<string, ReadonlyMap<string, unknown>>();

  /** @throws CurtidoError E_CONTAINER for an archive in which readers see different things */
  constructor(bytes: Uint8Array, limit: number, fast: Inflate) {
    const { entries, problems } = readZip(bytes);
    const [problem] = problems;
    if (problem !== undefined) throw skopsError(problem.message);
    this.bytes = bytes;
    this.limit = limit;
    this.room = limit;
    this.fast = fast;
    this.entries = new Map(entries.map((entry) => [entry.name, entry]));
  }

  /** The tree that describes the object. */
  schema(): unknown {
    const bytes = this.content(SCHEMA);
    if (bytes.length > LONGEST_SCHEMA)
      throw arrayError("E_LIMIT", `a schema of ${bytes.length} bytes is too long`, { most: LONGEST_SCHEMA });
    const most = Math.max(MOST_OPEN, this.bytes.length / BYTES_EACH);
    let open = 0;
    for (const byte of bytes) if (byte === 0x7b || byte === 0x5b) open++;
    if (open > most) throw arrayError("E_LIMIT", `${open} parts in a file of ${this.bytes.length} bytes`, { most });
    try {
      return fromJson(new TextDecoder().decode(bytes), { form: "plain", exact: true });
    } catch (error) {
      if (!isCurtidoError(error, "E_JSON")) throw error;
      throw skopsError(error.message);
    }
  }

  /** The bytes of an entry. @throws CurtidoError E_CONTAINER when there is none, E_LIMIT when it is too large */
  content(name: unknown): Uint8Array {
    const entry = typeof name === "string" ? this.entries.get(name) : undefined;
    if (entry === undefined) throw skopsError(`it has no entry '${String(name).slice(0, 200)}'`);
    const known = this.contents.get(entry.name);
    if (known !== undefined) return known;
    const { bytes, problems, error } = zipContent(this.bytes, entry, this.room, this.fast);
    if (error !== undefined) throw error;
    if (problems.length > 0) throw skopsError(problems[0]!.message);
    this.room -= bytes.length;
    this.contents.set(entry.name, bytes);
    return bytes;
  }

  /** The array of an entry: skops writes none of objects there. */
  array(name: unknown): NdArray {
    const content = this.content(name);
    let array = this.arrays.get(name as string);
    if (array !== undefined) return array;
    array = arrayIn(readNpy(content, refuseObjects));
    this.arrays.set(name as string, array);
    return array;
  }

  /** The arrays of an entry that is a npz file. */
  archive(name: unknown): ReadonlyMap<string, unknown> {
    const content = this.content(name);
    let arrays = this.archives.get(name as string);
    if (arrays !== undefined) return arrays;
    arrays = readNpz(content, { decompressedLimit: this.room, inflate: this.fast, readObjects: refuseObjects });
    for (const array of arrays.values()) this.room -= arrayIn(array).size * arrayIn(array).dtype.itemsize;
    this.archives.set(name as string, arrays);
    return arrays;
  }

  /** @throws CurtidoError E_LIMIT when what comes of the file is larger than it may be */
  check(bytes: Uint8Array): Uint8Array {
    if (bytes.length <= this.limit) return bytes;
    throw arrayError("E_LIMIT", `the file unfolds to more than ${this.limit} bytes`, {
      limit: "decompressedLimit",
      most: this.limit,
    });
  }
}

function refuseObjects(): never {
  throw skopsError("an array holds objects of Python, which skops does not load");
}

/** The array that a value must be. */
export function arrayIn(value: unknown): NdArray {
  if (value instanceof NdArray) return value;
  throw skopsError("an entry holds no array");
}

/** What stands at a key of a node. */
export function at(node: Dict, key: string): unknown {
  const value = node.get(key);
  if (value === undefined) throw skopsError(`a node has no '${key}'`);
  return value;
}
