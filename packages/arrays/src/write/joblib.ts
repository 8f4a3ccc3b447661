/** @module joblib's files, written: a pickle with raw arrays between its opcodes. */

import { Dict, type DumpOptions, dumps, Global, Instance, Tuple } from "@curtido/pickle";
import { hasObjects } from "../containers/npy.ts";
import { NdArray } from "../ndarray.ts";
import { bytesOf } from "./bytes.ts";
import { type ArrayTargets, dumps as dumpsArrays, reduceArrays } from "./index.ts";
import { NumpyWriter } from "./numpy.ts";

const WRAPPER = new Global("joblib.numpy_pickle", "NumpyArrayWrapper");
const NDARRAY = new Global("numpy", "ndarray");
/** Arrays begin at multiples of so many bytes since joblib 1.2, so that they can be mapped into memory. */
const ALIGNMENT = 16;
const PADDING = 0xff;
/** The highest protocol without frames, between which raw data could not stand. */
const PROTOCOL = 3;

/** How to write a joblib file. */
export interface JoblibOptions extends ArrayTargets, Pick<DumpOptions, "exact" | "reduce"> {
  /** Compresses the whole file (zlib, gzip ...); `@curtido/arrays/node` has some. */
  readonly compress?: (bytes: Uint8Array) => Uint8Array;
  /** Whether arrays are aligned, as joblib does from 1.2 on; without it every joblib since 0.10 reads the file. True. */
  readonly aligned?: boolean;
}

/**
 * Writes a value as `joblib.dump` does: arrays lie in the file as they lie in memory.
 *
 * @throws CurtidoError as `dumps`
 * @example
 * loads(dumpJoblib({ X: NdArray.of(Float64Array.of(1, 2)) }));
 */
export function dumpJoblib(value: unknown, options: JoblibOptions = {}): Uint8Array {
  const { numpy, pandas, compress, exact = false } = options;
  const targets = { ...(numpy && { numpy }), ...(pandas && { pandas }) };
  const writer = new NumpyWriter(numpy);
  const arrays = reduceArrays(targets);
  const wrapped = new Map<Instance, NdArray>();
  const alignment = options.aligned === false ? undefined : ALIGNMENT;
  const reduce = (object: object, protocol: number): unknown => {
    const own = options.reduce?.(object, protocol);
    if (own !== undefined) return own;
    if (!(object instanceof NdArray) || object.scalar) return arrays(object, protocol);
    const wrapper = wrapperOf(object, writer, compress === undefined, alignment);
    wrapped.set(wrapper, object);
    return wrapper;
  };
  const afterBuild = (instance: Instance, position: number): Uint8Array | undefined => {
    const array = wrapped.get(instance);
    if (array === undefined) return undefined;
    if (hasObjects(array.dtype)) return dumpsArrays(array, { ...options, protocol: PROTOCOL });
    return alignment === undefined ? bytesOf(array) : padded(bytesOf(array), position, alignment);
  };
  const bytes = dumps(value, { protocol: PROTOCOL, exact, reduce, afterBuild });
  return compress === undefined ? bytes : compress(bytes);
}

function wrapperOf(array: NdArray, writer: NumpyWriter, mapped: boolean, alignment: number | undefined): Instance {
  const wrapper = new Instance(WRAPPER, [], "newobj");
  const state = new Dict<unknown>([
    ["subclass", NDARRAY],
    ["shape", new Tuple(array.shape.map(BigInt))],
    ["order", array.order],
    ["dtype", writer.dtype(array.dtype)],
    ["allow_mmap", mapped && !hasObjects(array.dtype)],
  ]);
  if (alignment !== undefined) state.set("numpy_array_alignment_bytes", BigInt(alignment));
  wrapper.states.push(state);
  return wrapper;
}

/** One byte that counts the padding, the padding, the elements. */
function padded(bytes: Uint8Array, position: number, alignment: number): Uint8Array {
  const padding = alignment - ((position + 1) % alignment);
  const out = new Uint8Array(1 + padding + bytes.length).fill(PADDING, 0, 1 + padding);
  out[0] = padding;
  out.set(bytes, 1 + padding);
  return out;
}
