/** @module Which page a browser's request comes from. */

import type { HonoRequest } from "hono";

/** Whether a browser says that a page of another site made this request, or does not say where it comes from. */
export function isForeign(request: HonoRequest): boolean {
  const site = request.header("sec-fetch-site");
  if (site !== undefined && site !== "same-origin" && site !== "none") return true;
  const origin = request.header("origin");
  if (origin === undefined) return site === undefined;
  return hostOf(origin) !== (request.header("host") ?? new URL(request.url).host);
}

/** Host and port; the scheme is left out, because a proxy may have ended the encryption. */
function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}

/** Whether the client's own connection is encrypted, as far as we or a proxy can tell. */
export function isSecure(request: HonoRequest): boolean {
  return new URL(request.url).protocol === "https:" || request.header("x-forwarded-proto") === "https";
}
