/** @module What is written into a model's file beside the model: its target, how texts of columns are read, and which columns it was not given. */

import { Dict } from "@curtido/pickle";
import type { CellRule } from "@curtido/tables";
import type { FeatureColumn } from "./feature.ts";

/** How many columns are noted that were left out: a file need not grow by the width of a table. */
const MOST_LEFT_OUT = 1_000;

/**
 * A dict that Python keeps and the server reads, such as
 * `{"target": {"name": "price"}, "features": [{"name": "sold", "type": "date", "unit": "days"}]}`.
 */
export function noteOf(
  target: string,
  rule: CellRule,
  features: readonly FeatureColumn[],
  leftOut: readonly string[],
): Dict<unknown> {
  const ruled = features.flatMap(({ name, rule: own, of }) => {
    if (of !== undefined) return [new Dict<unknown>(Object.entries({ name, of: of.name, part: of.part }))];
    return own === undefined ? [] : [columnNote(name, own)];
  });
  return new Dict<unknown>([
    ["target", columnNote(target, rule)],
    ["features", ruled],
    ["left_out", leftOut.slice(0, MOST_LEFT_OUT)],
  ]);
}

function columnNote(name: string, { date, numerals, spellings }: CellRule): Dict<unknown> {
  const pairs = Object.entries({
    name,
    ...(date && { type: "date", ...date }),
    ...(numerals && { type: "number", ...numerals }),
    ...(spellings && { spellings: new Dict(Object.entries(spellings)) }),
  });
  return new Dict<unknown>(pairs);
}
