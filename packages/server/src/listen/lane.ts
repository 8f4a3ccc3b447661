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
import { SECURITY_HEADERS } from "../auth/headers.ts";
import { mediaType } from "../http/negotiate.ts";
import { encodingFor, SHORTEST } from "../http/packed.ts";
import { HttpProblem, PROBLEM_TYPE } from "../http/problem.ts";
import type { Choice, Entry } from "../models/entry.ts";
import type { Served } from "../models/served.ts";
import { requestIdOf } from "../observe/request_id.ts";
import { JSON_TYPE, writeJson } from "../representations/json.ts";
import { wantsJson } from "../resources/exchange.ts";
import type { Answer } from "../rows/answer.ts";
import { type Batch, batchOfJson } from "../rows/batch.ts";
import type { Service } from "../service.ts";
import { Gatherer } from "../serving/gather.ts";
import type { Runtime } from "../serving/runtime.ts";
import type { Watch } from "../watch/watch.ts";

export type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** The longest body that the lane takes; what is longer may take its time, and lets others in. */
const MOST_IN_LANE = 64 * 1024;
/** How long the rows of one body may keep others waiting here, in milliseconds. */
const LONGEST_IN_LANE = 4;

/** Puts the fast lane of a service in front of the listener of its app. */
export function withFastLane(service: Service, app: Listener): Listener {
  const { access, catalog, runtime } = service;
  const { watch } = service.parts;
  const crossOrigin = service.parts.cors.length > 0;
  const most = Math.min(MOST_IN_LANE, service.maxBody);
  return (request, response) => {
    const entry = request.method === "POST" ? catalog.at(request.url!) : undefined;
    if (entry === undefined || !isPlain(request, most)) return app(request, response);
    const { authorization, cookie, origin } = request.headers;
    const who = access === undefined ? NOBODY : access.quick(authorization, cookie);
    if (who === undefined || (crossOrigin && origin !== undefined)) return app(request, response);
    const keyId = who.key?.id ?? null;
    const began = performance.now();
    collect(request, (body) => {
      if (!runtime.admission.enter(body.length)) return refuse(entry, runtime, response, began);
      runtime.admission.run(() => serve({ entry, runtime, watch, keyId, app, request, response, body, began }));
    });
  };
}

const NOBODY = { key: undefined };
const NO_OPTIONS = {};
/** The headers of every answer, as the wire has them: names and values in turn. */
const HEADERS = [...Object.entries(SECURITY_HEADERS).flat(), "Content-Type", JSON_TYPE];

/** A request in the lane. */
interface Laned {
  readonly entry: Entry;
  readonly runtime: Runtime;
  readonly watch: Watch | undefined;
  readonly keyId: string | null;
  readonly app: Listener;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
  readonly began: number;
}

function serve({ entry, runtime, watch, keyId, app, request, response, body, began }: Laned): void {
  const choice = entry.choose();
  answerTo(choice, body, (answer, batch) => {
    runtime.admission.leave(body.length);
    if (answer === undefined) return app(withBody(request, body), response);
    const text = writeJson(answer);
    const length = Buffer.byteLength(text);
    // Long answers are packed by the app where the client wants it.
    const accepted = request.headers["accept-encoding"];
    if (length >= SHORTEST && accepted !== undefined && encodingFor(accepted) !== undefined)
      return app(withBody(request, body), response);
    const { served, version } = choice!;
    const id = requestIdOf(request);
    const headers = [...HEADERS, "X-Request-Id", id, "Content-Length", String(length)];
    if (version !== undefined) headers.push("Curtido-Version", String(version));
    response.writeHead(200, headers);
    response.end(text);
    const traffic = served.traffic ?? runtime.trafficOf(served, version);
    const took = performance.now() - began;
    traffic.note(200, took, batch!.rows.length);
    if (watch?.log === undefined) return;
    watch.asked({
      entry,
      choice: choice!,
      batch: batch!,
      options: NO_OPTIONS,
      answer,
      duration: took,
      requestId: id,
      keyId,
    });
  });
}

/** No room: said at once, so that the client can go elsewhere. */
function refuse(entry: Entry, runtime: Runtime, response: ServerResponse, began: number): void {
  response.writeHead(503, { "Content-Type": PROBLEM_TYPE, "Content-Length": FULL_LENGTH, "Retry-After": "1" });
  response.end(FULL);
  const choice = entry.choose();
  const traffic = choice === undefined ? runtime.traffic : runtime.trafficOf(choice.served, choice.version);
  traffic.note(503, performance.now() - began, 0);
  traffic.failed("Service Unavailable");
}

const FULL = writeJson(new HttpProblem(503, "the server has more to do than it can queue"));
const FULL_LENGTH = Buffer.byteLength(FULL);

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

/** Finds the answer and its rows; `undefined` when the app has to look at the request. */
function answerTo(
  choice: Choice | undefined,
  body: Buffer,
  done: (answer: Answer | undefined, batch: Batch | undefined) => void,
): void {
  const served = choice === undefined || choice.shadow !== undefined ? undefined : choice.served;
  const batch = served === undefined ? undefined : batchOf(served, body);
  const count = batch?.rows.length ?? 0;
  const elsewhere = batch === undefined || (count > 1 && served!.cost.of(count) > LONGEST_IN_LANE);
  if (elsewhere) done(undefined, undefined);
  else if (served!.gathers) gathererOf(served!).ask(batch, (answer) => done(answer, batch));
  else {
    const began = count > 1 ? performance.now() : 0; // of one row nothing is to be learnt of many
    const answer = answerNow(served!, batch);
    if (count > 1) served!.cost.note(count, performance.now() - began);
    done(answer, batch);
  }
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
