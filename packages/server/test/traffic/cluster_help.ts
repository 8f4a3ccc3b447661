/** @module Servers of two processes for the tests, and connections to them that stay with one. */

import { type ChildProcess, spawn } from "node:child_process";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("cluster_server.ts", import.meta.url));

export interface Cluster {
  readonly child: ChildProcess;
  readonly url: string;
}

/** Two workers that listen. */
export function startCluster(...places: readonly string[]): Promise<Cluster> {
  return startServer(script, 2, ...places);
}

/** A process that runs a script; it is there when so many lines say a port. */
export async function startServer(path: string, lines: number, ...rest: readonly string[]): Promise<Cluster> {
  const child = spawn(process.execPath, ["--conditions=curtido-source", "--import", "tsx", path, ...rest], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  let text = "";
  await new Promise<void>((resolve) => {
    child.stdout!.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.split("\n").length > lines) resolve();
    });
  });
  return { child, url: `http://127.0.0.1:${/port (\d+)/.exec(text)![1]}` };
}

export interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** One request: on a fresh connection, or on one of an agent's. */
export function get(url: string, method = "GET", body?: string | Uint8Array, more: object = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent: false, ...more }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode!, headers: response.headers, text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A kept connection to one worker. */
export interface Connected {
  readonly pid: number;
  readonly agent: Agent;
}

/** A connection to each of the two workers. */
export async function bothOf(url: string): Promise<Connected[]> {
  const found = new Map<number, Agent>();
  for (let tries = 0; found.size < 2 && tries < 50; tries++) {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const pid = Number((await get(`${url}/test/pid`, "GET", undefined, { agent })).text);
    if (found.has(pid)) agent.destroy();
    else found.set(pid, agent);
  }
  return [...found].map(([pid, agent]) => ({ pid, agent }));
}
