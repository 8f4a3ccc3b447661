/** @module The cookie of somebody who signed in: the key's id and an end, signed. And the token of their forms. */

import { createHmac, timingSafeEqual } from "node:crypto";

/** The cookie's name. */
export const COOKIE = "curtido_session";
/** Seconds until somebody has to sign in again. */
export const SESSION = 12 * 60 * 60;

/** What a cookie says. */
export interface Session {
  readonly keyId: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** A cookie's value. */
export function sealSession({ keyId, expires }: Session, secret: string): string {
  const text = `${keyId}.${expires}`;
  return `${text}.${sign(`session ${text}`, secret)}`;
}

/** What a cookie's value says, when we made it and it has not ended. */
export function openSession(value: string, secret: string): Session | undefined {
  const [, keyId, end, signature] = /^([0-9A-Za-z_-]{1,100})\.(\d{1,15})\.([\w-]{43})$/.exec(value) ?? [];
  if (keyId === undefined || end === undefined || signature === undefined) return undefined;
  if (!equal(sign(`session ${keyId}.${end}`, secret), signature)) return undefined;
  const expires = Number(end);
  return expires > Date.now() ? { keyId, expires } : undefined;
}

/** The token that forms of a session carry. */
export function formToken(cookie: string, secret: string): string {
  return sign(`form ${cookie}`, secret);
}

/** Whether a form brought the token of its session. */
export function isFormToken(given: unknown, cookie: string, secret: string): boolean {
  return typeof given === "string" && equal(formToken(cookie, secret), given);
}

/** The value of our cookie in a Cookie header. */
export function cookieOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  for (const part of header.split(";")) {
    const [name, value] = part.trim().split("=", 2);
    if (name === COOKIE && value !== undefined && value !== "") return value;
  }
  return undefined;
}

/** A Set-Cookie header. */
export function setCookie(value: string, seconds: number, secure: boolean): string {
  return `${COOKIE}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
}

function sign(text: string, secret: string): string {
  return createHmac("sha256", secret).update(text).digest("base64url");
}

function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
