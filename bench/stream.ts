/**
 * @module Memory of the built server while it scores a CSV body of 1 GB, made and sent row by row:
 *     npx tsx --conditions=curtido-source bench/stream.ts [GIGABYTES]
 */

import { readFileSync } from "node:fs";
import { request } from "node:http";
import { freePort, Running } from "./kit/process.ts";
import { firstAnswer } from "./kit/servers.ts";

const HEADER = "feature1,feature2,feature3,feature4\n";
const size = Number(process.argv[2] ?? 1) * 1e9;
/** The bound that the server must keep, in bytes. */
const MOST = 500e6;

/** Rows of many digits, as tables have them: a megabyte, sent again and again. */
function block(): Buffer {
  let text = "";
  for (let at = 0; text.length < 1e6; at++) text += `${at % 2},${(at >> 1) % 2},${(at >> 2) % 2},${Math.sin(at)}\n`;
  return Buffer.from(text);
}

/** The peak of a process's memory, in bytes, as Linux knows it. */
function peak(pid: number): number {
  const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "latin1"));
  return Number(found?.[1] ?? Number.NaN) * 1024;
}

/** Sends the body as fast as it is taken; gives how many lines came back. */
function score(port: number): Promise<{ status: number; lines: number }> {
  const piece = block();
  return new Promise((resolve, reject) => {
    const sent = request({
      host: "127.0.0.1",
      port,
      path: "/modelo",
      method: "POST",
      headers: { "Content-Type": "text/csv" },
    });
    sent.on("error", reject);
    sent.on("response", (response) => {
      let lines = 0;
      response.on("data", (chunk: Buffer) => {
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
      });
      response.on("end", () => resolve({ status: response.statusCode!, lines }));
      response.on("error", reject);
    });
    let left = size - HEADER.length;
    const more = () => {
      while (left > 0) {
        left -= piece.length;
        if (!sent.write(piece)) {
          sent.once("drain", more);
          return;
        }
      }
      sent.end();
    };
    sent.write(HEADER);
    more();
  });
}

const port = await freePort();
const command = [
  process.execPath,
  "packages/curtido/bin/curtido.js",
  "serve",
  "examples/modelo.pkl",
  "--port",
  String(port),
] as const;
const server = new Running(command);
try {
  await firstAnswer({ name: "curtido serve", port, path: "/modelo", process: server, started: 0 }, "[1,0,1,1]");
  const began = performance.now();
  const { status, lines } = await score(port);
  const seconds = (performance.now() - began) / 1000;
  const bytes = peak(server.pid);
  console.log(`${(size / 1e9).toFixed(2)} GB, ${lines - 1} rows in ${seconds.toFixed(1)} s, status ${status}`);
  console.log(`peak memory of the server: ${(bytes / 1e6).toFixed(0)} MB (bound ${MOST / 1e6} MB)`);
  if (status !== 200 || !(bytes < MOST)) process.exitCode = 1;
} finally {
  await server.end();
}
