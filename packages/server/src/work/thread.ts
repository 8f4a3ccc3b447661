/** @module One thread of a pool: it has one job at a time, a limit on how long each step of it may take, and on its memory. */

import { createRequire } from "node:module";
import { totalmem } from "node:os";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { Limits } from "@curtido/estimators";
import type { Origin } from "@curtido/estimators/node";
import type { ThreadData } from "./worker.ts";

/** How long an idle thread is kept, in milliseconds. */
const IDLE = 30_000;
/** How many models a thread keeps. */
const MOST_MODELS = 16;
/** Milliseconds between looks at the memory of the process. */
const LOOK = 25;
/** The most that V8's heap of a thread may hold, in MiB; buffers lie outside of it, and are counted where they are made. */
const MOST_HEAP = Math.min(2048, Math.floor(totalmem() / 2 ** 21));

/** How much less urgent the work of threads is than that of the main one. */
const NICENESS = 5;

/** What a thread needs to revive a model: where it is from, its bytes in memory that is shared. */
export interface Load extends Origin {
  readonly name: string;
  /** What the model may cost, where somebody said so. */
  readonly limits?: Partial<Limits>;
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

/** What a thread sends once it is there. */
export const READY = "ready";

/** What a thread sends back. */
export type Replied = { readonly id: number } & (
  | { readonly done: unknown }
  | { readonly failed: unknown }
  /** A step is over: the next one has a time of its own. */
  | { readonly stepped: true }
);

/** A job that waits for a thread, or has one. */
export interface Waiting {
  readonly model: object;
  readonly load: () => Load | undefined;
  readonly job: unknown;
  readonly transfer: readonly ArrayBuffer[];
  /** How long each of its steps may take, in milliseconds; the last stands for all that follow. */
  readonly steps: readonly number[];
  resolve(done: unknown): void;
  reject(error: unknown): void;
}

/** How a thread is made. */
export interface ThreadOptions {
  /** The module that it runs. */
  readonly script: URL;
  /** How long it is kept when it is idle, in milliseconds. */
  readonly idle?: number;
  /** How much less urgent its work is than that of the main thread, 0 to 19; 5 unless told otherwise. */
  readonly niceness?: number;
  /** By how many bytes the process may grow while it has a job; V8's own limits do not see buffers. */
  readonly memory?: number;
  /** Makes an error of what the thread says of one. */
  readonly failure: (told: unknown) => unknown;
}

/** The job of a thread that ended before it was done. */
export class ThreadEnded extends Error {
  override readonly name = "ThreadEnded";
}

/** The job of a thread that was ended, because a step took longer than it may. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";
  /** Which step, from 0. */
  readonly step: number;
  readonly milliseconds: number;

  constructor(step: number, milliseconds: number) {
    super(`a job took longer than ${milliseconds} ms`);
    this.step = step;
    this.milliseconds = milliseconds;
  }
}

/** The job of a thread that was ended, because the process grew by more than it may meanwhile. */
export class OutOfMemory extends Error {
  override readonly name = "OutOfMemory";
}

/** Who gives it jobs. */
export interface Owner {
  free(): void;
  gone(): void;
}

/** A thread, and the job that it has. */
export class Thread {
  private readonly worker: Worker;
  private readonly options: ThreadOptions;
  /** Models that it has, the longest unused first. */
  private readonly models = new Set<number>();
  private readonly owner: Owner;
  private current: Waiting | undefined;
  private jobs = 0;
  private idle: NodeJS.Timeout | undefined;
  private step = 0;
  private deadline: NodeJS.Timeout | undefined;
  private scales: NodeJS.Timeout | undefined;
  private ending = false;
  /** Since when it has its job; `undefined` while it starts. */
  since: number | undefined;

  constructor(options: ThreadOptions, owner: Owner) {
    this.options = options;
    this.owner = owner;
    this.worker = threadOf(options);
    this.worker.unref();
    this.worker.on("message", (reply: Replied | typeof READY) => {
      if (reply === READY) this.since = performance.now();
      else this.take(reply);
    });
    this.worker.on("error", (error) => this.end(error));
    this.worker.on("exit", () => this.end());
  }

  get free(): boolean {
    return this.current === undefined && !this.ending;
  }

  give(waiting: Waiting, model: number): void {
    clearTimeout(this.idle);
    this.current = waiting;
    if (this.since !== undefined) this.since = performance.now();
    this.begin(0);
    this.weigh();
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

  /** A step begins: it has to be over in time. */
  private begin(step: number): void {
    const steps = this.current?.steps ?? [];
    const most = steps[Math.min(step, steps.length - 1)]!;
    this.step = step;
    clearTimeout(this.deadline);
    this.deadline = setTimeout(() => {
      this.current?.reject(new OutOfTime(step, most));
      void this.end();
    }, most);
    this.deadline.unref();
  }

  /** Sees to it that the process does not grow too much from here on. */
  private weigh(): void {
    const { memory } = this.options;
    if (memory === undefined) return;
    const most = process.memoryUsage.rss() + memory;
    this.scales = setInterval(() => {
      if (process.memoryUsage.rss() <= most) return;
      this.current?.reject(new OutOfMemory("a job took more memory than it may"));
      void this.end();
    }, LOOK);
    this.scales.unref();
  }

  private take(reply: Replied): void {
    const { current } = this;
    if (reply.id !== this.jobs || this.ending) return;
    if ("stepped" in reply) {
      this.begin(this.step + 1);
      return;
    }
    clearTimeout(this.deadline);
    clearInterval(this.scales);
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
      clearTimeout(this.deadline);
      clearInterval(this.scales);
      this.current?.reject(new ThreadEnded("a thread ended while it was at work", { cause: error }));
      this.current = undefined;
      this.owner.gone();
    }
    await this.worker.terminate();
  }
}

/** A thread. From source it needs what reads TypeScript, which only code in JavaScript can load there. */
function threadOf({ script, niceness = NICENESS }: ThreadOptions): Worker {
  const workerData: ThreadData = { niceness };
  const options = { workerData, resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP } };
  if (!script.pathname.endsWith(".ts")) return new Worker(script, options);
  const loader = pathToFileURL(createRequire(script).resolve("tsx/esm/api")).href.replace(/\.cjs$/, ".mjs");
  const code = `import { register } from ${JSON.stringify(loader)}; register(); await import(${JSON.stringify(script.href)});`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
    ...options,
    execArgv: ["--conditions=curtido-source"],
  });
}
