/** @module One exchange with a model: rows in, hooks, the model, an answer in the representation that the client prefers. */

import type { Context, HonoRequest } from "hono";
import type { Who } from "../auth/access.ts";
import { note } from "../http/counted.ts";
import { HTML_TYPE, type Pages } from "../http/html.ts";
import { HttpProblem, problemOf } from "../http/problem.ts";
import { bodyPieces, mediaType, preferred, readBody } from "../http/request.ts";
import type { Choice, Entry } from "../models/entry.ts";
import type { AnswerOptions, Served } from "../models/served.ts";
import { requestIdIn } from "../observe/request_id.ts";
import { ARROW_TYPE } from "../representations/arrow.ts";
import { CSV_TYPE } from "../representations/csv.ts";
import { JSON_TYPE } from "../representations/json.ts";
import { LINES_ALIASES, LINES_TYPE } from "../representations/lines.ts";
import { type Answer, INCLUDES, type Include } from "../rows/answer.ts";
import type { Batch, NamedRow } from "../rows/rows.ts";
import type { Asker, Asking } from "../serving/ask.ts";
import type { Incoming } from "../serving/streaming.ts";
import { type AnswerType, BODY_TYPES, type BodyType, batchOf, isStreamable } from "../work/formats.ts";
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
  asking.admit(Math.min(declared, settings.maxBody));
  if (choice.version !== undefined) context.header("Curtido-Version", String(choice.version));
  try {
    return await answer(asking);
  } finally {
    if (!asking.streams) asking.leave();
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

/** What a client that sends one type gets unless it says otherwise, and what else it may have. */
function offersFor(type: BodyType): readonly (AnswerType | typeof HTML_TYPE)[] {
  const usual = type === CSV_TYPE || type === ARROW_TYPE || type === LINES_TYPE ? type : JSON_TYPE;
  const others = [JSON_TYPE, CSV_TYPE, ARROW_TYPE, LINES_TYPE].filter((offer) => offer !== usual) as AnswerType[];
  return [usual, ...others, HTML_TYPE];
}

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
    const type = bodyType(context.req);
    const wanted = negotiate(context, offersFor(type));
    try {
      const options = answerOptions(context.req);
      const { charset } = mediaType(context.req.header("content-type"));
      if (wanted === HTML_TYPE) return await this.page({ answer: await this.shown(type, charset, options) });
      const asked = { type, charset, wanted, options };
      const incoming = this.incoming(type, charset, wanted, options);
      const answer =
        incoming === undefined
          ? await asking.body({ ...asked, bytes: await this.read() })
          : await asking.incoming(incoming);
      return context.body(answer as Uint8Array<ArrayBuffer>, 200, { "Content-Type": contentType(wanted) });
    } catch (error) {
      const problem = problemOf(error);
      if (wanted !== HTML_TYPE || problem.status !== 422) throw error;
      return await this.page({ problem });
    }
  }

  private read(): Promise<Uint8Array> {
    return readBody(this.context.req, this.settings.maxBody);
  }

  /** The body as it comes, when it can be read and answered in parts. */
  private incoming(
    type: BodyType,
    charset: string | undefined,
    wanted: AnswerType,
    options: AnswerOptions,
  ): Incoming | undefined {
    if (!this.asking.entry.direct || !isStreamable(type, charset, wanted)) return undefined;
    const pieces = bodyPieces(this.context.req);
    const asked = { type, charset, wanted, options } as Pick<Incoming, "type" | "charset" | "wanted" | "options">;
    return pieces === undefined ? undefined : { ...asked, pieces, most: this.settings.maxBody };
  }

  /** The answer for a page, which shows probabilities too, where there are any. */
  private async shown(type: BodyType, charset: string | undefined, options: AnswerOptions): Promise<Answer> {
    const { asking } = this;
    const { served } = asking;
    const include: readonly Include[] = options.include ?? [];
    const generous = include.length === 0 && served.includes.includes("probabilities");
    const batch = await batchOf(await this.read(), type, charset, served.features);
    return asking.answer(batch, generous ? { ...options, include: ["probabilities"] } : options);
  }

  private page(shown: { answer?: Answer; problem?: HttpProblem }): Promise<Response> {
    const { batch, entry, served } = this.asking;
    return answerModelPage(this.context, entry, served, this.settings, { ...shown, batch });
  }
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
  served: Served,
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

function contentType(type: AnswerType): string {
  return type === CSV_TYPE ? `${CSV_TYPE}; charset=utf-8` : type;
}

/** Whether a client that sends JSON wants JSON back; the fast lane asks. */
export function wantsJson(accept: string | undefined): boolean {
  return preferred(accept, offersFor(JSON_TYPE)) === JSON_TYPE;
}

/**
 * The media type of a request's body.
 *
 * @throws HttpProblem 415 when it is none that is read
 */
export function bodyType(request: HonoRequest): BodyType {
  const { type } = mediaType(request.header("content-type"));
  if (type === "") return JSON_TYPE;
  const found = LINES_ALIASES.has(type) ? LINES_TYPE : BODY_TYPES.find((accepted) => accepted === type);
  if (found !== undefined) return found;
  throw new HttpProblem(415, `the body is ${type}; send ${BODY_TYPES.join(", ")}`, {
    headers: { "Accept-Post": BODY_TYPES.join(", ") },
  });
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
