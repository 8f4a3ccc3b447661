/** @module SQLite in a folder. Its calls are synchronous: they are kept short, and waiting for others is not done in them. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Kysely, SqliteDialect, type SqliteDatabase as SqliteHandle } from "kysely";
import Libsql from "libsql";
import { type Database, persistently, type StoreJob } from "./database.ts";
import { asStoreError, codeOf } from "./errors.ts";
import type { Tables } from "./schema.ts";

const FILE = "curtido.db";
/** Milliseconds that a call may wait for a lock; longer waiting is done between calls. */
const BUSY = 5;

/** Opens the database of a folder, making both when they are not there. */
export function openSqlite(folder: string): Database {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 }); // what signs cookies is in it
  } catch (error) {
    throw asStoreError(error, folder);
  }
  const path = join(folder, FILE);
  const [reader, writer] = [new Connection(path), new Connection(path)];
  const attempt = <T>(run: () => Promise<T>) => persistently(path, isBusy, run);
  return {
    dialect: "sqlite",
    place: path,
    query: (job) => attempt(() => job(reader.queries)),
    snapshot: (job) => attempt(() => reader.transaction("begin", job)),
    write: (job) => attempt(() => writer.transaction("begin immediate", job)),
    note: (job) => attempt(() => writer.transaction("begin immediate", job, "normal")),
    async close() {
      await Promise.all([reader.close(), writer.close()]);
    },
  };
}

function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
}

/** One connection; what is asked of it at once waits its turn. */
class Connection {
  readonly queries: Kysely<Tables>;
  private handle: Libsql.Database | undefined;

  constructor(path: string) {
    const database = async () => {
      this.handle = await openHandle(path);
      return remembering(this.handle);
    };
    this.queries = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  }

  transaction<T>(begin: string, job: StoreJob<T>, synchronous: "full" | "normal" = "full"): Promise<T> {
    return this.queries.connection().execute(async (connection) => {
      const run = (statement: string) => this.handle!.exec(statement); // prepared, a BEGIN that failed would keep its snapshot
      run(`pragma synchronous = ${synchronous}`);
      run(begin);
      try {
        const result = await job(connection);
        run("commit");
        return result;
      } catch (error) {
        if (this.handle!.inTransaction) run("rollback"); // a full disk has rolled it back already
        throw error;
      }
    });
  }

  async close(): Promise<void> {
    try {
      this.handle?.exec("pragma wal_checkpoint(truncate)"); // the last one would do it, were its statements not collected later
    } catch {
      // another is reading: the next start does it
    }
    await this.queries.destroy();
  }
}

/** The handle, which prepares the log's insertion once: that takes as long as to run it. */
function remembering(handle: Libsql.Database): SqliteHandle {
  let text = "";
  let statement: Libsql.Statement | undefined;
  const prepare = (sql: string) => {
    if (!sql.startsWith('insert into "predictions"')) return handle.prepare(sql);
    if (statement === undefined || sql !== text) [text, statement] = [sql, handle.prepare(sql)];
    return statement;
  };
  return { prepare, close: () => handle.close() } as unknown as SqliteHandle;
}

async function openHandle(path: string): Promise<Libsql.Database> {
  return await persistently(path, isBusy, async () => {
    const handle = new Libsql(path);
    try {
      handle.exec(`pragma busy_timeout = ${BUSY}`);
      handle.exec("pragma journal_mode = wal");
      handle.exec("pragma synchronous = full");
      handle.exec("pragma foreign_keys = on");
    } catch (error) {
      handle.close();
      throw error;
    }
    return handle;
  });
}
