/** @module What every resource shares: its methods, HEAD, OPTIONS and 405, and how errors are answered. */

import type { Context, Hono } from "hono";
import type { HTTPException } from "hono/http-exception";
import { preferred } from "../negotiate.ts";
import { reportError } from "../report.ts";
import type { Pages } from "../representations/html.ts";
import { HTML_TYPE } from "../representations/html.ts";
import { JSON_TYPE, writeJson } from "../representations/json.ts";
import { type HttpProblem, PROBLEM_TYPE, HttpProblem as Problem, problemOf } from "../representations/problem.ts";

export type Handler = (context: Context) => Response | Promise<Response>;
/** What a resource answers to. */
export interface Methods {
  readonly GET?: Handler;
  readonly POST?: Handler;
}

/** Puts a resource at a path: its methods, HEAD as GET without a body, OPTIONS, and 405 for the rest. */
export function resource(app: Hono, path: string, methods: Methods): void {
  const allow = [
    ...Object.keys(methods).flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])),
    "OPTIONS",
  ].join(", ");
  if (methods.GET !== undefined) app.get(path, methods.GET);
  if (methods.POST !== undefined) app.post(path, methods.POST);
  app.options(path, () => new Response(null, { status: 204, headers: { Allow: allow } }));
  app.all(path, (context) => {
    throw new Problem(405, `${context.req.method} is not possible here; ${allow} are`, { headers: { Allow: allow } });
  });
}

/** The best representation for a client. @throws HttpProblem 406 when it accepts none */
export function negotiate<Offer extends string>(context: Context, offers: readonly Offer[]): Offer {
  const accept = context.req.header("accept");
  const found = preferred(accept, offers);
  if (found !== undefined) return found;
  throw new Problem(406, `none of ${offers.join(", ")} is accepted`);
}

/** JSON that depends on Accept. */
export function answerJson(context: Context, value: unknown, status: 200 | 503 = 200): Response {
  return context.body(writeJson(value), status, { "Content-Type": JSON_TYPE, Vary: "Accept" });
}

/** A page. Ours run no scripts and load nothing; a user's own templates may. */
export function answerPage(context: Context, pages: Pages, html: string, status = 200): Response {
  const headers: Record<string, string> = {
    "Content-Type": `${HTML_TYPE}; charset=utf-8`,
    Vary: "Accept",
    "X-Content-Type-Options": "nosniff",
  };
  if (!pages.custom) headers["Content-Security-Policy"] = POLICY;
  return context.body(html, status as 200, headers);
}

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The answer to anything that was thrown: a problem document, or a page for browsers. What is our fault is reported. */
export async function answerError(context: Context, error: unknown, pages: Pages): Promise<Response> {
  const own = ownAnswer(error);
  if (own instanceof Response) return own;
  const problem = own ?? problemOf(error);
  if (problem.status >= 500) reportError(error);
  if (preferred(context.req.header("accept"), [PROBLEM_TYPE, JSON_TYPE, HTML_TYPE]) === HTML_TYPE) {
    const page = await errorPage(pages, problem);
    if (page !== undefined) {
      for (const [name, value] of Object.entries(problem.headers)) context.header(name, value);
      return answerPage(context, pages, page, problem.status);
    }
  }
  return problemResponse(context, problem);
}

/** What a user's function says by throwing Hono's HTTPException, of whichever copy of Hono. */
function ownAnswer(error: unknown): Response | Problem | undefined {
  if (!(error instanceof Error && "getResponse" in error && "status" in error)) return undefined;
  const { status, message, res } = error as HTTPException;
  if (res !== undefined) return (error as HTTPException).getResponse();
  const { title } = new Problem(status, "");
  return new Problem(status, message === "" ? title : message, { cause: error });
}

/** A problem document. */
export function problemResponse(context: Context, problem: HttpProblem): Response {
  return context.body(writeJson(problem), problem.status as 400, { "Content-Type": PROBLEM_TYPE, ...problem.headers });
}

async function errorPage(pages: Pages, problem: HttpProblem): Promise<string | undefined> {
  try {
    return await pages.render("error.html", { problem: problem.toJSON() });
  } catch (error) {
    reportError(error);
    return undefined;
  }
}
