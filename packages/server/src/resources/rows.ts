/** @module What a request asks of a model: the media type of its body, what its query says. */

import type { HonoRequest } from "hono";
import { mediaType } from "../http/negotiate.ts";
import { HttpProblem } from "../http/problem.ts";
import type { AnswerOptions } from "../models/served.ts";
import { JSON_TYPE } from "../representations/json.ts";
import { LINES_ALIASES, LINES_TYPE } from "../representations/lines.ts";
import { INCLUDES, type Include } from "../rows/answer.ts";
import { BODY_TYPES, type BodyType } from "../work/formats.ts";

/**
 * The media type of a request's body.
 *
 * @throws HttpProblem 415 when it is none that is read
 */
export function bodyType(request: HonoRequest): BodyType {
  const { type } = mediaType(request.header("content-type"));
  if (type === "") return JSON_TYPE;
  const found = LINES_ALIASES.has(type) ? LINES_TYPE : BODY_TYPES.find((accepted) => accepted === type);
  if (found !== undefined) return found;
  throw new HttpProblem(415, `the body is ${type}; send ${BODY_TYPES.join(", ")}`, {
    headers: { "Accept-Post": BODY_TYPES.join(", ") },
  });
}

/**
 * What the query asks for: `include` (a list, or several), `unexpected=ignore`.
 *
 * @throws HttpProblem 400 for values that are not known
 */
export function answerOptions(request: HonoRequest): AnswerOptions {
  const names = (request.queries("include") ?? []).flatMap((list) => list.split(",")).map((name) => name.trim());
  const unexpected = request.query("unexpected");
  if (unexpected !== undefined && unexpected !== "ignore" && unexpected !== "refuse") {
    throw new HttpProblem(400, `unexpected=${unexpected} is not known; it is 'ignore' or 'refuse'`);
  }
  return { include: includesOf(names), ...(unexpected === undefined ? {} : { unexpected }) };
}

/** The known names of a list, each once, in the order in which they are answered. */
export function includesOf(names: readonly string[]): Include[] {
  const unknown = names.find((name) => name !== "" && !(INCLUDES as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new HttpProblem(400, `include=${unknown} is not known; it is any of ${INCLUDES.join(", ")}`);
  return INCLUDES.filter((name) => names.includes(name));
}
