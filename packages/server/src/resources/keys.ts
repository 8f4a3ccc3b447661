/** @module `/keys` and `/keys/{id}`: who has a key; making and revoking them. */

import type { Context } from "hono";
import type { Access } from "../auth/access.ts";
import { formToken } from "../auth/session.ts";
import { JSON_TYPE } from "../http/headers.ts";
import { HTML_TYPE, type Pages } from "../http/html.ts";
import { HttpProblem, type ProblemDetail } from "../http/problem.ts";
import { type KeyRecord, SCOPES, type Scope } from "../store/types.ts";
import { fieldsOf, requireToken } from "./login.ts";
import { answerJson, answerPage, type Methods, negotiate } from "./resource.ts";

const LONGEST_NAME = 100;
const MOST_RATE = 1_000_000;

/** What a new key is asked to be. */
interface Wanted {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expires: string | null;
  readonly rateLimit: number | null;
}

/** The keys. */
export function keysResource(access: Access, pages: Pages): Methods {
  const page = async (context: Context, created?: { key: KeyRecord; secret: string }) => {
    const { cookie } = await access.who(context);
    const token = cookie === undefined ? "" : formToken(cookie, await access.keys.signingSecret());
    const variables = { keys: await access.keys.list(), scopes: SCOPES, token, created, home: "/" };
    const response = answerPage(
      context,
      pages,
      await pages.render("keys.html", variables),
      created === undefined ? 200 : 201,
    );
    response.headers.set("Cache-Control", "no-store");
    return response;
  };
  return {
    async GET(context) {
      await access.require(context, "admin");
      if (negotiate(context, [JSON_TYPE, HTML_TYPE]) === HTML_TYPE) return page(context);
      return answerJson(context, { keys: await access.keys.list() }, 200, { "Cache-Control": "no-store" });
    },
    async POST(context) {
      await access.require(context, "admin");
      const fields = await fieldsOf(context);
      await requireToken(access, context, fields);
      const created = await access.keys.create(wantedOf(fields));
      if (negotiate(context, [JSON_TYPE, HTML_TYPE]) === HTML_TYPE) return page(context, created);
      const headers = { Location: `/keys/${created.key.id}`, "Cache-Control": "no-store" };
      return answerJson(context, { ...created.key, secret: created.secret }, 201, headers);
    },
  };
}

/** One key. A page's form cannot send DELETE: its POST revokes. */
export function keyResource(access: Access): Methods {
  const revoke = async (context: Context) => {
    if (!(await access.keys.revoke(context.req.param("id") ?? ""))) throw unknown(context);
    access.forget();
  };
  return {
    async GET(context) {
      await access.require(context, "admin");
      const key = await access.keys.get(context.req.param("id") ?? "");
      if (key === undefined) throw unknown(context);
      return answerJson(context, key);
    },
    async POST(context) {
      await access.require(context, "admin");
      await requireToken(access, context, await fieldsOf(context));
      await revoke(context);
      return new Response(null, { status: 303, headers: { Location: "/keys" } });
    },
    async DELETE(context) {
      await access.require(context, "admin");
      await revoke(context);
      return new Response(null, { status: 204 });
    },
  };
}

function unknown(context: Context): HttpProblem {
  return new HttpProblem(404, `there is no key '${context.req.param("id")}'`);
}

function wantedOf(fields: Readonly<Record<string, unknown>>): Wanted {
  const errors: ProblemDetail[] = [];
  const wrong = (field: string, detail: string) => errors.push({ pointer: `#/${field}`, detail });
  const given = (field: string) => (fields[field] === "" || fields[field] === undefined ? null : fields[field]);
  const name = typeof fields["name"] === "string" ? fields["name"].trim() : "";
  if (name === "" || name.length > LONGEST_NAME)
    wrong("name", `'name' must be a text of 1 to ${LONGEST_NAME} characters`);
  const scopes = scopesOf(fields);
  if (scopes === undefined) wrong("scopes", `'scopes' must be any of ${SCOPES.join(", ")}`);
  const expires = given("expires");
  if (expires !== null && (typeof expires !== "string" || Number.isNaN(Date.parse(expires))))
    wrong("expires", "'expires' must be a moment in ISO 8601");
  const rate = given("rateLimit");
  const rateLimit = rate === null ? null : Number(rate);
  if (rateLimit !== null && !(Number.isInteger(rateLimit) && rateLimit >= 1 && rateLimit <= MOST_RATE))
    wrong("rateLimit", `'rateLimit' must be requests per minute, 1 to ${MOST_RATE}`);
  if (errors.length > 0) throw new HttpProblem(422, errors[0]!.detail, { errors });
  return {
    name,
    scopes: scopes!,
    expires: expires === null ? null : new Date(expires as string).toISOString(),
    rateLimit,
  };
}

/** A JSON array, or a form's checkboxes `scope_predict=on`. */
function scopesOf(fields: Readonly<Record<string, unknown>>): readonly Scope[] | undefined {
  const { scopes } = fields;
  const found = Array.isArray(scopes) ? scopes : SCOPES.filter((scope) => fields[`scope_${scope}`] !== undefined);
  const known = found.every((scope) => (SCOPES as readonly unknown[]).includes(scope));
  return known && found.length > 0 ? SCOPES.filter((scope) => found.includes(scope)) : undefined;
}
