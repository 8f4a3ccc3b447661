/** @module How long slow clients are waited for: bodies that do not come, answers that nobody takes. */

import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { writeJson } from "./representations/json.ts";
import { HttpProblem, PROBLEM_TYPE } from "./representations/problem.ts";

/** How slowly a body may come once its time is over, in bytes per second: long uploads are slow, dead ones stop. */
const SLOWEST = 1024;

/** Milliseconds. */
export interface PatienceOptions {
  /** How long a body may take to come; longer only as long as it comes at {@link SLOWEST} at least. */
  readonly request: number;
  /** How long a client may take nothing of its answer. */
  readonly answer: number;
}

interface Awaited {
  readonly response: ServerResponse;
  readonly since: number;
  read: number;
}

interface Taken {
  written: number;
  since: number;
}

/** Cuts off clients of a server that are too slow; looks at them from time to time. */
export class Patience {
  private readonly options: PatienceOptions;
  private readonly awaited = new Map<IncomingMessage, Awaited>();
  private readonly sockets = new Map<Socket, Taken>();
  private looked = performance.now();

  constructor(server: Server, options: PatienceOptions) {
    this.options = options;
    const every = Math.min(5_000, Math.max(50, Math.min(options.request, options.answer) / 4));
    const timer = setInterval(() => this.look(), every).unref();
    server.once("close", () => clearInterval(timer));
    server.on("connection", (socket: Socket) => {
      this.sockets.set(socket, { written: 0, since: performance.now() });
      socket.once("close", () => this.sockets.delete(socket));
    });
  }

  /** Waits for the body of a request. */
  await(request: IncomingMessage, response: ServerResponse): void {
    const { headers } = request;
    if (headers["content-length"] === undefined && headers["transfer-encoding"] === undefined) return;
    this.awaited.set(request, { response, since: performance.now(), read: request.socket.bytesRead });
    request.once("close", () => this.awaited.delete(request));
  }

  private look(): void {
    const now = performance.now();
    const least = (SLOWEST * (now - this.looked)) / 1000;
    this.looked = now;
    for (const [request, awaited] of this.awaited) {
      const { bytesRead } = request.socket;
      const came = bytesRead - awaited.read;
      awaited.read = bytesRead;
      const ours = request.readableLength > 0; // it is we who do not read on
      if (request.complete || ours || now - awaited.since < this.options.request || came >= least) continue;
      this.awaited.delete(request);
      giveUp(request.socket, awaited.response);
    }
    for (const [socket, taken] of this.sockets) {
      if (socket.writableLength === 0 || socket.bytesWritten !== taken.written) {
        taken.written = socket.bytesWritten;
        taken.since = now;
      } else if (now - taken.since > this.options.answer) socket.destroy();
    }
  }
}

const LATE = new HttpProblem(408, "the request did not arrive in time");

function giveUp(socket: Socket, response: ServerResponse): void {
  if (response.headersSent || !socket.writable) socket.destroy();
  else endWith(socket, LATE);
}

/** Answers on a connection whose request cannot be answered otherwise, and ends it. */
export function endWith(socket: Socket, problem: HttpProblem): void {
  const body = writeJson(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    "Connection: close",
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}
