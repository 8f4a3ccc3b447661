/** @module What is written into a model's file beside the model: its target, and how texts of columns are read. */

import { Dict } from "@curtido/pickle";
import type { CellRule } from "@curtido/tables";
import type { FeatureColumn } from "./feature.ts";

/**
 * A dict that Python keeps and the server reads, such as
 * `{"target": {"name": "price"}, "features": [{"name": "sold", "type": "date", "unit": "days"}]}`.
 */
export function noteOf(target: string, rule: CellRule, features: readonly FeatureColumn[]): Dict<unknown> {
  const ruled = features.flatMap(({ name, rule: own, of }) => {
    if (of !== undefined) return [new Dict<unknown>(Object.entries({ name, of: of.name, part: of.part }))];
    return own === undefined ? [] : [columnNote(name, own)];
  });
  return new Dict<unknown>([
    ["target", columnNote(target, rule)],
    ["features", ruled],
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
