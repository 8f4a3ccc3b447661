/** @module What holds for every request that Hono answers: its path, security headers, counting, packing. */

import type { Context, MiddlewareHandler } from "hono";
import type { Traffic } from "../observe/traffic.ts";
import { packed } from "./packed.ts";
import { problemOf } from "./problem.ts";
import { SECURITY_HEADERS } from "./security.ts";

/** A request to a model, as far as it is counted. */
export interface Counted {
  /** Whether its answer comes in parts. */
  readonly streams: boolean;
  count(status: number, milliseconds: number, answered: boolean): void;
  failed(kind: string): void;
}

/** Where a request keeps what it asks; a map beside it, of keys that its values know, would cost more than all the rest. */
const ASKED = Symbol("asked");

type Noted = Context & { [ASKED]?: Counted };

/** Notes which request to a model is answered, so that it is counted there. */
export function note(context: Context, asking: Counted): void {
  (context as Noted)[ASKED] = asking;
}

/** Counts requests by model, version and status, what asks no model `elsewhere`; packs answers. */
export function counted(elsewhere: Traffic): MiddlewareHandler {
  return async (context, next) => {
    const began = performance.now();
    await next();
    const asking = (context as Noted)[ASKED];
    const { status } = context.res;
    const took = performance.now() - began;
    if (asking === undefined) elsewhere.note(status, took, 0);
    else asking.count(status, took, status < 400);
    if (status >= 400) (asking ?? elsewhere).failed(kindOf(context.error, status));
    const accepted = context.req.header("accept-encoding");
    if (accepted === undefined) return;
    const answer = await packed(context.res, accepted, asking?.streams === true);
    context.res = undefined; // else Hono would put the headers of the unpacked answer over those of the packed one
    context.res = answer;
  };
}

/** The code of an error, or its status. */
function kindOf(error: unknown, status: number): string {
  if (error === undefined) return String(status);
  const { code, title } = problemOf(error);
  return code ?? title;
}

/** The path of a request without doubled or trailing slashes. */
export function plainPath(request: Request): string {
  const { pathname } = new URL(request.url);
  const single = pathname.replace(/\/{2,}/g, "/");
  return single.length > 1 && single.endsWith("/") ? single.slice(0, -1) : single;
}

/** Puts the security headers on every answer that has not its own. */
export async function secured(context: Context, next: () => Promise<void>): Promise<void> {
  await next();
  const { headers } = context.res;
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) if (!headers.has(name)) headers.set(name, value);
}
