/** @module What a plain HTML form sends: one row. */

import { decoderOf } from "./charsets.ts";
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
  return Object.fromEntries(formFields(text).map(([name, value]) => [name, value === "" ? null : value] as const));
}

/**
 * The names and values of a form or a query. Escapes that are no UTF-8 are in its charset, or windows-1252, as old pages send them.
 *
 * @example
 * formFields("city=S%E3o+Paulo"); // [["city", "São Paulo"]]
 */
export function formFields(text: string, charset?: string): readonly (readonly [name: string, value: string])[] {
  const fields = [...new URLSearchParams(text.trim())];
  const unread = fields.some((field) => field.some((part) => part.includes(REPLACEMENT)));
  if (!unread || /%EF%BF%BD/i.test(text) || /[^\0-\x7f]/.test(text)) return fields;
  const decoder = decoderOf(charset === undefined || /^utf-?8$/i.test(charset) ? SUPPOSED : charset);
  const part = (escaped: string) => decoder.decode(bytesOf(escaped));
  return text
    .trim()
    .split("&")
    .filter((field) => field !== "")
    .map((field) => {
      const [name = "", ...value] = field.split("=");
      return [part(name), part(value.join("="))] as const;
    });
}

/** What stands for bytes that are no UTF-8. */
const REPLACEMENT = "\ufffd";
/** The charset of those that name none. */
const SUPPOSED = "windows-1252";

/** The bytes of a text of ASCII with escapes. */
function bytesOf(escaped: string): Uint8Array {
  const bytes = escaped
    .replaceAll("+", " ")
    .replace(/%([0-9a-f]{2})/gi, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16)));
  return Uint8Array.from(bytes, (character) => character.charCodeAt(0));
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
  return fieldRows(formFields(text, reading.charset), reading);
}
