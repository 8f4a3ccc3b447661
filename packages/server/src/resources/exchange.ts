/** @module One exchange with a model: rows in, hooks, the model, an answer in the representation that the client prefers. */

import type { Context } from "hono";
import { bodyPieces, readBody, tooLarge } from "../http/body.ts";
import { HTML_TYPE, type Pages } from "../http/html.ts";
import { mediaType, preferred } from "../http/negotiate.ts";
import { type Noted, note } from "../http/noted.ts";
import { HttpProblem, problemOf } from "../http/problem.ts";
import type { Entry } from "../models/entry.ts";
import type { AnswerOptions, Served } from "../models/served.ts";
import { ARROW_TYPE } from "../representations/arrow.ts";
import { CSV_TYPE } from "../representations/csv.ts";
import { JSON_TYPE } from "../representations/json.ts";
import { LINES_TYPE } from "../representations/lines.ts";
import { PARQUET_TYPE } from "../representations/parquet.ts";
import { XLSX_TYPE } from "../representations/xlsx.ts";
import type { Answer, Include } from "../rows/answer.ts";
import type { Batch, NamedRow } from "../rows/batch.ts";
import type { Runtime } from "../serving/runtime.ts";
import { partSize, Streaming } from "../serving/streaming.ts";
import type { Watch } from "../watch/watch.ts";
import { type AnswerType, answerBytes, type BodyType, batchOf } from "../work/formats.ts";
import type { WholeDone } from "../work/job.ts";
import { STREAM_TYPES, type StreamType } from "../work/parts.ts";
import { ThreadEnded } from "../work/pool.ts";
import { splitterFor } from "../work/split.ts";
import { isShareable } from "../work/threads.ts";
import { pageOf } from "./page.ts";
import { answerPage, negotiate } from "./resource.ts";
import { answerOptions, bodyType } from "./rows.ts";

/** How models are served. */
export interface ModelSettings {
  readonly pages: Pages;
  /** The largest body, in bytes. */
  readonly maxBody: number;
  /** The page of all models, when there is one. */
  readonly home?: string;
  readonly runtime: Runtime;
  /** Who wants to see what was asked and answered. */
  readonly watch?: Watch | undefined;
}

/** What a client that sends one type gets unless it says otherwise, and what else it may have. */
function offersFor(type: BodyType): readonly (AnswerType | typeof HTML_TYPE)[] {
  const usual = type === CSV_TYPE || type === ARROW_TYPE || type === LINES_TYPE ? type : JSON_TYPE;
  const others = [JSON_TYPE, CSV_TYPE, ARROW_TYPE, LINES_TYPE].filter((offer) => offer !== usual) as AnswerType[];
  return [usual, ...others, HTML_TYPE];
}

/** Above how many bytes a body is read on a thread, whatever its rows cost. */
const MOST_HERE = 64 * 1024;
/** Above how many milliseconds that its rows are expected to cost. */
const LONGEST_HERE = 4;
/** Formats that unfold: what they hold is known too late. */
const UNFOLDING: ReadonlySet<string> = new Set([PARQUET_TYPE, XLSX_TYPE]);
/** Charsets in which a byte 10 is always the end of a line. */
const PLAIN_CHARSET = /^(utf-?8|us-ascii|ascii|iso-8859-\d+|latin[-_]?\d+|windows-125\d)$/i;
/** What a stream counts for where bytes underway are counted. */
const STREAM_BYTES = 8 * 1024 * 1024;

/** One POST: rows in, hooks, the model, an answer in the representation that the client prefers. */
export class Exchange {
  private readonly context: Context;
  private readonly entry: Entry;
  private readonly served: Served;
  private readonly settings: ModelSettings;
  private readonly noted: Noted;
  private batch: Batch | undefined;

  constructor(context: Context, entry: Entry, served: Served, settings: ModelSettings, version?: number) {
    this.context = context;
    this.entry = entry;
    this.served = served;
    this.settings = settings;
    this.noted = { served, version, rows: 0, streams: false };
  }

  /** Answers, if there is room for it. @throws HttpProblem 503 when there is none */
  async run(): Promise<Response> {
    const { admission } = this.settings.runtime;
    const declared = Number(this.context.req.header("content-length") ?? Number.NaN);
    const bytes = Math.min(Number.isNaN(declared) ? STREAM_BYTES : declared, this.settings.maxBody);
    if (!admission.enter(bytes))
      throw new HttpProblem(503, "the server has more to do than it can queue", { headers: { "Retry-After": "1" } });
    let left = false;
    const leave = () => {
      if (!left) admission.leave(bytes);
      left = true;
    };
    try {
      const response = await this.answer(leave);
      if (!this.noted.streams) leave();
      return response;
    } catch (error) {
      leave();
      throw error;
    }
  }

  private async answer(leave: () => void): Promise<Response> {
    const { context } = this;
    const type = bodyType(context.req);
    const wanted = negotiate(context, offersFor(type));
    note(context, this.noted);
    try {
      const options = answerOptions(context.req);
      const { charset } = mediaType(context.req.header("content-type"));
      const body = await this.body(type, charset, wanted, options);
      if (body instanceof Streaming) return await this.stream(body, wanted as StreamType, options, leave);
      const there = wanted === HTML_TYPE ? undefined : await this.onThread(body, type, charset, wanted, options);
      return there ?? (await this.here(body, type, charset, wanted, options));
    } catch (error) {
      const problem = problemOf(error);
      if (wanted !== HTML_TYPE || problem.status !== 422) throw error;
      return await this.page({ problem });
    }
  }

  /** The whole body; or a stream, when it has more rows than are validated whole and can be read and answered in parts. */
  private async body(
    type: BodyType,
    charset: string | undefined,
    wanted: string,
    options: AnswerOptions,
  ): Promise<Uint8Array | Streaming> {
    const { maxBody, runtime } = this.settings;
    const isStream = (of: string): of is StreamType => (STREAM_TYPES as readonly string[]).includes(of);
    const plain = charset === undefined || PLAIN_CHARSET.test(charset);
    const pieces =
      this.entry.direct && isStream(type) && isStream(wanted) && plain ? bodyPieces(this.context.req) : undefined;
    if (pieces === undefined) return readBody(this.context.req, maxBody);
    const splitter = splitterFor(type as StreamType, partSize(this.served), maxBody);
    const most = runtime.validateRows + (type === CSV_TYPE ? 1 : 0);
    const kept: Uint8Array[] = [];
    for (let size = 0; splitter.rows <= most; ) {
      const { done, value } = await pieces.next();
      if (done === true) return kept.length === 1 ? kept[0]! : Buffer.concat(kept);
      kept.push(value);
      size += value.length;
      splitter.push(value);
      if (size > maxBody) throw tooLarge(maxBody);
    }
    const watched = this.watched;
    const asked = { type: type as StreamType, charset, wanted: wanted as StreamType, options, watched };
    return new Streaming(this.served, runtime, asked, splitter, pieces);
  }

  private async stream(
    streaming: Streaming,
    wanted: StreamType,
    options: AnswerOptions,
    leave: () => void,
  ): Promise<Response> {
    const { context, settings } = this;
    const body = await streaming.begin(() => {
      settings.runtime.trafficOf(this.served, this.noted.version).rows += streaming.rows;
      if (streaming.seen !== undefined) settings.watch?.doneElsewhere(context, streaming.seen, options, streaming.rows);
      leave();
    });
    this.noted.streams = true;
    return context.body(body, 200, headersFor(wanted));
  }

  /** Whether somebody wants to see what is asked and answered. */
  private get watched(): boolean {
    return this.settings.watch?.watches(this.context) === true;
  }

  /** The answer of a thread, when the body is long and a thread can have the model. */
  private async onThread(
    bytes: Uint8Array,
    type: BodyType,
    charset: string | undefined,
    wanted: AnswerType,
    options: AnswerOptions,
  ): Promise<Response | undefined> {
    const { served, entry } = this;
    if (!entry.direct || !isShareable(served)) return undefined;
    if (bytes.length <= MOST_HERE && !UNFOLDING.has(type)) {
      this.batch = await batchOf(bytes, type, charset, served.features);
      if (served.cost.of(this.batch.rows.length) <= LONGEST_HERE || this.watched) return undefined;
    }
    const { threads } = this.settings.runtime;
    const whole = { bytes, type, charset, wanted, options };
    const { watched } = this;
    const done = await threads.run<WholeDone>(served, { whole: { ...whole, watched } }).catch((error: unknown) => {
      throw error instanceof ThreadEnded ? new HttpProblem(500, CRASHED, { cause: error }) : error;
    });
    served.cost.note(done.rows, done.milliseconds);
    this.noted.rows = done.rows;
    if (done.seen !== undefined)
      this.settings.watch?.doneElsewhere(this.context, done.seen, options, done.rows, {
        bytes: bytes.length + done.bytes.length,
        agrees: async (shadow) => {
          const other = await threads.run<WholeDone>(shadow, { whole });
          return Buffer.compare(other.bytes, done.bytes) === 0;
        },
      });
    return this.context.body(done.bytes as Uint8Array<ArrayBuffer>, 200, headersFor(wanted));
  }

  private async here(
    bytes: Uint8Array,
    type: BodyType,
    charset: string | undefined,
    wanted: AnswerType | typeof HTML_TYPE,
    options: AnswerOptions,
  ): Promise<Response> {
    const { served } = this;
    const read = this.batch ?? (await batchOf(bytes, type, charset, served.features));
    const batch = await this.before(read);
    this.batch = batch;
    this.noted.rows = batch.rows.length;
    const asked = wanted === HTML_TYPE ? this.generous(options) : options;
    const began = performance.now();
    const answered = await served.answerInParts(batch, asked, letOthersIn());
    served.cost.note(batch.rows.length, performance.now() - began);
    const answer = await this.after(answered);
    this.settings.watch?.done(this.context, batch, asked, answer);
    if (wanted === HTML_TYPE) return this.page({ answer });
    const out = await answerBytes(answer, batch.single, wanted);
    return this.context.body(out as Uint8Array<ArrayBuffer>, 200, headersFor(wanted));
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

const CRASHED =
  "the thread that scored this batch ended; its memory may not have been enough. Send fewer rows at a time";

function contentType(type: AnswerType): string {
  return type === CSV_TYPE ? `${CSV_TYPE}; charset=utf-8` : type;
}

function headersFor(type: AnswerType): Record<string, string> {
  return { "Content-Type": contentType(type) };
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
  return preferred(accept, offersFor(JSON_TYPE)) === JSON_TYPE;
}
