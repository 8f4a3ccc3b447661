import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { LINEAR, MODELS } from "../help.ts";
import { startCluster } from "./cluster_help.ts";

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

const post = (url: string) =>
  fetch(`${url}/linear`, {
    method: "POST",
    headers: { "content-type": "application/json", connection: "close" },
    body: JSON.stringify(LINEAR.rows[0]),
  });

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1").split(" ").filter(Boolean).map(Number);
}

test.skipIf(process.platform !== "linux")(
  "two workers on one port: metrics are summed, a killed one comes back, SIGTERM ends both",
  async () => {
    const { child, url } = await startCluster(MODELS.linear);
    running.push(child);
    for (let at = 0; at < 20; at++) expect((await post(url)).status).toBe(200);
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toContain('curtido_requests_total{model="linear",version="",status="200"} 20');
    const workers = childrenOf(child.pid!);
    expect(workers).toHaveLength(2);
    process.kill(workers[0]!, "SIGKILL");
    await expect
      .poll(() => childrenOf(child.pid!).filter((pid) => !workers.includes(pid)).length, { timeout: 5000 })
      .toBe(1);
    expect((await post(url)).status).toBe(200);
    const asked = (await (await fetch(`${url}/test/announce`)).json()) as unknown;
    expect(asked).toEqual({ announced: true });
    child.kill("SIGTERM");
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
  },
  60_000,
);
