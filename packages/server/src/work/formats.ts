/** @module Bodies as rows, answers as bytes: what every thread does alike. Formats go by their names; knows no HTTP. */

import { nodeInflate } from "@curtido/arrays/node";
import { type Format, formatNamed, type TableLimits } from "@curtido/tables";
import type { AnswerOptions } from "../models/served.ts";
import type { Answer } from "../rows/answer.ts";
import { type Batch, batchOfRows } from "../rows/rows.ts";

/** The most that a body may hold once it is unfolded: formats that compress can hold much more than their bytes. */
export const BODY_LIMITS = { cells: 2 ** 25, bytes: 2 ** 28 };
/** The same where everybody waits meanwhile, since no thread can have the model. */
export const MAIN_LIMITS = { cells: 2 ** 23, bytes: 2 ** 26 };
/** How much is read here at once although a thread could read it: what claims more goes there. */
export const SMALL_LIMITS = { cells: 2 ** 16, bytes: 2 ** 22 };

/** Whether a format unfolds: how much it holds is known only when it is read. */
export function unfolds(format: string): boolean {
  return formatNamed(format)?.packed === true;
}

/**
 * Rows from the bytes of a body.
 *
 * @param format - one that rows can come in
 * @param features - how many the model has, when it says so
 * @throws CurtidoError E_TABLE, E_TABLE_LIMIT, E_CHARSET, E_FEATURES
 */
export async function batchOf(
  bytes: Uint8Array,
  format: string,
  charset: string | undefined,
  features: number | undefined,
  limits: TableLimits,
): Promise<Batch> {
  const reading = { limits, inflate: nodeInflate, ...(charset !== undefined && { charset }) };
  return batchOfRows(await formatNamed(format)!.rows!(bytes, reading), features);
}

/** An answer in a format that answers can have. */
export async function answerBytes(
  answer: Answer,
  single: boolean,
  format: string,
  { formulas }: Pick<AnswerOptions, "formulas">,
): Promise<Uint8Array> {
  return formatNamed(format)!.answer!(answer, { single, formulas });
}

/** Charsets in which a byte 10 is always the end of a line. */
const PLAIN_CHARSET = /^(utf-?8|us-ascii|ascii|iso-8859-\d+|latin[-_]?\d+|windows-125\d)$/i;

/** Whether a body can be read and answered in parts. */
export function isStreamable({ stream }: Format, charset: string | undefined, wanted: Format): boolean {
  return stream !== undefined && wanted.stream !== undefined && (charset === undefined || PLAIN_CHARSET.test(charset));
}
