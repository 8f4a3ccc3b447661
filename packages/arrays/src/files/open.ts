/** @module Opening containers for a scan: compressed files, zip and tar archives, npy and npz. */

import {
  announcedProtocol,
  type Budget,
  type ContainerPart,
  type ContainerProblem,
  type CurtidoError,
  isCurtidoError,
  type Opened,
} from "@curtido/pickle";
import { type Compression, type Unfolded, unfold } from "../containers/codecs/index.ts";
import { type Inflate, inflate } from "../containers/codecs/inflate.ts";
import { compressionOf } from "../containers/compression.ts";
import { hasLegacyHeader, withoutLegacyHeader } from "../containers/joblib.ts";
import { hasObjects, isNpy, npyHeader } from "../containers/npy.ts";
import { isTar, readTar } from "../containers/tar.ts";
import {
  isZip,
  readZip,
  type ZipArchive,
  type ZipContent,
  type ZipEntry,
  type ZipProblem,
  zipContent,
} from "../containers/zip.ts";
import { sizeOf } from "../ndarray.ts";
import { SCHEMA } from "../skops/archive.ts";
import { pickleOfSkops } from "../skops/pickle.ts";

/** How much of what unfolds to too much is looked at all the same. */
const PREFIX = 1 << 26;

/** Opens what `bytes` contain; `undefined` when they are no container that is known. */
export function openContainer(bytes: Uint8Array, budget: Budget, fast: Inflate = inflate): Opened | undefined {
  if (isZip(bytes)) return openZip(readZip(bytes), bytes, budget, fast);
  const plain = withoutLegacyHeader(bytes);
  const format = compressionOf(plain);
  if (format !== undefined) return openCompressed(format, plain, budget, fast, hasLegacyHeader(bytes));
  if (isNpy(bytes)) return openNpy(bytes);
  if (isTar(bytes)) return openTar(bytes);
  return openAppended(bytes, budget, fast);
}

function openCompressed(
  format: Compression,
  bytes: Uint8Array,
  budget: Budget,
  fast: Inflate,
  legacy: boolean,
): Opened {
  const limit = Math.max(0, budget.left);
  let { bytes: out, error }: Unfolded = unfold(format, bytes, limit, fast);
  // What unfolds in one go gives nothing when it is too much.
  if (isCurtidoError(error, "E_LIMIT") && out.length === 0) out = unfold(format, bytes, Math.min(limit, PREFIX)).bytes;
  // joblib before 0.10 compressed pickles and the memory of arrays in the same way.
  const data = legacy && announcedProtocol(out) === undefined;
  const problems = error === undefined ? [] : [problemOf(error)];
  if (out.length === 0 && error !== undefined) return { problems, parts: [], alsoStream: true };
  return { parts: [{ name: format, bytes: out, data, problems }] };
}

function problemOf(error: CurtidoError): ContainerProblem {
  return { kind: error.code === "E_LIMIT" ? "over-limit" : "unopened", offset: 0, words: error.message };
}

function openNpy(bytes: Uint8Array): Opened {
  try {
    const { dtype, shape, from } = npyHeader(bytes);
    if (hasObjects(dtype)) return { parts: [{ name: "objects", bytes: bytes.subarray(from) }] };
    const end = from + sizeOf(shape) * dtype.itemsize;
    const rest = bytes.subarray(end);
    const problem: ContainerProblem = { kind: "unopened", offset: bytes.length, words: "the array is cut off" };
    return {
      problems: end > bytes.length ? [problem] : [],
      parts: [
        { name: "elements", bytes: bytes.subarray(from, end), data: true },
        // Several arrays may be saved to one file, one behind the other.
        ...(rest.length > 0 ? [{ name: `behind@${end}`, bytes: rest }] : []),
      ],
    };
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    return { problems: [problemOf(error)], parts: [], alsoStream: true };
  }
}

function openTar(bytes: Uint8Array): Opened {
  const { entries, brokenAt, behind, odd } = readTar(bytes);
  const problems: ContainerProblem[] = odd.map(({ offset, message }) => ({
    kind: "archive-lie",
    offset,
    words: message,
  }));
  if (brokenAt !== undefined)
    problems.push({ kind: "unopened", offset: brokenAt, words: "the archive is malformed or cut off" });
  if (behind !== undefined)
    problems.push({
      kind: "archive-lie",
      offset: behind,
      words: "bytes follow the end of the archive: some readers go on",
    });
  return {
    problems,
    parts: entries.map(({ name, bytes: content }) => ({ name: `/${name}`, bytes: content })),
  };
}

/** An archive behind something else: whoever goes by its directory opens it, others read what stands before. */
function openAppended(bytes: Uint8Array, budget: Budget, fast: Inflate): Opened | undefined {
  let archive: ZipArchive;
  try {
    archive = readZip(bytes);
  } catch {
    return undefined;
  }
  if (!archive.entries.some((entry) => entry.listed)) return undefined;
  return { ...openZip(archive, bytes, budget, fast), alsoStream: true, unlessStream: !archive.complete };
}

const KINDS: Readonly<Record<ZipProblem["kind"], ContainerProblem["kind"]>> = {
  lie: "archive-lie",
  hidden: "archive-lie",
  unread: "unopened",
};

const problemsOf = (problems: readonly ZipProblem[]): ContainerProblem[] =>
  problems.map(({ kind, offset, message }) => ({ kind: KINDS[kind], offset, words: message }));

/** A skops file: the pickle of the same object, whose names are judged, and its entries, which nothing unpickles. */
function* skopsParts(
  bytes: Uint8Array,
  entries: readonly ZipEntry[],
  budget: Budget,
  fast: Inflate,
): Generator<ContainerPart> {
  const name = `/${SCHEMA}!pickle`;
  try {
    yield { name, bytes: pickleOfSkops(bytes, Math.max(0, budget.left), fast) };
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    yield { name, bytes: new Uint8Array(), data: true, problems: [problemOf(error)] };
  }
  const data = /^\/(?:schema\.json|[\w-]+\.bin)$/;
  for (const part of zipParts(bytes, entries, budget, fast))
    yield data.test(part.name) ? { ...part, data: true } : part;
}

function openZip(archive: ZipArchive, bytes: Uint8Array, budget: Budget, fast: Inflate): Opened {
  const { entries, problems } = archive;
  const described = entries.some(({ name }) => name === SCHEMA);
  const script = entries.find(({ name }) => /(?:^|\/)code\/.*\.py$/.test(name));
  const words = "it is a TorchScript archive, whose code was not looked at";
  return {
    problems: [
      ...problemsOf(problems),
      ...(script === undefined ? [] : [{ kind: "unopened" as const, offset: script.from, words }]),
    ],
    parts: (described ? skopsParts : zipParts)(bytes, entries, budget, fast),
  };
}

function* zipParts(
  bytes: Uint8Array,
  entries: readonly ZipEntry[],
  budget: Budget,
  fast: Inflate,
): Generator<ContainerPart> {
  const storages = torchStorages(entries);
  const seen = new Set<string>();
  for (const entry of entries) {
    // A local header that differs in its name only describes the same bytes once more.
    const place = `${entry.from} ${entry.method} ${entry.compressedSize}`;
    if (seen.has(place) && !entry.listed) continue;
    seen.add(place);
    if (entry.name.endsWith("/") && entry.compressedSize === 0) continue;
    const { bytes: content, problems, error } = contentWithin(bytes, entry, budget, fast);
    yield {
      name: `/${entry.name}${entry.listed ? "" : " (local header)"}`,
      bytes: content,
      data: storages.has(entry.name),
      problems: [...problemsOf(problems), ...(error === undefined ? [] : [problemOf(error)])],
    };
  }
}

function contentWithin(bytes: Uint8Array, entry: ZipEntry, budget: Budget, fast: Inflate): ZipContent {
  const limit = Math.max(0, budget.left);
  const whole = zipContent(bytes, entry, limit, fast);
  if (!isCurtidoError(whole.error, "E_LIMIT") || whole.bytes.length > 0) return whole;
  const { bytes: prefix } = zipContent(bytes, entry, Math.min(limit, PREFIX));
  return { ...whole, bytes: prefix };
}

/** The entries that PyTorch reads as the memory of tensors: `data/0` beside `data.pkl`. */
function torchStorages(entries: readonly ZipEntry[]): ReadonlySet<string> {
  const names = new Set(entries.map(({ name }) => name));
  return new Set(
    [...names].filter((name) => names.has(name.replace(/\/\d+$/, ".pkl")) && /(?:^|\/)data\/\d+$/.test(name)),
  );
}
