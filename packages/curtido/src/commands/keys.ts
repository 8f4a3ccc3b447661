/** @module `curtido keys`: who has a key to a service, told to its database. */

import { CurtidoError } from "@curtido/pickle";
import { type Keys, openStore, SCOPES, type Scope } from "@curtido/server";
import { print, say, UsageError } from "../terminal.ts";

/** The options of the command. */
export interface KeysOptions {
  readonly data: string;
  readonly scopes?: readonly string[];
  readonly expires?: string;
  readonly rate?: number;
  readonly json?: true;
}

/** Makes a key; its secret goes to standard output. */
export async function createKey(name: string, options: KeysOptions): Promise<number> {
  const scopes = options.scopes ?? ["predict"];
  const unknown = scopes.find((scope) => !(SCOPES as readonly string[]).includes(scope));
  if (unknown !== undefined) throw new UsageError(`--scopes ${unknown}: is none of ${SCOPES.join(", ")}`);
  const { expires } = options;
  if (expires !== undefined && Number.isNaN(Date.parse(expires)))
    throw new UsageError(`--expires ${expires}: is no moment in ISO 8601, such as 2030-01-31`);
  return withKeys(options, async (keys) => {
    const { key, secret } = await keys.create({
      name,
      scopes: scopes as Scope[],
      expires: expires === undefined ? null : new Date(expires).toISOString(),
      rateLimit: options.rate ?? null,
    });
    say(`key ${key.id} (${key.scopes.join(", ")}); its secret is shown this once:`);
    await print(`${secret}\n`);
  });
}

/** Lists the keys, without their secrets. */
export async function listKeys(options: KeysOptions): Promise<number> {
  return withKeys(options, async (keys) => {
    const all = await keys.list();
    if (options.json === true) await print(`${JSON.stringify(all)}\n`);
    else
      for (const { id, name, scopes, expires, rateLimit, lastUsed } of all) {
        const rate = rateLimit === null ? "" : `, ${rateLimit} a minute`;
        await print(
          `${id}  ${name}  ${scopes.join(",")}  used ${lastUsed ?? "never"}${expires === null ? "" : `, until ${expires}`}${rate}\n`,
        );
      }
  });
}

/** Takes a key away. */
export async function revokeKey(id: string, options: KeysOptions): Promise<number> {
  return withKeys(options, async (keys) => {
    if (!(await keys.revoke(id)))
      throw new CurtidoError("E_NOT_FOUND", `there is no key '${id}'; 'curtido keys list' names them`, { id });
    say(`key ${id} is revoked`);
  });
}

async function withKeys(options: KeysOptions, work: (keys: Keys) => Promise<void>): Promise<number> {
  const store = await openStore({ data: options.data });
  try {
    await work(store.keys);
    return 0;
  } finally {
    await store.close();
  }
}
