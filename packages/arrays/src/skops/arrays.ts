/** @module What numpy and scipy have in skops' schema, as their own pickles have it. */

import { Dict, Global, Instance, Tuple } from "@curtido/pickle";
import { NdArray } from "../ndarray.ts";
import { bytesOf } from "../write/bytes.ts";
import type { NumpyWriter } from "../write/numpy.ts";
import { arrayIn, skopsError } from "./archive.ts";

const MASKED = new Global("numpy.ma.core", "MaskedArray");
const NDARRAY = new Global("numpy", "ndarray");

/** An array with a mask: of its shape, or one for all. The value that stands for what is masked is numpy's own. */
export function maskedArray(data: NdArray, mask: unknown, numpy: NumpyWriter): Instance {
  const hidden = mask instanceof NdArray ? mask : undefined;
  const flags =
    hidden !== undefined && hidden.size === data.size
      ? bytesOf(hidden.toC())
      : new Uint8Array(data.size).fill(Number(hidden?.item() === true || mask === true));
  const made = new Instance(
    new Global("numpy.ma.core", "_mareconstruct"),
    [MASKED, NDARRAY, new Tuple([0n]), Uint8Array.of("b".charCodeAt(0))],
    "reduce",
  );
  const isObjects = data.dtype.kind === "O";
  const content = isObjects ? data.flat() : bytesOf(data.toC());
  const shape = new Tuple(data.shape.map(BigInt));
  made.states.push(new Tuple([1n, shape, numpy.dtype(data.dtype), false, content, flags, null]));
  return made;
}

/** numpy's generator of before 1.17, from what its `get_state` gives. */
export function randomState(state: unknown): Instance {
  if (!(state instanceof Dict) || state.get("bit_generator") !== "MT19937")
    throw skopsError("a random state is of no generator that is known");
  const made = new Instance(new Global("numpy.random._pickle", "__randomstate_ctor"), ["MT19937"], "reduce");
  made.states.push(state);
  return made;
}

const GENERATORS = new Set(["MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64"]);

/** numpy's generator since 1.17, from the state of its bits. Its seed is of no use to anybody who goes on with it. */
export function randomGenerator(state: unknown): Instance {
  const name: unknown = state instanceof Dict ? state.get("bit_generator") : undefined;
  if (typeof name !== "string" || !GENERATORS.has(name))
    throw skopsError("a generator of random numbers is none of numpy's");
  const made = new Instance(new Global("numpy.random._pickle", "__generator_ctor"), [name], "reduce");
  made.states.push(state);
  return made;
}

/** Attributes of each of scipy's formats beside the shape. */
export const PARTS: Readonly<Record<string, readonly string[]>> = {
  csr: ["indices", "indptr", "data"],
  csc: ["indices", "indptr", "data"],
  bsr: ["indices", "indptr", "data"],
  dia: ["data", "offsets"],
  coo: ["row", "col", "data"],
};

/** A sparse matrix or array of scipy from what `save_npz` wrote. */
export function sparseMatrix(arrays: ReadonlyMap<string, unknown>, cls: Global): Instance {
  const part = (name: string) => arrayIn(arrays.get(name));
  const format = formatOf(part("format"));
  const parts = Object.hasOwn(PARTS, format) ? PARTS[format] : undefined;
  const [, spelled] = /^scipy\.sparse(?:\.\w+)?\.(\w+)_(?:matrix|array)$/.exec(cls.toString()) ?? [];
  if (parts === undefined || spelled !== format) throw skopsError(`'${format}' is no sparse matrix that is known`);
  const shape = part("shape").flat().map(integerOf);
  const state = new Dict<unknown>([
    ["_shape", new Tuple(shape)],
    ["maxprint", 50n],
    ...parts.filter((name) => arrays.has(name)).map((name) => [name, part(name)] as const),
  ]);
  if (format === "coo" && arrays.has("coords")) {
    const [row, col] = rowsOf(part("coords"));
    state.set("coords", new Tuple([row, col]));
  }
  const made = new Instance(cls, [], "newobj");
  made.states.push(state);
  return made;
}

function rowsOf(coords: NdArray): readonly [NdArray, NdArray] {
  const [axes, length] = coords.shape;
  if (coords.ndim !== 2 || axes !== 2 || length === undefined) throw skopsError("a sparse matrix has no two axes");
  const bytes = bytesOf(coords.toC());
  const half = bytes.length / 2;
  const half1 = NdArray.fromBytes(bytes.subarray(0, half), coords.dtype, [length]);
  return [half1, NdArray.fromBytes(bytes.subarray(half), coords.dtype, [length])];
}

function formatOf(array: NdArray): string {
  const value = array.ndim === 0 ? array.item() : undefined;
  return value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : String(value);
}

function integerOf(value: unknown): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  throw skopsError("a sparse matrix has no shape");
}
