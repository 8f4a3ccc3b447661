/** @module How long slow clients are waited for: bodies that do not come, answers that nobody takes. */

import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { writeJson } from "@curtido/tables";
import { HttpProblem, PROBLEM_TYPE } from "../http/problem.ts";

/** How slowly a body may come once its time is over, in bytes per second: long uploads are slow, dead ones stop. */
const SLOWEST = 1024;

/** How many requests of one connection may wait behind the one that is answered: all that came at once are looked at at once. */
const MOST_BEHIND = 64;

/** Milliseconds. */
export interface PatienceOptions {
  /** How long a body may take to come; longer only as long as it comes at {@link SLOWEST} at least. */
  readonly request: number;
  /** How long a client may take nothing of its answer and send nothing. */
  readonly answer: number;
}

/** What is known of a connection. */
interface Known {
  /** The last request on it; what it does not yet hold was not there when it was looked at. */
  request: IncomingMessage | undefined;
  response: ServerResponse | undefined;
  /** The request that was incomplete at the last look, since when, and how many bytes had come. */
  awaited: IncomingMessage | undefined;
  since: number;
  read: number;
  /** Requests that came before the answer to the one before them was sent. */
  behind: number;
  /** How many bytes were written, how many came, and since when no more of either. */
  written: number;
  heard: number;
  stalled: number;
}

/** Cuts off clients of a server that are too slow; looks at them from time to time. */
export class Patience {
  private readonly options: PatienceOptions;
  private readonly sockets = new Map<Socket, Known>();
  private looked = performance.now();

  constructor(server: Server, options: PatienceOptions) {
    this.options = options;
    const every = Math.min(5_000, Math.max(50, Math.min(options.request, options.answer) / 4));
    const timer = setInterval(() => this.look(), every).unref();
    server.once("close", () => clearInterval(timer));
    server.on("connection", (socket: Socket) => {
      const now = performance.now();
      const nothing = { request: undefined, response: undefined, awaited: undefined };
      this.sockets.set(socket, { ...nothing, since: now, read: 0, behind: 0, written: 0, heard: 0, stalled: now });
      socket.once("close", () => this.sockets.delete(socket));
    });
  }

  /** Waits for the body of a request; no, when too many wait on its connection, which is cut off. */
  await(request: IncomingMessage, response: ServerResponse): boolean {
    const { socket } = request;
    const known = this.sockets.get(socket);
    if (known === undefined) return true;
    known.request = request;
    known.response = response;
    if (response.socket !== null) return true; // it has the connection: nothing is before it
    if (known.behind === MOST_BEHIND) {
      socket.destroy();
      return false;
    }
    known.behind++;
    response.once("close", () => known.behind--);
    return true;
  }

  /** Has every connection whose request is in hand end with its answer, where the answer has not begun. */
  endConnections(): void {
    for (const { response } of this.sockets.values())
      if (response !== undefined && !response.headersSent) response.setHeader("Connection", "close");
  }

  private look(): void {
    const now = performance.now();
    const least = (SLOWEST * (now - this.looked)) / 1000;
    this.looked = now;
    for (const [socket, known] of this.sockets) {
      if (this.isLate(socket, known, now, least)) giveUp(socket, known.response!);
      else if (this.isStalled(socket, known, now)) socket.destroy();
    }
  }

  private isLate(socket: Socket, known: Known, now: number, least: number): boolean {
    const { request } = known;
    if (request === undefined || request.complete) {
      known.request = undefined;
      if (known.response?.writableFinished === true) known.response = undefined;
      known.awaited = undefined;
      return false;
    }
    const came = socket.bytesRead - known.read;
    known.read = socket.bytesRead;
    if (known.awaited !== request) {
      known.awaited = request;
      known.since = now;
      return false;
    }
    const ours = request.readableLength > 0; // it is we who do not read on
    return !ours && now - known.since > this.options.request && came < least;
  }

  private isStalled(socket: Socket, known: Known, now: number): boolean {
    // A client may read its answer only when it has sent its body.
    const moves = socket.bytesWritten !== known.written || socket.bytesRead !== known.heard;
    if (socket.writableLength === 0 || moves) {
      known.written = socket.bytesWritten;
      known.heard = socket.bytesRead;
      known.stalled = now;
    }
    return now - known.stalled > this.options.answer;
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
