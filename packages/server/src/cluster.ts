/** @module Several processes on one port: started, restarted, asked together, ended. */

import cluster, { type Worker } from "node:cluster";
import { joined } from "./observe/metrics.ts";
import { reportError } from "./report.ts";
import type { Service } from "./service.ts";

/** How long one process waits for the others to answer, in milliseconds. */
const PATIENCE = 10_000;
/** How long a worker that ended waits to be started again: doubled each time, until one lived for a while. */
const RESTART = { first: 100, most: 10_000, lived: 30_000 };

interface Message {
  readonly curtido: "ask" | "asked" | "answer" | "answers" | "listening";
  readonly id?: number;
  readonly topic?: string;
  readonly value?: unknown;
}

/** What a process does when it is asked. */
type Handler = (value: unknown) => unknown;

/**
 * The processes that serve together, seen from one of them. Alone, it is all there are.
 *
 * @example
 * const together = new Together();
 * together.on("metrics", () => metrics.json());
 * await together.ask("metrics"); // what every process answers
 */
export class Together {
  private readonly handlers = new Map<string, Handler>();
  private readonly waiting = new Map<number, (answers: readonly unknown[]) => void>();
  private last = 0;

  constructor() {
    if (cluster.isWorker) process.on("message", (message) => void this.take(message as Message));
  }

  /** What this process answers on a topic. */
  on(topic: string, handler: Handler): void {
    this.handlers.set(topic, handler);
  }

  /** What all processes answer. Those that end meanwhile, or do not answer in time, are left out. */
  async ask(topic: string, value?: unknown): Promise<readonly unknown[]> {
    if (!cluster.isWorker) return [await this.handlers.get(topic)?.(value)];
    const id = ++this.last;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      process.send!({ curtido: "ask", id, topic, value } satisfies Message);
    });
  }

  private async take({ curtido, id, topic, value }: Message): Promise<void> {
    if (curtido === "answers") {
      this.waiting.get(id!)?.(value as readonly unknown[]);
      this.waiting.delete(id!);
    }
    if (curtido !== "asked") return;
    let answer: unknown;
    try {
      answer = await this.handlers.get(topic!)?.(value);
    } catch (error) {
      reportError(error); // the others wait for an answer all the same
    }
    if (process.connected) process.send!({ curtido: "answer", id: id!, value: answer } satisfies Message);
  }
}

/** Has a service answer `/metrics` for all processes, and follow the registry when one of them says so. */
export function join(app: Service, together: Together): void {
  together.on("metrics", () => app.metrics.json());
  together.on("revision", (revision) => app.refresh(revision as number).catch(reportError));
  if (app.parts.publisher !== undefined) app.parts.publisher.announce = (revision) => announce(together, revision);
  app.metricsText = async () => joined((await together.ask("metrics")) as Parameters<typeof joined>[0]);
}

/** Tells every process of a revision of the registry; done once each has answered. */
export async function announce(together: Together, revision: number): Promise<void> {
  await together.ask("revision", revision);
}

/** Whether this process starts the others. */
export function isPrimary(): boolean {
  return cluster.isPrimary;
}

/** The port that workers after the first ask for; `undefined` for the first, and for a process alone. */
export function sharedPort(): number | undefined {
  const port = process.env["CURTIDO_SHARED_PORT"];
  return cluster.isWorker && port !== undefined ? Number(port) : undefined;
}

/** Says that this worker listens: on which port, and which was asked for. Workers that ask for any (0) get the same. */
export function tellListening(port: number, asked: number | undefined): void {
  if (cluster.isWorker) process.send!({ curtido: "listening", value: asked === 0 ? 0 : port } satisfies Message);
}

/**
 * Runs this very command in so many processes, until SIGTERM or SIGINT: then all end what they have in hand. A second
 * signal ends them at once.
 *
 * @returns the exit code
 */
export function serveTogether(count: number): Promise<number> {
  return new Promise((resolve) => new Primary(count, resolve));
}

class Primary {
  private readonly count: number;
  private readonly done: (code: number) => void;
  private readonly questions = new Map<string, Question>();
  private port: number | undefined;
  private stopping = 0;
  private delay = RESTART.first;
  private questionCount = 0;

  constructor(count: number, done: (code: number) => void) {
    this.count = count;
    this.done = done;
    cluster.on("message", (worker, message: Message) => this.take(worker, message));
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => this.stop());
    this.start();
  }

  private start(): void {
    const began = performance.now();
    const worker = cluster.fork(this.port === undefined ? {} : { CURTIDO_SHARED_PORT: String(this.port) });
    worker.once("exit", (code) => {
      for (const question of this.questions.values()) question.without(worker);
      if (performance.now() - began > RESTART.lived) this.delay = RESTART.first;
      if (this.stopping === 0 && this.port !== undefined) this.restart();
      else if (Object.keys(cluster.workers ?? {}).length === 0) this.done(this.stopping > 0 ? 0 : (code ?? 1));
    });
  }

  private restart(): void {
    process.stderr.write(`a worker ended; another starts in ${this.delay} ms\n`);
    setTimeout(() => {
      if (this.stopping === 0) this.start();
    }, this.delay);
    this.delay = Math.min(RESTART.most, this.delay * 2);
  }

  private take(worker: Worker, { curtido, id, topic, value }: Message): void {
    if (curtido === "listening" && this.port === undefined) {
      this.port = value as number;
      for (let started = 1; started < this.count; started++) this.start();
    }
    if (curtido === "ask") this.ask(worker, id!, topic!, value);
    if (curtido === "answer") this.questions.get(String(id))?.answer(worker, value);
  }

  private ask(from: Worker, id: number, topic: string, value: unknown): void {
    const question = ++this.questionCount;
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker?.isConnected()) as Worker[];
    const finish = (answers: readonly unknown[]) => {
      this.questions.delete(String(question));
      if (from.isConnected()) from.send({ curtido: "answers", id, value: answers } satisfies Message);
    };
    this.questions.set(String(question), new Question(workers, finish));
    for (const worker of workers) worker.send({ curtido: "asked", id: question, topic, value } satisfies Message);
  }

  private stop(): void {
    this.stopping++;
    const workers = Object.values(cluster.workers ?? {}) as Worker[];
    if (workers.length === 0) this.done(0);
    for (const worker of workers) worker.process.kill(this.stopping > 1 ? "SIGKILL" : "SIGTERM");
  }
}

/** Something that all workers are asked. */
class Question {
  private readonly open: Set<Worker>;
  private readonly answers: unknown[] = [];
  private readonly finish: (answers: readonly unknown[]) => void;
  private readonly timer: NodeJS.Timeout;

  constructor(workers: readonly Worker[], finish: (answers: readonly unknown[]) => void) {
    this.open = new Set(workers);
    this.finish = finish;
    this.timer = setTimeout(() => this.end(), PATIENCE);
  }

  answer(worker: Worker, value: unknown): void {
    if (!this.open.has(worker)) return;
    this.answers.push(value);
    this.without(worker);
  }

  without(worker: Worker): void {
    if (this.open.delete(worker) && this.open.size === 0) this.end();
  }

  private end(): void {
    this.open.clear();
    clearTimeout(this.timer);
    this.finish(this.answers);
  }
}
