/** @module The id of a request: the client's own, or one of ours. */

import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { Context } from "hono";

/** Ids that clients may choose: printable, without spaces, not long. */
const ALLOWED = /^[\x21-\x7e]{1,128}$/;

const prefix = randomBytes(6).toString("hex");
let count = 0;

/** The id of a request: `X-Request-Id` when it has a sane one. */
function requestIdFrom(headers: IncomingHttpHeaders): string {
  const given = headers["x-request-id"];
  if (given !== undefined && ALLOWED.test(given as string)) return given as string;
  count++;
  return `${prefix}-${count.toString(36)}`;
}

/** Where a request keeps its id; a map beside it would cost more than all the rest. */
const ID = Symbol("request id");

/** The id of a request, the same whenever it is asked for. */
export function requestIdOf(request: IncomingMessage): string {
  const identified = request as IncomingMessage & { [ID]?: string };
  identified[ID] ??= requestIdFrom(request.headers);
  return identified[ID];
}

/** The id of the request that Hono answers; on its own, without a server in front of it, the client's. */
export function requestIdIn(context: Context): string | null {
  const { incoming } = (context.env ?? {}) as { incoming?: IncomingMessage };
  return incoming === undefined ? (context.req.header("x-request-id") ?? null) : requestIdOf(incoming);
}
