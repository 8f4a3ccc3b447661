/** @module What headers say: media types by the table of formats, Accept (RFC 9110, section 12.5.1), the id of a request. */

import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { FORMATS, type Format, formatNamed } from "@curtido/tables";
import type { Context } from "hono";

/** The media type of a format. */
export function mediaOf(format: Format): string {
  return format.media[0]!;
}

export const JSON_FORMAT = formatNamed("json")!;
export const JSON_TYPE = mediaOf(JSON_FORMAT);
export const CSV_TYPE = mediaOf(formatNamed("csv")!);
export const FORM_TYPE = mediaOf(formatNamed("form")!);

/** What answers may go out in, beside a page. */
export const ANSWER_FORMATS: readonly Format[] = FORMATS.filter(({ answer }) => answer !== undefined);
/** Those of them that are tables. */
export const TABLE_FORMATS: readonly Format[] = ANSWER_FORMATS.filter(({ keeps }) => keeps === true);

/** A media type as a header says it: texts are UTF-8. */
export function contentType(type: string): string {
  return type.startsWith("text/") ? `${type}; charset=utf-8` : type;
}

interface Range {
  readonly type: string;
  readonly subtype: string;
  readonly quality: number;
}

/**
 * The best of `offers` for an Accept header; the first of them when the client does not care; `undefined` when it accepts
 * none.
 *
 * @example
 * preferred("text/html,*\/*;q=0.8", ["application/json", "text/html"]); // "text/html"
 */
export function preferred<Offer extends string>(
  accept: string | null | undefined,
  offers: readonly Offer[],
): Offer | undefined {
  if (accept === null || accept === undefined || accept.trim() === "") return offers[0];
  const ranges = parseAccept(accept);
  let best: Offer | undefined;
  let most = 0;
  for (const offer of offers) {
    const quality = qualityOf(offer, ranges);
    if (quality > most) {
      most = quality;
      best = offer;
    }
  }
  return best;
}

function parseAccept(accept: string): Range[] {
  return accept.split(",").flatMap((part) => {
    const [range = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
    const [type, subtype] = range.split("/");
    if (!type || !subtype) return [];
    const given = parameters.find((parameter) => parameter.startsWith("q="));
    const quality = given === undefined ? 1 : Number(given.slice(2));
    return [{ type, subtype, quality: quality >= 0 && quality <= 1 ? quality : 0 }];
  });
}

/** The quality that the most specific range gives. */
function qualityOf(offer: string, ranges: readonly Range[]): number {
  const [type, subtype] = offer.split("/");
  let specific = -1;
  let quality = 0;
  for (const range of ranges) {
    const level =
      range.type === "*" && range.subtype === "*"
        ? 0
        : range.type !== type
          ? -1
          : range.subtype === "*"
            ? 1
            : range.subtype === subtype
              ? 2
              : -1;
    if (level > specific) {
      specific = level;
      quality = range.quality;
    }
  }
  return quality;
}

const PLAIN_JSON = { type: JSON_TYPE };

/** A media type without its parameters, in lower case. */
export function mediaType(header: string | null | undefined): { readonly type: string } {
  if (header === JSON_TYPE) return PLAIN_JSON; // nearly always
  const [type = ""] = (header ?? "").split(";");
  return { type: type.trim().toLowerCase() };
}

const NO_PARAMETERS: Readonly<Record<string, string | undefined>> = {};
/** `name=value` or `name="quoted value"`, behind a semicolon. */
const PARAMETER = /;\s*([\w-]{1,40})\s*=\s*(?:"((?:[^"\\]|\\.){0,400})"|([^;"]{0,400}))/g;

/**
 * The parameters of a media type, by their names in lower case.
 *
 * @example
 * mediaParameters('text/csv; charset=latin1; separator=";"'); // { charset: "latin1", separator: ";" }
 */
export function mediaParameters(header: string | null | undefined): Readonly<Record<string, string | undefined>> {
  if (header === undefined || header === null || header === JSON_TYPE || !header.includes(";")) return NO_PARAMETERS;
  const found = [...header.matchAll(PARAMETER)].map(
    ([, name, quoted, plain]) => [name!.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? plain!.trim()] as const,
  );
  return Object.fromEntries(found);
}

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
