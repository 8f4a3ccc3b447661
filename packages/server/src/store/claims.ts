/** @module Who writes or removes an artefact outside of the database, so that nobody removes what another is publishing. */

import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "./database.ts";
import { storeError } from "./errors.ts";
import { isLive, type Owner } from "./owner.ts";
import type { Queries } from "./schema.ts";

/** Milliseconds between signs of life, and of silence after which an owner on another machine counts as dead. */
const BEAT = 2_000;
const DEAD = 60_000;
/** Milliseconds that a writer waits for a removal, and between looks. */
const WAIT = 5_000;
const LOOK = 20;
/** Milliseconds within which a removal must begin once it is claimed; far below {@link DEAD}. */
const PROMPT = 10_000;

/** A claim on an artefact. */
export interface Claim {
  readonly id: string;
  readonly sha256: string;
}

/** The claims of one open store. */
export class Claims {
  private readonly database: Database;
  private readonly owner: Owner;
  private readonly held = new Set<string>();
  /** What could not be released because the database was away. */
  private readonly late = new Map<string, Claim>();
  private timer: NodeJS.Timeout | undefined;

  constructor(database: Database, owner: Owner) {
    this.database = database;
    this.owner = owner;
  }

  /** Claims an artefact to write it; several may do so. Waits while another removes it. */
  async toWrite(sha256: string): Promise<Claim> {
    const claim = this.newClaim(sha256);
    for (const end = Date.now() + WAIT; ; await sleep(LOOK)) {
      const granted = await this.database.write(async (queries) => {
        await lock(queries);
        if ((await this.others(queries, sha256)).some(({ kind }) => kind === "remove")) return false;
        await this.insert(queries, claim, "write");
        return true;
      });
      if (granted) return this.hold(claim);
      if (Date.now() > end) throw storeError("E_STORE", `the artefact ${sha256} is being removed; try again`);
    }
  }

  /** Runs `remove` when no version names the artefact and nobody else is at it. */
  async toRemove(sha256: string, remove: () => Promise<void>): Promise<void> {
    const claim = this.newClaim(sha256);
    const begin = Date.now();
    const granted = await this.database.write(async (queries) => {
      await lock(queries);
      if (await isNamed(queries, sha256)) return false;
      if ((await this.others(queries, sha256)).length > 0) return false;
      await this.insert(queries, claim, "remove");
      return true;
    });
    if (!granted) return;
    this.hold(claim);
    try {
      if (Date.now() - begin < PROMPT) await remove();
    } finally {
      await this.release(claim);
    }
  }

  /** Gives up a claim within the transaction that made it needless; gives whether it was still held. */
  async settle(queries: Queries, claim: Claim): Promise<boolean> {
    const { numDeletedRows } = await queries.deleteFrom("claims").where("id", "=", claim.id).executeTakeFirst();
    return numDeletedRows > 0n;
  }

  /** Forgets a claim that was settled. */
  forget(claim: Claim): void {
    this.held.delete(claim.id);
    this.late.delete(claim.id);
  }

  /** Gives up a claim; when the database is away, later. */
  async release(claim: Claim): Promise<void> {
    try {
      await this.database.write((queries) => this.settle(queries, claim));
      this.forget(claim);
    } catch {
      this.late.set(claim.id, claim);
    }
  }

  close(): void {
    clearInterval(this.timer);
  }

  private newClaim(sha256: string): Claim {
    return { id: randomBytes(16).toString("hex"), sha256 };
  }

  private hold(claim: Claim): Claim {
    this.held.add(claim.id);
    this.timer ??= setInterval(() => void this.beat(), BEAT).unref();
    return claim;
  }

  /** Tells that this process is alive, and gives up what is late. */
  private async beat(): Promise<void> {
    for (const claim of this.late.values()) await this.release(claim);
    if (this.held.size === 0) return;
    const [id, beat] = [this.owner.id, Date.now()];
    const tell = (queries: Queries) => queries.updateTable("claims").set({ beat }).where("owner", "=", id).execute();
    await this.database.write(tell).catch(() => undefined);
  }

  private async insert(queries: Queries, claim: Claim, kind: "write" | "remove"): Promise<void> {
    const { id: owner, host, pid, started } = this.owner;
    const row = { ...claim, kind, owner, host, pid, started, beat: Date.now() };
    await queries.insertInto("claims").values(row).execute();
  }

  /** Claims on an artefact whose owners live; those of the dead are removed. */
  private async others(queries: Queries, sha256: string) {
    const rows = await queries.selectFrom("claims").selectAll().where("sha256", "=", sha256).execute();
    const dead = rows.filter((row) => !isLive(row, Date.now() - row.beat, DEAD)).map(({ id }) => id);
    if (dead.length > 0) await queries.deleteFrom("claims").where("id", "in", dead).execute();
    return rows.filter(({ id }) => !dead.includes(id));
  }

  /** Removes the claims of the dead. */
  async sweep(): Promise<void> {
    await this.database.write(async (queries) => {
      const rows = await queries.selectFrom("claims").selectAll().execute();
      const dead = rows.filter((row) => !isLive(row, Date.now() - row.beat, DEAD)).map(({ id }) => id);
      if (dead.length > 0) await queries.deleteFrom("claims").where("id", "in", dead).execute();
    });
  }
}

/** Waits until no other change is under way, on PostgreSQL; on SQLite the transaction has seen to it. Gives the revision. */
export async function lock(queries: Queries): Promise<number> {
  const { revision } = await queries
    .updateTable("state")
    .set((of) => ({ revision: of.ref("revision") }))
    .where("id", "=", 1)
    .returning("revision")
    .executeTakeFirstOrThrow();
  return revision;
}

/** Whether a version has this artefact. */
export async function isNamed(queries: Queries, sha256: string): Promise<boolean> {
  const row = await queries.selectFrom("versions").select("version").where("sha256", "=", sha256).executeTakeFirst();
  return row !== undefined;
}
