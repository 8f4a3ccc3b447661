/** @module Several processes on one port: started, restarted, asked together, ended. */

import cluster, { type Worker } from "node:cluster";
import { HttpProblem } from "../http/problem.ts";
import { joined } from "../observe/metrics.ts";
import { reportError } from "../observe/report.ts";
import type { Service } from "../service.ts";

/** How long one process waits for the others to answer, in milliseconds. */
const PATIENCE = 10_000;
/** How long a process may take to follow the registry before it is started again, in milliseconds. */
const FOLLOWING = 60_000;
/** What processes are asked: their numbers; to follow the registry. And what one says before it reads the registry. */
const METRICS = "metrics";
const REVISION = "revision";
const HERE = "here";
/** How long a worker that ended waits to be started again: doubled each time, until one lived for a while. */
const RESTART = { first: 100, most: 10_000, lived: 30_000 };

interface Message {
  readonly curtido: "ask" | "asked" | "answer" | "answers" | "listening";
  readonly id?: number;
  readonly topic?: string;
  readonly value?: unknown;
  /** Why there is no answer. */
  readonly failed?: string;
}

/** What all processes answered. */
interface Answers {
  readonly answers: readonly unknown[];
  readonly failures: readonly string[];
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
  private readonly waiting = new Map<number, (answers: Answers) => void>();
  private last = 0;

  constructor() {
    if (cluster.isWorker) process.on("message", (message) => void this.take(message as Message));
  }

  /** What this process answers on a topic. */
  on(topic: string, handler: Handler): void {
    this.handlers.set(topic, handler);
  }

  /** What all processes answer. Those that end meanwhile, fail, or do not answer in time are left out. */
  async ask(topic: string, value?: unknown): Promise<readonly unknown[]> {
    return (await this.askAll(topic, value)).answers;
  }

  /**
   * Has all processes follow the registry at least up to a revision. One that does not answer in time is started again,
   * and begins with the newest state.
   *
   * @throws HttpProblem 503 when one of them cannot
   */
  async follow(revision: number): Promise<void> {
    const { failures } = await this.askAll(REVISION, revision);
    if (failures.length === 0) return;
    const detail = `the change is stored, but not every worker could follow it yet: ${failures[0]}`;
    throw new HttpProblem(503, detail, { headers: { "Retry-After": "1" } });
  }

  /** From now on this process is asked what all are asked; done once the first process knows. */
  async here(): Promise<void> {
    if (cluster.isWorker) await this.askAll(HERE);
  }

  private async askAll(topic: string, value?: unknown): Promise<Answers> {
    if (!cluster.isWorker) return { answers: [await this.handlers.get(topic)?.(value)], failures: [] };
    const id = ++this.last;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      process.send!({ curtido: "ask", id, topic, value } satisfies Message);
    });
  }

  private async take({ curtido, id, topic, value }: Message): Promise<void> {
    if (curtido === "answers") {
      this.waiting.get(id!)?.(value as Answers);
      this.waiting.delete(id!);
    }
    if (curtido !== "asked") return;
    const reply = await this.replyTo(topic!, value);
    if (process.connected) process.send!({ curtido: "answer", id: id!, ...reply } satisfies Message);
  }

  private async replyTo(topic: string, value: unknown): Promise<Pick<Message, "value" | "failed">> {
    try {
      return { value: await this.handlers.get(topic)?.(value) };
    } catch (error) {
      reportError(error);
      return { failed: error instanceof Error ? error.message : String(error) };
    }
  }
}

/**
 * Has a service answer `/metrics` for all processes, and follow the registry when one of them says so. Before it listens:
 * what is published while a process starts is either in the state that it reads here, or it is told of it.
 *
 * @throws StoreError when the registry cannot be read
 */
export async function join(app: Service, together: Together): Promise<void> {
  together.on(METRICS, () => app.metrics.json());
  together.on(REVISION, (revision) => app.refresh(revision as number));
  if (app.parts.publisher !== undefined) app.parts.publisher.announce = (revision) => announce(together, revision);
  app.metricsText = async () => joined((await together.ask(METRICS)) as Parameters<typeof joined>[0]);
  await together.here();
  if (app.catalog.registry !== undefined) await app.refresh().catch(reportError); // one bad version stops no other
}

/** Tells every process of a revision of the registry; done once each serves it. @throws HttpProblem 503 as {@link Together.follow} */
export async function announce(together: Together, revision: number): Promise<void> {
  await together.follow(revision);
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
export function serveTogether(count: number, { following = FOLLOWING }: TogetherOptions = {}): Promise<number> {
  return new Promise((resolve) => new Primary(count, following, resolve));
}

/** How processes serve together. */
export interface TogetherOptions {
  /** How long one may take to follow the registry before it is started again, in milliseconds; 60,000 unless told otherwise. */
  readonly following?: number;
}

class Primary {
  private readonly count: number;
  private readonly following: number;
  /** Those that are asked what all are asked. */
  private readonly here = new Set<Worker>();
  private readonly done: (code: number) => void;
  private readonly questions = new Map<string, Question>();
  private port: number | undefined;
  private stopping = 0;
  private delay = RESTART.first;
  private questionCount = 0;

  constructor(count: number, following: number, done: (code: number) => void) {
    this.count = count;
    this.following = following;
    this.done = done;
    cluster.on("message", (worker, message: Message) => this.take(worker, message));
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => this.stop());
    this.start();
  }

  private start(): void {
    const began = performance.now();
    const worker = cluster.fork(this.port === undefined ? {} : { CURTIDO_SHARED_PORT: String(this.port) });
    worker.once("exit", (code) => {
      this.here.delete(worker);
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

  private take(worker: Worker, { curtido, id, topic, value, failed }: Message): void {
    if (curtido === "listening" && this.port === undefined) {
      this.port = value as number;
      for (let started = 1; started < this.count; started++) this.start();
    }
    if (curtido === "ask") this.ask(worker, id!, topic!, value);
    if (curtido === "answer") this.questions.get(String(id))?.answer(worker, value, failed);
  }

  private ask(from: Worker, id: number, topic: string, value: unknown): void {
    const question = ++this.questionCount;
    if (topic === HERE) this.here.add(from);
    const workers = topic === HERE ? [] : [...this.here].filter((worker) => worker.isConnected());
    const finish = (answers: Answers) => {
      this.questions.delete(String(question));
      if (from.isConnected()) from.send({ curtido: "answers", id, value: answers } satisfies Message);
    };
    const late = topic === REVISION ? (worker: Worker) => void worker.process.kill("SIGKILL") : undefined;
    const limit = topic === REVISION ? this.following : PATIENCE;
    if (workers.length === 0) {
      finish({ answers: [], failures: [] });
      return;
    }
    this.questions.set(String(question), new Question(workers, limit, finish, late));
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
  private readonly failures: string[] = [];
  private readonly finish: (answers: Answers) => void;
  private readonly timer: NodeJS.Timeout;

  /** @param late - what becomes of those that do not answer in time; nothing unless told otherwise */
  constructor(
    workers: readonly Worker[],
    limit: number,
    finish: (answers: Answers) => void,
    late: ((worker: Worker) => void) | undefined,
  ) {
    this.open = new Set(workers);
    this.finish = finish;
    this.timer = setTimeout(() => {
      if (late === undefined) this.end();
      else for (const worker of this.open) late(worker); // their end is their answer
    }, limit);
  }

  answer(worker: Worker, value: unknown, failed: string | undefined): void {
    if (!this.open.has(worker)) return;
    if (failed === undefined) this.answers.push(value);
    else this.failures.push(failed);
    this.without(worker);
  }

  without(worker: Worker): void {
    if (this.open.delete(worker) && this.open.size === 0) this.end();
  }

  private end(): void {
    this.open.clear();
    clearTimeout(this.timer);
    this.finish({ answers: this.answers, failures: this.failures });
  }
}
