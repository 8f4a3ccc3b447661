/** @module What the protocols of other servers share: which model they mean, rows to answers, errors in their own form. */

import { parseJson, writeJson } from "@curtido/tables";
import type { Context } from "hono";
import { readBody, readText } from "../../http/body.ts";
import { CSV_TYPE, contentType, JSON_TYPE } from "../../http/headers.ts";
import { HttpProblem } from "../../http/problem.ts";
import type { Choice, Entry } from "../../models/entry.ts";
import { PublishedEntry } from "../../models/published.ts";
import type { Asking } from "../../serving/ask.ts";
import type { Body } from "../../serving/question.ts";
import { answeredError, type Handler, reportProblem } from "../resource.ts";
import type { Settings } from "../settings.ts";

/** What the protocols need of a service. */
export interface ProtocolSettings extends Settings {
  readonly defaultModel: string | undefined;
}

/** The model of a name. @throws HttpProblem 404 */
export function modelNamed(settings: Settings, name: string): Entry {
  const entry = settings.catalog.find(name);
  if (entry === undefined) throw new HttpProblem(404, `there is no model '${name}'`);
  return entry;
}

/** The model of a path that names none: the only one, or the default. @throws HttpProblem 404 */
export function onlyModel({ catalog, defaultModel }: ProtocolSettings): Entry {
  const found = defaultModel === undefined ? undefined : catalog.find(defaultModel);
  if (found !== undefined) return found;
  const [first, second] = catalog.entries;
  if (first !== undefined && second === undefined && defaultModel === undefined) return first;
  throw new HttpProblem(
    404,
    first === undefined ? "there is no model" : "there are several models; name one with --default-model",
  );
}

/** What answers: a version when one is named, else what the model's alias says. @throws HttpProblem 404, 503 */
export async function choiceFor(settings: Settings, entry: Entry, version?: string): Promise<Choice> {
  if (version === undefined) return entry.chosen();
  if (!(entry instanceof PublishedEntry) || !/^[1-9]\d{0,8}$/.test(version))
    throw new HttpProblem(404, `there is no version '${version}' of '${entry.name}'`);
  const record = entry.version(Number(version));
  return { served: await settings.catalog.version(entry, record), version: record.version };
}

/** The largest body that asks for no rows, in bytes. */
const MOST_ASKED = 64 * 1024;

/** A short body in JSON, of a question that is none to a model. @throws HttpProblem 400, 413, 415 */
export async function jsonBody(context: Context): Promise<Record<string, unknown>> {
  const value = parseJson(await readText(context.req, MOST_ASKED));
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new HttpProblem(400, "expected a JSON object");
}

/** What a body says of itself, and what is wanted of it. */
type Sent = Pick<Body, "format" | "reading" | "wanted"> & Partial<Pick<Body, "options">>;

/** The answer to rows in the form of a protocol: read, asked and written as every body is. @throws HttpProblem 400, 413, 415 */
export async function answerTo(
  asking: Asking,
  context: Context,
  { maxBody }: Settings,
  { options = {}, ...sent }: Sent,
): Promise<Response> {
  const body = { ...sent, options, bytes: await readBody(context.req, maxBody) };
  const bytes = (await asking.body(body)) as Uint8Array<ArrayBuffer>;
  return context.body(bytes, 200, { "Content-Type": sent.wanted === "csv" ? contentType(CSV_TYPE) : JSON_TYPE });
}

/** How a protocol says errors. */
export type ErrorForm = (problem: HttpProblem) => unknown;

/** A handler whose errors take a protocol's own form. */
export function inForm(form: ErrorForm, handler: Handler): Handler {
  return async (context) => {
    try {
      return await handler(context);
    } catch (error) {
      const problem = answeredError(error);
      if (problem instanceof Response) return problem;
      context.error = problem;
      reportProblem(problem);
      for (const [name, value] of Object.entries(problem.headers)) context.header(name, value);
      return jsonAnswer(context, form(problem), problem.status);
    }
  };
}

/** A JSON answer of a protocol. */
export function jsonAnswer(context: Context, value: unknown, status = 200): Response {
  return context.body(writeJson(value), status as 200, { "Content-Type": JSON_TYPE });
}

/** What is wrong with a request, in one text: with every feature of it. */
export function problemWords(problem: HttpProblem): string {
  const details = problem.errors.map(({ pointer, detail }) => `${pointer}: ${detail}`);
  return details.length > 1 ? `${problem.message} (${details.join("; ")})` : problem.message;
}
