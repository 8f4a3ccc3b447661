/** @module A long batch as a stream: parts of the body in, parts of the answer out, never more than a few at a time. */

import { CurtidoError } from "@curtido/pickle";
import type { Head, Splitter } from "@curtido/tables";
import type { Model } from "../models/distant.ts";
import type { AnswerOptions } from "../models/served.ts";
import type { Seen } from "../rows/seen.ts";
import { type BodyReading, readingOf } from "../work/formats.ts";
import { answerPart, type Part, type PartColumn, type PartDone, partsIn } from "../work/parts.ts";
import { isShareable } from "../work/threads.ts";
import type { Runtime } from "./runtime.ts";

/** Bytes of a part that a thread scores, and of one that the main thread scores between other requests. */
const THREAD_PART = 1 << 18;
const MAIN_PART = 1 << 14;

/** Bytes of the answer that may wait here for a client that sends on before it reads. */
const MOST_AHEAD = 1 << 22;

/** A body as it comes, and what is wanted of it. Its formats are such that it can be read and answered in parts. */
export interface Incoming {
  readonly pieces: AsyncIterator<Uint8Array>;
  /** The name of its format. */
  readonly format: string;
  readonly reading: BodyReading;
  /** The name of the format of the answer. */
  readonly wanted: string;
  readonly options: AnswerOptions;
  /** The most bytes that are read whole, and of one row. */
  readonly most: number;
}

/**
 * Reads until there are more rows than are validated whole: the stream; or the whole body, when it ends before.
 *
 * @param watched - whether somebody wants to see its first rows
 * @throws CurtidoError E_TOO_LARGE
 */
export async function streamOf(
  served: Model,
  runtime: Runtime,
  incoming: Incoming,
  watched: boolean,
): Promise<Uint8Array | Streaming> {
  const { pieces, format, reading, wanted, options, most } = incoming;
  const { splitter: splitterFor, headers } = partsIn(format);
  const how = readingOf(reading, served.names);
  const splitter = splitterFor(isShareable(served) ? THREAD_PART : MAIN_PART, most, how);
  const rows = served.whole ? Number.POSITIVE_INFINITY : runtime.validateRows + headers;
  const kept: Uint8Array[] = [];
  for (let size = 0; splitter.rows <= rows; ) {
    const { done, value } = await pieces.next();
    if (done === true) return kept.length === 1 ? kept[0]! : Buffer.concat(kept);
    kept.push(value);
    size += value.length;
    splitter.push(value);
    if (size > most) throw new CurtidoError("E_TOO_LARGE", `the body is larger than ${most} bytes`, { most });
  }
  return new Streaming(served, runtime, { format, reading, wanted, options, watched }, splitter, pieces);
}

/** What is asked of every part. */
interface Streamed {
  /** The name of its format. */
  readonly format: string;
  readonly reading: BodyReading;
  /** The name of the format of the answer. */
  readonly wanted: string;
  readonly options: AnswerOptions;
  /** Whether somebody wants to see its first rows. */
  readonly watched: boolean;
}

/** Scores a stream. */
export class Streaming {
  private readonly served: Model;
  private readonly runtime: Runtime;
  private readonly asked: Streamed;
  private readonly splitter: Splitter;
  private readonly pieces: AsyncIterator<Uint8Array>;
  private readonly underway: Promise<PartDone>[] = [];
  private head: Head | undefined;
  private template: readonly PartColumn[] | undefined;
  private ended = false;
  /** Rows that were answered so far. */
  rows = 0;
  /** The first rows, where somebody wants to see them. */
  seen: Seen | undefined;

  constructor(served: Model, runtime: Runtime, asked: Streamed, splitter: Splitter, pieces: AsyncIterator<Uint8Array>) {
    this.served = served;
    this.runtime = runtime;
    this.asked = asked;
    this.splitter = splitter;
    this.pieces = pieces;
  }

  /**
   * The answer; it begins when the first part is scored.
   *
   * @param end - called once, when all is sent or the client has gone
   * @throws CurtidoError E_FEATURES when the columns are wrong; E_NO_ROWS
   */
  async begin(end: () => void): Promise<ReadableStream<Uint8Array>> {
    let part = await this.nextPart();
    if (part === undefined) throw new CurtidoError("E_NO_ROWS", "the body has no rows", {});
    const headed = partsIn(this.asked.format).head?.(part, readingOf(this.asked.reading, this.served.names));
    if (headed !== undefined) {
      this.head = headed.head;
      part = headed.rest;
    }
    const first = await this.score(part);
    this.template = first.template;
    this.seen = first.seen;
    let bytes: Uint8Array | undefined = first.bytes;
    // A header alone says nothing of the rows: what is wrong with the first of them is an answer yet, and no broken one.
    if (first.rows === 0) {
      const more = await this.next();
      if (more !== undefined) bytes = Buffer.concat([bytes, more]);
    }
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          try {
            const next = bytes ?? (await this.next());
            bytes = undefined;
            if (next !== undefined) return controller.enqueue(next);
            const { end: last } = partsIn(this.asked.wanted);
            if (last !== undefined) controller.enqueue(last);
            end();
            controller.close();
          } catch (error) {
            end();
            controller.error(error);
          }
        },
        cancel: async () => {
          this.ended = true;
          end();
          await this.pieces.return?.();
        },
      },
      { highWaterMark: MOST_AHEAD, size: (chunk) => chunk?.byteLength ?? 0 },
    );
  }

  /** The next part of the answer; keeps the threads busy with the parts behind it. */
  private async next(): Promise<Uint8Array | undefined> {
    const most = isShareable(this.served) ? this.runtime.threads.pool.size + 1 : 1;
    while (this.underway.length < most) {
      const part = await this.nextPart();
      if (part === undefined) break;
      const scored = this.score(part);
      scored.catch(() => undefined); // heard of when its turn comes
      this.underway.push(scored);
    }
    return (await this.underway.shift())?.bytes;
  }

  private async score(bytes: Uint8Array): Promise<PartDone> {
    const part: Part = {
      ...this.asked,
      bytes,
      watched: this.asked.watched && this.template === undefined,
      ...(this.head === undefined ? {} : { head: this.head }),
      ...(this.template === undefined ? {} : { template: this.template }),
    };
    const { served } = this;
    const done = await (isShareable(served) || !served.here
      ? this.runtime.threads.run<PartDone>(served, { part })
      : nextTurn().then(() => answerPart(served, part)));
    this.rows += done.rows;
    return done;
  }

  private async nextPart(): Promise<Uint8Array | undefined> {
    while (!this.ended) {
      const part = this.splitter.next();
      if (part !== undefined) return part;
      const { done, value } = await this.pieces.next();
      if (done !== true) {
        this.splitter.push(value);
        continue;
      }
      this.ended = true;
      return this.splitter.next() ?? this.splitter.last();
    }
    return this.splitter.next() ?? this.splitter.last();
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
