/** @module The servers that answer the same request: curtido, a bare one, and Flask behind gunicorn. */

import { request } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, Running } from "./process.ts";
import { python } from "./python.ts";

/** A server that listens, and what to ask it. */
export interface Server {
  readonly name: string;
  readonly port: number;
  readonly path: string;
  /** The key that requests bear. */
  readonly key?: string;
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

/** {@link curtido} with a registry in `data`, that looks at a key and logs every prediction. */
export function keyed(model: string, data: string, core?: number): Promise<Server> {
  return withRegistry("curtido serve, key and log", model, data, ["--log-predictions", "1"], core);
}

/** {@link curtido} with a registry in `data`; everybody may predict, and the key may publish. */
export function registry(model: string, data: string): Promise<Server> {
  return withRegistry("curtido serve", model, data, []);
}

async function withRegistry(
  name: string,
  model: string,
  data: string,
  more: readonly string[],
  core?: number,
): Promise<Server> {
  const port = await freePort();
  const key = "a-key-of-the-benchmark-0123456789";
  const serve = [process.execPath, "packages/curtido/bin/curtido.js", "serve", model] as const;
  const command = [...serve, "--port", String(port), "--data", data, ...more] as const;
  const stem = model.replace(/^.*\/|\.\w+$/g, "");
  return { ...run(name, port, `/${stem}`, command, core, { CURTIDO_KEY: key }), key };
}

/** A bare node:http server that answers that text. */
export async function bare(text: string, core?: number): Promise<Server> {
  const port = await freePort();
  const command = [process.execPath, "bench/sides/bare_server.js", String(port), text] as const;
  return run("bare node:http", port, "/", command, core);
}

/** Flask behind gunicorn with one worker, of the kind that keeps connections open: twice as fast as the default. */
export async function flask(model: string, core?: number): Promise<Server> {
  const port = await freePort();
  const place = [
    "--bind",
    `127.0.0.1:${port}`,
    "--workers",
    "1",
    "--worker-class",
    "gthread",
    "--chdir",
    "bench/python",
    "--log-level",
    "error",
  ];
  const command = [python!, "-m", "gunicorn", ...place, "app:app"] as const;
  const environment = { MODEL_FILE: new URL(`../../${model}`, import.meta.url).pathname };
  return run("Flask, gunicorn", port, "/model", command, core, environment);
}

/**
 * The answer to one row, as soon as the server is there.
 *
 * @throws Error when it ends, answers anything but 200, or is not there in time
 */
export async function firstAnswer({ name, port, path, process }: Server, body: string, seconds = 60): Promise<string> {
  const end = performance.now() + seconds * 1000;
  while (!(await listens(port))) {
    process.check();
    if (performance.now() > end) throw new Error(`${name}: does not listen after ${seconds} seconds`);
    await sleep(2);
  }
  const { status, text } = await post(port, path, body);
  if (status !== 200) throw new Error(`${name}: ${status} ${text}`);
  return text;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/** One request on a connection of its own. */
function post(port: number, path: string, body: string): Promise<{ status: number; text: string }> {
  const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method: "POST", headers, agent: false }, async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode!, text });
    });
    sent.once("error", reject);
    sent.end(body);
  });
}
