/** @module `/login` and `/logout`: a key for a cookie, for people with browsers. */

import { parseForm, parseJson } from "@curtido/tables";
import type { Context } from "hono";
import type { Access } from "../auth/access.ts";
import { isForeign, isSecure } from "../auth/origin.ts";
import { isFormToken, SESSION, sealSession, setCookie } from "../auth/session.ts";
import { readText } from "../http/body.ts";
import { FORM_TYPE, JSON_TYPE, mediaType } from "../http/headers.ts";
import type { Pages } from "../http/html.ts";
import { HttpProblem } from "../http/problem.ts";
import { answerPage, type Methods } from "./resource.ts";

/** The largest body of a form, in bytes. */
const MOST_BODY = 16 * 1024;

/** The fields of a form, or of a JSON object. @throws HttpProblem 400, 413, 415 */
export async function fieldsOf(context: Context): Promise<Readonly<Record<string, unknown>>> {
  const { type } = mediaType(context.req.header("content-type"));
  if (type !== FORM_TYPE && type !== JSON_TYPE) throw new HttpProblem(415, `send ${FORM_TYPE} or ${JSON_TYPE}`);
  const text = await readText(context.req, MOST_BODY);
  if (type === FORM_TYPE) return parseForm(text);
  const value = parseJson(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new HttpProblem(422, "expected an object");
}

/** Refuses a form of a session that does not carry its token. */
export async function requireToken(
  access: Access,
  context: Context,
  fields: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { cookie } = await access.who(context);
  if (cookie === undefined || mediaType(context.req.header("content-type")).type !== FORM_TYPE) return;
  if (!isFormToken(fields["token"], cookie, await access.keys.signingSecret()))
    throw new HttpProblem(403, "the form is too old; load its page again");
}

/** Signs in. */
export function loginResource(access: Access, pages: Pages): Methods {
  const page = async (context: Context, next: string, problem?: string) =>
    answerPage(
      context,
      pages,
      await pages.render("login.html", { next, problem, home: "/" }),
      problem === undefined ? 200 : 403,
    );
  return {
    GET: (context) => page(context, localPath(context.req.query("next"))),
    async POST(context) {
      if (context.req.header("origin") !== undefined && isForeign(context.req))
        throw new HttpProblem(403, "a page of another site sent this form");
      const fields = await fieldsOf(context);
      const next = localPath(fields["next"]);
      const secret = typeof fields["key"] === "string" ? fields["key"].trim() : "";
      const key = await access.try(context, secret === "" ? undefined : secret);
      if (key === undefined) return page(context, next, "This key is not known, was revoked, or has expired.");
      const end = Math.min(
        Date.now() + SESSION * 1000,
        key.expires === null ? Number.POSITIVE_INFINITY : Date.parse(key.expires),
      );
      const value = sealSession({ keyId: key.id, expires: Math.floor(end) }, await access.keys.signingSecret());
      const seconds = Math.max(0, Math.floor((end - Date.now()) / 1000));
      const cookie = setCookie(value, seconds, isSecure(context.req));
      return new Response(null, {
        status: 303,
        headers: { Location: next, "Set-Cookie": cookie, "Cache-Control": "no-store" },
      });
    },
  };
}

/** Signs out. */
export function logoutResource(access: Access): Methods {
  return {
    async POST(context) {
      const { cookie } = await access.who(context);
      if (cookie !== undefined) {
        if (isForeign(context.req)) throw new HttpProblem(403, "a page of another site sent this form");
        await requireToken(access, context, await fieldsOf(context));
      }
      const gone = setCookie("", 0, isSecure(context.req));
      return new Response(null, { status: 303, headers: { Location: "/", "Set-Cookie": gone } });
    },
  };
}

/** A path of this very service, wherever a link may want to lead. */
function localPath(text: unknown): string {
  return typeof text === "string" && /^\/(?![/\\])[\x21-\x7e]*$/.test(text) && !text.includes("\\") ? text : "/";
}
