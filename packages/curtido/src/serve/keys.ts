/** @module The first key of a service. */

import { randomBytes } from "node:crypto";
import type { Keys } from "@curtido/server";
import { UsageError } from "../terminal.ts";

/** The shortest CURTIDO_KEY; a short one can be guessed. */
const SHORTEST = 16;

/** CURTIDO_KEY, when it is set. @throws UsageError when it is too short or cannot stand in a header */
export function keyOfEnvironment(): string | undefined {
  const key = process.env["CURTIDO_KEY"];
  if (key === undefined || key === "") return undefined;
  if (key.length >= SHORTEST && /^[\x21-\x7e]+$/.test(key)) return key;
  throw new UsageError(`CURTIDO_KEY: must be ${SHORTEST} or more printable characters without spaces`);
}

/** A new secret. */
export function newSecret(): string {
  return `curtido_${randomBytes(32).toString("base64url")}`;
}

/**
 * Sees to it that there is a key: that of CURTIDO_KEY, or a new one where there is none at all.
 *
 * @returns the secret that was made, to be said once
 */
export async function firstKey(keys: Keys): Promise<string | undefined> {
  const given = keyOfEnvironment();
  if (given !== undefined) {
    if ((await keys.find(given)) === undefined)
      await keys.create({ name: "CURTIDO_KEY", scopes: ["admin"], secret: given });
    return undefined;
  }
  if ((await keys.list()).length > 0) return undefined;
  return (await keys.create({ name: "first", scopes: ["admin"] })).secret;
}
