/** @module joblib files: a pickle with raw arrays between its opcodes, compressed or not, in one file or in several. */

import { Dict, Global, Instance, type LoadOptions, loadFrom, Tokenizer, Tuple } from "@curtido/pickle";
import type { DType } from "../dtype.ts";
import { arrayError } from "../errors.ts";
import { NdArray, sizeOf } from "../ndarray.ts";
import { readShape, reviveDType, reviveNumpy } from "../revive/numpy.ts";
import { type Decompress, unfoldedWith } from "./compression.ts";
import { hasObjects, readNpy } from "./npy.ts";
import { isOldTorch, TORCH_FILE } from "./old_torch.ts";

const classes = (modules: readonly string[], names: readonly string[]) =>
  new Set(modules.flatMap((module) => names.map((name) => `${module}.${name}`)));
const MODULES = ["joblib.numpy_pickle", "sklearn.externals.joblib.numpy_pickle"];
const WRAPPERS = classes(MODULES, ["NumpyArrayWrapper"]);
const COMPATIBLE = [...MODULES, ...MODULES.map((module) => `${module}_compat`)];
const NPY_WRAPPERS = classes(COMPATIBLE, ["NDArrayWrapper"]);
const ZLIB_WRAPPERS = classes(COMPATIBLE, ["ZNDArrayWrapper"]);

/** The classes whose instances stand for an array that lies elsewhere. */
export const WRAPPER_CLASSES: ReadonlySet<string> = new Set([...WRAPPERS, ...NPY_WRAPPERS, ...ZLIB_WRAPPERS]);

/** Whether the file that a wrapper names is the memory of an array, not a npy file. */
export function isRawPart(instance: Instance): boolean {
  return ZLIB_WRAPPERS.has(instance.className);
}

/** Object arrays inside object arrays: each is a pickle of its own. */
const DEEPEST = 32;

/** How to read a file. */
export interface FileOptions extends Omit<LoadOptions, "afterBuild"> {
  /** Decompresses what is compressed; plain TypeScript when none is given, `@curtido/arrays/node` has a faster one. */
  readonly decompress?: Decompress;
  /** The most bytes a compressed file may unfold to; 256 MiB, or 100 times its size up to 4 GiB, when not given. */
  readonly decompressedLimit?: number;
  /**
   * Reads a file that lies beside this one: joblib before 0.10 wrote each array to one of its own (`model.pkl_01.npy`).
   * The name is a plain file name, never a path.
   */
  readonly part?: (name: string) => Uint8Array;
}

/** {@link FileOptions} that say how to decompress. */
export type OpeningOptions = FileOptions & { readonly decompress: Decompress };

/**
 * `loadFile` with the decompression that is handed in, and no other in the bundle.
 *
 * @throws CurtidoError as `loadFile`
 */
export function loadFileWith(bytes: Uint8Array, options: OpeningOptions): unknown {
  if (isOldTorch(bytes)) throw arrayError("E_CONTAINER", `it is ${TORCH_FILE}`, { format: "torch" });
  let depth = 0;
  const nested = (tokenizer: Tokenizer): unknown => {
    if (++depth > DEEPEST) throw arrayError("E_LIMIT", "arrays of objects are nested too deeply");
    const value = loadFrom(tokenizer, reading);
    depth--;
    return value;
  };
  const reading: LoadOptions = {
    ...options,
    afterBuild: (instance, tokenizer) => arrayOf(instance, tokenizer, nested, options),
  };
  return loadFrom(new Tokenizer(unfolded(bytes, options)), reading);
}

/** What stands for an instance behind its BUILD: the array when it is one of joblib's wrappers. */
function arrayOf(
  instance: Instance,
  tokenizer: Tokenizer,
  nested: (tokenizer: Tokenizer) => unknown,
  options: OpeningOptions,
): unknown {
  const part = partName(instance);
  if (part !== undefined) return fromPart(instance, part, nested, options);
  const place = arrayBehind(instance, tokenizer);
  if (place === undefined) return instance;
  if (place.objects) return nested(tokenizer);
  tokenizer.position = place.to;
  return NdArray.fromBytes(tokenizer.bytes.subarray(place.from, place.to), place.dtype, place.shape, place.order);
}

/** Where the elements of a joblib array lie behind its wrapper. */
export interface ArrayPlace {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly order: "C" | "F";
  /** Whether a pickle follows instead of elements; it starts at `from`. */
  readonly objects: boolean;
  readonly from: number;
  readonly to: number;
}

/**
 * Where the array of a wrapper lies that was just given its state; `undefined` for any other instance.
 *
 * @throws CurtidoError E_ARRAY or E_DTYPE when the wrapper's description is malformed or reaches past the end
 */
export function arrayBehind(instance: Instance, tokenizer: Tokenizer): ArrayPlace | undefined {
  if (!WRAPPERS.has(instance.className)) return undefined;
  const { state } = instance;
  if (!(state instanceof Dict)) throw arrayError("E_ARRAY", "a joblib array has no description");
  const dtype = reviveDType(state.get("dtype"));
  const shape = readShape(state.get("shape"));
  const order = state.get("order") === "F" ? "F" : "C";
  const objects = hasObjects(dtype);
  const alignment = state.get("numpy_array_alignment_bytes");
  const padded = !objects && alignment !== null && alignment !== undefined;
  const from = tokenizer.position + (padded ? padding(tokenizer) : 0);
  const length = objects ? 0 : sizeOf(shape) * dtype.itemsize;
  if (length > tokenizer.bytes.length - from) {
    throw arrayError(
      "E_ARRAY",
      `a joblib array of ${length} bytes reaches past the end of the file (at byte ${from})`,
      { offset: from },
    );
  }
  return { dtype, shape, order, objects, from, to: from + length };
}

/** joblib 1.2 and later: one byte that counts the padding, then the padding. */
function padding(tokenizer: Tokenizer): number {
  return 1 + (tokenizer.bytes[tokenizer.position] ?? 0);
}

/**
 * The name of the file that holds the array of a wrapper of joblib before 0.10; `undefined` for any other instance.
 *
 * @throws CurtidoError E_CONTAINER when it is no plain file name
 */
export function partName(instance: Instance): string | undefined {
  if (!NPY_WRAPPERS.has(instance.className) && !ZLIB_WRAPPERS.has(instance.className)) return undefined;
  const name = instance.state instanceof Dict ? instance.state.get("filename") : undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a file name with one is refused
  if (typeof name === "string" && /^(?!\.\.?$)[^/\\:\u0000]+$/.test(name)) return name;
  throw arrayError(
    "E_CONTAINER",
    `the file wants an array from '${String(name).slice(0, 200)}', which is no plain file name: it is not read`,
    { part: name },
  );
}

function fromPart(
  instance: Instance,
  name: string,
  nested: (tokenizer: Tokenizer) => unknown,
  options: OpeningOptions,
): unknown {
  if (options.part === undefined) {
    throw arrayError(
      "E_CONTAINER",
      `the file was written by joblib before 0.10, with arrays in files of their own, and '${name}' is not at hand: read it by its path, with its parts beside it, or save it again with a newer joblib`,
      { part: name },
    );
  }
  const bytes = options.part(name);
  if (NPY_WRAPPERS.has(instance.className)) return readNpy(bytes, nested);
  const state = (instance.state as Dict).get("state");
  const args = (instance.state as Dict).get("init_args");
  if (!(state instanceof Tuple) || !(args instanceof Tuple))
    throw arrayError("E_ARRAY", `the array of '${name}' has no description`, { part: name });
  const array = new Instance(new Global("numpy.core.multiarray", "_reconstruct"), args.items, "reduce");
  array.states.push(new Tuple([...state.items, unfolded(bytes, options)]));
  return reviveNumpy(array);
}

/** `ZF0x`. */
const LEGACY_MAGIC = [0x5a, 0x46, 0x30, 0x78];
/** Characters of the size in the header of joblib before 0.10, and the widest header that it wrote. */
const SIZE_FIELD = 19;

/** The bytes behind a compression, also behind the one of joblib before 0.10: `ZF`, the size as text, then zlib. */
function unfolded(bytes: Uint8Array, options: OpeningOptions): Uint8Array {
  return unfoldedWith(withoutLegacyHeader(bytes), options.decompress, options.decompressedLimit);
}

/** Whether a file begins as those of joblib before 0.10 do that are compressed. */
export function hasLegacyHeader(bytes: Uint8Array): boolean {
  return LEGACY_MAGIC.every((byte, at) => bytes[at] === byte);
}

/** What follows the header of joblib before 0.10; the same bytes when there is none. */
export function withoutLegacyHeader(bytes: Uint8Array): Uint8Array {
  if (!hasLegacyHeader(bytes)) return bytes;
  const end = 2 + SIZE_FIELD;
  return bytes.subarray(bytes[end] === 0x20 ? end + 1 : end);
}
