/** @module npy and npz: one array, or arrays by name. */

import {
  bytesOf,
  Csr,
  DataFrame,
  NdArray,
  namedValues,
  objectsOf,
  parseDType,
  readNpy,
  readNpz,
  Series,
  sizeOf,
  Tensor,
  withoutIndex,
  writeNpy,
  writeNpz,
} from "@curtido/arrays";
import { compress, nodeInflate } from "@curtido/arrays/node";
import { Dict, typeName } from "@curtido/pickle";
import { cannotHold, shownValue } from "@curtido/tables";

/** Nesting of lists that make an array: numpy has no more axes. */
const MOST_AXES = 32;
const exact = { exact: true } as const;

/** The array of a npy file. */
export function readNpyFile(bytes: Uint8Array): unknown {
  return readNpy(bytes, objectsOf(true));
}

/** The arrays of a npz file, by name. */
export function readNpzFile(bytes: Uint8Array): Dict {
  return new Dict(readNpz(bytes, { inflate: nodeInflate, ...exact }));
}

/** A value as a npy file. */
export function writeNpyFile(value: unknown): Uint8Array {
  return writeNpy(arrayOf(value, "npy"), exact);
}

/** A dict of arrays, or the columns of a table, as a compressed npz file; an array alone is `arr_0`, as numpy names it. */
export function writeNpzFile(value: unknown): Uint8Array {
  return writeNpz(namedArrays(value, "npz"), { ...exact, deflate: (bytes) => compress("deflate", bytes) });
}

/**
 * Arrays by name: the columns of a table, what a dict holds, the tensors of a file of PyTorch however deep they lie.
 *
 * @throws CurtidoError E_FORMAT for what is no array, and for names that the format does not have
 */
export function namedArrays(value: unknown, format: string): ReadonlyMap<string, NdArray> {
  if (value instanceof DataFrame) {
    const { series } = withoutIndex(value);
    const names = series.map((column) => String(column.name));
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice !== undefined) throw cannotHold(format, `two columns named ${shownValue(twice)}`);
    return new Map(series.map((column, at) => [names[at]!, arrayOf(column, format)]));
  }
  const named = namedValues(value);
  if (named.some(([name, each]) => name !== "" && each instanceof Tensor))
    return new Map(named.map(([name, each]) => [name, arrayOf(each, format)]));
  if (!(value instanceof Dict)) return new Map([["arr_0", arrayOf(value, format)]]);
  return new Map(
    [...value].map(([name, each]) => {
      if (typeof name !== "string" || name === "" || /[/\\\0]/.test(name))
        throw cannotHold(format, `an array under the key ${shownValue(name)}: names are texts without slashes`);
      return [name, arrayOf(each, format)];
    }),
  );
}

/**
 * The array that a value is: an array, a column, a table (one array of all its columns, as `DataFrame.to_numpy()`), a number
 * or lists of them.
 *
 * @throws CurtidoError E_FORMAT for what is none
 */
export function arrayOf(value: unknown, format: string): NdArray {
  if (value instanceof NdArray) return value;
  if (value instanceof Series) return value.values;
  if (value instanceof DataFrame) return matrixOf(value);
  if (value instanceof Csr) throw cannotHold(format, "a sparse matrix");
  const { shape, leaves } = flattened(value);
  const array = leafArray(leaves, shape);
  if (array === undefined) {
    const odd = leaves.find((leaf) => leaf !== null && typeof leaf === "object") ?? value;
    throw cannotHold(format, `a ${typeName(odd)}: it holds arrays`);
  }
  return array;
}

function leafArray(leaves: readonly unknown[], shape: readonly number[]): NdArray | undefined {
  const all = (type: string) => leaves.every((leaf) => typeof leaf === type);
  const whole =
    leaves.length > 0 && all("bigint") && (leaves as bigint[]).every((leaf) => BigInt.asIntN(64, leaf) === leaf);
  if (whole) return NdArray.of(BigInt64Array.from(leaves as bigint[]), shape);
  if (leaves.length > 0 && all("boolean")) return NdArray.bools(Uint8Array.from(leaves as boolean[], Number), shape);
  if (leaves.every((leaf) => typeof leaf === "number" || (typeof leaf === "bigint" && BigInt(Number(leaf)) === leaf)))
    return NdArray.of(Float64Array.from(leaves, Number), shape);
  if (!all("string")) return undefined;
  const longest = (leaves as string[]).reduce((most, leaf) => Math.max(most, [...leaf].length), 1);
  return NdArray.of([...leaves], shape, parseDType(`<U${longest}`));
}

/** The leaves of lists of lists of one shape. */
function flattened(value: unknown): { readonly shape: readonly number[]; readonly leaves: readonly unknown[] } {
  const shape: number[] = [];
  let leaves: readonly unknown[] = [value];
  while (leaves.length > 0 && Array.isArray(leaves[0]) && shape.length < MOST_AXES) {
    const { length } = leaves[0] as readonly unknown[];
    if (!leaves.every((leaf) => Array.isArray(leaf) && leaf.length === length)) break;
    shape.push(length);
    sizeOf(shape);
    leaves = (leaves as readonly (readonly unknown[])[]).flat();
  }
  return { shape, leaves };
}

/** The columns side by side: of their common dtype, of doubles where there are several of numbers, else objects. */
function matrixOf(frame: DataFrame): NdArray {
  const shape = [frame.length, frame.series.length];
  const arrays = frame.series.map((column) => column.values);
  const [first] = arrays;
  const codes = new Set(arrays.map(({ dtype }) => `${dtype.kind}${dtype.itemsize}${dtype.littleEndian}${dtype.unit}`));
  if (first !== undefined && codes.size === 1 && first.dtype.kind !== "O") {
    const { dtype } = first;
    const columns = arrays.map(bytesOf);
    const out = new Uint8Array(frame.length * arrays.length * dtype.itemsize);
    columns.forEach((bytes, at) => {
      out.set(bytes, at * frame.length * dtype.itemsize);
    });
    // Column behind column is what Fortran's order is.
    return NdArray.fromBytes(out, dtype, shape, "F");
  }
  const numeric = arrays.every(({ dtype }) => "iuf".includes(dtype.kind));
  if (numeric && arrays.length > 0) {
    const out = new Float64Array(frame.length * arrays.length);
    arrays.forEach((array, at) => {
      array.toFloat64().forEach((item, row) => {
        out[row * arrays.length + at] = item;
      });
    });
    return NdArray.of(out, shape);
  }
  const rows = frame.tolist();
  return NdArray.objects(rows.flat(), shape);
}
