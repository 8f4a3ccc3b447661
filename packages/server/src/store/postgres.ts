/** @module PostgreSQL: a small pool that gives up within seconds, drops connections that failed and makes new ones. */

import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient, sql } from "kysely";
import pg from "pg";
import { type Database, persistently, type StoreJob } from "./database.ts";
import { codeOf } from "./errors.ts";
import type { Queries, Tables } from "./schema.ts";

const CONNECTIONS = 6;
/** Milliseconds: to connect; to answer, as the server sees to it; to answer, when the server is silent. */
const CONNECT = 3_000;
const STATEMENT = 4_000;
const SILENCE = 5_000;
/** `bigint`, which pg gives as text. */
const INT8 = 20;

/** A PostgreSQL database. Connects when it is first asked. */
export function openPostgres(url: string): Database {
  const place = withoutPassword(url);
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT,
    statement_timeout: STATEMENT,
    query_timeout: SILENCE,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    allowExitOnIdle: true,
    application_name: "curtido",
    types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
  });
  pool.on("error", () => undefined); // an idle connection was cut: the pool makes another when it is needed
  const queries = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: dropping(pool) }) });
  return {
    dialect: "postgres",
    place,
    query: (job) => retrying(place, () => job(queries)),
    snapshot: (job) =>
      retrying(place, () =>
        queries.transaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute(job),
      ),
    write: (job) => retrying(place, (reach) => transaction(queries, job, reach)),
    note: (job) =>
      retrying(place, (reach) =>
        transaction(
          queries,
          async (within) => {
            await sql`set local synchronous_commit = off`.execute(within);
            return await job(within);
          },
          reach,
        ),
      ),
    close: () => queries.destroy(),
  };
}

function transaction<T>(queries: Queries, job: StoreJob<T>, committing: () => void): Promise<T> {
  return queries.transaction().execute(async (within) => {
    const result = await job(within);
    committing();
    return result;
  });
}

/** Tries again what another's transaction was in the way of, and once what failed with an old connection. */
function retrying<T>(place: string, run: (committing: () => void) => Promise<T>): Promise<T> {
  let fresh = false;
  let committing = false;
  const again = (error: unknown) => {
    const code = codeOf(error);
    if (code === "40001" || code === "40P01") return true;
    if (fresh || committing || !wasCut(error)) return false;
    fresh = true;
    return true;
  };
  return persistently(place, again, () => {
    committing = false;
    return run(() => {
      committing = true;
    });
  });
}

/** Whether a connection that had worked was cut: the server was stopped or started again. */
function wasCut(error: unknown): boolean {
  return (
    /^(ECONNRESET|EPIPE|57P0[123]|08...)$/.test(codeOf(error)) ||
    /terminated unexpectedly|not queryable/.test(String(error))
  );
}

function parserOf(oid: number, format?: "text" | "binary") {
  return oid === INT8 && format !== "binary" ? Number : pg.types.getTypeParser(oid, format as "text");
}

/** The pool, but a connection on which something went wrong beyond a refused statement is not used again. */
function dropping(pool: pg.Pool): PostgresPool {
  const connect = async (): Promise<PostgresPoolClient> => {
    const client = await pool.connect();
    let broken: { readonly error: unknown } | undefined;
    const query = async (text: string, values: readonly unknown[]) => {
      if (broken !== undefined) throw broken.error; // a rollback would wait behind what never ends
      try {
        return await client.query(text, [...values]);
      } catch (error) {
        if (!/^[0-9A-Z]{5}$/.test(codeOf(error)) || wasCut(error)) broken = { error };
        throw error;
      }
    };
    return { query, release: () => client.release(broken !== undefined) } as unknown as PostgresPoolClient;
  };
  return { connect, end: () => pool.end() } as PostgresPool;
}

function withoutPassword(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname}`;
  } catch {
    return "PostgreSQL";
  }
}
