/** @module Bodies as rows, answers as bytes: what every thread does alike. Knows no HTTP but media types and problems. */

import { ARROW_TYPE, parseArrow, writeArrow } from "../representations/arrow.ts";
import { CSV_TYPE, parseCsv, writeCsv } from "../representations/csv.ts";
import { FORM_TYPE, isJsonInDisguise, parseForm } from "../representations/form.ts";
import { JSON_TYPE, parseJson, writeJson } from "../representations/json.ts";
import { LINES_TYPE, parseLines } from "../representations/lines.ts";
import { PARQUET_TYPE, parseParquet } from "../representations/parquet.ts";
import { decodeText } from "../representations/text.ts";
import { parseXlsx, XLSX_TYPE } from "../representations/xlsx.ts";
import type { Answer } from "../rows/answer.ts";
import { type Batch, batchOfJson } from "../rows/rows.ts";

/** What a POST may carry. */
export const BODY_TYPES = [JSON_TYPE, CSV_TYPE, FORM_TYPE, ARROW_TYPE, PARQUET_TYPE, XLSX_TYPE, LINES_TYPE] as const;
export type BodyType = (typeof BODY_TYPES)[number];

/** Media types that can be read and written in parts. */
export const STREAM_TYPES = [CSV_TYPE, LINES_TYPE, ARROW_TYPE] as const;
export type StreamType = (typeof STREAM_TYPES)[number];

/** Formats that unfold: how much they hold is known only when they are read. */
export const UNFOLDING: ReadonlySet<string> = new Set([PARQUET_TYPE, XLSX_TYPE]);

/** What an answer may be, beside a page. */
export const ANSWER_TYPES = [JSON_TYPE, CSV_TYPE, ARROW_TYPE, LINES_TYPE] as const;
export type AnswerType = (typeof ANSWER_TYPES)[number];

/**
 * Rows from the bytes of a body.
 *
 * @param features - how many the model has, when it says so
 * @throws HttpProblem 400, 413, 415; CurtidoError E_FEATURES
 */
export async function batchOf(
  bytes: Uint8Array,
  type: BodyType,
  charset: string | undefined,
  features: number | undefined,
): Promise<Batch> {
  if (type === ARROW_TYPE) return { ...(await parseArrow(bytes)), single: false };
  if (type === PARQUET_TYPE) return { ...(await parseParquet(bytes)), single: false };
  if (type === XLSX_TYPE) return { ...(await parseXlsx(bytes)), single: false };
  const text = decodeText(bytes, type === JSON_TYPE || type === LINES_TYPE ? undefined : charset);
  if (type === CSV_TYPE) return { ...(await parseCsv(text)), single: false, text: true };
  if (type === LINES_TYPE) return linesBatch(parseLines(text), features);
  if (type === FORM_TYPE && !isJsonInDisguise(text)) return { rows: [parseForm(text)], single: true, text: true };
  return batchOfJson(parseJson(text), features);
}

/** Lines are many rows, even one of them. */
export function linesBatch(rows: unknown[], features: number | undefined): Batch {
  const bare = features !== 1 && rows.some((row) => typeof row !== "object" || row === null);
  return bare ? { rows: rows.map((row) => [row]), single: false } : batchOfJson(rows, features);
}

/** An answer in a representation. */
export async function answerBytes(answer: Answer, single: boolean, type: AnswerType): Promise<Uint8Array> {
  if (type === ARROW_TYPE) return writeArrow(answer, single);
  if (type === CSV_TYPE) return Buffer.from(writeCsv(answer, single));
  return Buffer.from(type === LINES_TYPE ? writeLines(answer, single) : writeJson(answer));
}

/** An answer as JSON lines: an object per row. */
export function writeLines(answer: Answer, single: boolean): string {
  if (single) return `${writeJson(answer)}\n`;
  const keys = Object.keys(answer);
  const count = Math.max(0, ...keys.map((key) => (answer[key] as unknown[]).length));
  let text = "";
  for (let row = 0; row < count; row++) {
    const line = Object.fromEntries(keys.map((key) => [key, (answer[key] as unknown[])[row]]));
    text += `${writeJson(line)}\n`;
  }
  return text;
}

/** Charsets in which a byte 10 is always the end of a line. */
const PLAIN_CHARSET = /^(utf-?8|us-ascii|ascii|iso-8859-\d+|latin[-_]?\d+|windows-125\d)$/i;

/** Whether a body can be read and answered in parts. */
export function isStreamable(type: string, charset: string | undefined, wanted: string): boolean {
  const known: readonly string[] = STREAM_TYPES;
  return known.includes(type) && known.includes(wanted) && (charset === undefined || PLAIN_CHARSET.test(charset));
}
