/** @module Tar archives, compressed or not, as the files that they hold. */

import { type Compression, unfold } from "../containers/codecs/index.ts";
import { type Inflate, inflate } from "../containers/codecs/inflate.ts";
import { compressionOf, unfoldingLimit } from "../containers/compression.ts";
import { isTar, readTar, type TarEntry } from "../containers/tar.ts";
import { arrayError } from "../errors.ts";

/** How many bytes tell a tar archive. */
const HEAD = 1 << 16;
/** As many files as an archive of a model may hold. */
const MOST_FILES = 10_000;

/**
 * The files of a tar archive, also of a compressed one (`model.tar.gz`); `undefined` when the bytes are none.
 *
 * @throws CurtidoError E_CONTAINER when it is broken, or readers see different files in it; E_LIMIT when it unfolds to too much
 * @example
 * archivedFiles(bytes)?.map(({ name }) => name); // ["model.joblib", "code/inference.py"]
 */
export function archivedFiles(bytes: Uint8Array, fast: Inflate = inflate): readonly TarEntry[] | undefined {
  const archive = isTar(bytes) ? bytes : unfoldedTar(bytes, fast);
  if (archive === undefined) return undefined;
  const { entries, brokenAt, odd, behind } = readTar(archive);
  const problem =
    brokenAt !== undefined
      ? "it is cut off"
      : (odd[0]?.message ?? (behind === undefined ? undefined : "it goes on behind its end"));
  if (problem !== undefined) throw arrayError("E_CONTAINER", `the archive is malformed: ${problem}`);
  if (entries.length > MOST_FILES)
    throw arrayError("E_LIMIT", `an archive of ${entries.length} files`, { limit: "files", most: MOST_FILES });
  return entries.map((entry) => ({ ...entry, name: entry.name.replace(/^(\.\/)+/, "") }));
}

function unfoldedTar(bytes: Uint8Array, fast: Inflate): Uint8Array | undefined {
  const format: Compression | undefined = compressionOf(bytes);
  if (format === undefined || !isTar(unfold(format, bytes, HEAD).bytes)) return undefined;
  const { bytes: out, error } = unfold(format, bytes, unfoldingLimit(bytes.length), fast);
  if (error !== undefined) throw error;
  return out;
}
