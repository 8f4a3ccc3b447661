/** @module Flatbuffers, in which Arrow describes its messages: as much as is needed to check what others will read. */

/** Where a field of a table stands; `undefined` when it has its default. */
export function fieldAt(view: DataView, table: number, field: number): number | undefined {
  const vtable = table - view.getInt32(table, true);
  const entry = 4 + 2 * field;
  if (entry >= view.getUint16(vtable, true)) return undefined;
  const offset = view.getUint16(vtable + entry, true);
  return offset === 0 ? undefined : table + offset;
}

/** An integer of 64 bits, as a double; 0 where there is none. */
export function long(view: DataView, at: number | undefined): number {
  return at === undefined ? 0 : Number(view.getBigInt64(at, true));
}

/** Where the table stands that a field refers to. */
export function tableAt(view: DataView, table: number, field: number): number | undefined {
  const at = fieldAt(view, table, field);
  return at === undefined ? undefined : at + view.getInt32(at, true);
}

/** The places of a vector's elements. */
export interface Vector {
  readonly start: number;
  readonly count: number;
}

/**
 * The vector that a field refers to.
 *
 * @throws RangeError when it is longer than the bytes
 */
export function vectorAt(view: DataView, table: number, field: number, stride: number): Vector {
  const at = tableAt(view, table, field);
  if (at === undefined) return { start: 0, count: 0 };
  const count = view.getInt32(at, true);
  const start = at + 4;
  if (!(count >= 0 && count * stride <= view.byteLength - start))
    throw new RangeError("a list is longer than its message");
  return { start, count };
}
