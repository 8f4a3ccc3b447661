/** @module The log of predictions: a bounded queue that is written in batches, and pages that are read from it. */

import { randomBytes } from "node:crypto";
import { CompiledQuery } from "kysely";
import type { Database } from "./database.ts";
import { isStoreError, storeError } from "./errors.ts";
import { nameKey } from "./names.ts";
import type { Queries, Tables } from "./schema.ts";
import { storable } from "./text.ts";
import type { PredictionLog, PredictionPage, PredictionQuery, PredictionRecord } from "./types.ts";

/** Bounds of what waits. */
export interface QueueLimits {
  readonly records: number;
  readonly bytes: number;
}

const LIMITS: QueueLimits = { records: 20_000, bytes: 32 << 20 };
/** A batch is written when it is this old, in milliseconds, or this long. */
const BATCH_AGE = 250;
const BATCH_RECORDS = 500;
/** Records of one statement on SQLite, whose calls keep everything else waiting; and bytes, on any database. */
const SHORT = 100;
const BATCH_BYTES = 2 << 20;
/** Milliseconds before what failed is tried again; and that `flush` tries at the end. */
const PAUSE = 1_000;
/** What a record takes beside its texts, in bytes; as a rule of thumb. */
const OVERHEAD = 200;

type Row = Tables["predictions"];

/** The log of a database. */
export class DatabasePredictions implements PredictionLog {
  private readonly database: Database;
  private readonly limits: QueueLimits;
  private readonly origin = randomBytes(6).toString("hex");
  private readonly insertion = new Insertion();
  private queue: Row[] = [];
  private bytes = 0;
  private count = 0;
  private lost = 0;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;
  private resting = 0;
  private closed = false;

  constructor(database: Database, limits: QueueLimits = LIMITS) {
    this.database = database;
    this.limits = limits;
  }

  get dropped(): number {
    return this.lost;
  }

  get waiting(): number {
    return this.queue.length;
  }

  write(record: PredictionRecord): void {
    const size = sizeOf(record);
    const time = Date.parse(record.time);
    const full = this.queue.length >= this.limits.records || this.bytes + size > this.limits.bytes;
    if (full || this.closed || Number.isNaN(time)) {
      this.lost += 1;
      return;
    }
    this.count += 1;
    this.bytes += size;
    this.queue.push(this.row(record, time));
    if (this.queue.length >= BATCH_RECORDS && Date.now() >= this.resting) this.begin();
    else this.timer ??= setTimeout(() => this.begin(), BATCH_AGE).unref();
  }

  private row(record: PredictionRecord, time: number): Row {
    return {
      model_key: nameKey(record.model),
      time,
      id: `${this.origin}${this.count.toString().padStart(12, "0")}`,
      model: storable(record.model),
      version: record.version,
      request_id: storable(record.requestId),
      key_id: record.keyId,
      rows: record.rows,
      duration: record.duration,
      input: storable(record.input),
      output: storable(record.output),
    };
  }

  private begin(): void {
    this.writeAll().catch(() => undefined); // tried again in a while
  }

  /** Writes all that waits, a batch after the other; never twice at once. */
  private writeAll(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing ??= this.drain()
      .catch((error: unknown) => {
        this.resting = Date.now() + PAUSE;
        if (!this.closed) this.timer ??= setTimeout(() => this.begin(), PAUSE).unref();
        throw error;
      })
      .finally(() => {
        this.writing = undefined;
      });
    return this.writing;
  }

  private async drain(): Promise<void> {
    while (this.queue.length > 0) {
      const batch = this.nextBatch();
      try {
        await this.database.note((queries) => this.insertion.run(queries, batch));
      } catch (error) {
        if (isAway(error)) throw error;
        this.lost += batch.length; // this batch will never be taken
      }
      this.queue.splice(0, batch.length);
      this.bytes -= batch.reduce((sum, row) => sum + sizeOf(row), 0);
      await new Promise((resolve) => setImmediate(resolve)); // requests come between
    }
  }

  private nextBatch(): readonly Row[] {
    const most = this.database.dialect === "sqlite" ? SHORT : BATCH_RECORDS;
    let end = 0;
    for (let bytes = 0; end < Math.min(most, this.queue.length); end += 1) {
      bytes += sizeOf(this.queue[end]!);
      if (bytes > BATCH_BYTES && end > 0) break;
    }
    return this.queue.slice(0, end);
  }

  async flush(): Promise<void> {
    while (this.queue.length > 0) await this.writeAll();
  }

  /** Writes what waits, and takes no more. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.flush();
  }

  query(query: PredictionQuery): Promise<PredictionPage> {
    return readPage(this.database, query);
  }
}

/** Whether the database is to blame, not the records. */
function isAway(error: unknown): boolean {
  if (!isStoreError(error)) return false;
  const reason = String(error.fields["reason"] ?? "");
  return !/^(22|23|42)...$|^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|ERROR|RANGE)/.test(reason);
}

function sizeOf(record: { readonly input: string; readonly output: string }): number {
  return record.input.length + record.output.length + OVERHEAD;
}

/** The statement for a full batch: to make it anew takes longer than to run it. */
class Insertion {
  private length = 0;
  private statement = "";

  async run(queries: Queries, rows: readonly Row[]): Promise<void> {
    if (rows.length !== this.length) {
      this.statement = queries
        .insertInto("predictions")
        .values([...rows])
        .onConflict((on) => on.columns(["model_key", "time", "id"]).doNothing()) // written, but nobody heard of it
        .compile().sql;
      this.length = rows.length;
    }
    const values = rows.flatMap((row) => Object.values(row) as unknown[]); // every row has its columns in the same order
    await queries.executeQuery(CompiledQuery.raw(this.statement, values));
  }
}

async function readPage(database: Database, query: PredictionQuery): Promise<PredictionPage> {
  const from = momentOf(query.from);
  const to = momentOf(query.to);
  const before = placeOf(query.before);
  const rows = await database.query((queries) => {
    let read = queries.selectFrom("predictions").selectAll().where("model_key", "=", nameKey(query.model));
    if (query.version !== undefined) read = read.where("version", "=", query.version);
    if (from !== undefined) read = read.where("time", ">=", from);
    if (to !== undefined) read = read.where("time", "<", to);
    if (before !== undefined) {
      read = read
        .where("time", "<=", before.time)
        .where((of) => of.or([of("time", "<", before.time), of("id", "<", before.id)]));
    }
    return read
      .orderBy("time", "desc")
      .orderBy("id", "desc")
      .limit(query.limit + 1)
      .execute();
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const records = page.map(predictionRecord);
  return rows.length > page.length && last !== undefined ? { records, next: `${last.time}-${last.id}` } : { records };
}

function predictionRecord(row: Row): PredictionRecord {
  return {
    time: new Date(row.time).toISOString(),
    model: row.model,
    version: row.version,
    requestId: row.request_id,
    keyId: row.key_id,
    rows: row.rows,
    duration: row.duration,
    input: row.input,
    output: row.output,
  };
}

function momentOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const moment = Date.parse(text);
  if (Number.isNaN(moment)) throw storeError("E_TARGET", `'${text}' is no moment in ISO 8601`, { moment: text });
  return moment;
}

function placeOf(text: string | undefined): { readonly time: number; readonly id: string } | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d{1,15})-([0-9a-f]{1,64})$/.exec(text);
  if (match === null)
    throw storeError("E_TARGET", `'${text}' is no place of the log; take it from 'next'`, { before: text });
  return { time: Number(match[1]), id: match[2]! };
}
