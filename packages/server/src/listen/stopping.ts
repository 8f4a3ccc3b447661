/** @module An orderly end: what was taken in is answered, nothing more is taken in, then the server is closed. */

import cluster from "node:cluster";
import type { IncomingMessage, Server, ServerResponse } from "node:http";

/** What stops a server: at once (`now`), or when requests in flight have ended; it may go on listening for a while first. */
export type Stop = (now?: boolean, linger?: number) => void;

/** Stops the servers; what is in flight may end within the grace period. */
export function stopper(servers: readonly Server[], grace: number, draining: () => void): Stop {
  let stopping = false;
  let closing = false;
  const close = () => {
    if (!closing) for (const server of servers) whenQuiet(server, () => drain(server, grace));
    closing = true;
  };
  return (now = false, linger = 0) => {
    if (!stopping) {
      draining();
      for (const server of servers) server.emit(STOPPING);
    }
    stopping = true;
    if (linger > 0 && !now) setTimeout(close, linger);
    else close();
    if (now) {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    }
  };
}

/** What a server is told before it stops. */
const STOPPING = "curtido stopping";
/** How many turns of the event loop in a row bring no connection before none is taken for waiting, and how many at most are waited. */
const QUIET_TURNS = 4;
const MOST_TURNS = 2_000;

/** Runs when no connection waits to be taken: the event loop takes few in each turn, and closing would cut off the rest. */
function whenQuiet(server: Server, run: () => void): void {
  let quiet = 0;
  let turns = 0;
  const came = () => {
    quiet = 0;
  };
  const look = () => {
    if (++quiet < QUIET_TURNS && ++turns < MOST_TURNS) return setImmediate(look);
    server.off("connection", came);
    return run();
  };
  server.on("connection", came);
  look();
}

/** From the moment on that a server is told to stop, every answer is the last of its connection. */
export function onStopping(server: Server, run: () => void): void {
  server.once(STOPPING, () => {
    run();
    server.prependListener("request", lastOfItsConnection);
  });
}

function lastOfItsConnection(_: IncomingMessage, response: ServerResponse): void {
  response.setHeader("Connection", "close");
}

function drain(server: Server, grace: number): void {
  if (!server.listening) return; // it was stopped at once meanwhile
  server.close();
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const end = setTimeout(() => server.closeAllConnections(), grace);
  server.closeIdleConnections();
  server.once("close", () => {
    clearInterval(idle);
    clearTimeout(end);
  });
}

/** Has signals stop servers: the first in an orderly way, the second at once. */
export function onSignals(stop: Stop, closed: Promise<void>, linger: number): void {
  let count = 0;
  const handler = () => stop(++count > 1, linger);
  const ignore = () => undefined;
  // The process that started a worker passes signals on; those of the terminal reach both.
  const handlers = { SIGTERM: handler, SIGINT: cluster.isWorker ? ignore : handler } as const;
  const entries = Object.entries(handlers) as ["SIGTERM" | "SIGINT", () => void][];
  for (const [signal, run] of entries) process.on(signal, run);
  if (cluster.isWorker) process.once("disconnect", handler);
  closed.then(() => {
    for (const [signal, run] of entries) process.off(signal, run);
    if (cluster.isWorker) process.off("disconnect", handler);
    if (cluster.isWorker && process.connected) process.disconnect();
  });
}
