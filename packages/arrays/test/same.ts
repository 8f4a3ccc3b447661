/** @module Whether two values are the same: dtypes, shapes, memory, labels; identity is not looked at. */

import { ByteArray, Float, FrozenSet, Global, Instance, PySet, Tuple } from "@curtido/pickle";
import { bytesOf, Csr, DataFrame, dtypeName, Index, NdArray, Series } from "../src/index.ts";

/** Where and how two values differ; `undefined` when they do not. */
export function difference(got: unknown, wanted: unknown, path = "value"): string | undefined {
  if (Object.is(got, wanted)) return undefined;
  if (typeof got !== "object" || typeof wanted !== "object" || got === null || wanted === null)
    return `${path}: ${String(got)} is not ${String(wanted)}`;
  if (got.constructor !== wanted.constructor)
    return `${path}: a ${got.constructor?.name}, not a ${wanted.constructor?.name}`;
  if (got instanceof NdArray) return array(got, wanted as NdArray, path);
  if (got instanceof Uint8Array || got instanceof ByteArray)
    return Buffer.compare(got, wanted as Uint8Array) === 0 ? undefined : `${path}: other bytes`;
  const parts = [partsOf(got), partsOf(wanted)];
  if (parts[0]!.length !== parts[1]!.length) return `${path}: ${parts[0]!.length} parts, not ${parts[1]!.length}`;
  for (const [at, [name, part]] of parts[0]!.entries()) {
    const [otherName, other] = parts[1]![at]!;
    if (name !== otherName) return `${path}: ${name} is not ${otherName}`;
    const found = difference(part, other, `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function array(got: NdArray, wanted: NdArray, path: string): string | undefined {
  const say = (what: string, one: unknown, other: unknown) => `${path}: ${what} ${one}, not ${other}`;
  if (dtypeName(got.dtype) !== dtypeName(wanted.dtype) || got.dtype.littleEndian !== wanted.dtype.littleEndian)
    return say("dtype", dtypeName(got.dtype), dtypeName(wanted.dtype));
  if (got.shape.join() !== wanted.shape.join()) return say("shape", got.shape, wanted.shape);
  if (got.scalar !== wanted.scalar) return say("scalar", got.scalar, wanted.scalar);
  if (Array.isArray(got.data) && got.raw === undefined) return difference(got.toC().data, wanted.toC().data, path);
  if (got.order !== wanted.order) return say("order", got.order, wanted.order);
  return Buffer.compare(bytesOf(got), bytesOf(wanted)) === 0 ? undefined : say("elements", got.flat(), wanted.flat());
}

function partsOf(value: object): [string, unknown][] {
  if (Array.isArray(value)) return value.map((item, at) => [String(at), item]);
  if (value instanceof Tuple) return partsOf([...value.items]);
  if (value instanceof PySet || value instanceof FrozenSet || value instanceof Set) return partsOf([...value]);
  if (value instanceof Map)
    return [...value].flatMap(([key, item], at) => [
      [`key${at}`, key],
      [`item${at}`, item],
    ]);
  if (value instanceof Float) return [["value", value.value]];
  if (value instanceof Global) return [["name", value.toString()]];
  if (value instanceof Csr) return Object.entries({ ...value, dtype: dtypeName(value.dtype) });
  if (value instanceof DataFrame)
    return Object.entries({ series: [...value.series], rows: value.rowIndex, columns: value.columnIndex });
  if (value instanceof Series) {
    const { name, values, dtype, categories, ordered = false, categoriesDtype, rowIndex } = value;
    return Object.entries({ name, values, dtype, categories, ordered, categoriesDtype, rowIndex });
  }
  if (value instanceof Index) {
    const { name, labels, kind, range, levels, codes, categories, ordered, freq } = value;
    return Object.entries({ name, labels, kind, range, levels, codes, categories, ordered, freq });
  }
  if (value instanceof Instance) {
    const { class: cls, args, form, kwargs, states, items, entries } = value;
    return Object.entries({ cls, args, form, kwargs, states, items, entries });
  }
  return Object.entries(value);
}
