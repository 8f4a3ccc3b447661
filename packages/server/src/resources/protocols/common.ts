/** @module What the protocols of other servers share: which model they mean, rows to answers, errors in their own form. */

import { parseJson, writeJson } from "@curtido/tables";
import type { Context } from "hono";
import { readText } from "../../http/body.ts";
import { JSON_TYPE } from "../../http/headers.ts";
import { HttpProblem } from "../../http/problem.ts";
import type { Choice, Entry } from "../../models/entry.ts";
import { PublishedEntry } from "../../models/published.ts";
import type { Answer } from "../../rows/answer.ts";
import { MAIN_LIMITS } from "../../work/formats.ts";
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

/** A body in JSON. @throws HttpProblem 400, 413, 415 */
export async function jsonBody(context: Context, settings: Settings): Promise<Record<string, unknown>> {
  const value = parseJson(await readText(context.req, settings.maxBody), { limits: MAIN_LIMITS });
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new HttpProblem(400, "expected a JSON object");
}

/**
 * What a protocol answers, as columns: the prediction, or all that `after` put in its place. What is said once stands for
 * every row.
 */
export function columnsIn(answer: Answer, rows: number): (readonly [name: string, values: readonly unknown[]])[] {
  const own = (["predict", "transform"] as const).find((name) => Object.hasOwn(answer, name));
  return (own === undefined ? Object.keys(answer) : [own]).map((name) => {
    const value = answer[name];
    return [name, Array.isArray(value) && value.length === rows ? value : new Array<unknown>(rows).fill(value)];
  });
}

/** {@link columnsIn}, row by row: the values of the only column, or objects. */
export function valuesOf(answer: Answer, rows: number): readonly unknown[] {
  const columns = columnsIn(answer, rows);
  if (columns.length === 1) return columns[0]![1];
  return Array.from({ length: rows }, (_, at) =>
    Object.fromEntries(columns.map(([name, values]) => [name, values[at]])),
  );
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
