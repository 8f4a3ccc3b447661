/** @module CORS: pages of named origins may ask; off until one is named. */

import type { MiddlewareHandler } from "hono";

/** Seconds for which a browser remembers what it may do. */
const REMEMBERED = 600;
const METHODS = "GET, HEAD, POST, PUT, DELETE, OPTIONS";
const REQUEST_HEADERS = "Authorization, Content-Type, If-Match, If-None-Match, X-Request-Id, traceparent";
const EXPOSED =
  "Curtido-Version, Content-Location, ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id";

/**
 * Answers preflights of these origins (`*` for all), and lets their pages read answers. Cookies are never let through.
 */
export function cors(origins: readonly string[]): MiddlewareHandler {
  const allowed = new Set(origins.map((origin) => origin.toLowerCase().replace(/\/$/, "")));
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
