/** @module Arrays of the dtype that numpy makes where nothing else is said, or that a parameter asks for. */

import { bool, type DType, float32, float64, NdArray, parseDType, typedArrayOf } from "@curtido/arrays";

/**
 * An `int64` array, numpy's own kind of positions and counts, of numbers that fit into 32 bits.
 *
 * @example
 * int64s(Int32Array.of(1, -1)); // array([1, -1]), dtype int64
 */
export function int64s(values: ArrayLike<number>, shape: readonly number[] = [values.length]): NdArray {
  const out = new BigInt64Array(values.length);
  // As pairs of 32 bits: making a bigint of each takes ten times as long.
  const words = new Int32Array(out.buffer);
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    words[2 * at] = value;
    words[2 * at + 1] = value < 0 ? -1 : 0;
  }
  return NdArray.of(out, shape);
}

/** The parameter `dtype`: `float64`, `int32`, Python's `float` and `int` as numpy knows them; doubles for everything else. */
export function numericDType(name: string): DType {
  const [, kind, bits] = /^(float|int|uint)(\d+)?$/.exec(name) ?? [];
  if (name === "bool") return bool;
  if (kind === undefined) return float64;
  return parseDType(`${kind[0]}${bits === undefined ? 8 : Number(bits) / 8}`);
}

/** Numbers as elements of a dtype: whole ones without what is behind the point, as numpy casts them. */
export function ofDType(values: Float64Array, shape: readonly number[], dtype: DType): NdArray {
  if (dtype.kind === "b") return NdArray.bools(Uint8Array.from(values, Number), shape);
  if (dtype.kind === "f")
    return NdArray.of(dtype.itemsize === float32.itemsize ? Float32Array.from(values) : values, shape);
  const [Typed, width] = typedArrayOf(dtype)!;
  const whole = values.map(Math.trunc);
  const out = new Typed(values.length);
  for (let at = 0; at < out.length; at++) out[at] = (width === 8 ? BigInt(whole[at]!) : whole[at]!) as number;
  return NdArray.of(out, shape, dtype);
}
