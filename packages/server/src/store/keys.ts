/** @module Keys: random secrets of which only the SHA-256 is kept. They have 256 bits, so that no slow hash is needed. */

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Database } from "./database.ts";
import { storeError } from "./errors.ts";
import type { Queries, Tables } from "./schema.ts";
import { clean } from "./text.ts";
import type { KeyRecord, Keys, Scope } from "./types.ts";

const PREFIX = "curtido_";
const SECRET_BYTES = 32;
/** Milliseconds: between looks at the table once keys are asked for, and at least before a look for an unknown secret. */
const LOOK = 1_000;
const HASTE = 50;
/** Milliseconds between two notes of when a key was used. */
const USED = 10_000;

interface Known {
  readonly hash: Buffer;
  readonly key: KeyRecord;
}

/** The keys of a database. All of them are kept in memory; every second it is looked whether they changed. */
export class DatabaseKeys implements Keys {
  private readonly database: Database;
  private known = new Map<string, Known>();
  private revision = -1;
  private looked = 0;
  private looking: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly used = new Map<string, number>();
  private noted = Date.now();
  private signing: string | undefined;

  constructor(database: Database) {
    this.database = database;
  }

  async create(wanted: Parameters<Keys["create"]>[0]): Promise<{ readonly key: KeyRecord; readonly secret: string }> {
    const secret = wanted.secret ?? PREFIX + randomBytes(SECRET_BYTES).toString("base64url");
    const hash = hashOf(secret).toString("hex");
    const row = {
      id: randomBytes(8).toString("hex"),
      name: clean(wanted.name),
      scopes: JSON.stringify(wanted.scopes),
      hash,
      created: Date.now(),
      expires: momentOf(wanted.expires ?? null),
      rate_limit: wanted.rateLimit ?? null,
      last_used: null,
    };
    const kept = await this.database.write(async (queries) => {
      await queries
        .insertInto("access_keys")
        .values(row)
        .onConflict((on) => on.column("hash").doNothing())
        .execute();
      await changed(queries);
      return await queries.selectFrom("access_keys").selectAll().where("hash", "=", hash).executeTakeFirstOrThrow();
    });
    await this.looking?.catch(() => undefined); // a look that began before would miss it
    this.known.set(kept.hash, knownOf(kept));
    return { key: keyRecord(kept), secret };
  }

  async find(secret: string): Promise<KeyRecord | undefined> {
    const hash = hashOf(secret);
    const text = hash.toString("hex");
    if (this.looked === 0 || (!this.known.has(text) && Date.now() - this.looked > HASTE)) await this.look();
    this.timer ??= setInterval(() => void this.tick(), LOOK).unref();
    const found = this.known.get(text);
    if (found === undefined || !timingSafeEqual(found.hash, hash) || isExpired(found.key)) return undefined;
    this.used.set(found.key.id, Date.now());
    return found.key;
  }

  async get(id: string): Promise<KeyRecord | undefined> {
    const row = await this.database.query((queries) =>
      queries.selectFrom("access_keys").selectAll().where("id", "=", id).executeTakeFirst(),
    );
    return row === undefined ? undefined : keyRecord(row);
  }

  async list(): Promise<readonly KeyRecord[]> {
    const rows = await this.database.query((queries) => queries.selectFrom("access_keys").selectAll().execute());
    return rows.sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1)).map(keyRecord);
  }

  async revoke(id: string): Promise<boolean> {
    const removed = await this.database.write(async (queries) => {
      await changed(queries);
      return await queries.deleteFrom("access_keys").where("id", "=", id).executeTakeFirst();
    });
    await this.looking?.catch(() => undefined); // a look that began before would bring it back
    this.known = new Map([...this.known].filter(([, { key }]) => key.id !== id));
    this.used.delete(id);
    return removed.numDeletedRows > 0n;
  }

  async signingSecret(): Promise<string> {
    this.signing ??= await this.database.query(async (queries) => {
      const row = queries.selectFrom("settings").select("value").where("key", "=", "signing");
      return (await row.executeTakeFirstOrThrow()).value;
    });
    return this.signing;
  }

  /** Writes when keys were last used. */
  async flush(): Promise<void> {
    const used = [...this.used];
    this.used.clear();
    this.noted = Date.now();
    if (used.length === 0) return;
    await this.database.note(async (queries) => {
      for (const [id, time] of used) {
        await queries.updateTable("access_keys").set({ last_used: time }).where("id", "=", id).execute();
      }
    });
  }

  close(): void {
    clearInterval(this.timer);
  }

  private async tick(): Promise<void> {
    await this.look().catch(() => undefined); // the database is away: what is known goes on
    if (Date.now() - this.noted >= USED) await this.flush().catch(() => undefined);
  }

  /** Reads the keys; one look at a time. */
  private look(): Promise<void> {
    this.looking ??= this.readAll().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  private async readAll(): Promise<void> {
    const state = await this.database.query((queries) =>
      queries.selectFrom("state").select("keys").executeTakeFirstOrThrow(),
    );
    if (state.keys !== this.revision) {
      const rows = await this.database.query((queries) => queries.selectFrom("access_keys").selectAll().execute());
      this.known = new Map(rows.map((row) => [row.hash, knownOf(row)]));
      this.revision = state.keys; // read before the rows: what changed between is read once more
    }
    this.looked = Date.now();
  }
}

/** Notes that the keys are others now. */
async function changed(queries: Queries): Promise<void> {
  await queries
    .updateTable("state")
    .set((of) => ({ keys: of("keys", "+", 1) }))
    .where("id", "=", 1)
    .execute();
}

function hashOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

function knownOf(row: Tables["access_keys"]): Known {
  return { hash: Buffer.from(row.hash, "hex"), key: keyRecord(row) };
}

function keyRecord(row: Tables["access_keys"]): KeyRecord {
  return {
    id: row.id,
    name: row.name,
    scopes: JSON.parse(row.scopes) as Scope[],
    created: new Date(row.created).toISOString(),
    expires: row.expires === null ? null : new Date(row.expires).toISOString(),
    rateLimit: row.rate_limit,
    lastUsed: row.last_used === null ? null : new Date(row.last_used).toISOString(),
  };
}

function isExpired({ expires }: KeyRecord): boolean {
  return expires !== null && Date.parse(expires) <= Date.now();
}

/** @throws StoreError E_CONFLICT when this is no moment */
function momentOf(text: string | null): number | null {
  if (text === null) return null;
  const moment = Date.parse(text);
  if (Number.isNaN(moment)) throw storeError("E_CONFLICT", `'${text}' is no moment in ISO 8601`, { expires: text });
  return moment;
}
