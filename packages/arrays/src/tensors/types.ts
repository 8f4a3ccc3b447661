/** @module The element types of tensors: one row each, with what PyTorch and safetensors call it. */

import { type DType, parseDType } from "../dtype.ts";

/** What an element of a tensor is. */
export interface TensorType {
  /** PyTorch's name: `float32`, `bfloat16`, `float8_e4m3fn`. */
  readonly name: string;
  /** Bits of one element. */
  readonly bits: number;
  /** What numpy has for it; a bfloat16 becomes the float32 of the same value. Without one there are no values. */
  readonly dtype?: DType;
  /** The name in a header of safetensors. */
  readonly safetensors?: string;
  /** The class of PyTorch's storages of it, without `Storage`; without one they are untyped. */
  readonly storage?: string;
}

const row = (name: string, bits: number, code?: string, safetensors?: string, storage?: string): TensorType => ({
  name,
  bits,
  ...(code !== undefined && { dtype: parseDType(code) }),
  ...(safetensors !== undefined && { safetensors }),
  ...(storage !== undefined && { storage }),
});

/** Every type that PyTorch or safetensors has. */
export const TENSOR_TYPES: readonly TensorType[] = [
  row("float64", 64, "<f8", "F64", "Double"),
  row("float32", 32, "<f4", "F32", "Float"),
  row("float16", 16, "<f2", "F16", "Half"),
  row("bfloat16", 16, "<f4", "BF16", "BFloat16"),
  row("int64", 64, "<i8", "I64", "Long"),
  row("int32", 32, "<i4", "I32", "Int"),
  row("int16", 16, "<i2", "I16", "Short"),
  row("int8", 8, "i1", "I8", "Char"),
  row("uint8", 8, "u1", "U8", "Byte"),
  row("bool", 8, "?", "BOOL", "Bool"),
  row("complex128", 128, "<c16", undefined, "ComplexDouble"),
  row("complex64", 64, "<c8", "C64", "ComplexFloat"),
  row("uint16", 16, "<u2", "U16"),
  row("uint32", 32, "<u4", "U32"),
  row("uint64", 64, "<u8", "U64"),
  row("complex32", 32, undefined, undefined, "ComplexHalf"),
  row("float8_e4m3fn", 8, undefined, "F8_E4M3"),
  row("float8_e5m2", 8, undefined, "F8_E5M2"),
  row("float8_e4m3fnuz", 8, undefined, "F8_E4M3FNUZ"),
  row("float8_e5m2fnuz", 8, undefined, "F8_E5M2FNUZ"),
  row("float8_e8m0fnu", 8, undefined, "F8_E8M0"),
  row("float6_e2m3fn", 6, undefined, "F6_E2M3"),
  row("float6_e3m2fn", 6, undefined, "F6_E3M2"),
  row("float4_e2m1fn", 4, undefined, "F4"),
  // Two elements in a byte are one element here, as they are for PyTorch.
  row("float4_e2m1fn_x2", 8),
  row("qint8", 8, undefined, undefined, "QInt8"),
  row("quint8", 8, undefined, undefined, "QUInt8"),
  row("qint32", 32, undefined, undefined, "QInt32"),
  row("quint4x2", 8, undefined, undefined, "QUInt4x2"),
  row("quint2x4", 8, undefined, undefined, "QUInt2x4"),
];

const tableBy = (key: "name" | "safetensors" | "storage"): ReadonlyMap<string, TensorType> =>
  new Map(TENSOR_TYPES.flatMap((type) => (type[key] === undefined ? [] : [[type[key], type]])));

const BY_NAME = tableBy("name");
const BY_HEADER = tableBy("safetensors");
const BY_STORAGE = tableBy("storage");

/** The type that PyTorch calls so. */
export const typeNamed = (name: string): TensorType | undefined => BY_NAME.get(name);

/** The type that a header of safetensors calls so. */
export const typeOfHeader = (name: string): TensorType | undefined => BY_HEADER.get(name);

/** The type of the elements of PyTorch's storages of this class (`FloatStorage`). */
export const typeOfStorage = (name: string): TensorType | undefined => BY_STORAGE.get(name.replace(/Storage$/, ""));

/** The type of the elements of an array of numpy; `undefined` where tensors have none. */
export function typeOfArray({ kind, itemsize }: DType): TensorType | undefined {
  const code = `${kind}${itemsize}`;
  return TENSOR_TYPES.find(({ dtype }) => dtype !== undefined && `${dtype.kind}${dtype.itemsize}` === code);
}
