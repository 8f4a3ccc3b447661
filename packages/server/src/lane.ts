/**
 * The fast lane: one JSON body in, one JSON answer out, straight on `node:http`.
 *
 * It reads, checks, predicts and writes with the very functions that the Hono app uses, and takes only the plain case:
 * `POST /{model}` of a model that is ready and without user functions, `application/json` of a known, moderate length, no
 * query, a client that takes JSON. Everything else, and every error, goes to the app, the body with it.
 *
 * @module
 */

import { isUtf8 } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer } from "./answer.ts";
import type { Service } from "./app.ts";
import type { Entry } from "./entry.ts";
import { mediaType } from "./negotiate.ts";
import { JSON_TYPE, writeJson } from "./representations/json.ts";
import { wantsJson } from "./resources/exchange.ts";
import { type Batch, batchOfJson } from "./serving/batch.ts";
import { type Answered, Gatherer } from "./serving/gather.ts";
import type { Served } from "./serving/served.ts";

export type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** The longest body that the lane takes; what is longer may take its time, and lets others in. */
const MOST_IN_LANE = 64 * 1024;

/** Puts the fast lane of a service in front of the listener of its app. */
export function withFastLane(service: Service, app: Listener): Listener {
  const entries = new Map<string, Entry>();
  for (const entry of service.entries) {
    if (!entry.direct) continue;
    entries.set(`/${entry.name}`, entry);
    entries.set(`/${encodeURIComponent(entry.name)}`, entry);
  }
  const most = Math.min(MOST_IN_LANE, service.maxBody);
  return (request, response) => {
    const entry = request.method === "POST" ? entries.get(request.url!) : undefined;
    if (entry === undefined || !isPlain(request, most)) return app(request, response);
    collect(request, (body) => {
      answerTo(entry, body, (answer) => {
        if (answer === undefined) return app(withBody(request, body), response);
        const text = writeJson(answer);
        response.writeHead(200, { "Content-Type": JSON_TYPE, "Content-Length": Buffer.byteLength(text) });
        response.end(text);
      });
    });
  };
}

/** Whether headers say nothing that the lane does not know. */
function isPlain({ headers }: IncomingMessage, most: number): boolean {
  const length = Number(headers["content-length"]);
  if (!(length <= most) || headers["content-encoding"] !== undefined || headers["transfer-encoding"] !== undefined)
    return false;
  const type = headers["content-type"];
  if ((type !== JSON_TYPE && mediaType(type).type !== JSON_TYPE) || headers.expect !== undefined) return false;
  const { accept } = headers;
  return accept === undefined || accept === "*/*" || accept === JSON_TYPE || wantsJson(accept);
}

/** Hands over the whole body, which node's parser ends at Content-Length. */
function collect(request: IncomingMessage, done: (body: Buffer) => void): void {
  let first: Buffer | undefined;
  let more: Buffer[] | undefined;
  request.on("data", (chunk: Buffer) => {
    if (first === undefined) first = chunk;
    else if (more === undefined) more = [first, chunk];
    else more.push(chunk);
  });
  request.on("end", () => done(more === undefined ? (first ?? Buffer.alloc(0)) : Buffer.concat(more)));
}

/** Finds the answer; `undefined` when the app has to look at the request. */
function answerTo(entry: Entry, body: Buffer, done: Answered): void {
  const served = entry.ready;
  const batch = served === undefined ? undefined : batchOf(served, body);
  if (batch === undefined) done(undefined);
  else if (served!.gathers) gathererOf(served!).ask(batch, done);
  else done(answerNow(served!, batch));
}

function batchOf(served: Served, body: Buffer): Batch | undefined {
  if (!isUtf8(body)) return undefined;
  try {
    return batchOfJson(JSON.parse(body.toString()), served.features);
  } catch {
    return undefined;
  }
}

function answerNow(served: Served, batch: Batch): Answer | undefined {
  try {
    return served.answer(batch);
  } catch {
    return undefined;
  }
}

const gatherers = new WeakMap<Served, Gatherer>();

/** One for each model in service. */
function gathererOf(served: Served): Gatherer {
  let gatherer = gatherers.get(served);
  if (gatherer === undefined) {
    gatherer = new Gatherer(served, setImmediate);
    gatherers.set(served, gatherer);
  }
  return gatherer;
}

/** The request, with a body that was read already, as Hono's adapter takes it. */
function withBody(request: IncomingMessage, body: Buffer): IncomingMessage {
  return Object.assign(request, { rawBody: body });
}
