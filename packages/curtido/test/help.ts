/** @module The command line as a child process, from source. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { main } from "../src/cli.ts";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const MAIN = `import { main } from "./packages/curtido/src/cli.ts"; process.exitCode = await main(process.argv.slice(1));`;

/** What a command said and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts `curtido` with these arguments. */
export function start(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const node = ["--conditions=curtido-source", "--import", "tsx", "--input-type=module", "-e", MAIN, "--", ...args];
  return spawn(process.execPath, node, { cwd: ROOT, env: { ...process.env, ...env } });
}

/** Runs `curtido` to its end in this process: what needs neither standard input nor signals. */
export async function run(args: readonly string[]): Promise<Ended> {
  const said = { out: "", err: "" };
  const record = (stream: "out" | "err") =>
    ((text: string | Uint8Array, ...rest: unknown[]) => {
      said[stream] += typeof text === "string" ? text : new TextDecoder().decode(text);
      const done = rest.find((each) => typeof each === "function") as (() => void) | undefined;
      done?.();
      return true;
    }) as typeof process.stdout.write;
  const out = vi.spyOn(process.stdout, "write").mockImplementation(record("out"));
  const err = vi.spyOn(process.stderr, "write").mockImplementation(record("err"));
  try {
    return { code: await main(args), ...said };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

/** Runs `curtido` to its end as a child process, with something on its standard input. */
export function runChild(args: readonly string[], input: string | Uint8Array): Promise<Ended> {
  return new Promise((resolve) => {
    const child = start(args);
    let out = "";
    let err = "";
    child.stdout!.on("data", (chunk) => (out += chunk));
    child.stderr!.on("data", (chunk) => (err += chunk));
    child.stdin!.on("error", () => undefined);
    child.stdin!.end(input);
    child.once("close", (code) => resolve({ code, out, err }));
  });
}

/** A folder of its own. */
export function folder(): string {
  return mkdtempSync(join(tmpdir(), "curtido-test-"));
}

/** Waits until a stream has said something. */
export function until(child: ChildProcess, stream: "stdout" | "stderr", pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    child[stream]!.on("data", (chunk) => {
      said += chunk;
      if (pattern.test(said)) resolve(said);
    });
    child.once("close", () => reject(new Error(`ended without saying ${pattern}: ${said}`)));
  });
}

/** How a text spells a missing value for pandas, beside leaving the cell empty. */
export const SPELLINGS: readonly string[] = [
  "NA",
  "N/A",
  "n/a",
  "nan",
  "NaN",
  "-nan",
  "-NaN",
  "null",
  "NULL",
  "None",
  "<NA>",
  "#N/A",
  "#NA",
  "1.#IND",
];
