/** @module What is refused before any app sees it: foreign hosts, what is no HTTP, what Hono's adapter cannot read. */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { writeJson } from "@curtido/tables";
import { HttpProblem, PROBLEM_TYPE } from "../http/problem.ts";
import { reportError } from "../observe/report.ts";
import { endWith } from "./patience.ts";

/** Answers a request for a host that is not this one: another page may have sent it (DNS rebinding). */
export function refuseHost(request: IncomingMessage, response: ServerResponse): void {
  const { host } = request.headers;
  const detail = `'${host}' is not served here: allow it with --allow-host, or ask for localhost`;
  refuseWith(request, response, new HttpProblem(403, detail));
}

/** Answers that what everybody may do is possible: `OPTIONS *` asks whether the server is there. */
export function answerOptions(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  response.writeHead(204, { Allow: "GET, HEAD, POST, PUT, DELETE, OPTIONS" });
  response.end();
}

/** Answers with a problem, and closes the connection. */
export function refuseWith(request: IncomingMessage, response: ServerResponse, problem: HttpProblem): void {
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
export function refused(error: unknown): Response {
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
export function onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = CLIENT_ERRORS[error.code ?? ""] ?? new HttpProblem(400, "the request is not HTTP");
  endWith(socket, problem);
}
