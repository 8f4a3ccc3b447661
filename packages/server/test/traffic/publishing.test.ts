import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "@curtido/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LINEAR, MODELS } from "../help.ts";
import { bothOf, type Cluster, type Connected, get, startCluster } from "./cluster_help.ts";

const folder = mkdtempSync(join(tmpdir(), "curtido-publishing-"));
const models = [MODELS.linear, MODELS.binary].map((path) => readFileSync(path));
const row = JSON.stringify(Object.values(LINEAR.rows[0]!));
let cluster: Cluster;
let key = "";
beforeAll(async () => {
  const store = await openStore({ data: folder });
  ({ secret: key } = await store.keys.create({ name: "test", scopes: ["admin"] }));
  await store.close();
  cluster = await startCluster("", folder);
}, 60_000);
afterAll(() => {
  cluster.child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const authorization = () => ({ authorization: `Bearer ${key}` });
const put = (at: number, agent: unknown = false) =>
  get(`${cluster.url}/m?change=signature`, "PUT", models[at % 2]!, { agent, headers: authorization() });
const headers = { "content-type": "application/json" };
/** The versions that fresh connections get. */
async function versionsNow(count = 40): Promise<Set<unknown>> {
  const answers = await Promise.all(
    Array.from({ length: count }, () => get(`${cluster.url}/m`, "POST", row, { headers })),
  );
  return new Set(answers.map(({ status, headers: got }) => (status === 200 ? got["curtido-version"] : status)));
}

test("a publish is answered when every worker serves the new version", async () => {
  for (let at = 0; at < 20; at++) {
    const answer = await put(at);
    expect([200, 201]).toContain(answer.status);
    expect([...(await versionsNow())]).toEqual([answer.headers["curtido-version"]]);
  }
}, 60_000);

test("a worker that fails to follow makes it 503; what is stored is whole, and asking again is enough", async () => {
  const [one, other] = (await bothOf(cluster.url)) as [Connected, Connected];
  const { agent } = other;
  await get(`${cluster.url}/test/fail/yes`, "GET", undefined, { agent, headers: authorization() });
  await put(1, one.agent);
  const failed = await put(0, one.agent);
  expect([failed.status, failed.headers["retry-after"]]).toEqual([503, "1"]);
  expect(failed.text).toContain("told to fail");
  await get(`${cluster.url}/test/fail/no`, "GET", undefined, { agent, headers: authorization() });
  const again = await put(0, one.agent);
  expect(again.status).toBe(200);
  expect([...(await versionsNow())]).toEqual([again.headers["curtido-version"]]);
}, 60_000);

test("a worker that cannot be reached is started again", async () => {
  const [one, other] = (await bothOf(cluster.url)) as [Connected, Connected];
  process.kill(other.pid, "SIGSTOP");
  const answer = await put(1, one.agent);
  expect([200, 201]).toContain(answer.status);
  expect([...(await versionsNow())]).toEqual([answer.headers["curtido-version"]]);
  await expect.poll(async () => (await bothOf(cluster.url)).length, { timeout: 10_000 }).toBe(2);
  expect((await bothOf(cluster.url)).map(({ pid }) => pid)).not.toContain(other.pid);
  expect([...(await versionsNow())]).toEqual([answer.headers["curtido-version"]]);
}, 60_000);
