/**
 * @module Asks servers in turn as fast as they answer: keep-alive connections, one request at a time on each, the rows
 * in rotation. It reads a {@link Plan} as JSON from standard input and prints a {@link Load} per server as JSON.
 */

import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A server. */
export interface Asked {
  readonly port: number;
  readonly path: string;
  /** The key that requests bear. */
  readonly key?: string | undefined;
  /** It has its turn in every so manieth round. */
  readonly every: number;
}

/** What to ask. */
export interface Plan {
  readonly targets: readonly Asked[];
  readonly bodies: readonly string[];
  readonly connections: number;
  /** How many rounds, and how many seconds a turn. */
  readonly rounds: number;
  readonly seconds: number;
  /** How many requests a second are due, whether the server keeps up or not; as fast as it answers when not given. */
  readonly rate?: number;
}

/** What came of it, for one server. */
export interface Load {
  /** Requests per second in every round. */
  readonly perSecond: readonly number[];
  readonly answered: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  /** How much of its core the generator used, 0 to 1: near 1, it is what limits. */
  readonly busy: number;
  /** Responses that were not 200. */
  readonly failed: number;
}

const LENGTH = /\r\ncontent-length: *(\d+)/i;
const CLOSES = /\r\nconnection: *close/i;

/** One connection; a server that closes it gets a new one. */
class Connection {
  private readonly target: Target;
  private socket: Socket | undefined;
  private connected = false;
  private seen: Buffer | undefined;
  private sent = 0;
  private due: number | undefined;
  /** Whether an answer is awaited. */
  asking = false;

  constructor(target: Target) {
    this.target = target;
    this.open();
  }

  private open(): void {
    const socket = connect(this.target.port, "127.0.0.1");
    this.socket = socket;
    this.connected = false;
    this.seen = undefined;
    socket.setNoDelay(true);
    socket.on("connect", () => {
      this.connected = true;
      if (this.asking) this.write();
    });
    socket.on("data", (chunk) => this.take(chunk));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      if (!this.target.ended) this.open();
    });
  }

  /** @param due - since when the answer is waited for; since it is written unless told otherwise */
  ask(due?: number): void {
    this.asking = true;
    this.due = due;
    if (this.connected) this.write();
  }

  private write(): void {
    this.sent = this.due ?? performance.now();
    this.socket!.write(this.target.nextRequest());
  }

  private take(chunk: Buffer): void {
    const seen = this.seen === undefined ? chunk : Buffer.concat([this.seen, chunk]);
    this.seen = seen;
    const end = seen.indexOf("\r\n\r\n");
    if (end < 0) return;
    const head = seen.toString("latin1", 0, end);
    const length = LENGTH.exec(head)?.[1];
    if (length === undefined) throw new Error(`an answer without a length: ${head}`);
    if (seen.length < end + 4 + Number(length)) return;
    this.seen = undefined;
    this.asking = false;
    this.target.note(performance.now() - this.sent, head.startsWith("HTTP/1.1 200"));
    if (CLOSES.test(head)) {
      this.connected = false;
      this.socket!.destroy();
    }
    this.target.goOn(this);
  }

  end(): void {
    this.socket!.destroy();
  }
}

/** One server and what it answered. */
class Target {
  readonly port: number;
  readonly perSecond: number[] = [];
  readonly latencies: number[] = [];
  private readonly requests: readonly Buffer[];
  private readonly connections: readonly Connection[];
  private active = false;
  private pace: { readonly start: number; readonly rate: number; readonly count: number } | undefined;
  private asked = 0;
  ended = false;
  private next = 0;
  private failed = 0;
  private time = 0;
  private used = 0;

  constructor({ port, path, key }: Asked, { bodies, connections }: Plan) {
    this.port = port;
    const bearer = key === undefined ? "" : `Authorization: Bearer ${key}\r\n`;
    const head = `POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\n${bearer}Content-Type: application/json\r\nContent-Length: `;
    this.requests = bodies.map((body) => Buffer.from(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`));
    this.connections = Array.from({ length: connections }, () => new Connection(this));
  }

  nextRequest(): Buffer {
    return this.requests[this.next++ % this.requests.length]!;
  }

  note(milliseconds: number, good: boolean): void {
    this.latencies.push(milliseconds);
    if (!good) this.failed++;
  }

  /** Asks on every connection for so many seconds, and until all is answered. */
  async turn(seconds: number, rate?: number): Promise<void> {
    const before = this.latencies.length;
    const cpu = process.cpuUsage();
    const start = performance.now();
    if (rate === undefined) {
      this.active = true;
      for (const connection of this.connections) connection.ask();
      await sleep(seconds * 1000);
      this.active = false;
    } else await this.steady(seconds, rate);
    while (this.connections.some(({ asking }) => asking)) await sleep(1);
    const milliseconds = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    this.perSecond.push(((this.latencies.length - before) / milliseconds) * 1000);
    this.time += milliseconds;
    this.used += (user + system) / 1000;
  }

  /** What a connection does that has its answer: asks again, when a request is due. */
  goOn(connection: Connection): void {
    if (this.active) connection.ask();
    else this.askDue(connection);
  }

  private askDue(connection: Connection): boolean {
    if (this.pace === undefined) return false;
    const { start, rate, count } = this.pace;
    const due = Math.min(count, ((performance.now() - start) / 1000) * rate);
    if (this.asked >= due) return false;
    connection.ask(start + (this.asked++ / rate) * 1000);
    return true;
  }

  /** Asks when a request is due, or as soon after that as a connection is free; looks once a millisecond, and at every answer. */
  private async steady(seconds: number, rate: number): Promise<void> {
    const count = Math.floor(seconds * rate);
    this.asked = 0;
    this.pace = { start: performance.now(), rate, count };
    while (this.asked < count) {
      for (const connection of this.connections) if (!connection.asking && !this.askDue(connection)) break;
      await sleep(1);
    }
    this.pace = undefined;
  }

  end(): Load {
    this.ended = true;
    for (const connection of this.connections) connection.end();
    const sorted = Float64Array.from(this.latencies).sort();
    const at = (part: number) => sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN;
    const { perSecond, failed, used, time } = this;
    const [p50, p99, longest] = [at(0.5), at(0.99), at(1)];
    return { perSecond, answered: sorted.length, p50, p99, longest, busy: used / time, failed };
  }
}

/** All servers, one after the other, round after round. */
async function run(plan: Plan): Promise<Load[]> {
  const targets = plan.targets.map((target) => new Target(target, plan));
  for (let round = 0; round < plan.rounds; round++) {
    for (const [at, target] of targets.entries()) {
      if (round % plan.targets[at]!.every === 0) await target.turn(plan.seconds, plan.rate);
    }
  }
  return targets.map((target) => target.end());
}

console.log(JSON.stringify(await run(JSON.parse(readFileSync(0, "utf8")) as Plan)));
