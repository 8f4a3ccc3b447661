/** @module One exchange with a model: rows in, hooks, the model, an answer in the representation that the client prefers. */

import type { Context } from "hono";
import { bodyPieces, readBody } from "../http/body.ts";
import { HTML_TYPE, type Pages } from "../http/html.ts";
import { mediaType, preferred } from "../http/negotiate.ts";
import { type HttpProblem, problemOf } from "../http/problem.ts";
import type { Entry } from "../models/entry.ts";
import type { AnswerOptions, Served } from "../models/served.ts";
import { ARROW_TYPE } from "../representations/arrow.ts";
import { CSV_TYPE } from "../representations/csv.ts";
import { JSON_TYPE } from "../representations/json.ts";
import { LINES_TYPE } from "../representations/lines.ts";
import type { Answer, Include } from "../rows/answer.ts";
import type { Batch, NamedRow } from "../rows/batch.ts";
import type { Asker, Asking } from "../serving/ask.ts";
import { type Incoming, isStreamable } from "../serving/streaming.ts";
import { type AnswerType, type BodyType, batchOf } from "../work/formats.ts";
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
  readonly asker: Asker;
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
