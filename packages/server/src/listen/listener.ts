/**
 * What becomes of every request on `node:http`: the host that it names is checked, it is watched where that was asked for,
 * and it goes through the fast lane or to the Hono app.
 *
 * The fast lane is one JSON body in, one JSON answer out. It reads, checks, predicts and writes with the very functions that the Hono app uses, and takes only the plain case:
 * `POST /{model}` of a model that is ready and without user functions, `application/json` of a known, moderate length, no
 * query, a client that takes JSON. Everything else, and every error, goes to the app, the body with it.
 *
 * @module
 */

import { isUtf8 } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import { hasLongIntegers, writeJson } from "@curtido/tables";
import { JSON_TYPE, mediaType, requestIdOf } from "../http/headers.ts";
import { encodingFor, SHORTEST } from "../http/packed.ts";
import { HttpProblem, PROBLEM_TYPE, problemOf } from "../http/problem.ts";
import { SECURITY_HEADERS } from "../http/security.ts";
import type { Described } from "../models/described.ts";
import { reportError, reportWarning } from "../observe/report.ts";
import { wantsJson } from "../resources/exchange.ts";
import type { Answer } from "../rows/answer.ts";
import { type Batch, batchOfJson } from "../rows/rows.ts";
import { Service } from "../service.ts";
import type { Asking } from "../serving/ask.ts";
import { busy } from "../serving/question.ts";
import { hostAllowed } from "./hosts.ts";
import type { Patience } from "./patience.ts";
import { answerOptions, refused, refuseHost, refuseWith } from "./refusals.ts";

export type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** The longest body that the lane takes; what is longer may take its time, and lets others in. */
const MOST_IN_LANE = 64 * 1024;

/** What can listen: a Hono app, whatever its types, or anything that answers a request. */
export interface App {
  fetch(request: Request): Response | Promise<Response>;
}

/**
 * What becomes of every request.
 *
 * @param patience - waits for its body, not for ever
 * @param hosts - the names that it may ask for beside this machine's own; every name when there are none
 */
export function listener(app: App, patience: Patience, hosts: readonly string[] | undefined): Listener {
  const adapted = adaptedTo(app);
  const inner = app instanceof Service ? withFastLane(app, adapted) : adapted;
  const observer = app instanceof Service ? app.runtime.observer : undefined;
  let known: string | undefined;
  let warned = !(app instanceof Service);
  return (request, response) => {
    if (!patience.await(request, response)) return;
    const malformed = malformedRequest(request);
    if (malformed !== undefined) return refuseWith(request, response, malformed);
    const { host } = request.headers;
    if (hosts !== undefined && host !== known) {
      if (!hostAllowed(host, hosts)) return refuseHost(request, response);
      known = host;
    }
    if (hosts !== undefined && !warned && cameByProxy(request)) {
      warned = true;
      reportWarning(PROXIED);
    }
    if (request.url === "*" && request.method === "OPTIONS") return answerOptions(request, response);
    if (observer?.active === true) observer.watch(request, response, requestIdOf(request));
    inner(request, response);
  };
}

const VERSIONS: ReadonlySet<string> = new Set(["1.0", "1.1"]);
const OTHER_VERSION = new HttpProblem(400, "this is HTTP/1.1 and HTTP/1.0");
const TWO_HOSTS = new HttpProblem(400, "the request has two Host headers");

/** Why a request is none that may be answered: readers before us may have understood it otherwise. */
function malformedRequest({ httpVersion, rawHeaders }: IncomingMessage): HttpProblem | undefined {
  if (!VERSIONS.has(httpVersion)) return OTHER_VERSION;
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!;
    if (name.length === 4 && name.toLowerCase() === "host") hosts++;
  }
  return hosts > 1 ? TWO_HOSTS : undefined;
}

const PROXIED =
  "a proxy passes requests on to this service, which listens on this machine only and answers without a key: whoever reaches the proxy reads and predicts. Listen with --host and send keys, or have the proxy ask for them";

/** Whether a request without a key was passed on. */
function cameByProxy({ headers }: IncomingMessage): boolean {
  const passed = headers["x-forwarded-for"] ?? headers["forwarded"] ?? headers.via ?? headers["x-real-ip"];
  return passed !== undefined && headers.authorization === undefined && headers.cookie === undefined;
}

/** The app as a listener. Hono's adapter is imported with the first request that needs it: the fast lane does not. */
function adaptedTo(app: App): Listener {
  let listener: Listener | undefined;
  let coming: Promise<void> | undefined;
  const prepare = async () => {
    const { getRequestListener } = await import("@hono/node-server");
    // HTTP/1.0 needs no Host.
    const options = { hostname: "localhost", errorHandler: (error: unknown) => refused(error) };
    listener = getRequestListener(app.fetch.bind(app), options) as Listener;
  };
  return (request, response) => {
    response.setHeader("X-Request-Id", requestIdOf(request));
    if (listener !== undefined) return listener(request, response);
    coming ??= prepare();
    coming.then(() => listener!(request, response), reportError);
  };
}

/** Puts the fast lane of a service in front of the listener of its app. */
function withFastLane(service: Service, app: Listener): Listener {
  const { access, catalog, runtime, asker } = service;
  const crossOrigin = service.parts.cors.length > 0;
  const most = Math.min(MOST_IN_LANE, service.maxBody);
  return (request, response) => {
    const entry = request.method === "POST" ? catalog.direct.get(request.url!) : undefined;
    if (entry === undefined || !isPlain(request, most)) return app(request, response);
    const { authorization, cookie, origin } = request.headers;
    const who = access === undefined ? NOBODY : access.quick(authorization, cookie);
    if (who === undefined || (crossOrigin && origin !== undefined)) return app(request, response);
    const keyId = who.key?.id ?? null;
    collect(request, (body) => {
      const choice = entry.choose();
      if (choice === undefined) return app(withBody(request, body), response);
      const asking = asker.of({ entry, choice, keyId, requestId: requestIdOf(request), context: undefined });
      if (!asking.place.enter(body.length)) return refuse(asking, response);
      runtime.admission.run(() => serve({ asking, app, request, response, body }));
    });
  };
}

const NOBODY = { key: undefined };
/** The headers of every answer, as the wire has them: names and values in turn. */
const HEADERS = [...Object.entries(SECURITY_HEADERS).flat(), "Content-Type", JSON_TYPE];

/** A request in the lane. */
interface Laned {
  readonly asking: Asking;
  readonly app: Listener;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
}

function serve({ asking, app, request, response, body }: Laned): void {
  const batch = batchOf(asking.served, body);
  const elsewhere = () => app(withBody(request, body), response);
  const done = (answer: Answer | undefined) => {
    asking.place.leave();
    if (answer === undefined) return elsewhere();
    const text = writeJson(answer);
    const length = Buffer.byteLength(text);
    // Long answers are packed by the app where the client wants it.
    const accepted = request.headers["accept-encoding"];
    if (length >= SHORTEST && accepted !== undefined && encodingFor(accepted) !== undefined) return elsewhere();
    const headers = [...HEADERS, "X-Request-Id", asking.requestId!, "Content-Length", String(length)];
    const { version } = asking.choice;
    if (version !== undefined) headers.push("Curtido-Version", String(version));
    response.writeHead(200, headers);
    response.end(text);
    asking.count(200, performance.now() - asking.began, true);
    asking.watched(answer);
  };
  if (batch === undefined) done(undefined);
  else asking.quick(batch, done);
}

/** No room: said at once, so that the client can go elsewhere. */
function refuse(asking: Asking, response: ServerResponse): void {
  response.writeHead(503, { "Content-Type": PROBLEM_TYPE, "Content-Length": FULL_LENGTH, "Retry-After": "1" });
  response.end(FULL);
  asking.count(503, performance.now() - asking.began, false);
  asking.failed("E_BUSY");
}

const FULL = writeJson(problemOf(busy()));
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

function batchOf(served: Described, body: Buffer): Batch | undefined {
  if (!isUtf8(body)) return undefined;
  try {
    const text = body.toString();
    return hasLongIntegers(text) ? undefined : batchOfJson(JSON.parse(text), served.features);
  } catch {
    return undefined;
  }
}

/** The request, with a body that was read already, as Hono's adapter takes it. */
function withBody(request: IncomingMessage, body: Buffer): IncomingMessage {
  return Object.assign(request, { rawBody: body });
}
