/** @module What every resource shares: its methods, HEAD, OPTIONS and 405, and how errors are answered. */

import { writeJson } from "@curtido/tables";
import type { Context, Hono } from "hono";
import type { HTTPException } from "hono/http-exception";
import type { Access, Need, Who } from "../auth/access.ts";
import { JSON_TYPE, preferred } from "../http/headers.ts";
import { HTML_TYPE, type Pages } from "../http/html.ts";
import { HttpProblem, PROBLEM_TYPE, problemOf } from "../http/problem.ts";
import { reportError } from "../observe/report.ts";

export type Handler = (context: Context) => Response | Promise<Response>;
/** What a resource answers to. */
export interface Methods {
  readonly GET?: Handler;
  readonly POST?: Handler;
  readonly PUT?: Handler;
  readonly DELETE?: Handler;
  /** Which of these methods this very resource has; throws 404 when there is none. All of them unless told otherwise. */
  readonly only?: (context: Context) => ReadonlySet<string>;
  /** What has to be done so that a method is possible that is not, in words; nothing when nothing can be done. */
  readonly hint?: (method: string) => string | undefined;
}

const NAMES = ["GET", "POST", "PUT", "DELETE"] as const;

/** Puts a resource at a path: its methods, HEAD as GET without a body, OPTIONS, and 405 for the rest. */
export function resource(app: Hono, path: string, methods: Methods): void {
  const has = (context: Context, name: string) => methods.only === undefined || methods.only(context).has(name);
  const allow = (context: Context) =>
    [
      ...NAMES.filter((name) => methods[name] !== undefined && has(context, name)).flatMap((name) =>
        name === "GET" ? ["GET", "HEAD"] : [name],
      ),
      "OPTIONS",
    ].join(", ");
  const refuse = (context: Context): never => {
    const allowed = allow(context);
    const { method } = context.req;
    const hint = methods.hint?.(method);
    const more = hint === undefined ? "" : `; ${hint}`;
    throw new HttpProblem(405, `${method} is not possible here; ${allowed} are${more}`, {
      headers: { Allow: allowed },
    });
  };
  for (const name of NAMES) {
    const handler = methods[name];
    if (handler !== undefined)
      app.on(name, path, (context) => (has(context, name) ? handler(context) : refuse(context)));
  }
  app.options(path, (context) => new Response(null, { status: 204, headers: { Allow: allow(context) } }));
  app.all(path, refuse);
}

/** Lets a request pass, or throws 401, 403, 429. */
export async function permit(
  settings: { readonly access: Access | undefined },
  context: Context,
  need: Need,
): Promise<Who> {
  return settings.access === undefined ? { key: undefined } : settings.access.require(context, need);
}

/** The best representation for a client. @throws HttpProblem 406 when it accepts none */
export function negotiate<Offer extends string>(context: Context, offers: readonly Offer[]): Offer {
  const accept = context.req.header("accept");
  const found = preferred(accept, offers);
  if (found !== undefined) return found;
  throw new HttpProblem(406, `none of ${offers.join(", ")} is accepted`);
}

/** JSON that depends on Accept. */
export function answerJson(
  context: Context,
  value: unknown,
  status: 200 | 201 | 503 = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return context.body(writeJson(value), status, { "Content-Type": JSON_TYPE, Vary: "Accept", ...headers });
}

/** The headers of a page. Ours run no scripts and load nothing; a user's own templates may. */
export function pageHeaders(pages: Pages): Record<string, string> {
  return {
    "Content-Type": `${HTML_TYPE}; charset=utf-8`,
    Vary: "Accept",
    "Content-Security-Policy": pages.custom ? OWN_POLICY : POLICY,
  };
}

/** A page. */
export function answerPage(context: Context, pages: Pages, html: string, status = 200): Response {
  return context.body(html, status as 200, pageHeaders(pages));
}

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const OWN_POLICY = "frame-ancestors 'none'";

/** The answer to anything that was thrown: a problem document, or a page for browsers. What is our fault is reported. */
export async function answerError(context: Context, error: unknown, pages: Pages): Promise<Response> {
  const problem = answeredError(error);
  if (problem instanceof Response) return problem;
  reportProblem(problem);
  if (preferred(context.req.header("accept"), [PROBLEM_TYPE, JSON_TYPE, HTML_TYPE]) === HTML_TYPE) {
    const page = await errorPage(pages, problem);
    if (page !== undefined) {
      for (const [name, value] of Object.entries(problem.headers)) context.header(name, value);
      return answerPage(context, pages, page, problem.status);
    }
  }
  return problemResponse(context, problem);
}

/** Says on standard error what is our fault, or that of what we depend on; that there is no room is none. */
export function reportProblem(problem: HttpProblem): void {
  if (problem.status === 500 || (problem.status > 500 && problem.cause !== undefined))
    reportError(problem.cause ?? problem);
}

/** {@link problemOf}, or the answer that a user's function made itself. */
export function answeredError(error: unknown): Response | HttpProblem {
  return ownAnswer(error) ?? problemOf(error);
}

/** What a user's function says by throwing Hono's HTTPException, of whichever copy of Hono. */
function ownAnswer(error: unknown): Response | HttpProblem | undefined {
  if (!(error instanceof Error && "getResponse" in error && "status" in error)) return undefined;
  const { status, message, res } = error as HTTPException;
  if (res !== undefined) return (error as HTTPException).getResponse();
  const { title } = new HttpProblem(status, "");
  return new HttpProblem(status, message === "" ? title : message, { cause: error });
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
