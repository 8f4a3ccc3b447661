/**
 * @module Asks a server as fast as it answers: keep-alive connections, one request at a time on each, the rows in
 * rotation. It reads a {@link Plan} as JSON from standard input and prints a {@link Load} as JSON.
 */

import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What to ask. */
export interface Plan {
  readonly port: number;
  readonly path: string;
  readonly bodies: readonly string[];
  readonly connections: number;
  /** Seconds before counting starts, and of counting. */
  readonly warm: number;
  readonly seconds: number;
}

/** What came of it. */
export interface Load {
  readonly perSecond: number;
  /** All answers, those of the warm-up too. */
  readonly answered: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** How much of its core the generator used, 0 to 1: near 1, it is what limits. */
  readonly busy: number;
  /** Responses that were not 200. */
  readonly failed: number;
}

const LENGTH = /\r\ncontent-length: *(\d+)/i;
const CLOSES = /\r\nconnection: *close/i;

class Client {
  readonly latencies: number[] = [];
  failed = 0;
  answered = 0;
  counting = false;
  private next = 0;
  private readonly requests: readonly Buffer[];
  private readonly port: number;
  private stopped = false;
  private readonly sockets = new Set<Socket>();

  constructor({ port, path, bodies }: Plan) {
    this.port = port;
    const head = `POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json\r\nContent-Length: `;
    this.requests = bodies.map((body) => Buffer.from(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`));
  }

  /** One more connection; a server that closes its connections gets new ones. */
  open(): void {
    if (this.stopped) return;
    const socket = connect(this.port, "127.0.0.1");
    this.sockets.add(socket);
    let sent = 0;
    let seen: Buffer | undefined;
    const send = () => {
      if (this.stopped) return void socket.destroy();
      sent = performance.now();
      socket.write(this.requests[this.next++ % this.requests.length]!);
    };
    socket.setNoDelay(true);
    socket.on("connect", send);
    socket.on("data", (chunk) => {
      seen = seen === undefined ? chunk : Buffer.concat([seen, chunk]);
      const end = seen.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = seen.toString("latin1", 0, end);
      const length = LENGTH.exec(head)?.[1];
      if (length === undefined) throw new Error(`an answer without a length: ${head}`);
      if (seen.length < end + 4 + Number(length)) return;
      seen = undefined;
      this.note(sent, head);
      if (CLOSES.test(head)) socket.destroy();
      else send();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.sockets.delete(socket);
      this.open();
    });
  }

  private note(sent: number, head: string): void {
    this.answered++;
    if (!this.counting) return;
    this.latencies.push(performance.now() - sent);
    if (!head.startsWith("HTTP/1.1 200")) this.failed++;
  }

  stop(): void {
    this.stopped = true;
    for (const socket of this.sockets) socket.destroy();
  }
}

/** Asks for as long as the plan says. */
async function run(plan: Plan): Promise<Load> {
  const client = new Client(plan);
  for (let at = 0; at < plan.connections; at++) client.open();
  await sleep(plan.warm * 1000);
  const start = performance.now();
  const used = process.cpuUsage();
  client.counting = true;
  await sleep(plan.seconds * 1000);
  client.counting = false;
  const { user, system } = process.cpuUsage(used);
  const milliseconds = performance.now() - start;
  client.stop();
  const sorted = Float64Array.from(client.latencies).sort();
  const at = (part: number) => sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN;
  return {
    perSecond: (sorted.length / milliseconds) * 1000,
    answered: client.answered,
    p50: at(0.5),
    p99: at(0.99),
    busy: (user + system) / 1000 / milliseconds,
    failed: client.failed,
  };
}

console.log(JSON.stringify(await run(JSON.parse(readFileSync(0, "utf8")) as Plan)));
