/** @module The log of predictions: sampled, with columns hashed or left out, and written as text off the request path. */

import { createHmac } from "node:crypto";
import { writeJson } from "@curtido/tables";
import type { Batch } from "../rows/rows.ts";
import { MOST_SEEN, seenOf } from "../rows/seen.ts";
import type { PredictionLog } from "../store/types.ts";
import type { Asked } from "./watch.ts";

/** What of the predictions is kept. */
export interface PredictionLogOptions {
  /** The share of requests that is logged, 0 to 1. */
  readonly rate: number;
  /** Columns of which only a hash is kept: equal values have equal hashes. */
  readonly hash?: readonly string[];
  /** Columns that are not kept. */
  readonly omit?: readonly string[];
}

/** How many requests may wait to become text; more are dropped and counted. */
const MOST_WAITING = 10_000;
/** How many become text in one turn of the event loop, and milliseconds between turns. */
const PART = 200;
const PAUSE = 20;
/** Characters of a hash. */
const HASH = 16;

/** Takes what was answered, and makes records of it later. */
export class PredictionLogger {
  /** Requests that found no room. */
  dropped = 0;
  private readonly log: PredictionLog;
  private readonly rate: number;
  private readonly hashed: ReadonlySet<string>;
  private readonly omitted: ReadonlySet<string>;
  private readonly secret: () => Promise<string>;
  private key: string | undefined;
  private waiting: { readonly asked: Asked; readonly time: number }[] = [];
  private timer: NodeJS.Timeout | undefined;

  /** @param secret - keys the hashes, so that guessing values needs the database */
  constructor(log: PredictionLog, { rate, hash = [], omit = [] }: PredictionLogOptions, secret: () => Promise<string>) {
    this.log = log;
    this.rate = rate;
    this.hashed = new Set(hash);
    this.omitted = new Set(omit);
    this.secret = secret;
  }

  /** Takes a request, when it is one of the sample. */
  take(asked: Asked): void {
    if (this.rate < 1 && Math.random() >= this.rate) return;
    if (this.waiting.length >= MOST_WAITING) {
      this.dropped++;
      return;
    }
    this.waiting.push({ asked, time: Date.now() });
    this.timer ??= setTimeout(() => void this.write(), PAUSE).unref();
  }

  /** Writes everything that waits. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    while (this.waiting.length > 0) await this.write();
    await this.log.flush();
  }

  private async write(): Promise<void> {
    this.timer = undefined;
    try {
      this.key ??= this.hashed.size === 0 ? "" : await this.secret();
    } catch {
      this.dropped += this.waiting.splice(0).length; // without the key nothing may be kept
      return;
    }
    for (const { asked, time } of this.waiting.splice(0, PART)) this.record(asked, time);
    if (this.waiting.length > 0) this.timer ??= setTimeout(() => void this.write(), 1).unref();
  }

  private record({ entry, choice, batch, rows, answer, duration, requestId, keyId }: Asked, time: number): void {
    this.log.write({
      time: new Date(time).toISOString(),
      model: entry.name,
      version: choice.version ?? null,
      requestId: requestId ?? "",
      keyId,
      rows: rows ?? batch.rows.length,
      duration: Math.round(duration * 1000) / 1000,
      input: writeJson(
        this.rowsOf(
          batch,
          choice.served.signature.features.map(({ name }) => name),
        ),
      ),
      output: writeJson(seenOf(batch, answer).answer),
    });
  }

  private rowsOf(batch: Batch, features: readonly string[]): unknown {
    const names = batch.columns ?? features;
    const rows = batch.rows.slice(0, MOST_SEEN).map((row) => this.rowOf(row, names));
    return batch.single ? rows[0] : rows;
  }

  /** A row by name, without what is not to be kept. What has no names is kept only where every column may be. */
  private rowOf(row: unknown, names: readonly string[]): unknown {
    if (this.hashed.size === 0 && this.omitted.size === 0 && !Array.isArray(row)) return row;
    const named = Array.isArray(row) && row.length === names.length;
    const pairs: [string, unknown][] = named
      ? row.map((value, at) => [names[at]!, value])
      : typeof row === "object" && row !== null && !Array.isArray(row)
        ? Object.entries(row)
        : [];
    if (pairs.length === 0) return this.hashed.size === 0 && this.omitted.size === 0 ? row : null;
    return Object.fromEntries(
      pairs
        .filter(([name]) => !this.omitted.has(name))
        .map(([name, value]) => [name, this.hashed.has(name) ? this.hashOf(value) : value]),
    );
  }

  private hashOf(value: unknown): string {
    return createHmac("sha256", this.key!)
      .update(`prediction ${writeJson(value)}`)
      .digest("hex")
      .slice(0, HASH);
  }
}
