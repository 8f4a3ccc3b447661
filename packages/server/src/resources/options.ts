/** @module What a query asks for beside a prediction, and the row that it may itself be. */

import { fieldRows, formFields } from "@curtido/tables";
import type { HonoRequest } from "hono";
import { HttpProblem } from "../http/problem.ts";
import { READING_PARAMETERS } from "../http/reading.ts";
import type { Described } from "../models/described.ts";
import type { AnswerOptions } from "../models/served.ts";
import { INCLUDES, type Include } from "../rows/answer.ts";
import { type Batch, batchOfRows } from "../rows/rows.ts";

/** Parameters that are one of a few words, and what each says. */
const CHOICES = {
  unexpected: ["unexpected", ["ignore", "refuse"]],
  formulas: ["formulas", ["quote", "keep"]],
  names: ["names", ["exact", "loose"]],
  index: ["index", ["leave", "keep"]],
  "on-error": ["onError", ["refuse", "row"]],
} as const;

/** The parameters of a query that are ours, whatever the features of a model are called. */
const OURS: ReadonlySet<string> = new Set([
  "include",
  ...Object.keys(CHOICES),
  ...READING_PARAMETERS,
  ...["features", "categories", "classes", "offset", "limit"],
]);

/**
 * What the query asks for: `include` (a list, or several), `unexpected=ignore`, `formulas=keep`, `names=loose`, `index=keep`,
 * `on-error=row`, `k=3` of neighbours.
 *
 * @throws HttpProblem 400 for values that are not known
 */
export function answerOptions(request: HonoRequest, { includes }: Pick<Described, "includes">): AnswerOptions {
  if (!request.url.includes("?")) return NO_OPTIONS;
  const names = (request.queries("include") ?? []).flatMap((list) => list.split(",")).map((name) => name.trim());
  const options: Record<string, unknown> = { include: includesOf(names) };
  const k = includes.includes("neighbors") ? neighborsAsked(request) : undefined;
  if (k !== undefined) options["k"] = k;
  for (const name of Object.keys(CHOICES) as (keyof typeof CHOICES)[]) Object.assign(options, chosen(request, name));
  return options;
}

/** The most neighbours of a row that are told. */
const MOST_NEIGHBORS = 10_000;

/** `?k=`: how many neighbours of each row are told. @throws HttpProblem 400 */
function neighborsAsked(request: HonoRequest): number | undefined {
  const text = request.query("k");
  if (text === undefined) return undefined;
  const k = Number(text);
  if (/^\d{1,6}$/.test(text) && k >= 1 && k <= MOST_NEIGHBORS) return k;
  throw new HttpProblem(400, `k=${text} is no number of neighbours from 1 to ${MOST_NEIGHBORS}`);
}

const NO_OPTIONS: AnswerOptions = { include: [] };

function chosen(request: HonoRequest, name: keyof typeof CHOICES): Record<string, string> {
  const value = request.query(name);
  if (value === undefined) return {};
  const [key, words] = CHOICES[name];
  if ((words as readonly string[]).includes(value)) return { [key]: value };
  throw new HttpProblem(400, `${name}=${value} is not known; it is ${words.map((word) => `'${word}'`).join(" or ")}`);
}

/** What becomes of texts that a spreadsheet would take for formulas. @throws HttpProblem 400 */
export function formulasOf(request: HonoRequest): Pick<AnswerOptions, "formulas"> {
  return chosen(request, "formulas");
}

/** The known names of a list, each once, in the order in which they are answered. */
export function includesOf(names: readonly string[]): Include[] {
  const unknown = names.find((name) => name !== "" && !(INCLUDES as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new HttpProblem(400, `include=${unknown} is not known; it is any of ${INCLUDES.join(", ")}`);
  return INCLUDES.filter((name) => names.includes(name));
}

/**
 * The row that a query is: `?age=22&sex=female`; `undefined` when it names no feature of the model.
 *
 * @throws HttpProblem 400 when a feature is called as a parameter of ours: nobody could tell which of both is meant
 */
export function rowOfQuery(request: HonoRequest, { names, features, includes }: Described): Batch | undefined {
  const { search, searchParams } = new URL(request.url);
  const known = new Set(names);
  const isOurs = (name: string) => OURS.has(name) || (name === "k" && includes.includes("neighbors"));
  if (![...searchParams.keys()].some((name) => known.has(name) && !isOurs(name))) return undefined;
  const twofold = names.find((name) => isOurs(name) && searchParams.has(name));
  if (twofold !== undefined)
    throw new HttpProblem(400, `'${twofold}' is a parameter here and a feature of the model: send the row in a body`);
  const sent = formFields(search.slice(1)).filter(([name]) => !isOurs(name));
  return batchOfRows(fieldRows(sent, { features: names }), features);
}
