/** @module joblib files: a pickle with raw arrays between its opcodes, compressed or not. */

import { Dict, type Instance, type LoadOptions, loadFrom, Tokenizer } from "@curtido/pickle";
import { arrayError } from "../errors.ts";
import { NdArray, sizeOf } from "../ndarray.ts";
import { integer, reviveDType, shapeOf } from "../revive/numpy.ts";
import { type Decompress, decompressed } from "./compression.ts";

const WRAPPERS = new Set([
  "joblib.numpy_pickle.NumpyArrayWrapper",
  "sklearn.externals.joblib.numpy_pickle.NumpyArrayWrapper",
]);
const LEGACY = new Set(
  [
    "joblib.numpy_pickle",
    "joblib.numpy_pickle_compat",
    "sklearn.externals.joblib.numpy_pickle",
    "sklearn.externals.joblib.numpy_pickle_compat",
  ].flatMap((module) => [`${module}.NDArrayWrapper`, `${module}.ZNDArrayWrapper`]),
);

/** How to read a file. */
export interface FileOptions extends Omit<LoadOptions, "afterBuild"> {
  /** Decompresses what is compressed; see `@curtido/arrays/node`. */
  readonly decompress?: Decompress;
  /** The most bytes a compressed file may unfold to. */
  readonly decompressedLimit?: number;
}

/**
 * Reads a pickle or joblib file to inert values; joblib's arrays, which stand outside the pickle's opcodes, come out as
 * {@link NdArray}.
 *
 * @throws CurtidoError as `loads` of `@curtido/pickle`; E_CONTAINER for a compression that cannot be opened; E_ARRAY
 */
export function loadFile(bytes: Uint8Array, options: FileOptions = {}): unknown {
  const plain = decompressed(withoutLegacyHeader(bytes), options.decompress, options.decompressedLimit);
  const reading: LoadOptions = {
    ...options,
    afterBuild: (instance, tokenizer) => takeArray(instance, tokenizer, reading),
  };
  return loadFrom(new Tokenizer(plain), reading);
}

function takeArray(instance: Instance, tokenizer: Tokenizer, options: LoadOptions): unknown {
  if (LEGACY.has(instance.className)) {
    throw arrayError(
      "E_CONTAINER",
      "the file was written by joblib before 0.10, with arrays in files of their own; save it again with a newer joblib",
    );
  }
  if (!WRAPPERS.has(instance.className)) return instance;
  const state = instance.state;
  if (!(state instanceof Dict)) throw arrayError("E_ARRAY", "a joblib array has no description");
  const dtype = reviveDType(state.get("dtype"));
  const shape = shapeOf(state.get("shape"));
  const order = state.get("order") === "F" ? "F" : "C";
  if (dtype.kind === "O") return objects(tokenizer, options);
  const alignment = state.get("numpy_array_alignment_bytes");
  if (alignment !== null && alignment !== undefined) skipPadding(tokenizer, integer(alignment));
  const length = sizeOf(shape) * dtype.itemsize;
  const from = tokenizer.position;
  if (length > tokenizer.bytes.length - from) {
    throw arrayError(
      "E_ARRAY",
      `a joblib array of ${length} bytes reaches past the end of the file (at byte ${from})`,
      { offset: from },
    );
  }
  tokenizer.position = from + length;
  return NdArray.fromBytes(tokenizer.bytes.subarray(from, from + length), dtype, shape, order);
}

/** joblib 1.2 and later: one byte that counts the padding, then the padding. */
function skipPadding(tokenizer: Tokenizer, alignment: number): void {
  const padding = tokenizer.bytes[tokenizer.position];
  if (padding === undefined || padding > alignment) {
    throw arrayError("E_ARRAY", `the padding of a joblib array is malformed (at byte ${tokenizer.position})`, {
      offset: tokenizer.position,
    });
  }
  tokenizer.position += 1 + padding;
}

/** An object array is a pickle of its own in the middle of the file. */
function objects(tokenizer: Tokenizer, options: LoadOptions): unknown {
  return loadFrom(tokenizer, options);
}

/** joblib before 0.10 wrote `ZF` and the size as text before zlib data. */
function withoutLegacyHeader(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x5a || bytes[1] !== 0x46) return bytes;
  const start = bytes.subarray(0, 24).indexOf(0x78, 5);
  return start < 0 ? bytes : bytes.subarray(start);
}
