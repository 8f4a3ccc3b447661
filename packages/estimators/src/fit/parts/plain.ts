/** @module Values of JSON as they are pickled. */

import { Dict } from "@curtido/pickle";

/** A dict of plain values. */
export function dictOf(value: Readonly<Record<string, unknown>>): Dict<unknown> {
  return new Dict<unknown>(
    Object.entries(value).flatMap(([key, each]) => (each === undefined ? [] : [[key, plain(each)] as const])),
  );
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === "object" && value !== null ? dictOf(value as Readonly<Record<string, unknown>>) : value;
}
