/** @module Bodies as rows, answers as bytes: what every thread does alike. Formats go by their names; knows no HTTP. */

import { nodeInflate } from "@curtido/arrays/node";
import { CurtidoError } from "@curtido/pickle";
import {
  decoded,
  FORMATS,
  type Format,
  formatNamed,
  formatOfBytes,
  parseJson,
  type Reading,
  sniffedFormat,
  type TableLimits,
  writeJson,
} from "@curtido/tables";
import type { AnswerOptions } from "../models/served.ts";
import type { Answer } from "../rows/answer.ts";
import { type Answerer, type Asked, type Form, misshapen, type Shape } from "../rows/forms/form.ts";
import { kserveV1 } from "../rows/forms/kserve_v1.ts";
import { mlflow } from "../rows/forms/mlflow.ts";
import { openInference } from "../rows/forms/open_inference.ts";
import { type Batch, batchOfRows } from "../rows/rows.ts";
import { MULTIPART } from "./multipart.ts";

/** The most that a body may hold once it is unfolded: formats that compress can hold much more than their bytes. */
export const BODY_LIMITS = { cells: 2 ** 25, bytes: 2 ** 28 };
/** How much is read where everybody waits meanwhile: what claims more is read on a thread. */
export const SMALL_LIMITS = { cells: 2 ** 16, bytes: 2 ** 22 };

/** How a body is read, beside its format: as its sender says it. */
export interface BodyReading
  extends Partial<
    Pick<Reading, "charset" | "separator" | "decimal" | "thousands" | "header" | "missing" | "sheet" | "ragged">
  > {
  /** What stands between the parts of a body of several. */
  readonly boundary?: string;
}

/** How a body is read for a model whose features are called so. */
export function readingOf(how: BodyReading, names: readonly string[] | undefined): Reading {
  return names === undefined || names.length === 0 ? how : { ...how, features: names };
}

/** Whether a format unfolds: how much it holds is known only when it is read. */
export function unfolds(format: string): boolean {
  return BODY_FORMATS.find(({ name }) => name === format)?.packed === true;
}

/** Text without a format of its own: `fetch` sends JSON so. */
const PLAIN_TEXT: Format = {
  name: "text",
  title: "JSON",
  media: ["text/plain"],
  endings: [],
  text: true,
  rows(bytes, reading) {
    const start = new TextDecoder().decode(bytes.subarray(0, BEGINNING)).trimStart();
    if (/^[{[]/.test(start) || start === "") return formatNamed("json")!.rows!(bytes, reading);
    const problem = "is text/plain, and no JSON; say what it is, as in Content-Type: text/csv";
    throw new CurtidoError("E_TABLE", `the body ${problem}`, { format: "text", problem });
  },
};

/** How much of a text is looked at to find out what it is. */
const BEGINNING = 4_096;

/** Bytes that their sender calls nothing, or Excel's, as browsers on Windows call CSV: their format is what they look like. */
const ANYTHING: Format = {
  name: "anything",
  title: "file",
  media: ["application/octet-stream", "application/vnd.ms-excel"],
  endings: [],
  packed: true,
  rows(bytes, reading) {
    const start = new TextDecoder().decode(bytes.subarray(0, BEGINNING));
    return formatNamed(formatOfBytes(bytes) ?? sniffedFormat(start))!.rows!(bytes, reading);
  },
};

/** What rows may come in that are sent; formats that only requests have come last. */
export const BODY_FORMATS: readonly Format[] = [
  ...FORMATS.filter(({ rows }) => rows !== undefined),
  MULTIPART,
  PLAIN_TEXT,
  ANYTHING,
];

/** The forms of protocols go by names, too. */
const FORMS: Readonly<Record<string, Form>> = { kserve_v1: kserveV1, mlflow, open_inference: openInference };

/**
 * Rows from the bytes of a body.
 *
 * @param format - one that rows can come in, or the form of a protocol
 * @param asked - what has to be known of the model
 * @throws CurtidoError E_TABLE, E_TABLE_LIMIT, E_CHARSET, E_FEATURES; E_UNSUPPORTED as a form does
 */
export async function batchOf(
  bytes: Uint8Array,
  format: string,
  how: BodyReading,
  asked: Asked,
  limits: TableLimits,
): Promise<Batch> {
  const form = FORMS[format];
  if (form !== undefined) return form.rows(objectIn(bytes, limits), asked);
  const reading = { ...readingOf(how, asked.names), limits, inflate: nodeInflate };
  return batchOfRows(await BODY_FORMATS.find(({ name }) => name === format)!.rows!(bytes, reading), asked.features);
}

/** The object that a body of JSON is. @throws CurtidoError E_TABLE, E_TABLE_LIMIT */
function objectIn(bytes: Uint8Array, limits: TableLimits): Record<string, unknown> {
  const value = parseJson(decoded(bytes, "JSON"), { limits });
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw misshapen("expected a JSON object");
}

const encoder = new TextEncoder();

/**
 * The answer to a batch in a format that answers can have, or in the form of a protocol.
 *
 * @param by - who answers, as a form may name it
 */
export async function answerBytes(
  answer: Answer,
  shape: Shape,
  format: string,
  { formulas }: Pick<AnswerOptions, "formulas">,
  by: Answerer,
): Promise<Uint8Array> {
  const form = FORMS[format];
  if (form !== undefined) return encoder.encode(writeJson(form.answer(answer, shape, by)));
  return formatNamed(format)!.answer!(answer, { single: shape.single, formulas });
}

/** Charsets in which a byte 10 is always the end of a line. */
const PLAIN_CHARSET = /^(utf-?8|us-ascii|ascii|iso-8859-\d+|latin[-_]?\d+|windows-125\d)$/i;

/** Whether a body can be read and answered in parts. */
export function isStreamable(
  { stream }: Format,
  { charset, ragged: _, ...more }: BodyReading,
  wanted: Format,
): boolean {
  if (stream === undefined || wanted.stream === undefined || Object.keys(more).length > 0) return false;
  return charset === undefined || PLAIN_CHARSET.test(charset);
}
