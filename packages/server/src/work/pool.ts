/** @module Threads that work on models beside the main one, and share its memory of them. Knows neither models nor HTTP. */

import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

/** How long an idle thread is kept, in milliseconds. */
const IDLE = 30_000;
/** How many models a thread keeps. */
const MOST_MODELS = 16;

/** What a thread needs to revive a model. */
export interface Load {
  readonly bytes: Uint8Array;
  readonly path: string | undefined;
  readonly name: string;
}

/** What is sent to a thread. */
export interface ThreadMessage {
  readonly id: number;
  readonly model: number;
  /** With the first job for this model. */
  readonly load: Load | undefined;
  /** A model that it may forget. */
  readonly forget: number | undefined;
  readonly job: unknown;
}

/** What a thread sends back. */
export type Replied = { readonly id: number } & ({ readonly done: unknown } | { readonly failed: unknown });

interface Waiting {
  readonly model: object;
  readonly load: () => Load;
  readonly job: unknown;
  readonly transfer: readonly ArrayBuffer[];
  resolve(done: unknown): void;
  reject(error: unknown): void;
}

/** How a pool is made. */
export interface PoolOptions {
  /** The module that threads run. */
  readonly script: URL;
  /** How many threads there may be; one less than there are cores unless told otherwise. */
  readonly size?: number;
  /** How long an idle thread is kept, in milliseconds. */
  readonly idle?: number;
  /** Makes an error of what a thread says of one. */
  readonly failure: (told: unknown) => unknown;
}

/** The job of a thread that ended before it was done. */
export class ThreadEnded extends Error {
  override readonly name = "ThreadEnded";
}

/**
 * Threads, started when there is work and ended when there is none for a while. One that crashes is replaced, and fails
 * only the job that it had.
 */
export class Pool {
  readonly size: number;
  private readonly options: PoolOptions;
  private readonly threads = new Set<Thread>();
  private readonly queue: Waiting[] = [];
  private readonly ids = new WeakMap<object, number>();
  private models = 0;
  private closed = false;

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
   * @param transfer - buffers that go over to the thread instead of being copied
   * @throws ThreadEnded when the thread crashes; what the job throws
   */
  run<T>(model: object, load: () => Load, job: unknown, transfer: readonly ArrayBuffer[] = []): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.closed) {
        reject(new ThreadEnded("the server is stopping"));
        return;
      }
      this.queue.push({ model, load, job, transfer, resolve: resolve as (done: unknown) => void, reject });
      this.next();
    });
  }

  /** Ends all threads; jobs in hand fail. */
  async close(): Promise<void> {
    this.closed = true;
    for (const waiting of this.queue.splice(0)) waiting.reject(new ThreadEnded("the server is stopping"));
    await Promise.all([...this.threads].map((thread) => thread.end()));
  }

  private next(): void {
    while (this.queue.length > 0) {
      const thread = [...this.threads].find(({ free }) => free) ?? this.start();
      if (thread === undefined) return;
      const waiting = this.queue.shift()!;
      thread.give(waiting, this.idOf(waiting.model));
    }
  }

  private start(): Thread | undefined {
    if (this.threads.size >= this.size) return undefined;
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

interface Owner {
  free(): void;
  gone(): void;
}

class Thread {
  private readonly worker: Worker;
  private readonly options: PoolOptions;
  /** Models that it has, the longest unused first. */
  private readonly models = new Set<number>();
  private readonly owner: Owner;
  private current: Waiting | undefined;
  private jobs = 0;
  private idle: NodeJS.Timeout | undefined;
  private ending = false;

  constructor(options: PoolOptions, owner: Owner) {
    this.options = options;
    this.owner = owner;
    this.worker = threadOf(options.script);
    this.worker.unref();
    this.worker.on("message", (reply: Replied) => this.take(reply));
    this.worker.on("error", (error) => this.end(error));
    this.worker.on("exit", () => this.end());
  }

  get free(): boolean {
    return this.current === undefined && !this.ending;
  }

  give(waiting: Waiting, model: number): void {
    clearTimeout(this.idle);
    this.current = waiting;
    const known = this.models.delete(model);
    this.models.add(model);
    const [oldest] = this.models;
    const forget = this.models.size > MOST_MODELS ? oldest : undefined;
    if (forget !== undefined) this.models.delete(forget);
    const asked: ThreadMessage = {
      id: ++this.jobs,
      model,
      load: known ? undefined : waiting.load(),
      forget,
      job: waiting.job,
    };
    this.worker.ref();
    this.worker.postMessage(asked, waiting.transfer as ArrayBuffer[]);
  }

  private take(reply: Replied): void {
    const { current } = this;
    this.current = undefined;
    this.worker.unref();
    if ("done" in reply) current?.resolve(reply.done);
    else current?.reject(this.options.failure(reply.failed));
    this.idle = setTimeout(() => this.end(), this.options.idle ?? IDLE);
    this.idle.unref();
    this.owner.free();
  }

  async end(error?: unknown): Promise<void> {
    if (!this.ending) {
      this.ending = true;
      clearTimeout(this.idle);
      this.current?.reject(new ThreadEnded("a thread ended while it was at work", { cause: error }));
      this.current = undefined;
      this.owner.gone();
    }
    await this.worker.terminate();
  }
}

/** A thread. From source it needs what reads TypeScript, which only code in JavaScript can load there. */
function threadOf(script: URL): Worker {
  if (!script.pathname.endsWith(".ts")) return new Worker(script);
  const loader = pathToFileURL(createRequire(script).resolve("tsx/esm/api")).href.replace(/\.cjs$/, ".mjs");
  const code = `import { register } from ${JSON.stringify(loader)}; register(); await import(${JSON.stringify(script.href)});`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
    execArgv: ["--conditions=curtido-source"],
  });
}
