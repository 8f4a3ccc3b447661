/** @module Requests per second of one server process on one core, one row each, 1,000 rows in rotation. */

import { ask, pins } from "./kit/process.ts";
import { type BenchModel, benchModel, NO_PYTHON, python } from "./kit/python.ts";
import type { Report, Target } from "./kit/report.ts";
import { bare, curtido, firstAnswer, flask, type Server } from "./kit/servers.ts";
import { alternate, median, pairedRatio } from "./kit/stats.ts";
import type { Load, Plan } from "./sides/generator.ts";

/** The core that servers are held to, and the one of the generator. */
const SERVER_CORE = 0;
const CLIENT_CORE = 1;
const ROUNDS = 9;
const CONNECTIONS = 32;
const WARM_UP = 3;
const SECONDS = 1.5;

/** What one round of one server gave. */
interface Round extends Load {
  /** Requests per second of processor time, where the system tells it. */
  readonly perCpuSecond: number;
}

/** Three models: the first example, and two with 20 features. */
export async function bench(): Promise<Report> {
  const columns = ["", "requests/s", "per CPU second", "p50 ms", "p99 ms", "generator busy", "x bare", "x Flask"];
  const rows: (string | number)[][] = [];
  const targets: Target[] = [];
  const leftOut: string[] = python === undefined ? [NO_PYTHON] : [];
  for (const name of ["modelo", "linear", "forest"]) {
    const model = name === "modelo" ? exampleModel() : await benchModel(name);
    if (model === undefined) leftOut.push(`${name}: the file is made by ${NO_PYTHON}`);
    else await measure(model, rows, targets);
  }
  const notes = [
    `${CONNECTIONS} connections, ${ROUNDS} rounds in turn of ${SECONDS} s; medians, ratios of neighbouring rounds`,
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
  try {
    servers.push(await bare(await firstAnswer(servers[0]!, bodies[0]!), SERVER_CORE));
    if (python !== undefined) servers.push(await flask(model.path, SERVER_CORE));
    for (const server of servers) await warmUp(server, model, bodies);
    const rounds = await alternate(
      ROUNDS,
      servers.map((server) => () => round(server, bodies, SECONDS)),
    );
    const [ours, floor, theirs] = rounds;
    servers.forEach((server, at) => rows.push(line(model.name, server, rounds[at]!, at === 0 ? [floor!, theirs] : [])));
    const measured = pairedRatio(rates(ours!), rates(floor!));
    targets.push({
      what: `${model.name}, of the bare server's requests/s,`,
      measured,
      bound: 0.75,
      kind: "at least",
      unit: "x",
    });
  } finally {
    await Promise.all(servers.map((server) => server.process.end()));
  }
}

/** Answers are compared with Python's before any is counted; then the code has time to become fast. */
async function warmUp(server: Server, model: BenchModel, bodies: readonly string[]): Promise<void> {
  const answer = JSON.parse(await firstAnswer(server, bodies[0]!)) as { predict: number };
  for (let at = 0; at < 20 && model.predict.length > 0 && server.path !== "/"; at++) {
    const { predict } = at === 0 ? answer : (JSON.parse(await firstAnswer(server, bodies[at]!)) as { predict: number });
    const expected = model.predict[at]!;
    if (Math.abs(predict - expected) > 1e-10 * Math.abs(expected))
      throw new Error(`${server.name}: ${predict}, not ${expected}`);
  }
  await round(server, bodies, WARM_UP);
}

async function round(server: Server, bodies: readonly string[], seconds: number): Promise<Round> {
  const { port, path } = server;
  const plan: Plan = { port, path, bodies, connections: CONNECTIONS, warm: 0.3, seconds };
  const before = server.process.cpuSeconds;
  const command = [process.execPath, "--import", "tsx", "bench/sides/generator.ts"] as const;
  const load = await ask<Load>(command, { core: CLIENT_CORE, input: JSON.stringify(plan), seconds: seconds + 30 });
  const after = server.process.cpuSeconds;
  server.process.check();
  if (load.failed > 0) throw new Error(`${server.name}: ${load.failed} requests failed`);
  const perCpuSecond = before === undefined || after === undefined ? Number.NaN : load.answered / (after - before);
  return { ...load, perCpuSecond };
}

function rates(rounds: readonly Round[]): number[] {
  return rounds.map(({ perSecond }) => perSecond);
}

function line(
  model: string,
  server: Server,
  rounds: readonly Round[],
  others: readonly (readonly Round[] | undefined)[],
): (string | number)[] {
  const of = (key: keyof Round) => median(rounds.map((each) => each[key]));
  const ratios = [0, 1].map((at) => {
    const other = others[at];
    return other === undefined ? "" : pairedRatio(rates(rounds), rates(other));
  });
  return [`${model}: ${server.name}`, of("perSecond"), of("perCpuSecond"), of("p50"), of("p99"), of("busy"), ...ratios];
}
