/** @module `/{model}/predictions`: the log, newest first. */

import { formatOfMedia } from "@curtido/tables";
import type { Context } from "hono";
import { contentType, JSON_TYPE, mediaOf, TABLE_FORMATS } from "../http/headers.ts";
import { HttpProblem } from "../http/problem.ts";
import type { PredictionQuery, PredictionRecord } from "../store/types.ts";
import { findModel } from "./model.ts";
import { formulasOf } from "./options.ts";
import { answerJson, type Methods, negotiate, permit } from "./resource.ts";
import type { Settings } from "./settings.ts";
import { uriOf } from "./version_card.ts";

const LIMIT = 100;
const MOST = 10_000;
/** ISO 8601: a day, or a moment. */
const MOMENT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** The columns of the log as a table, and what each is. */
const COLUMNS = {
  time: "text",
  version: "number",
  requestId: "text",
  keyId: "text",
  rows: "number",
  duration: "number",
  input: "text",
  output: "text",
} as const;

/** JSON has records that nest; tables have them as texts of JSON. */
const OFFERS = [JSON_TYPE, ...TABLE_FORMATS.map(mediaOf)];

/** The log of a model. */
export function predictionsResource(
  settings: Settings,
  read: (query: PredictionQuery) => Promise<{
    readonly records: readonly PredictionRecord[];
    readonly next?: string;
  }>,
): Methods {
  return {
    async GET(context) {
      await permit(settings, context, "log");
      const entry = findModel(settings, context);
      const type = negotiate(context, OFFERS);
      const { records, next } = await read(queryOf(context, entry.name));
      const headers = next === undefined ? {} : { Link: `<${nextUri(context, entry.name, next)}>; rel="next"` };
      if (type === JSON_TYPE) {
        const predictions = records.map(recordCard);
        return answerJson(context, { predictions, ...(next === undefined ? {} : { next }) }, 200, headers);
      }
      const columns = Object.fromEntries(
        Object.keys(COLUMNS).map((name) => [name, records.map((record) => record[name as keyof typeof COLUMNS])]),
      );
      const bytes = await formatOfMedia(type)!.answer!(columns, {
        single: false,
        kinds: COLUMNS,
        ...formulasOf(context.req),
      });
      const all = { ...headers, "Content-Type": contentType(type), Vary: "Accept" };
      return context.body(bytes as Uint8Array<ArrayBuffer>, 200, all);
    },
  };
}

function recordCard({ model: _, input, output, ...rest }: PredictionRecord): Record<string, unknown> {
  return { ...rest, input: JSON.parse(input) as unknown, output: JSON.parse(output) as unknown };
}

function queryOf(context: Context, model: string): PredictionQuery {
  const { version, from, to, limit, before } = context.req.query();
  if (version !== undefined && !/^[1-9]\d{0,8}$/.test(version)) throw wrong("version", "the number of a version");
  for (const [name, value] of Object.entries({ from, to }))
    if (value !== undefined && (!MOMENT.test(value) || Number.isNaN(Date.parse(value))))
      throw wrong(name, "a moment in ISO 8601, such as 2026-01-31T12:00:00Z");
  if (limit !== undefined && !(/^[1-9]\d{0,5}$/.test(limit) && Number(limit) <= MOST))
    throw wrong("limit", `a number from 1 to ${MOST}`);
  if (before !== undefined && !/^[\w.:~-]{1,200}$/.test(before)) throw wrong("before", "what an answer gave as 'next'");
  return {
    model,
    limit: limit === undefined ? LIMIT : Number(limit),
    ...(version === undefined ? {} : { version: Number(version) }),
    ...(from === undefined ? {} : { from: new Date(from).toISOString() }),
    ...(to === undefined ? {} : { to: new Date(to).toISOString() }),
    ...(before === undefined ? {} : { before }),
  };
}

function wrong(name: string, expected: string): HttpProblem {
  return new HttpProblem(400, `'${name}' must be ${expected}`);
}

function nextUri(context: Context, model: string, next: string): string {
  const query = new URLSearchParams(context.req.query());
  query.set("before", next);
  return `${uriOf(model)}/predictions?${query.toString()}`;
}
