/** @module Files of PyTorch: a zip archive with one pickle, and before 1.6 five pickles with raw memory behind them. */

import { type LoadOptions, loadFrom, Tokenizer, Tuple } from "@curtido/pickle";
import type { Inflate } from "../containers/codecs/inflate.ts";
import { unfoldingLimit } from "../containers/compression.ts";
import { isOldTorch } from "../containers/old_torch.ts";
import { isZip, readZip, type ZipEntry, zipContent } from "../containers/zip.ts";
import { arrayError } from "../errors.ts";
import { reviveAll, reviveValue } from "../revive/index.ts";
import { Rebuilder, type Storage, storageId } from "./rebuild.ts";

/** How to read a file. */
export interface TorchOptions {
  /** Numbers as they are in Python; see `loads` of `@curtido/pickle`. */
  readonly exact?: boolean;
  /** Inflates what somebody compressed; PyTorch itself does not. */
  readonly inflate?: Inflate;
  readonly onProgress?: LoadOptions["onProgress"];
}

/** Of an old file. */
const PROTOCOL = 1001;
const COUNT_SIZE = 8;
const PICKLE = /^(?:[^/]+\/)?data\.pkl$/;

/** Whether bytes are a file of PyTorch: of the old form, or a zip archive with its pickle in it. */
export function isTorch(bytes: Uint8Array): boolean {
  return isOldTorch(bytes) || (isZip(bytes) && pickleIn(readZip(bytes).entries) !== undefined);
}

function pickleIn(entries: readonly ZipEntry[]): ZipEntry | undefined {
  return entries.find(({ name, listed }) => listed && PICKLE.test(name));
}

/**
 * Reads a file that `torch.save` wrote: its values with every tensor a {@link Tensor}, which is copied only when its elements
 * are asked for. Modules stay inert instances; nothing is run.
 *
 * @throws CurtidoError E_CONTAINER when it is none, or malformed; E_ARRAY, E_DTYPE, E_LIMIT; as `loads`
 * @example
 * const state = readTorch(bytes) as Dict<Tensor>;
 * state.get("fc.weight").toFloat64();
 */
export function readTorch(bytes: Uint8Array, options: TorchOptions = {}): unknown {
  const root = isOldTorch(bytes) ? readOld(bytes, options) : readArchive(bytes, options);
  const rebuilder = new Rebuilder(bytes.length);
  return reviveAll(root, (value) => rebuilder.revive(value) ?? reviveValue(value));
}

const malformed = (why: string) =>
  arrayError("E_CONTAINER", `the PyTorch file is malformed: ${why}`, { format: "torch" });

function reading(options: TorchOptions, persistentLoad: (id: unknown) => unknown): LoadOptions {
  const { exact = false, onProgress } = options;
  return { encoding: "latin1", exact, persistentLoad, ...(onProgress && { onProgress }) };
}

function readArchive(bytes: Uint8Array, options: TorchOptions): unknown {
  const { entries, problems } = readZip(bytes);
  const [problem] = problems;
  if (problem !== undefined) throw malformed(problem.message);
  const pickle = pickleIn(entries);
  if (pickle === undefined) throw malformed("the archive has no data.pkl");
  const folder = pickle.name.slice(0, -"data.pkl".length);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const content = new Contents(bytes, options.inflate);
  const order = byName.get(`${folder}byteorder`);
  if (order !== undefined && new TextDecoder().decode(content.of(order)) === "big")
    throw malformed("it was written on a machine whose numbers begin with their highest byte, which is not read");
  const storages = new Map<string, Storage>();
  const load = (id: unknown): unknown => {
    const { key, storage } = storageId(id);
    const known = storages.get(key);
    if (known !== undefined && known.type === storage.type) return known;
    const entry = byName.get(`${folder}data/${key}`);
    if (entry === undefined || entry.size < storage.length)
      throw malformed(`the storage '${key.slice(0, 60)}' ${entry === undefined ? "is not in it" : "is cut off"}`);
    storage.memory = () => content.of(entry);
    storages.set(key, storage);
    return storage;
  };
  return loadFrom(new Tokenizer(content.of(pickle)), reading(options, load));
}

/** The contents of the entries of an archive: views where they are stored as they are, as PyTorch stores them. */
class Contents {
  private readonly bytes: Uint8Array;
  private readonly fast: Inflate | undefined;
  private readonly unfolded = new Map<ZipEntry, Uint8Array>();
  private left: number;

  constructor(bytes: Uint8Array, fast: Inflate | undefined) {
    this.bytes = bytes;
    this.fast = fast;
    this.left = unfoldingLimit(bytes.length);
  }

  of(entry: ZipEntry): Uint8Array {
    if (entry.method === 0 && entry.flags === 0) {
      const content = this.bytes.subarray(entry.from, entry.from + entry.size);
      if (content.length < entry.size || entry.compressedSize !== entry.size)
        throw malformed(`'${entry.name}' is cut off`);
      return content;
    }
    const known = this.unfolded.get(entry);
    if (known !== undefined) return known;
    const { bytes: content, error, problems } = zipContent(this.bytes, entry, this.left, this.fast);
    if (error !== undefined) throw error;
    if (problems.length > 0) throw malformed(problems[0]!.message);
    this.left -= content.length;
    this.unfolded.set(entry, content);
    return content;
  }
}

function readOld(bytes: Uint8Array, options: TorchOptions): unknown {
  const storages = new Map<string, Storage>();
  const parts: { readonly storage: Storage; readonly key: string; readonly offset: number }[] = [];
  const known = new Map<string, Storage>();
  const load = (id: unknown): unknown => {
    const [kind, cls] = id instanceof Tuple ? id.items : [];
    // A class, with the text of its source, which is left alone.
    if (kind === "module") return cls;
    const { key, storage, part } = storageId(id);
    const name = part?.key ?? key;
    const found = known.get(name);
    if (found !== undefined) return found;
    known.set(name, storage);
    if (part === undefined) storages.set(key, storage);
    else parts.push({ storage, key, offset: part.offset });
    return storage;
  };
  const tokenizer = new Tokenizer(bytes);
  const next = () => loadFrom(tokenizer, reading(options, load));
  next();
  if (Number(next()) !== PROTOCOL) throw malformed("it is of another protocol than 1001");
  next();
  const root = next();
  const keys = next();
  if (!Array.isArray(keys)) throw malformed("it does not list its storages");
  let at = tokenizer.position;
  for (const key of keys) at = layMemory(bytes, at, storages.get(String(key)), String(key));
  for (const { storage, key, offset } of parts) {
    const base = storages.get(key);
    const from = offset * storage.width;
    if (base === undefined || from + storage.length > base.length)
      throw malformed("a part lies outside of its storage");
    storage.memory = () => base.memory().subarray(from, from + storage.length);
  }
  return root;
}

/** Lays the memory that stands at a place into its storage; gives where it ends. */
function layMemory(bytes: Uint8Array, at: number, storage: Storage | undefined, key: string): number {
  if (storage === undefined) throw malformed(`nothing names the storage '${key.slice(0, 60)}'`);
  const from = at + COUNT_SIZE;
  if (from + storage.length > bytes.length) throw malformed("it is cut off");
  const count = new DataView(bytes.buffer, bytes.byteOffset + at, COUNT_SIZE).getBigInt64(0, true);
  if (Number(count) * storage.width !== storage.length)
    throw malformed(`the storage '${key.slice(0, 60)}' has ${count} elements, not ${storage.length / storage.width}`);
  storage.memory = () => bytes.subarray(from, from + storage.length);
  return from + storage.length;
}
