/** @module A database: queries that are the same for SQLite and PostgreSQL, and what differs between them. */

import { setTimeout as sleep } from "node:timers/promises";
import { withDriver } from "./drivers.ts";
import { asStoreError } from "./errors.ts";
import type { Queries } from "./schema.ts";

/** What is asked of the database; may be asked again when it was in another's way, so it changes nothing else. */
export type StoreJob<T> = (queries: Queries) => Promise<T>;

/** A database; every method rejects with a StoreError within seconds when it does not answer. */
export interface Database {
  readonly dialect: "sqlite" | "postgres";
  /** Where it is, for people; without a password. */
  readonly place: string;
  /** Single reads. */
  query<T>(job: StoreJob<T>): Promise<T>;
  /** Several reads of one moment. */
  snapshot<T>(job: StoreJob<T>): Promise<T>;
  /** One transaction: all of it, on the disk, or nothing. */
  write<T>(job: StoreJob<T>): Promise<T>;
  /** One transaction that does not wait for the disk: a crash of the machine may lose it, never break it. */
  note<T>(job: StoreJob<T>): Promise<T>;
  close(): Promise<void>;
}

/** How long a job is tried again that is in another's way, in milliseconds. */
const PATIENCE = 5_000;
const LONGEST_PAUSE = 50;

/** Runs a job, again while `again` says that it failed for another's sake. */
export async function persistently<T>(
  place: string,
  again: (error: unknown) => boolean,
  run: () => Promise<T>,
): Promise<T> {
  const end = Date.now() + PATIENCE;
  for (let pause = 1; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      return await run();
    } catch (error) {
      if (!again(error) || Date.now() >= end) throw asStoreError(error, place);
    }
    await sleep(pause * (0.5 + Math.random())); // two that collided would do so again
  }
}

/**
 * Opens a database and brings its tables up to date.
 *
 * @param data A folder, which is made when it is not there, or `postgres://...`
 */
export async function openDatabase(data: string): Promise<Database> {
  const { migrate } = await import("./migrations.ts");
  const database = isPostgres(data)
    ? (await withDriver("pg", () => import("./postgres.ts"))).openPostgres(data)
    : (await withDriver("libsql", () => import("./sqlite.ts"))).openSqlite(data);
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Whether this names a PostgreSQL database, not a folder. */
export function isPostgres(data: string): boolean {
  return /^postgres(ql)?:\/\//i.test(data);
}
