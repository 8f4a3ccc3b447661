/** @module Entity tags and preconditions (RFC 9110, sections 8.8.3 and 13). */

import { createHash } from "node:crypto";
import type { Context, HonoRequest } from "hono";
import { HttpProblem } from "../http/problem.ts";
import type { Conditions } from "../store/types.ts";

/** Digits of a hash that tells representations apart. */
const SHORT = 16;

/**
 * A strong tag: which artefact, which representation, and what exactly it says.
 *
 * @param sha256 - of the artefact, when one is behind it
 * @param kind - `bin` for the artefact itself, `json`, `html`
 */
export function tagOf(sha256: string | undefined, kind: string, body?: string): string {
  const text = body === undefined ? "" : `.${createHash("sha256").update(body).digest("hex").slice(0, SHORT)}`;
  return `"${sha256 ?? ""}.${kind}${text}"`;
}

/** What a packed answer has at the end of its tag. */
const PACKED = /-(gzip|br|deflate)"$/;

/** The tags of a header, as they are before an answer is packed; `"*"` for any. */
function tagsIn(header: string): readonly string[] | "*" {
  return header.trim() === "*" ? "*" : (header.match(/(?:W\/)?"[^"]*"/g) ?? []).map((tag) => tag.replace(PACKED, '"'));
}

/** The artefacts that tags are of. Weak tags match nothing here. */
function hashesIn(header: string): readonly string[] | "*" {
  const tags = tagsIn(header);
  return tags === "*" ? tags : tags.flatMap((tag) => /^"([0-9a-f]{64})\./.exec(tag)?.[1] ?? []);
}

/** What a changing request demands of the current version. */
export function conditionsOf(request: HonoRequest): Conditions {
  const match = request.header("if-match");
  const noneMatch = request.header("if-none-match");
  return {
    ...(match === undefined ? {} : { match: hashesIn(match) }),
    ...(noneMatch === undefined ? {} : { noneMatch: hashesIn(noneMatch) }),
  };
}

/** Refuses a change of something whose tag is this (`undefined`: there is nothing yet). @throws HttpProblem 412 */
export function requireTag(request: HonoRequest, tag: string | undefined): void {
  const match = request.header("if-match");
  const noneMatch = request.header("if-none-match");
  const among = (header: string) => {
    const tags = tagsIn(header);
    return tag !== undefined && (tags === "*" || tags.includes(tag));
  };
  if ((match !== undefined && !among(match)) || (noneMatch !== undefined && among(noneMatch)))
    throw new HttpProblem(
      412,
      "what is there now is not what the request expects: If-Match or If-None-Match does not hold",
    );
}

/** A representation with its tag; 304 when the client has it already. @throws HttpProblem 412 when If-Match does not hold */
export function answerTagged(
  context: Context,
  body: string | ReadableStream<Uint8Array>,
  tag: string,
  headers: Readonly<Record<string, string>>,
): Response {
  const { req } = context;
  const match = req.header("if-match");
  if (match !== undefined && !matches(match, tag)) requireTag(req, undefined);
  const all = { ...headers, ETag: tag, Vary: "Accept, Cookie, Authorization", "Cache-Control": "private, no-cache" };
  const noneMatch = req.header("if-none-match");
  if (noneMatch !== undefined && matches(noneMatch.replaceAll("W/", ""), tag)) {
    const { "Content-Type": _, ...rest } = all as Record<string, string>;
    return context.body(null, 304, rest);
  }
  return context.body(body as string, 200, all);
}

function matches(header: string, tag: string): boolean {
  const tags = tagsIn(header);
  return tags === "*" || tags.includes(tag);
}
