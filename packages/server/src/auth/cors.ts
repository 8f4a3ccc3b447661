/** @module CORS: pages of named origins may ask; off until one is named. */

import { CurtidoError } from "@curtido/pickle";
import type { MiddlewareHandler } from "hono";

/** Seconds for which a browser remembers what it may do. */
const REMEMBERED = 600;
const METHODS = "GET, HEAD, POST, PUT, DELETE, OPTIONS";
const REQUEST_HEADERS = "Authorization, Content-Type, If-Match, If-None-Match, X-Request-Id, traceparent";
const EXPOSED =
  "Curtido-Note, Curtido-Version, Content-Location, ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id";

/**
 * Whether a text is an origin, as browsers send it: a scheme, a host, perhaps a port; or `*` for all.
 *
 * @example
 * isOrigin("https://app.example"); // true
 * isOrigin("app.example/page"); // false
 */
export function isOrigin(text: string): boolean {
  return text === "*" || originOf(text) !== undefined;
}

/** The origin that a text says; a slash at its end does no harm. */
function originOf(text: string): string | undefined {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s\\]+\/?$/i.test(text) || !URL.canParse(text)) return undefined;
  const { origin } = new URL(text);
  return origin === "null" ? text.toLowerCase().replace(/\/$/, "") : origin; // of schemes that are not the web's
}

/**
 * Answers preflights of these origins (`*` for all), and lets their pages read answers. Cookies are never let through.
 *
 * @throws CurtidoError E_ARGUMENT for what is no origin
 */
export function cors(origins: readonly string[]): MiddlewareHandler {
  const wrong = origins.find((origin) => !isOrigin(origin));
  if (wrong !== undefined)
    throw new CurtidoError("E_ARGUMENT", `'${wrong}' is no origin such as https://app.example`, {});
  const allowed = new Set(origins.map((origin) => originOf(origin) ?? origin));
  return async (context, next) => {
    const origin = context.req.header("origin");
    const known = origin !== undefined && (allowed.has("*") || allowed.has(origin.toLowerCase()));
    const preflight =
      context.req.method === "OPTIONS" && context.req.header("access-control-request-method") !== undefined;
    if (known && preflight) {
      const headers = {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": REQUEST_HEADERS,
        "Access-Control-Max-Age": String(REMEMBERED),
        Vary: "Origin",
      };
      return new Response(null, { status: 204, headers });
    }
    await next();
    context.res.headers.append("Vary", "Origin");
    if (!known) return;
    context.res.headers.set("Access-Control-Allow-Origin", origin);
    context.res.headers.set("Access-Control-Expose-Headers", EXPOSED);
    context.res.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
  };
}
