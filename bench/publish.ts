/** @module A service that goes on answering while files are published that cost far more than they weigh. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hostileFiles, largeModel } from "./kit/hostile.ts";
import { ask } from "./kit/process.ts";
import { type Report, round, type Target } from "./kit/report.ts";
import { firstAnswer, registry, type Server } from "./kit/servers.ts";
import type { Load, Plan } from "./sides/generator.ts";

const SECONDS = 60;
const CONNECTIONS = 16;
/** The core that the generator is held to; the service has all. */
const CLIENT_CORE = 1;
const MEGABYTES = 200;
const BODIES = Array.from({ length: 1000 }, (_, at) =>
  JSON.stringify({ feature1: at % 2, feature2: (at >> 1) % 2, feature3: (at >> 2) % 2, feature4: at / 1000 }),
);

/** A file that was put, and what became of it. */
interface Put {
  readonly name: string;
  readonly status: number;
  readonly milliseconds: number;
}

/** One publication a second for a minute, under one-row load at half of what the service can answer. */
export async function bench(): Promise<Report> {
  const files = [...hostileFiles()];
  const honest = largeModel(MEGABYTES);
  const data = mkdtempSync(join(tmpdir(), "curtido-bench-"));
  const server = await registry("examples/modelo.pkl", data);
  try {
    await firstAnswer(server, BODIES[0]!);
    await load(server, { seconds: 3 });
    const most = await load(server, { seconds: 5 });
    const rate = most.perSecond[0]! / 2;
    const quiet = await load(server, { seconds: 5, rate });
    const puts: Promise<Put>[] = [];
    const loaded = load(server, { seconds: SECONDS, rate });
    for (let at = 0; at < SECONDS; at++) {
      const [name, bytes] = at === 10 ? ["honest", honest] : files[at % files.length]!;
      puts.push(put(server, name, bytes));
      await sleep(1000);
    }
    const under = await loaded;
    server.process.check();
    return report(rate, quiet, under, await Promise.all(puts));
  } finally {
    await server.process.end();
    rmSync(data, { recursive: true, force: true });
  }
}

function load({ port, path, key }: Server, how: Pick<Plan, "seconds"> & { readonly rate?: number }): Promise<Load> {
  const targets = [{ port, path, key, every: 1 }];
  const plan: Plan = { targets, bodies: BODIES, connections: CONNECTIONS, rounds: 1, ...how };
  const command = [process.execPath, "--import", "tsx", "bench/sides/generator.ts"] as const;
  return ask<Load[]>(command, { core: CLIENT_CORE, input: JSON.stringify(plan), seconds: 300 }).then(
    ([found]) => found!,
  );
}

async function put({ port, key }: Server, name: string, bytes: Uint8Array): Promise<Put> {
  const began = performance.now();
  const url = `http://127.0.0.1:${port}/${name.replace(/\W+/g, "-")}`;
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/octet-stream" };
  const response = await fetch(url, { method: "PUT", headers, body: bytes as Uint8Array<ArrayBuffer> });
  await response.arrayBuffer();
  return { name, status: response.status, milliseconds: performance.now() - began };
}

function report(rate: number, quiet: Load, under: Load, puts: readonly Put[]): Report {
  const latency = (name: string, { answered, failed, p50, p99, longest }: Load) =>
    [name, answered, failed, round(p50), round(p99), round(longest)] as const;
  const names = [...new Set(puts.map(({ name }) => name))];
  const published = names.map((name) => {
    const times = puts.filter((each) => each.name === name);
    const statuses = [...new Set(times.map(({ status }) => status))].join(", ");
    return [`PUT ${name}: ${statuses}`, times.length, "", "", "", round(Math.max(...times.map((t) => t.milliseconds)))];
  });
  const targets: Target[] = [
    { what: "failed predictions", measured: under.failed, bound: 0, kind: "at most" },
    { what: "p99", measured: under.p99, bound: 20, kind: "at most", unit: "ms" },
  ];
  return {
    subject: "publish",
    title: "POST of one row while hostile files are published",
    columns: ["", "count", "failed", "p50 ms", "p99 ms", "longest ms"],
    rows: [latency("nothing published", quiet), latency("one file a second", under), ...published],
    targets,
    leftOut: [],
    notes: [`${Math.round(rate)} requests a second are due, half of the most; ${CONNECTIONS} connections`],
  };
}
