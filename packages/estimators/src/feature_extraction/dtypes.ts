/** @module The parameter `dtype` of vectorizers. */

import { type DType, parseDType } from "@curtido/arrays";

/** `float64`, `int32`, Python's `float` and `int` as numpy knows them; doubles for everything else. */
export function numericDType(name: string): DType {
  const [, kind, bits] = /^(float|int|uint)(\d+)?$/.exec(name) ?? [];
  if (name === "bool") return parseDType("?");
  if (kind === undefined) return parseDType("f8");
  return parseDType(`${kind[0]}${bits === undefined ? 8 : Number(bits) / 8}`);
}
