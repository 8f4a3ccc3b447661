/** @module What a plain HTML form sends: one row. */

import { textRows } from "./json.ts";
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

/** The row of a form. A body that begins as JSON does is JSON: `curl -d` sends it under the form's type. */
export function formRows(bytes: Uint8Array, { charset, limits }: Reading): TableRows | WholeValue {
  const text = decoded(bytes, "form", charset);
  if (/^\s*[{[]/.test(text)) return textRows(text, limits);
  limitFields(text);
  return { rows: [parseForm(text)], single: true, text: "form" };
}
