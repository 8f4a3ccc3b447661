/** @module From the start of the process to the first answered prediction. */

import { NO_PYTHON, python } from "./kit/python.ts";
import type { Report } from "./kit/report.ts";
import { bare, curtido, firstAnswer, flask, type Server } from "./kit/servers.ts";
import { alternate, median } from "./kit/stats.ts";

const ROUNDS = 11;
const BODY = JSON.stringify({ feature1: "1", feature2: "0", feature3: "1", feature4: "1" });
const MODEL = "examples/modelo.pkl";

/** Starts every side in turn; all cores are theirs. */
export async function bench(): Promise<Report> {
  const sides: (() => Promise<Server>)[] = [
    () => curtido(MODEL, undefined),
    () => bare('{"predict":5423.1426779786}', undefined),
  ];
  if (python !== undefined) sides.push(() => flask(MODEL, undefined));
  const rounds = await alternate(
    ROUNDS,
    sides.map((side) => () => timeOf(side)),
  );
  const names = ["curtido serve", "bare node:http", "Flask, gunicorn"];
  const wall = rounds.map((runs) => runs.map(({ milliseconds }) => milliseconds));
  const cpu = rounds.map((runs) => median(runs.map((run) => run.cpu)));
  return {
    subject: "start",
    title: `from starting the process to the first prediction of ${MODEL}`,
    columns: ["", "median ms", "least ms", "CPU ms"],
    rows: wall.map((times, at) => [names[at]!, median(times), Math.min(...times), cpu[at]!]),
    targets: [{ what: "curtido serve", measured: median(wall[0]!), bound: 400, kind: "at most", unit: " ms" }],
    leftOut: python === undefined ? [NO_PYTHON] : [],
    notes: [`${ROUNDS} rounds in turn, a new process each time; a connection is tried every 2 ms`],
  };
}

interface Started {
  readonly milliseconds: number;
  /** Processor time, where the system tells it. */
  readonly cpu: number;
}

async function timeOf(start: () => Promise<Server>): Promise<Started> {
  const server = await start();
  try {
    await firstAnswer(server, BODY);
    const milliseconds = performance.now() - server.started;
    return { milliseconds, cpu: (server.process.cpuSeconds ?? Number.NaN) * 1000 };
  } finally {
    await server.process.end();
  }
}
