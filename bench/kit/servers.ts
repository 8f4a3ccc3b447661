/** @module The servers that answer the same request: curtido, a bare one, and Flask behind gunicorn. */

import { setTimeout as sleep } from "node:timers/promises";
import { freePort, Running } from "./process.ts";
import { python } from "./python.ts";

/** A server that listens, and what to ask it. */
export interface Server {
  readonly name: string;
  readonly port: number;
  readonly path: string;
  readonly process: Running;
  /** When its process started, on `performance.now()`'s clock. */
  readonly started: number;
}

function run(name: string, port: number, path: string, ...rest: ConstructorParameters<typeof Running>): Server {
  const started = performance.now();
  return { name, port, path, process: new Running(...rest), started };
}

/** The built `curtido serve`. */
export async function curtido(model: string, core?: number): Promise<Server> {
  const port = await freePort();
  const command = [
    process.execPath,
    "packages/curtido/bin/curtido.js",
    "serve",
    model,
    "--port",
    String(port),
  ] as const;
  const stem = model.replace(/^.*\/|\.\w+$/g, "");
  return run("curtido serve", port, `/${stem}`, command, core);
}

/** A bare node:http server that answers that text. */
export async function bare(text: string, core?: number): Promise<Server> {
  const port = await freePort();
  const command = [process.execPath, "bench/sides/bare_server.js", String(port), text] as const;
  return run("bare node:http", port, "/", command, core);
}

/** Flask behind gunicorn with one worker, as gunicorn comes. */
export async function flask(model: string, core?: number): Promise<Server> {
  const port = await freePort();
  const place = ["--bind", `127.0.0.1:${port}`, "--workers", "1", "--chdir", "bench/python", "--log-level", "error"];
  const command = [python!, "-m", "gunicorn", ...place, "app:app"] as const;
  const environment = { MODEL_FILE: new URL(`../../${model}`, import.meta.url).pathname };
  return run("Flask, gunicorn", port, "/model", command, core, environment);
}

/**
 * The answer to one row, asked again until the server is there.
 *
 * @throws Error when it ends, answers anything but 200, or is not there in time
 */
export async function firstAnswer({ name, port, path, process }: Server, body: string, seconds = 60): Promise<string> {
  const end = performance.now() + seconds * 1000;
  const request = { method: "POST", body, headers: { "Content-Type": "application/json" } };
  while (performance.now() < end) {
    process.check();
    const response = await fetch(`http://127.0.0.1:${port}${path}`, request).catch(() => undefined);
    if (response?.ok === true) return response.text();
    if (response !== undefined) throw new Error(`${name}: ${response.status} ${await response.text()}`);
    await sleep(1);
  }
  throw new Error(`${name}: no answer within ${seconds} seconds`);
}
