/** @module The columns of an Arrow stream, checked before they are read out: none gives more than its bytes hold. */

import type { Column } from "@uwdata/flechette";
import { malformed, shownValue, tooLarge } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import type { TableLimits } from "../types.ts";
import { TITLE } from "./messages.ts";

type Batch = Column<unknown>["data"][number];
/** Kinds of types whose rows name the place of their bytes, which others may name too; and the bytes of one such name. */
const VIEWS: ReadonlySet<number> = new Set([23, 24]);
const VIEW = 16;
const FIXED_LIST = 16;

/**
 * Refuses a column that is longer than its table, or whose rows lie over each other: each would be made anew.
 *
 * @throws CurtidoError E_TABLE, E_TABLE_LIMIT
 */
export function checkColumn(
  name: string,
  { length, data }: Column<unknown>,
  rows: number,
  limits: TableLimits = LIMITS,
): void {
  if (length !== rows) throw malformed(TITLE, `the column ${shownValue(name)} has ${length} rows, the table ${rows}`);
  for (const batch of data) checkBatch(name, batch, limits);
}

function checkBatch(name: string, batch: Batch, limits: TableLimits): void {
  const { offsets, sizes, values, length, type, children } = batch;
  if (sizes !== undefined)
    limited(
      sum(length, (at) => Number(sizes[at])),
      limits.cells,
      "cells",
    );
  else if (offsets !== undefined && length > 0) {
    const room = children?.[0]?.length ?? values?.length ?? 0;
    let ordered = offsets[0]! >= 0 && offsets[length]! <= room;
    for (let at = 0; at < length; at++) ordered &&= offsets[at + 1]! >= offsets[at]!;
    if (!ordered) throw malformed(TITLE, `the column ${shownValue(name)} is out of order`);
  }
  if (type.typeId === FIXED_LIST) limited(length * (type as { readonly stride: number }).stride, limits.cells, "cells");
  if (VIEWS.has(type.typeId) && values !== undefined) {
    const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
    limited(
      sum(Math.min(length, Math.floor(view.byteLength / VIEW)), (at) => view.getUint32(at * VIEW, true)),
      limits.bytes,
      "bytes",
    );
  }
  for (const child of children ?? []) checkBatch(name, child, limits);
}

function sum(count: number, of: (at: number) => number): number {
  let total = 0;
  for (let at = 0; at < count; at++) total += of(at);
  return total;
}

function limited(count: number, most: number, what: string): void {
  if (!(count >= 0 && count <= most)) throw tooLarge(TITLE, most, what);
}
