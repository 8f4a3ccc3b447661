/** @module Processes of a benchmark: each bounded in time, and ended by its own id. */

import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

/** The repository's folder, where every process starts. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** One thread for every library that would take more; nothing of npm's or tsx's. */
const ENVIRONMENT: NodeJS.ProcessEnv = {
  ...process.env,
  NODE_OPTIONS: "",
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  PYTHONDONTWRITEBYTECODE: "1",
  PYTHONWARNINGS: "ignore",
};

const canPin = availableParallelism() > 1 && spawnSync("taskset", ["-c", "0", "true"]).status === 0;

/** Whether processes can be held to one core here. */
export const pins = canPin;

/** A command line; with a core, held to it. */
type Command = readonly [string, ...string[]];

function pinned(command: Command, core: number | undefined): Command {
  return core === undefined || !canPin ? command : ["taskset", "-c", String(core), ...command];
}

/** How to run a command. */
interface AskOptions {
  readonly core?: number;
  /** How long it may take. */
  readonly seconds?: number;
  /** Its standard input. */
  readonly input?: string;
}

/** The JSON that a command prints as its last line. */
export function ask<T>(command: Command, options: AskOptions = {}): Promise<T> {
  const [file, ...args] = pinned(command, options.core);
  const limits = { cwd: ROOT, env: ENVIRONMENT, timeout: (options.seconds ?? 120) * 1000, maxBuffer: 1 << 26 };
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, limits, (error, stdout, stderr) => {
      if (error !== null) reject(new Error(`${command.slice(1, 3).join(" ")}: ${stderr || error.message}`));
      else resolve(JSON.parse(stdout.trimEnd().split("\n").at(-1)!) as T);
    });
    child.stdin!.end(options.input ?? "");
  });
}

/** A process that runs until it is ended. */
export class Running {
  private readonly child: ChildProcess;
  private words = "";

  constructor(command: Command, core?: number, environment: NodeJS.ProcessEnv = {}) {
    const [file, ...args] = pinned(command, core);
    const env = { ...ENVIRONMENT, ...environment };
    this.child = spawn(file, args, { cwd: ROOT, env, stdio: ["ignore", "ignore", "pipe"] });
    this.child.on("error", (error) => this.note(error.message));
    this.child.stderr!.on("data", (chunk: Buffer) => this.note(chunk.toString()));
  }

  private note(text: string): void {
    this.words = (this.words + text).slice(-2000);
  }

  /** @throws Error with what it wrote to standard error, when it has ended already */
  check(): void {
    const { exitCode, signalCode } = this.child;
    if (exitCode !== null || signalCode !== null) throw new Error(`a process ended by itself: ${this.words}`);
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** The processor time that it and its children have used, in seconds; `undefined` where the system does not say. */
  get cpuSeconds(): number | undefined {
    return cpuSeconds(this.child.pid!);
  }

  /** Asks it to end, and ends it after ten seconds. */
  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, "exit");
    this.child.kill("SIGTERM");
    const force = setTimeout(() => this.child.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(force);
  }
}

function cpuSeconds(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const [user, system] = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13)
      .map(Number);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1").split(" ").filter(Boolean);
    return children.reduce((sum, child) => sum + (cpuSeconds(Number(child)) ?? 0), (user! + system!) / 100);
  } catch {
    return undefined;
  }
}

/** A port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  await once(server.close(), "close");
  return port;
}
