/** @module `/{value}` and `/{value}/{key}`: a table, an array, a dict or a list that was pickled, to look things up in. */

import { formatOfMedia, writeJson } from "@curtido/tables";
import type { Context } from "hono";
import type { Access } from "../auth/access.ts";
import { contentType, JSON_TYPE, mediaOf, TABLE_FORMATS } from "../http/headers.ts";
import { HttpProblem } from "../http/problem.ts";
import { COMPARISONS, type Condition, conditionOf, pageIn, rowsOf, type Wanted } from "../values/asked.ts";
import type { Kept } from "../values/value.ts";
import { answerTagged, tagOf } from "./conditional.ts";
import { formulasOf } from "./options.ts";
import { type Methods, negotiate, permit } from "./resource.ts";
import { uriOf } from "./version_card.ts";

const LIMIT = 100;
const MOST = 10_000;
const MOST_CONDITIONS = 20;
const OFFERS = [JSON_TYPE, ...TABLE_FORMATS.map(mediaOf)];

/** Who may look. */
interface Looking {
  readonly access: Access | undefined;
}

/** A value by its name, as it is now. */
type Find = () => Kept;

/** A value: its rows or entries, from a place on. */
export function valueResource(name: string, find: Find, looking: Looking): Methods {
  return {
    async GET(context) {
      await permit(looking, context, "read");
      const kept = find();
      const type = negotiate(context, OFFERS);
      const wanted = wantedIn(context, kept);
      const { rows, more } = pageIn(kept, wanted);
      const next = more ? { Link: `<${nextUri(context, name, wanted)}>; rel="next"` } : {};
      const headers = { ...next, "Curtido-Rows": String(kept.length), "Content-Type": contentType(type) };
      if (type === JSON_TYPE) {
        const body = writeJson(jsonOf(kept, rows, wanted.columns));
        return answerTagged(context, body, tagOf(undefined, "json", body), headers);
      }
      const bytes = await formatOfMedia(type)!.answer!(columnsOf(kept, rows, wanted.columns), {
        single: false,
        ...formulasOf(context.req),
      });
      return context.body(bytes as Uint8Array<ArrayBuffer>, 200, { ...headers, Vary: "Accept" });
    },
  };
}

/** A row or an entry of a value, by its label or its place. */
export function entryResource(name: string, find: Find, looking: Looking): Methods {
  return {
    async GET(context) {
      await permit(looking, context, "read");
      const kept = find();
      negotiate(context, [JSON_TYPE]);
      const key = context.req.param("key") ?? "";
      const rows = rowsOf(kept, key).slice(0, MOST);
      if (rows.length === 0) throw new HttpProblem(404, `there is no '${key}' in '${name}'`);
      const found = rows.map((row) => rowOf(kept, row, undefined));
      const body = writeJson(found.length === 1 ? found[0] : found);
      return answerTagged(context, body, tagOf(undefined, "json", body), { "Content-Type": JSON_TYPE });
    },
  };
}

/** @throws HttpProblem 400 */
function wantedIn(context: Context, kept: Kept): Wanted {
  const number = (name: string, usual: number, least: number, most: number) => {
    const text = context.req.query(name) ?? String(usual);
    if (/^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
    throw new HttpProblem(400, `${name}=${text} is no number from ${least} to ${most}`);
  };
  const columns = context.req.query("columns")?.split(",");
  const where = (context.req.queries("where") ?? []).map(condition);
  if (where.length > MOST_CONDITIONS) throw new HttpProblem(400, `there are more than ${MOST_CONDITIONS} conditions`);
  for (const name of [...(columns ?? []), ...where.map(({ column }) => column)])
    if (!kept.columns.includes(name)) throw new HttpProblem(400, strange(kept, name));
  return { where, columns, offset: number("offset", 0, 0, 999_999_999), limit: number("limit", LIMIT, 1, MOST) };
}

function condition(text: string): Condition {
  const found = conditionOf(text);
  if (found !== undefined) return found;
  throw new HttpProblem(400, `where=${text} is no condition: a column, one of ${COMPARISONS.join(" ")}, and a value`);
}

function strange({ columns }: Kept, name: string): string {
  if (columns.length === 0) return `it has no columns, and so no '${name}'`;
  return `there is no column '${name}'; there are ${columns.slice(0, 20).join(", ")}${columns.length > 20 ? " ..." : ""}`;
}

function nextUri(context: Context, name: string, { offset, limit }: Wanted): string {
  const query = new URL(context.req.url).searchParams;
  query.set("offset", String(offset + limit));
  return `${uriOf(name)}?${query.toString()}`;
}

/** Records of a table, an object of a dict, a list of anything else. */
function jsonOf(kept: Kept, rows: readonly number[], columns: readonly string[] | undefined): unknown {
  if (kept.kind !== "entries") return rows.map((row) => rowOf(kept, row, columns));
  return Object.fromEntries(rows.map((row) => [textOf(kept.label(row)), kept.cell(row, 0)]));
}

function rowOf(kept: Kept, row: number, columns: readonly string[] | undefined): unknown {
  if (kept.kind !== "table") return kept.cell(row, 0);
  const label = kept.label(row);
  const names = columns ?? kept.columns;
  const cells = names.map((name) => [name, kept.cell(row, kept.columns.indexOf(name))] as const);
  return Object.fromEntries([
    ...(label === undefined || names.includes("index") ? [] : [["index", label] as const]),
    ...cells,
  ]);
}

/** A table as its columns; rows of lists have a column for each place. */
function columnsOf(
  kept: Kept,
  rows: readonly number[],
  columns: readonly string[] | undefined,
): Record<string, unknown[]> {
  const records = rows.map((row) => rowOf(kept, row, columns));
  if (kept.kind === "table") {
    const labelled = rows.some((row) => kept.label(row) !== undefined) && !kept.columns.includes("index");
    const names = [...(labelled ? ["index"] : []), ...(columns ?? kept.columns)];
    return Object.fromEntries(
      names.map((name) => [name, records.map((record) => cellOf((record as Record<string, unknown>)[name]))]),
    );
  }
  const key = kept.kind === "entries" ? { key: rows.map((row) => kept.label(row)) } : {};
  return { ...key, value: records };
}

/** A cell that nests is a text of JSON in a table. */
function cellOf(value: unknown): unknown {
  return typeof value === "object" && value !== null ? writeJson(value) : (value ?? null);
}

function textOf(label: unknown): string {
  return typeof label === "object" ? writeJson(label) : String(label);
}
