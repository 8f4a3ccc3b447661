/** @module Threads that work on models beside the main one, and share its memory of them. Knows neither models nor HTTP. */

import { availableParallelism } from "node:os";
import { type Load, Thread, ThreadEnded, type ThreadOptions, type Waiting } from "./thread.ts";

/** When all threads have been at work for so long, in milliseconds, what waits gets one more. */
const PATIENCE = 250;
/** How many more threads than usual there may be. */
const SPARE = 3;
/** How long a step may take unless told otherwise, in milliseconds. */
const STEPS: readonly number[] = [300_000];

/** How a pool is made. */
export interface PoolOptions extends ThreadOptions {
  /** How many threads there usually are at most; one less than there are cores unless told otherwise. */
  readonly size?: number;
}

/** What a job may have beside itself. */
export interface JobOptions {
  /** Buffers that go over to the thread instead of being copied. */
  readonly transfer?: readonly ArrayBuffer[];
  /** How long each of its steps may take, in milliseconds; the last stands for all that follow. */
  readonly steps?: readonly number[];
}

/**
 * Threads, started when there is work and ended when there is none for a while. One that crashes, or whose job takes longer
 * than it may, is replaced, and fails only the job that it had. Nobody waits behind long jobs alone: when all threads have
 * been at work for a while, there are a few more.
 */
export class Pool {
  readonly size: number;
  private readonly options: PoolOptions;
  private readonly threads = new Set<Thread>();
  private readonly queue: Waiting[] = [];
  private readonly ids = new WeakMap<object, number>();
  private models = 0;
  private closed = false;
  private impatient: NodeJS.Timeout | undefined;

  constructor(options: PoolOptions) {
    this.options = options;
    this.size = Math.max(1, options.size ?? availableParallelism() - 1);
  }

  /** Jobs that wait for a thread. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Threads that there are. */
  get running(): number {
    return this.threads.size;
  }

  /**
   * Has a job done with a model; `model` stands for it, `load` says how to revive it.
   *
   * @throws ThreadEnded when the thread crashes; OutOfTime when a step takes too long; what the job throws
   */
  run<T>(model: object, load: () => Load | undefined, job: unknown, options: JobOptions = {}): Promise<T> {
    const { transfer = [], steps = STEPS } = options;
    return new Promise<T>((resolve, reject) => {
      if (this.closed) {
        reject(new ThreadEnded("the server is stopping"));
        return;
      }
      this.queue.push({ model, load, job, transfer, steps, resolve: resolve as (done: unknown) => void, reject });
      this.next();
    });
  }

  /** Ends all threads; jobs in hand fail. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.impatient);
    for (const waiting of this.queue.splice(0)) waiting.reject(new ThreadEnded("the server is stopping"));
    await Promise.all([...this.threads].map((thread) => thread.end()));
  }

  private next(): void {
    while (this.queue.length > 0) {
      const thread = [...this.threads].find(({ free }) => free) ?? this.start();
      if (thread === undefined) {
        this.waitForSpare();
        return;
      }
      const waiting = this.queue.shift()!;
      thread.give(waiting, this.idOf(waiting.model));
    }
  }

  /** How long the thread that began last has been at its job; one that starts has not begun. */
  private get busyFor(): number {
    const now = performance.now();
    let last = Number.NEGATIVE_INFINITY;
    for (const { since } of this.threads) last = Math.max(last, since ?? now);
    return now - last;
  }

  /** Looks again once all threads have been at work for too long. */
  private waitForSpare(): void {
    clearTimeout(this.impatient);
    if (this.threads.size >= this.size + SPARE) return;
    this.impatient = setTimeout(() => this.next(), Math.max(1, PATIENCE - this.busyFor));
    this.impatient.unref();
  }

  private start(): Thread | undefined {
    const most = this.threads.size > 0 && this.busyFor >= PATIENCE ? this.size + SPARE : this.size;
    if (this.threads.size >= most) return undefined;
    const thread = new Thread(this.options, {
      free: () => this.next(),
      gone: () => {
        this.threads.delete(thread);
        if (!this.closed) this.next();
      },
    });
    this.threads.add(thread);
    return thread;
  }

  private idOf(model: object): number {
    let id = this.ids.get(model);
    if (id === undefined) {
      id = ++this.models;
      this.ids.set(model, id);
    }
    return id;
  }
}
