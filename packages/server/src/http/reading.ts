/** @module How the sender of a body says that it is to be read: parameters of its media type, or of the query. */

import { headerWish, markOf } from "@curtido/tables";
import type { HonoRequest } from "hono";
import type { BodyReading } from "../work/formats.ts";
import { mediaParameters } from "./headers.ts";
import { HttpProblem } from "./problem.ts";

type Parse = (text: string) => Partial<BodyReading> | undefined;

/** The parameters, what they may be, and what they say. */
const PARAMETERS: Readonly<Record<string, readonly [expected: string, parse: Parse]>> = {
  encoding: ["the name of an encoding, such as windows-1252", (text) => (text === "" ? undefined : { charset: text })],
  separator: [
    "one character, or tab",
    (text) => (markOf(text) === undefined ? undefined : { separator: markOf(text)! }),
  ],
  decimal: ["a point or a comma", (text) => (text === "." || text === "," ? { decimal: text } : undefined)],
  thousands: [
    "one character, or space",
    (text) => (markOf(text) === undefined ? undefined : { thousands: markOf(text)! }),
  ],
  header: [
    "present, absent, or the number of a line",
    (text) => {
      const header = headerWish(text);
      return header === undefined ? undefined : { header };
    },
  ],
  missing: ["spellings with commas between", (text) => ({ missing: text.split(",").map((part) => part.trim()) })],
  sheet: ["the name of a sheet", (text) => (text === "" ? undefined : { sheet: text })],
};

/** The names of the parameters of a query that say how a body is read. */
export const READING_PARAMETERS: readonly string[] = Object.keys(PARAMETERS);

/** What one parameter says. @throws HttpProblem 400 */
function said(name: string, text: string): Partial<BodyReading> {
  const [expected, parse] = PARAMETERS[name]!;
  const found = parse(text);
  if (found !== undefined) return found;
  throw new HttpProblem(400, `${name}=${text} is not known; it is ${expected}`);
}

/**
 * How a body is to be read: `text/csv; header=absent; decimal=","`, or `?decimal=,&separator=;`; the query wins.
 *
 * @throws HttpProblem 400 for values that are not known
 */
export function bodyReading(request: HonoRequest): BodyReading {
  const { charset, boundary, ...parameters } = mediaParameters(request.header("content-type"));
  const query = request.url.includes("?") ? request.query() : {};
  const reading: Partial<BodyReading>[] = [];
  if (charset !== undefined) reading.push({ charset });
  if (boundary !== undefined) reading.push({ boundary });
  for (const name of READING_PARAMETERS) {
    const text = query[name] ?? parameters[name];
    if (text !== undefined) reading.push(said(name, text));
  }
  return Object.assign({}, ...reading) as BodyReading;
}
