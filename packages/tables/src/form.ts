/** @module What a plain HTML form sends: one row. */

import { tooLarge } from "./errors.ts";
import { textRows } from "./json.ts";
import { MOST_COLUMNS } from "./limits.ts";
import { decoded } from "./plain_text.ts";
import { limitFields } from "./text_limits.ts";
import type { Reading, TableRows, WholeValue } from "./types.ts";

/**
 * The fields of a form; an empty one is `null`, one that comes twice counts as its last.
 *
 * @example
 * parseForm("bmi=0.1&island="); // { bmi: "0.1", island: null }
 */
export function parseForm(text: string): Record<string, string | null> {
  const fields = [...new URLSearchParams(text.trim())].map(
    ([name, value]) => [name, value === "" ? null : value] as const,
  );
  return Object.fromEntries(fields);
}

/**
 * The row of fields. Where the model has several features of one name, fields of that name are told apart by their order.
 *
 * @example
 * fieldRows([["bmi", "0.1"], ["island", ""]]); // { rows: [{ bmi: "0.1", island: null }], single: true, text: "form" }
 */
export function fieldRows(
  fields: readonly (readonly [name: string, value: string])[],
  { features = [] }: Pick<Reading, "features"> = {},
): TableRows {
  if (fields.length > MOST_COLUMNS) throw tooLarge("form", MOST_COLUMNS, "fields");
  const pairs = fields.map(([name, value]) => [name, value === "" ? null : value] as const);
  if (new Set(features).size === features.length)
    return { rows: [Object.fromEntries(pairs)], single: true, text: "form" };
  const columns = pairs.map(([name]) => name);
  return { columns, rows: [pairs.map(([, value]) => value)], single: true, text: "form" };
}

/** The row of a form. A body that begins as JSON does is JSON: `curl -d` sends it under the form's type. */
export function formRows(bytes: Uint8Array, reading: Reading): TableRows | WholeValue {
  const text = decoded(bytes, "form", reading.charset);
  if (/^\s*[{[]/.test(text)) return textRows(text, reading);
  limitFields(text);
  return fieldRows([...new URLSearchParams(text.trim())], reading);
}
