/** @module Listening on Node: addresses, limits of time, and an orderly end. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { CurtidoError } from "@curtido/pickle";
import { Service } from "../app.ts";
import { HttpProblem, PROBLEM_TYPE } from "../http/problem.ts";
import type { Observer } from "../observe/observer.ts";
import { reportError } from "../observe/report.ts";
import { requestIdOf } from "../observe/request_id.ts";
import { writeJson } from "../representations/json.ts";
import { hostAllowed, isLoopback } from "./hosts.ts";
import { type Listener, withFastLane } from "./lane.ts";
import { endWith, Patience } from "./patience.ts";
import { onSignals, onStopping, stopper } from "./stopping.ts";

/** The port unless told otherwise. */
export const DEFAULT_PORT = 5000;

/** What can listen: a Hono app, whatever its types, or anything that answers a request. */
export interface App {
  fetch(request: Request): Response | Promise<Response>;
}

/** How an app listens. */
export interface ListenOptions {
  /** A port that must be free; 0 for any. Without it 5000, or the next free one. */
  readonly port?: number;
  /** An address or name; without it 127.0.0.1 and ::1. */
  readonly host?: string;
  /** Other names than this machine's own that may stand in the Host header, while it listens on loopback. */
  readonly hosts?: readonly string[];
  /**
   * How long a request may take to arrive, in milliseconds: headers and body. 60,000 unless told otherwise; a long body may
   * take longer as long as it keeps coming.
   */
  readonly requestTimeout?: number;
  /** How long a client may take nothing of its answer and send nothing, in milliseconds. 60,000 unless told otherwise. */
  readonly answerTimeout?: number;
  /** How long a connection may stay open between requests, in milliseconds. 65,000 unless told otherwise. */
  readonly idleTimeout?: number;
  /** How long it goes on listening after the signal to stop, while `/readyz` says so, in milliseconds. 250 unless told otherwise. */
  readonly linger?: number;
  /** How long requests in flight may take when the server stops, in milliseconds. 10,000 unless told otherwise. */
  readonly grace?: number;
  /** Whether SIGTERM and SIGINT stop it; they do unless told otherwise. */
  readonly signals?: boolean;
}

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** `http://localhost:5000` */
  readonly url: string;
  /** Whether 5000 was taken and another port was chosen. */
  readonly moved: boolean;
  /** Takes no new connections, lets requests in flight end, then is done. */
  close(): Promise<void>;
  /** Ends when the server has stopped. */
  readonly closed: Promise<void>;
}

/**
 * Runs an app on Node until SIGTERM or SIGINT: requests in flight end first; a second signal stops at once.
 *
 * @throws CurtidoError E_LISTEN when the port is taken or the address is not this machine's
 * @example
 * const server = await listen(service({ models: ["modelo.pkl"] }));
 * console.log(server.url); // http://localhost:5000
 */
export async function listen(app: App, options: ListenOptions = {}): Promise<Listening> {
  const servers = await bind(() => serverOf(app, options), options);
  const { port } = servers[0]!.address() as AddressInfo;
  const draining = () => {
    if (app instanceof Service) app.runtime.draining = true;
  };
  const stop = stopper(servers, options.grace ?? 10_000, draining);
  const closed = Promise.all(
    servers.map((server) => new Promise<void>((resolve) => server.once("close", resolve))),
  ).then(() => undefined);
  if (options.signals !== false) onSignals(stop, closed, options.linger ?? 250);
  const name =
    options.host === undefined || isLoopback(options.host)
      ? "localhost"
      : options.host.includes(":")
        ? `[${options.host}]`
        : options.host;
  return {
    port,
    url: `http://${name}:${port}`,
    moved: options.port === undefined && port !== DEFAULT_PORT,
    close() {
      stop();
      return closed;
    },
    closed,
  };
}

/** Both loopback addresses on one port, or the one host that was asked for. */
async function bind(create: () => Server, options: ListenOptions): Promise<Server[]> {
  const first = options.port ?? DEFAULT_PORT;
  const last = options.port === undefined ? first + 100 : first;
  for (let port = first; ; port++) {
    try {
      return await bindAt(create, port, options.host);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === "EADDRINUSE" && port < last) continue;
      const reason =
        code === "EADDRINUSE"
          ? "is taken; choose another with --port"
          : code === "EACCES"
            ? "may not be used (permission denied)"
            : `cannot be used: ${message}`;
      throw new CurtidoError(
        "E_LISTEN",
        `port ${port}${options.host === undefined ? "" : ` of ${options.host}`} ${reason}`,
        { port, host: options.host },
        error,
      );
    }
  }
}

async function bindAt(create: () => Server, port: number, host: string | undefined): Promise<Server[]> {
  const main = await start(create(), port, host ?? "127.0.0.1");
  if (host !== undefined) return [main];
  try {
    return [main, await start(create(), (main.address() as AddressInfo).port, "::1")];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT" || port === 0) return [main];
    main.close();
    throw error;
  }
}

function start(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      server.on("error", reportError);
      resolve(server);
    });
  });
}

function serverOf(app: App, options: ListenOptions): Server {
  const requestTimeout = options.requestTimeout ?? 60_000;
  const server = createServer({
    requestTimeout: 0, // patience knows long bodies from dead ones
    headersTimeout: Math.min(requestTimeout, 20_000),
    keepAliveTimeout: options.idleTimeout ?? 65_000,
    connectionsCheckingInterval: Math.min(5_000, Math.max(50, requestTimeout / 4)),
  });
  const patience = new Patience(server, { request: requestTimeout, answer: options.answerTimeout ?? 60_000 });
  const listener = adapted(app);
  const inner = app instanceof Service ? withFastLane(app, listener) : listener;
  if (app instanceof Service) server.on("connection", () => app.runtime.admission.arrivals++);
  const local = options.host === undefined || isLoopback(options.host);
  const watched = app instanceof Service ? observedBy(app.runtime.observer, inner) : inner;
  const outer = local ? guarded(watched, options.hosts ?? []) : watched;
  server.on("request", (request, response) => {
    patience.await(request, response);
    outer(request, response);
  });
  server.on("clientError", onClientError);
  onStopping(server, () => patience.endConnections());
  return server;
}

/** Logs and traces requests, where that was asked for. */
function observedBy(observer: Observer, inner: Listener): Listener {
  return (request, response) => {
    if (observer.active) observer.watch(request, response, requestIdOf(request));
    inner(request, response);
  };
}

/** The app as a listener. Hono's adapter is imported with the first request that needs it: the fast lane does not. */
function adapted(app: App): Listener {
  let listener: Listener | undefined;
  let coming: Promise<void> | undefined;
  const prepare = async () => {
    const { getRequestListener } = await import("@hono/node-server");
    listener = getRequestListener(app.fetch.bind(app), { errorHandler: (error) => refused(error) }) as Listener;
  };
  return (request, response) => {
    response.setHeader("X-Request-Id", requestIdOf(request));
    if (listener !== undefined) return listener(request, response);
    coming ??= prepare();
    coming.then(() => listener!(request, response), reportError);
  };
}

function guarded(inner: Listener, hosts: readonly string[]): Listener {
  let known: string | undefined;
  return (request, response) => {
    const { host } = request.headers;
    if (host === known || hostAllowed(host, hosts)) {
      known = host;
      inner(request, response);
    } else {
      const detail = `'${host}' is not served here: allow it with --allow-host, or ask for localhost`;
      send(request, response, new HttpProblem(403, detail));
    }
  };
}

function send(request: IncomingMessage, response: ServerResponse, problem: HttpProblem): void {
  request.resume();
  const body = writeJson(problem);
  response.writeHead(problem.status, {
    "Content-Type": PROBLEM_TYPE,
    "Content-Length": Buffer.byteLength(body),
    Connection: "close",
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

/** Requests that Hono's adapter cannot make sense of. */
function refused(error: unknown): Response {
  const wrong = error instanceof Error && error.name === "RequestError";
  if (!wrong) reportError(error);
  const problem = wrong
    ? new HttpProblem(400, `the request is malformed: ${error.message}`)
    : new HttpProblem(500, "the server failed to answer this request; its log says why");
  return new Response(writeJson(problem), { status: problem.status, headers: { "Content-Type": PROBLEM_TYPE } });
}

const CLIENT_ERRORS: Readonly<Record<string, HttpProblem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: new HttpProblem(408, "the request did not arrive in time"),
  HPE_HEADER_OVERFLOW: new HttpProblem(431, "the headers are too long"),
};

/** What is no HTTP, or does not arrive in time, is answered and cut off. */
function onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = CLIENT_ERRORS[error.code ?? ""] ?? new HttpProblem(400, "the request is not HTTP");
  endWith(socket, problem);
}
