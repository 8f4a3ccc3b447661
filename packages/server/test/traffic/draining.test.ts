import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { LINEAR, MODELS } from "../help.ts";
import { startCluster, startServer } from "./cluster_help.ts";

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});
const single = fileURLToPath(new URL("slow_server.ts", import.meta.url));
const row = JSON.stringify(LINEAR.rows[0]);

/** How a request ended: its status, or why there is no answer. `taken` is whether a connection was there. */
interface Ended {
  readonly status: number | string;
  readonly taken: boolean;
  readonly last: boolean;
  /** When it was sent. */
  readonly began: number;
}

function ask(url: string, agent: Agent | false): Promise<Ended> {
  return new Promise((resolve) => {
    let taken = false;
    const began = performance.now();
    const headers = { "content-type": "application/json", "content-length": row.length };
    const sent = request(`${url}/linear`, { method: "POST", agent, headers }, (response) => {
      const last = response.headers.connection === "close";
      response.resume();
      response.on("end", () => resolve({ status: response.statusCode!, taken, last, began }));
      response.on("error", (error: NodeJS.ErrnoException) => resolve({ status: error.code!, taken, last, began }));
    });
    sent.on("socket", (socket) => {
      if (!socket.connecting) taken = true;
      else socket.once("connect", () => (taken = true));
    });
    sent.on("error", (error: NodeJS.ErrnoException) => resolve({ status: error.code!, taken, last: false, began }));
    sent.end(row);
  });
}

/** Asks on kept connections until one is refused; every answer, in order. */
async function load(url: string): Promise<Ended[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ended: Ended[] = [];
  for (;;) {
    const each = await ask(url, agent);
    ended.push(each);
    if (each.status !== 200) break;
  }
  agent.destroy();
  return ended;
}

test.each([
  ["one process", () => startServer(single, 1, MODELS.linear)],
  ["two workers", () => startCluster(MODELS.linear)],
])(
  "SIGTERM under load: %s answers all that it took",
  async (_, start) => {
    const { child, url } = await start();
    running.push(child);
    const clients = Array.from({ length: 8 }, () => load(url));
    await new Promise((resolve) => setTimeout(resolve, 500));
    child.kill("SIGTERM");
    const signalled = performance.now();
    const all = (await Promise.all(clients)).flat();
    // What connects afterwards may find workers that take no more; what was sent before must be answered.
    const lost = all.filter(({ status, taken, began }) => status !== 200 && taken && began < signalled);
    expect(lost).toEqual([]);
    expect(all.filter(({ last }) => last).length).toBeGreaterThanOrEqual(8);
    if (child.exitCode === null) await once(child, "exit");
    expect(child.exitCode).toBe(0);
  },
  20_000,
);

test("a second SIGTERM stops at once, whatever is in hand", async () => {
  const { child, url } = await startServer(single, 1, MODELS.linear, "60000");
  running.push(child);
  const waiting = ask(url, false);
  await new Promise((resolve) => setTimeout(resolve, 300));
  child.kill("SIGTERM");
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(child.exitCode).toBe(null);
  child.kill("SIGTERM");
  if (child.exitCode === null) await once(child, "exit");
  expect((await waiting).status).not.toBe(200);
}, 60_000);
