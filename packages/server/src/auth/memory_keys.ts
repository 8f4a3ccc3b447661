/** @module Keys of a service without a database: those that it was started with. */

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { KeyRecord, Keys } from "../store/types.ts";

/** Keys that live as long as the process. */
export class MemoryKeys implements Keys {
  private readonly known = new Map<string, { readonly hash: Buffer; readonly key: KeyRecord }>();
  private readonly signing: string;

  /** @param seed - what several processes share that have the same keys, so that a session holds in all of them */
  constructor(seed?: string) {
    this.signing =
      seed === undefined ? randomBytes(32).toString("base64url") : hashOf(`signing ${seed}`).toString("base64url");
  }

  async create(wanted: Parameters<Keys["create"]>[0]): ReturnType<Keys["create"]> {
    const secret = wanted.secret ?? `curtido_${randomBytes(32).toString("base64url")}`;
    const key: KeyRecord = {
      id: hashOf(`id ${secret}`).toString("hex").slice(0, 16),
      name: wanted.name,
      scopes: wanted.scopes,
      created: new Date().toISOString(),
      expires: wanted.expires ?? null,
      rateLimit: wanted.rateLimit ?? null,
      lastUsed: null,
    };
    this.known.set(key.id, { hash: hashOf(secret), key });
    return { key, secret };
  }

  async find(secret: string): Promise<KeyRecord | undefined> {
    const hash = hashOf(secret);
    const found = [...this.known.values()].filter((each) => timingSafeEqual(each.hash, hash))[0]?.key;
    return found === undefined || isExpired(found) ? undefined : found;
  }

  async get(id: string): Promise<KeyRecord | undefined> {
    return this.known.get(id)?.key;
  }

  async list(): Promise<readonly KeyRecord[]> {
    return [...this.known.values()].map(({ key }) => key);
  }

  async revoke(id: string): Promise<boolean> {
    return this.known.delete(id);
  }

  async signingSecret(): Promise<string> {
    return this.signing;
  }
}

/** Whether a key is past its time. */
export function isExpired({ expires }: KeyRecord): boolean {
  return expires !== null && Date.parse(expires) <= Date.now();
}

function hashOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
