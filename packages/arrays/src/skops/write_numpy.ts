/** @module What numpy and scipy make, as nodes of skops' schema. */

import { Dict, Global, Instance, Tuple } from "@curtido/pickle";
import { hasObjects } from "../containers/npy.ts";
import { bool, type DType, dtypeName } from "../dtype.ts";
import { NdArray } from "../ndarray.ts";
import { reviveDType, reviveNumpy } from "../revive/numpy.ts";
import { bytesOf } from "../write/bytes.ts";
import { writeNpy } from "../write/npy.ts";
import { writeNpz } from "../write/npz.ts";
import { PARTS } from "./arrays.ts";
import { cannotKeep, type SkopsNode } from "./schema.ts";
import type { SkopsWriter } from "./write_nodes.ts";

/** An array, of numpy's own class unless another is named. */
export function arrayNode(array: NdArray, cls: unknown, writer: SkopsWriter): SkopsNode {
  const named = cls instanceof Global ? cls : new Global("numpy", "ndarray");
  const head = { __class__: named.name, __module__: named.module, __loader__: "NdArrayNode" };
  if (!hasObjects(array.dtype)) return { ...head, type: "numpy", file: writer.entry(writeNpy(array), "npy") };
  if (array.dtype.kind !== "O" || array.ndim === 0) throw cannotKeep("records with objects in them");
  const content = writer.nodes(nested(array.flat(), array.shape));
  return { ...head, content, type: "json", shape: writer.tuple(array.shape.map(BigInt)) };
}

/** Lists within lists, as `tolist` gives them. */
function nested(items: readonly unknown[], [, ...inner]: readonly number[]): readonly unknown[] {
  if (inner.length === 0) return items;
  const size = inner.reduce((product, length) => product * length, 1);
  const rows = size === 0 ? 0 : items.length / size;
  return Array.from({ length: rows }, (_, at) => nested(items.slice(at * size, (at + 1) * size), inner));
}

/** numpy's names of the classes of its scalars. */
const SCALARS: Readonly<Record<string, string>> = {
  b: "bool_",
  U: "str_",
  S: "bytes_",
  M: "datetime64",
  m: "timedelta64",
};

/** One of numpy's scalars: an array of no dimensions, of which its class makes a scalar. */
export function scalarNode(scalar: NdArray, writer: SkopsWriter): SkopsNode {
  const { dtype } = scalar;
  if (dtype.kind === "V" || hasObjects(dtype)) throw cannotKeep(`a scalar of ${dtypeName(dtype)}`);
  return arrayNode(NdArray.fromBytes(bytesOf(scalar), dtype, []), scalarClass(dtype), writer);
}

/** The class of a scalar. */
export function scalarClass(dtype: DType): Global {
  return new Global("numpy", SCALARS[dtype.kind] ?? dtypeName({ ...dtype, littleEndian: true }));
}

/** A dtype, which skops keeps as an array of it that is empty. */
export function dtypeNode(value: Instance, writer: SkopsWriter): SkopsNode {
  const dtype = reviveDType(value);
  const empty = dtype.kind === "O" ? NdArray.objects([], [0]) : NdArray.fromBytes(new Uint8Array(), dtype, [0]);
  const content = arrayNode(empty, undefined, writer);
  return { __class__: "dtype", __module__: "numpy", __loader__: "DTypeNode", content };
}

/** Masked arrays, generators of random numbers and sparse matrices; `undefined` for anything else. */
export function numpyNode(value: Instance, writer: SkopsWriter): SkopsNode | undefined {
  const { className } = value;
  if (className === "numpy.ma.core._mareconstruct") return maskedNode(value, writer);
  if (/^numpy\.random(\._pickle\.__randomstate_ctor|(\.mtrand)?\.__RandomState_ctor)$/.test(className))
    return randomNode(value, writer);
  if (className === "numpy.random._pickle.__generator_ctor") return generatorNode(value, writer);
  return sparseNode(value, writer);
}

function maskedNode({ state }: Instance, writer: SkopsWriter): SkopsNode {
  const [, shape, dtype, fortran, data, mask] = state instanceof Tuple ? state.items : [];
  const array = new Instance(new Global("numpy.core.multiarray", "_reconstruct"), [], "reduce");
  array.states.push(new Tuple([1n, shape, dtype, fortran, data]));
  const values = reviveNumpy(array)!;
  if (!(mask instanceof Uint8Array)) throw cannotKeep("a masked array without a mask");
  const hidden = NdArray.fromBytes(mask, bool, values.shape, values.order);
  const content = { data: arrayNode(values, undefined, writer), mask: arrayNode(hidden, undefined, writer) };
  return { __class__: "MaskedArray", __module__: "numpy.ma", __loader__: "MaskedArrayNode", content };
}

/** The names of what older releases of numpy list. */
const STATE = ["bit_generator", "state", "has_gauss", "gauss"];

function randomNode({ state }: Instance, writer: SkopsWriter): SkopsNode {
  const named = state instanceof Tuple ? listedState(state) : state;
  if (!(named instanceof Dict) || STATE.some((key) => named.get(key) === undefined))
    throw cannotKeep("a random state that is not told");
  const content = writer.node(named);
  return { __class__: "RandomState", __module__: "numpy.random.mtrand", __loader__: "RandomStateNode", content };
}

function listedState({ items: [name, key, pos, gaussed, gauss] }: Tuple): Dict {
  const words = new Dict<unknown>([
    ["key", key],
    ["pos", pos],
  ]);
  return new Dict<unknown>([
    ["bit_generator", name],
    ["state", words],
    ["has_gauss", gaussed],
    ["gauss", gauss],
  ]);
}

/** A generator goes on where it was; what it was seeded with, which further generators are made from, is not kept. */
function generatorNode({ args: [bits], state }: Instance, writer: SkopsWriter): SkopsNode {
  const given = bits instanceof Instance ? bits.state : state;
  const words = given instanceof Tuple ? given.at(0) : given;
  if (!(words instanceof Dict)) throw cannotKeep("a generator of random numbers that is not told");
  const seed = new Dict<unknown>([
    ["entropy", 0n],
    ["spawn_key", new Tuple([])],
    ["pool_size", 4n],
    ["n_children_spawned", 0n],
  ]);
  const content = { bit_generator: writer.node(words), seed_seq: writer.node(seed) };
  return { __class__: "Generator", __module__: "numpy.random._generator", __loader__: "RandomGeneratorNode", content };
}

function sparseNode(value: Instance, writer: SkopsWriter): SkopsNode | undefined {
  const cls = value.class as Global;
  const [, format, kind] =
    /^scipy\.sparse(?:\.\w+)?\.(csr|csc|coo|bsr|dia)_(matrix|array)$/.exec(value.className) ?? [];
  if (format === undefined) return undefined;
  const { shape, parts } = value.form === "reduce" ? constructed(value) : held(value.state, PARTS[format]!);
  const arrays = new Map<string, NdArray>([...parts, ["shape", shapeArray(shape)], ["format", bytesArray(format)]]);
  if (kind === "array") arrays.set("_is_array", NdArray.bools(Uint8Array.of(1), []));
  const file = writer.entry(writeNpz(arrays), "npz");
  return { __class__: cls.name, __module__: cls.module, __loader__: "SparseMatrixNode", type: "scipy", file };
}

interface Held {
  readonly shape: unknown;
  readonly parts: readonly (readonly [string, NdArray])[];
}

/** `csr_matrix((data, indices, indptr), shape)`, as matrices are written here. */
function constructed({ args: [parts, shape] }: Instance): Held {
  const arrays = parts instanceof Tuple ? parts.items : [];
  return { shape, parts: ["data", "indices", "indptr"].map((name, at) => [name, numbers(arrays[at])] as const) };
}

function held(state: unknown, names: readonly string[]): Held {
  if (!(state instanceof Dict)) throw cannotKeep("a sparse matrix without its parts");
  const { items = [] } = state.get("coords") instanceof Tuple ? (state.get("coords") as Tuple) : {};
  const part = (name: string) => state.get(name) ?? items[["row", "col"].indexOf(name)];
  return { shape: state.get("_shape"), parts: names.map((name) => [name, numbers(part(name))] as const) };
}

function numbers(value: unknown): NdArray {
  const array = reviveNumpy(value);
  if (array === undefined || hasObjects(array.dtype)) throw cannotKeep("a sparse matrix without its numbers");
  return array;
}

function shapeArray(shape: unknown): NdArray {
  const axes = shape instanceof Tuple ? shape.items.map((length) => BigInt(length as bigint)) : [];
  return NdArray.of(BigInt64Array.from(axes));
}

function bytesArray(text: string): NdArray {
  const dtype: DType = { kind: "S", itemsize: text.length, littleEndian: true };
  return NdArray.fromBytes(new TextEncoder().encode(text), dtype, []);
}
