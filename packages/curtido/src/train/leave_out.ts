/** @module Columns that say nothing of a target: one value in every row, or another one in each. */

import { isMissing } from "@curtido/tables";
import type { ColumnReading } from "./read_column.ts";

/** From so many rows on, a text that differs in every other row tells rows apart and groups nothing. */
const ENOUGH_ROWS = 20;
/** What columns are called that tell rows apart. */
const ID = /(?:^|[\s_.-])(?:id|uuid|guid|index|unnamed: 0|nº|n°)$/i;

/** Why a column is not learned from; `undefined` for one that is. */
export function whyLeftOut(name: string, { type, values, rule }: ColumnReading): string | undefined {
  const present = values.filter((value) => !isMissing(value));
  if (present.length === 0) return "empty in every row";
  const there = new Set(present);
  if (there.size === 1 && (present.length === values.length || type === "numeric"))
    return `the same in every row: ${String(present[0]).slice(0, 40)}`;
  if (type === "categorical") return manyTexts(present.length, there.size);
  if (rule.date !== undefined || there.size < values.length || present.length < ENOUGH_ROWS) return undefined;
  const numbers = present as readonly number[];
  if (!numbers.every(Number.isInteger)) return undefined;
  if (ID.test(name)) return "an id: another number in every row";
  const least = numbers.reduce((low, each) => Math.min(low, each));
  const most = numbers.reduce((high, each) => Math.max(high, each));
  const counts = (least === 0 || least === 1) && most - least === numbers.length - 1;
  return counts ? `an id: the numbers ${least} to ${most}, each once` : undefined;
}

function manyTexts(count: number, different: number): string | undefined {
  if (different === count && count > 2) return "an id: another text in every row";
  if (count >= ENOUGH_ROWS && different * 2 > count)
    return `${different} different texts in ${count} rows: they tell rows apart and group nothing`;
  return undefined;
}
