/** @module One exchange with a model: rows in, hooks, the model, an answer in the representation that the client prefers. */

import type { Context } from "hono";
import type { Answer, Include } from "../answer.ts";
import type { Entry } from "../entry.ts";
import { preferred } from "../negotiate.ts";
import { CSV_TYPE, writeCsv } from "../representations/csv.ts";
import { HTML_TYPE, type Pages } from "../representations/html.ts";
import { JSON_TYPE, writeJson } from "../representations/json.ts";
import { type HttpProblem, problemOf } from "../representations/problem.ts";
import type { Batch, NamedRow } from "../serving/batch.ts";
import type { AnswerOptions, Served } from "../serving/served.ts";
import { pageOf } from "./page.ts";
import { answerPage, negotiate } from "./resource.ts";
import { answerOptions, bodyType, readRows } from "./rows.ts";

/** How models are served. */
export interface ModelSettings {
  readonly pages: Pages;
  /** The largest body, in bytes. */
  readonly maxBody: number;
  /** The page of all models, when there is one. */
  readonly home?: string;
}

/** One POST: rows in, hooks, the model, an answer in the representation that the client prefers. */
export class Exchange {
  private readonly context: Context;
  private readonly entry: Entry;
  private readonly served: Served;
  private readonly settings: ModelSettings;
  private batch: Batch | undefined;

  constructor(context: Context, entry: Entry, served: Served, settings: ModelSettings) {
    this.context = context;
    this.entry = entry;
    this.served = served;
    this.settings = settings;
  }

  async run(): Promise<Response> {
    const { context } = this;
    const type = bodyType(context.req);
    const offers = type === CSV_TYPE ? [CSV_TYPE, JSON_TYPE, HTML_TYPE] : [JSON_TYPE, CSV_TYPE, HTML_TYPE];
    const wanted = negotiate(context, offers);
    try {
      const options = answerOptions(context.req);
      this.batch = await this.before(await readRows(context.req, type, this.served, this.settings.maxBody));
      const asked = wanted === HTML_TYPE ? this.generous(options) : options;
      const answer = await this.after(await this.served.answerInParts(this.batch, asked, letOthersIn()));
      return await this.represent(wanted, answer);
    } catch (error) {
      const problem = problemOf(error);
      if (wanted !== HTML_TYPE || problem.status !== 422) throw error;
      return await this.page({ problem });
    }
  }

  /** A page shows probabilities too, where there are any. */
  private generous(options: AnswerOptions): AnswerOptions {
    const include: readonly Include[] = options.include ?? [];
    return include.length > 0 || !this.served.includes.includes("probabilities")
      ? options
      : { ...options, include: ["probabilities"] };
  }

  /** Lets the user's function change every row; it sees rows by name. */
  private async before(batch: Batch): Promise<Batch> {
    const hook = this.entry.hooks.before;
    if (hook === undefined) return batch;
    const rows: unknown[] = [];
    for (const row of batch.rows) {
      const named = this.named(row, batch);
      rows.push(named === undefined ? row : ((await hook(named, this.context)) ?? named));
    }
    return { rows, single: batch.single };
  }

  private named(row: unknown, batch: Batch): NamedRow | undefined {
    if (!Array.isArray(row)) return row as NamedRow;
    const names = batch.columns ?? this.served.signature.features.map((feature) => feature.name);
    return row.length === names.length ? Object.fromEntries(names.map((name, at) => [name, row[at]])) : undefined;
  }

  private async after(answer: Answer): Promise<Answer> {
    const hook = this.entry.hooks.after;
    return hook === undefined ? answer : ((await hook(answer, this.context)) ?? answer);
  }

  private represent(type: string, answer: Answer): Response | Promise<Response> {
    const single = this.batch?.single === true;
    if (type === HTML_TYPE) return this.page({ answer });
    if (type === JSON_TYPE) return this.context.body(writeJson(answer), 200, { "Content-Type": JSON_TYPE });
    return this.context.body(writeCsv(answer, single), 200, { "Content-Type": `${CSV_TYPE}; charset=utf-8` });
  }

  /** The model's page, with what it answered or what was wrong. */
  async page({ answer, problem }: { answer?: Answer; problem?: HttpProblem }): Promise<Response> {
    const { context, settings, batch } = this;
    const { origin, pathname } = new URL(context.req.url);
    const [first] = batch?.rows ?? [];
    const sent = batch?.single === true && !Array.isArray(first) ? (first as NamedRow) : undefined;
    const variables = pageOf({
      served: this.served,
      address: `${origin}${pathname}`,
      home: settings.home,
      lenient: this.entry.hooks.before !== undefined,
      sent,
      answer,
      single: batch?.single === true,
      problem,
    });
    return answerPage(
      context,
      settings.pages,
      await settings.pages.render("model.html", variables),
      problem?.status ?? 200,
    );
  }
}

/** How long a long batch may keep everybody else waiting, in milliseconds. */
const TURN = 20;

/** Lets other requests in whenever a turn is over. */
function letOthersIn(): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < TURN) return undefined;
    return new Promise((resolve) =>
      setImmediate(() => {
        began = performance.now();
        resolve();
      }),
    );
  };
}

/** Whether a client that sends JSON wants JSON back; the fast lane asks. */
export function wantsJson(accept: string | undefined): boolean {
  return preferred(accept, [JSON_TYPE, CSV_TYPE, HTML_TYPE]) === JSON_TYPE;
}
