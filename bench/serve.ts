/** @module Requests per second of one server process on one core, one row each, 1,000 rows in rotation. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, pins } from "./kit/process.ts";
import { type BenchModel, benchModel, NO_PYTHON, python } from "./kit/python.ts";
import type { Report, Target } from "./kit/report.ts";
import { bare, curtido, firstAnswer, flask, keyed, type Server } from "./kit/servers.ts";
import { median, pairedRatio } from "./kit/stats.ts";
import type { Load, Plan } from "./sides/generator.ts";

/** The core that servers are held to, and the one of the generator. */
const SERVER_CORE = 0;
const CLIENT_CORE = 1;
const CONNECTIONS = 32;
/** Short turns: what else the machine does then slows neighbouring turns alike. */
const ROUNDS = 40;
const SECONDS = 0.4;
/** Flask has its turn in every fourth round: its ratio is far from any that matters to a percent. */
const FLASK_EVERY = 4;
const WARM_UP = { rounds: 1, seconds: 3 };

/** What one server gave. */
interface Measured extends Load {
  /** Requests per second of processor time, where the system tells it. */
  readonly perCpuSecond: number;
}

/** Three models: the first example, and two with 20 features. */
export async function bench(): Promise<Report> {
  const columns = [
    "",
    "requests/s",
    "per CPU second",
    "p50 ms",
    "p99 ms",
    "generator busy",
    "x bare",
    "by CPU",
    "x Flask",
  ];
  const rows: (string | number)[][] = [];
  const targets: Target[] = [];
  const leftOut: string[] = python === undefined ? [NO_PYTHON] : [];
  for (const name of ["modelo", "linear", "forest"]) {
    const model = name === "modelo" ? exampleModel() : await benchModel(name);
    if (model === undefined) leftOut.push(`${name}: the file is made by ${NO_PYTHON}`);
    else await measure(model, rows, targets);
  }
  const notes = [
    `${CONNECTIONS} connections, ${ROUNDS} turns of ${SECONDS} s each; medians, and of the ratios of neighbouring turns`,
    pins ? "servers on core 0, the generator on core 1" : "no taskset here: servers share all cores",
  ];
  return { subject: "serve", title: "POST of one row", columns, rows, targets, leftOut, notes };
}

/** `examples/modelo.pkl`, with rows of our own: it has only twelve. */
function exampleModel(): BenchModel {
  const rows = Array.from({ length: 1000 }, (_, at) => [at % 2, (at >> 1) % 2, (at >> 2) % 2, at / 1000]);
  return { name: "modelo", path: "examples/modelo.pkl", rows, predict: [] };
}

async function measure(model: BenchModel, rows: (string | number)[][], targets: Target[]): Promise<void> {
  const bodies = model.rows.map((row) =>
    JSON.stringify(Object.fromEntries(row.map((value, at) => [`feature${at + 1}`, value]))),
  );
  const servers: Server[] = [await curtido(model.path, SERVER_CORE)];
  const data = mkdtempSync(join(tmpdir(), "curtido-bench-"));
  try {
    servers.push(await bare(await firstAnswer(servers[0]!, bodies[0]!), SERVER_CORE));
    if (python !== undefined) servers.push(await flask(model.path, SERVER_CORE));
    if (model.name === "modelo") servers.push(await keyed(model.path, data, SERVER_CORE));
    for (const server of servers) await check(server, model, bodies);
    await load(servers, { bodies, ...WARM_UP });
    const measured = await load(servers, { bodies, rounds: ROUNDS, seconds: SECONDS });
    const [ours, floor] = measured;
    const theirs = measured[servers.findIndex(({ name }) => name.startsWith("Flask"))];
    const secured = measured[servers.findIndex(({ key }) => key !== undefined)];
    servers.forEach((server, at) => {
      rows.push(
        line(`${model.name}: ${server.name}`, measured[at]!, server.name.startsWith("curtido") ? [floor, theirs] : []),
      );
    });
    const ratio = pairedRatio(ours!.perSecond, floor!.perSecond);
    const what = `${model.name}, of the bare server's requests/s,`;
    targets.push({ what, measured: ratio, bound: model.name === "modelo" ? 0.7 : 0.75, kind: "at least", unit: "x" });
    if (secured !== undefined) {
      const share = pairedRatio(secured.perSecond, floor!.perSecond);
      const asked = `${model.name}, with a key and a log, of the bare server's requests/s,`;
      targets.push({ what: asked, measured: share, bound: 0.55, kind: "at least", unit: "x" });
    }
  } finally {
    await Promise.all(servers.map((server) => server.process.end()));
    rmSync(data, { recursive: true, force: true });
  }
}

/** Compares the first answers with Python's. */
async function check(server: Server, model: BenchModel, bodies: readonly string[]): Promise<void> {
  await firstAnswer(server, bodies[0]!);
  if (server.name === "bare node:http") return;
  for (const [at, expected] of model.predict.slice(0, 20).entries()) {
    const { predict } = JSON.parse(await firstAnswer(server, bodies[at]!)) as { predict: number };
    if (Math.abs(predict - expected) > 1e-10 * Math.abs(expected))
      throw new Error(`${server.name}: ${predict}, not ${expected}`);
  }
}

async function load(
  servers: readonly Server[],
  { bodies, rounds, seconds }: Pick<Plan, "bodies" | "rounds" | "seconds">,
): Promise<Measured[]> {
  const targets = servers.map(({ port, path, key, name }) => ({
    port,
    path,
    key,
    every: name.startsWith("Flask") ? FLASK_EVERY : 1,
  }));
  const plan: Plan = { targets, bodies, connections: CONNECTIONS, rounds, seconds };
  const input = JSON.stringify(plan);
  const before = servers.map((server) => server.process.cpuSeconds ?? Number.NaN);
  const command = [process.execPath, "--import", "tsx", "bench/sides/generator.ts"] as const;
  const found = await ask<Load[]>(command, { core: CLIENT_CORE, input, seconds: 300 });
  return found.map((each, at) => {
    const server = servers[at]!;
    server.process.check();
    if (each.failed > 0) throw new Error(`${server.name}: ${each.failed} requests failed`);
    return { ...each, perCpuSecond: each.answered / ((server.process.cpuSeconds ?? Number.NaN) - before[at]!) };
  });
}

function line(
  name: string,
  measured: Measured,
  [floor, theirs]: readonly (Measured | undefined)[],
): (string | number)[] {
  const { perSecond, perCpuSecond, p50, p99, busy } = measured;
  return [
    name,
    median(perSecond),
    perCpuSecond,
    p50,
    p99,
    busy,
    floor === undefined ? "" : pairedRatio(perSecond, floor.perSecond),
    floor === undefined ? "" : perCpuSecond / floor.perCpuSecond,
    theirs === undefined ? "" : median(perSecond) / median(theirs.perSecond),
  ];
}
