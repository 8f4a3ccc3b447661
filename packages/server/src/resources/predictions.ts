/** @module `/{model}/predictions`: the log, newest first. */

import type { Context } from "hono";
import { HttpProblem } from "../http/problem.ts";
import { ARROW_TYPE, writeArrowColumns } from "../representations/arrow.ts";
import { CSV_TYPE, csvLine } from "../representations/csv.ts";
import { JSON_TYPE } from "../representations/json.ts";
import type { PredictionQuery, PredictionRecord } from "../store/types.ts";
import { findModel } from "./model.ts";
import { answerJson, type Methods, negotiate, permit } from "./resource.ts";
import type { Settings } from "./settings.ts";
import { uriOf } from "./version_card.ts";

const LIMIT = 100;
const MOST = 10_000;
/** ISO 8601: a day, or a moment. */
const MOMENT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/;

const COLUMNS = ["time", "version", "requestId", "keyId", "rows", "duration", "input", "output"] as const;

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
      const type = negotiate(context, [JSON_TYPE, CSV_TYPE, ARROW_TYPE]);
      const { records, next } = await read(queryOf(context, entry.name));
      const headers = next === undefined ? {} : { Link: `<${nextUri(context, entry.name, next)}>; rel="next"` };
      if (type === JSON_TYPE) {
        const predictions = records.map(recordCard);
        return answerJson(context, { predictions, ...(next === undefined ? {} : { next }) }, 200, headers);
      }
      const rows = records.map((record) => COLUMNS.map((column) => record[column]));
      if (type === CSV_TYPE) {
        const all = { ...headers, "Content-Type": `${CSV_TYPE}; charset=utf-8`, Vary: "Accept" };
        return context.body([COLUMNS, ...rows].map(csvLine).join(""), 200, all);
      }
      const numbers: ReadonlySet<string> = new Set(["version", "rows", "duration"]);
      const columns = COLUMNS.map((name, at) => ({
        name,
        kind: numbers.has(name) ? ("number" as const) : ("text" as const),
        values: rows.map((row) => row[at]),
      }));
      const bytes = await writeArrowColumns(columns);
      return context.body(bytes as Uint8Array<ArrayBuffer>, 200, {
        ...headers,
        "Content-Type": ARROW_TYPE,
        Vary: "Accept",
      });
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
