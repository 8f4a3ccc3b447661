/** @module numpy's npz format: a zip archive of npy files. */

import { loadFrom, type Tokenizer } from "@curtido/pickle";
import { arrayError } from "../errors.ts";
import { reviveAll } from "../revive/index.ts";
import type { Inflate } from "./codecs/inflate.ts";
import { unfoldingLimit } from "./compression.ts";
import { isNpy, readNpy } from "./npy.ts";
import { readZip, zipContent } from "./zip.ts";

/** How to read an archive. */
export interface NpzOptions {
  /** The most bytes that all arrays together may unfold to; 4 GiB when not given. */
  readonly decompressedLimit?: number;
  /** Inflates; plain TypeScript when none is given, `@curtido/arrays/node` has a faster one. */
  readonly inflate?: Inflate;
  /** Numbers in arrays of objects as they are in Python; see `loads` of `@curtido/pickle`. */
  readonly exact?: boolean;
  /** Reads the pickle that an array of objects is, instead of `loads`; see `readNpy`. */
  readonly readObjects?: (tokenizer: Tokenizer) => unknown;
}

const DEFAULT: Readonly<NpzOptions> = {};

/** The objects of an array, which is a pickle there. */
export function objectsOf(exact: boolean): (tokenizer: Tokenizer) => unknown {
  return (tokenizer) => reviveAll(loadFrom(tokenizer, { encoding: "latin1", exact }));
}

/**
 * The arrays of a npz file by name, in their order. An archive that lies (two entries of one name, headers that differ,
 * wrong checksums) is refused.
 *
 * @throws CurtidoError E_CONTAINER when it is no such archive or lies; E_LIMIT when more comes out than allowed; E_ARRAY
 * @example
 * readNpz(bytes).get("X"); // NdArray
 */
export function readNpz(bytes: Uint8Array, options: NpzOptions = DEFAULT): Map<string, unknown> {
  const { entries, problems } = readZip(bytes);
  const [problem] = problems;
  if (problem !== undefined) throw arrayError("E_CONTAINER", `the npz file is malformed: ${problem.message}`);
  const arrays = new Map<string, unknown>();
  const readObjects = options.readObjects ?? objectsOf(options.exact ?? false);
  let room = options.decompressedLimit ?? unfoldingLimit(bytes.length);
  for (const entry of entries) {
    const content = zipContent(bytes, entry, room, options.inflate);
    if (content.error !== undefined) throw content.error;
    if (content.problems.length > 0)
      throw arrayError("E_CONTAINER", `the npz file is malformed: ${content.problems[0]!.message}`);
    room -= content.bytes.length;
    if (!isNpy(content.bytes))
      throw arrayError("E_CONTAINER", `'${entry.name}' in the npz file is no npy file`, { part: entry.name });
    arrays.set(entry.name.replace(/\.npy$/, ""), readNpy(content.bytes, readObjects));
  }
  return arrays;
}
