/** @module The rows of a request, whatever media type carries them. */

import type { HonoRequest } from "hono";
import { INCLUDES, type Include } from "../answer.ts";
import { decodeText, readBody } from "../body.ts";
import { mediaType } from "../negotiate.ts";
import { CSV_TYPE, parseCsv } from "../representations/csv.ts";
import { FORM_TYPE, isJsonInDisguise, parseForm } from "../representations/form.ts";
import { JSON_TYPE, parseJson } from "../representations/json.ts";
import { HttpProblem } from "../representations/problem.ts";
import { type Batch, batchOfJson } from "../serving/batch.ts";
import type { AnswerOptions, Served } from "../serving/served.ts";

/** What a POST may carry. */
export const ACCEPTED = [JSON_TYPE, CSV_TYPE, FORM_TYPE] as const;
export type Accepted = (typeof ACCEPTED)[number];

/**
 * The media type of a request's body.
 *
 * @throws HttpProblem 415 when it is none that is read
 */
export function bodyType(request: HonoRequest): Accepted {
  const { type } = mediaType(request.header("content-type"));
  if (type === "") return JSON_TYPE;
  const found = ACCEPTED.find((accepted) => accepted === type);
  if (found !== undefined) return found;
  throw unsupported(`the body is ${type}; send ${ACCEPTED.join(", ")}`);
}

function unsupported(detail: string): HttpProblem {
  return new HttpProblem(415, detail, { headers: { "Accept-Post": ACCEPTED.join(", ") } });
}

/** Reads the rows for a model. Every error is an HttpProblem or a CurtidoError E_FEATURES. */
export async function readRows(request: HonoRequest, type: Accepted, served: Served, most: number): Promise<Batch> {
  const bytes = await readBody(request, most);
  return rowsOf(bytes, type, mediaType(request.header("content-type")).charset, served);
}

/** Rows from the bytes of a body. */
async function rowsOf(bytes: Uint8Array, type: Accepted, charset: string | undefined, served: Served): Promise<Batch> {
  const text = decodeText(bytes, type === JSON_TYPE ? undefined : charset);
  if (type === CSV_TYPE) {
    const { columns, rows } = await parseCsv(text);
    return { rows, columns, single: false, text: true };
  }
  if (type === FORM_TYPE && !isJsonInDisguise(text)) return { rows: [parseForm(text)], single: true, text: true };
  return batchOfJson(parseJson(text), served.features);
}

/**
 * What the query asks for: `include` (a list, or several), `unexpected=ignore`.
 *
 * @throws HttpProblem 400 for values that are not known
 */
export function answerOptions(request: HonoRequest): AnswerOptions {
  const names = (request.queries("include") ?? []).flatMap((list) => list.split(",")).map((name) => name.trim());
  const unexpected = request.query("unexpected");
  if (unexpected !== undefined && unexpected !== "ignore" && unexpected !== "refuse") {
    throw new HttpProblem(400, `unexpected=${unexpected} is not known; it is 'ignore' or 'refuse'`);
  }
  return { include: includesOf(names), ...(unexpected === undefined ? {} : { unexpected }) };
}

/** The known names of a list, each once, in the order in which they are answered. */
export function includesOf(names: readonly string[]): Include[] {
  const unknown = names.find((name) => name !== "" && !(INCLUDES as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new HttpProblem(400, `include=${unknown} is not known; it is any of ${INCLUDES.join(", ")}`);
  return INCLUDES.filter((name) => names.includes(name));
}
