/** @module Media types, by the table of formats: those of rows and answers, and JSON's for every other document. */

import { FORMATS, type Format, formatNamed } from "@curtido/tables";

/** The media type of a format. */
export function mediaOf(format: Format): string {
  return format.media[0]!;
}

export const JSON_FORMAT = formatNamed("json")!;
export const JSON_TYPE = mediaOf(JSON_FORMAT);
export const CSV_TYPE = mediaOf(formatNamed("csv")!);
export const FORM_TYPE = mediaOf(formatNamed("form")!);

/** What rows may come in. */
export const BODY_FORMATS: readonly Format[] = FORMATS.filter(({ rows }) => rows !== undefined);
/** What answers may go out in, beside a page. */
export const ANSWER_FORMATS: readonly Format[] = FORMATS.filter(({ answer }) => answer !== undefined);
/** Those of them that are tables. */
export const TABLE_FORMATS: readonly Format[] = ANSWER_FORMATS.filter(({ keeps }) => keeps === true);

/** A media type as a header says it: texts are UTF-8. */
export function contentType(type: string): string {
  return type.startsWith("text/") ? `${type}; charset=utf-8` : type;
}
