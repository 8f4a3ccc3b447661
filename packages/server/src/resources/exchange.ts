/** @module One exchange with a model: rows in, hooks, the model, an answer in the representation that the client prefers. */

import { type Format, formatOfMedia } from "@curtido/tables";
import type { Context, HonoRequest } from "hono";
import type { Who } from "../auth/access.ts";
import { bodyPieces, readBody } from "../http/body.ts";
import { note } from "../http/every.ts";
import {
  ANSWER_FORMATS,
  contentType,
  JSON_FORMAT,
  JSON_TYPE,
  mediaOf,
  mediaType,
  preferred,
  requestIdIn,
} from "../http/headers.ts";
import { HTML_TYPE, type Pages } from "../http/html.ts";
import { HttpProblem, problemOf } from "../http/problem.ts";
import { bodyReading } from "../http/reading.ts";
import type { Described } from "../models/described.ts";
import type { Choice, Entry } from "../models/entry.ts";
import type { AnswerOptions } from "../models/served.ts";
import type { Answer, Include } from "../rows/answer.ts";
import type { Batch, NamedRow } from "../rows/rows.ts";
import type { Asker, Asking } from "../serving/ask.ts";
import type { Incoming } from "../serving/streaming.ts";
import { BODY_FORMATS, type BodyReading, isStreamable } from "../work/formats.ts";
import { answerOptions, rowOfQuery } from "./options.ts";
import { pageOf } from "./page.ts";
import { answerPage, negotiate } from "./resource.ts";

/** How models are served. */
export interface ModelSettings {
  readonly pages: Pages;
  /** The largest body, in bytes. */
  readonly maxBody: number;
  /** The page of all models, when there is one. */
  readonly home?: string;
  readonly asker: Asker;
}

/** What a body of unknown length counts for where bytes underway are counted. */
const UNKNOWN_LENGTH = 8 * 1024 * 1024;

/**
 * Asks a model on behalf of a request: lets it in, has it counted, and names the version in the answer. Everything that
 * predicts over HTTP comes through here, or through the fast lane.
 *
 * @throws CurtidoError E_BUSY when there is no room
 */
export async function asked(
  context: Context,
  entry: Entry,
  choice: Choice,
  settings: ModelSettings,
  who: Who,
  answer: (asking: Asking) => Promise<Response>,
): Promise<Response> {
  const requestId = requestIdIn(context);
  const asking = settings.asker.of({ entry, choice, keyId: who.key?.id ?? null, requestId, context });
  note(context, asking);
  const declared = Number(context.req.header("content-length") ?? UNKNOWN_LENGTH);
  asking.place.await(Math.min(declared, settings.maxBody));
  if (choice.version !== undefined) context.header("Curtido-Version", String(choice.version));
  try {
    return await answer(asking);
  } finally {
    if (!asking.streams) asking.place.leave();
  }
}

/** A prediction of what was chosen, as `POST /{model}` gives it. */
export function predictWith(
  context: Context,
  entry: Entry,
  choice: Choice,
  settings: ModelSettings,
  who: Who = { key: undefined },
): Promise<Response> {
  return asked(context, entry, choice, settings, who, (asking) => new Exchange(context, asking, settings).run());
}

/**
 * What a client that sends one format gets unless it says otherwise, and what else it may have: tables that are read in parts
 * are answered alike.
 */
function offersFor(format: Format): readonly string[] {
  const usual = format.stream !== undefined && format.answer !== undefined ? format : JSON_FORMAT;
  const others = ANSWER_FORMATS.filter((offer) => offer !== usual);
  return [...[usual, ...others].map(mediaOf), HTML_TYPE];
}

const OFFERS: ReadonlyMap<Format, readonly string[]> = new Map(
  BODY_FORMATS.map((format) => [format, offersFor(format)]),
);
const JSON_OFFERS = OFFERS.get(JSON_FORMAT)!;

/** One POST: rows in, an answer in the representation that the client prefers. */
export class Exchange {
  private readonly context: Context;
  private readonly asking: Asking;
  private readonly settings: ModelSettings;

  constructor(context: Context, asking: Asking, settings: ModelSettings) {
    this.context = context;
    this.asking = asking;
    this.settings = settings;
  }

  /** @throws HttpProblem, CurtidoError with what is wrong with the request; whatever the user's functions throw */
  async run(): Promise<Response> {
    const { context, asking } = this;
    const format = context.req.method === "GET" ? JSON_FORMAT : bodyFormat(context.req);
    const wanted = negotiate(context, OFFERS.get(format)!);
    try {
      const options = answerOptions(context.req, asking.served);
      const row = this.ofQuery();
      if (row !== undefined) return await this.ofRow(row, wanted, options);
      const ragged = options.onError === "row" && { ragged: "keep" as const };
      const reading = { ...bodyReading(context.req), ...ragged };
      const answered = formatOfMedia(wanted);
      if (answered === undefined) return await this.page({ answer: await this.shown(format, reading, options) });
      const incoming = this.incoming(format, reading, answered, options);
      const asked = { format: format.name, reading, wanted: answered.name, options };
      const answer =
        incoming === undefined
          ? await asking.body({ ...asked, bytes: await this.read() })
          : await asking.incoming(incoming);
      if (asking.notes !== undefined) context.header("Curtido-Note", asking.notes.join("; "));
      return context.body(answer as Uint8Array<ArrayBuffer>, 200, { "Content-Type": contentType(wanted) });
    } catch (error) {
      const problem = problemOf(error);
      if (wanted !== HTML_TYPE || problem.status !== 422) throw error;
      context.error = problem; // a page says it, and it is counted as what it is
      return await this.page({ problem });
    }
  }

  /** The row that the query is. @throws HttpProblem 400 when there is a body too: nobody could tell which of both is meant */
  private ofQuery(): Batch | undefined {
    const { req } = this.context;
    const row = req.url.includes("?") ? rowOfQuery(req, this.asking.served) : undefined;
    if (row === undefined || req.method === "GET" || !hasBody(this.context)) return row;
    throw new HttpProblem(400, "the query names features, and the request has a body too: send rows as one of both");
  }

  private async ofRow(batch: Batch, wanted: string, options: AnswerOptions): Promise<Response> {
    const { context, asking } = this;
    asking.place.arrive();
    const format = formatOfMedia(wanted);
    if (format === undefined) return this.page({ answer: await asking.answer(batch, this.generous(options)) });
    const bytes = await asking.ofRows(batch, { wanted: format.name, options });
    return context.body(bytes as Uint8Array<ArrayBuffer>, 200, { "Content-Type": contentType(wanted) });
  }

  /** A page shows probabilities too, where there are any. */
  private generous(options: AnswerOptions): AnswerOptions {
    const include: readonly Include[] = options.include ?? [];
    const more = include.length === 0 && this.asking.served.includes.includes("probabilities");
    return more ? { ...options, include: ["probabilities"] } : options;
  }

  private read(): Promise<Uint8Array> {
    return readBody(this.context.req, this.settings.maxBody);
  }

  /** The body as it comes, when it can be read and answered in parts. */
  private incoming(format: Format, reading: BodyReading, wanted: Format, options: AnswerOptions): Incoming | undefined {
    const { entry } = this.asking;
    if (!entry.direct || options.index === "keep" || !isStreamable(format, reading, wanted)) return undefined;
    const pieces = bodyPieces(this.context.req);
    if (pieces === undefined) return undefined;
    return { format: format.name, reading, wanted: wanted.name, options, pieces, most: this.settings.maxBody };
  }

  /** The answer for a page. */
  private async shown(format: Format, reading: BodyReading, options: AnswerOptions): Promise<Answer> {
    const { asking } = this;
    const batch = await asking.read({ bytes: await this.read(), format: format.name, reading });
    return asking.answer(batch, this.generous(options));
  }

  private page(shown: { answer?: Answer; problem?: HttpProblem }): Promise<Response> {
    const { batch, entry, served } = this.asking;
    return answerModelPage(this.context, entry, served, this.settings, { ...shown, batch });
  }
}

/** Whether a request has a body: in HTTP/1.1 one says how long it is, or that it comes in chunks. */
function hasBody({ req, env }: Context): boolean {
  const length = req.header("content-length");
  if (length !== undefined) return length !== "0";
  const served = (env as { incoming?: unknown } | undefined)?.incoming !== undefined;
  return (
    req.header("transfer-encoding") !== undefined || (!served && req.raw.body !== null && req.raw.body !== undefined)
  );
}

/** What a page of a model shows beside it. */
interface Shown {
  readonly batch?: Batch | undefined;
  readonly answer?: Answer;
  readonly problem?: HttpProblem;
}

/** A model's page, with what it answered or what was wrong. */
export async function answerModelPage(
  context: Context,
  entry: Entry,
  served: Described,
  { pages, home }: ModelSettings,
  { batch, answer, problem }: Shown = {},
): Promise<Response> {
  const { origin, pathname } = new URL(context.req.url);
  const [first] = batch?.rows ?? [];
  const variables = pageOf({
    served,
    address: `${origin}${pathname}`,
    home,
    lenient: entry.hooks.before !== undefined,
    sent: batch?.single === true && !Array.isArray(first) ? (first as NamedRow) : undefined,
    answer,
    single: batch?.single === true,
    problem,
  });
  return answerPage(context, pages, await pages.render("model.html", variables), problem?.status);
}

/** Whether a client that sends JSON wants JSON back; the fast lane asks. */
export function wantsJson(accept: string | undefined): boolean {
  return preferred(accept, JSON_OFFERS) === JSON_TYPE;
}

function formatOfBody(type: string): Format | undefined {
  return type.endsWith("+json") ? JSON_FORMAT : BODY_FORMATS.find(({ media }) => media.includes(type));
}

/**
 * The format of a request's body, by its media type; JSON when it says none.
 *
 * @throws HttpProblem 415 when it is none that is read
 */
export function bodyFormat(request: HonoRequest): Format {
  const { type } = mediaType(request.header("content-type"));
  const format = type === "" ? JSON_FORMAT : formatOfBody(type);
  if (format !== undefined) return format;
  const known = BODY_FORMATS.map(mediaOf).join(", ");
  throw new HttpProblem(415, `the body is ${type}; send ${known}`, { headers: { "Accept-Post": known } });
}
