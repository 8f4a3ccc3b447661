/** @module Listening on Node: addresses, limits of time, and an orderly end. */

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CurtidoError } from "@curtido/pickle";
import { reportError } from "../observe/report.ts";
import { Service } from "../service.ts";
import { isLoopback } from "./hosts.ts";
import { type App, listener } from "./listener.ts";
import { Patience } from "./patience.ts";
import { onClientError } from "./refusals.ts";
import { onSignals, onStopping, stopper } from "./stopping.ts";

/** The port unless told otherwise. */
export const DEFAULT_PORT = 5000;

export type { App };

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
  /** How long requests in flight may take when the server stops, in milliseconds. 30,000 unless told otherwise. */
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
  const stop = stopper(servers, options.grace ?? 30_000, draining);
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
  const local = options.host === undefined || isLoopback(options.host);
  server.on("request", listener(app, patience, local ? (options.hosts ?? []) : undefined));
  if (app instanceof Service) server.on("connection", () => app.runtime.admission.arrivals++);
  server.on("clientError", onClientError);
  onStopping(server, () => patience.endConnections());
  return server;
}
