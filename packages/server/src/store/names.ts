/** @module The names of models: what a URI may be. */

import { CurtidoError } from "@curtido/pickle";

/** First segments of a path that are no models. */
export const RESERVED: ReadonlySet<string> = new Set([
  "login",
  "logout",
  "keys",
  "docs",
  "openapi.json",
  "healthz",
  "readyz",
  "metrics",
  "v1",
  "v2",
  "invocations",
  "ping",
  "health",
  "version",
  "assets",
  "models",
  "favicon.ico",
  "robots.txt",
]);

const ALLOWED = /^[\p{L}\p{M}\p{Nd}_-][\p{L}\p{M}\p{Nd}._-]{0,99}$/u;

/** Names that count as one: without case, and whichever way their accents are written. */
export function nameKey(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

/**
 * The name of the model in a file: its stem.
 *
 * @example
 * nameOfFile("models/modelo.pkl.gz"); // "modelo"
 */
export function nameOfFile(path: string): string {
  const base = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1).normalize("NFC");
  const unpacked = base.replace(/\.(gz|z|bz2|xz|lzma|lz4)$/i, "");
  const stem = unpacked.replace(/\.[^.]*$/, "");
  return stem === "" ? base : stem;
}

/**
 * Refuses what cannot be a model's name.
 *
 * @throws CurtidoError E_NAME with the reason and what would do
 */
export function checkName(name: string): string {
  const reason = RESERVED.has(nameKey(name))
    ? "is reserved"
    : ALLOWED.test(name)
      ? undefined
      : name.startsWith(".")
        ? "starts with '.'"
        : "is no name for a model: letters, digits, '.', '_' and '-', at most 100";
  if (reason === undefined) return name;
  const suggestion = suggest(name);
  throw new CurtidoError("E_NAME", `'${name}' ${reason}; give it another one, as with --name ${suggestion}`, {
    name,
    suggestion,
  });
}

function suggest(name: string): string {
  const cleaned = name
    .normalize("NFC")
    .replace(/[^\p{L}\p{M}\p{Nd}._-]+/gu, "-")
    .replace(/^[.-]+|-+$/g, "")
    .slice(0, 90);
  if (cleaned === "") return "modelo";
  return RESERVED.has(nameKey(cleaned)) ? `${cleaned}-model` : cleaned;
}

/** The error for two models of one name. */
export function nameClash(name: string, first: string, second: string): CurtidoError {
  const message = `'${second}' and '${first}' would both be /${name}; give one of them another name, as with --name ${name}-2`;
  return new CurtidoError("E_NAME", message, { name, suggestion: `${name}-2` });
}
