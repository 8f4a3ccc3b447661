/** @module Which representation a client wants: the Accept header (RFC 9110, section 12.5.1). */

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

/** A media type without its parameters, and its charset: `text/csv; charset=latin1`. */
export function mediaType(header: string | null | undefined): {
  readonly type: string;
  readonly charset: string | undefined;
} {
  const [type = "", ...parameters] = (header ?? "").split(";").map((piece) => piece.trim());
  const charset = parameters
    .map((parameter) => /^charset="?([^"]+)"?$/i.exec(parameter)?.[1])
    .find((found) => found !== undefined);
  return { type: type.toLowerCase(), charset };
}
