import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { hashOf, openStore, type PredictionRecord, type Store } from "../../src/store/index.ts";
import { ABOUT } from "./fixture.ts";
import { type PrivatePostgres, startPostgres } from "./postgres.ts";

let postgres: PrivatePostgres;
let store: Store;
let secret: string;
const bytes = (content: number) => new TextEncoder().encode(`artefact ${content}`);
const publish = (content: number) => store.registry.publish("m", bytes(content), ABOUT, null);
const prediction = (input: string): PredictionRecord => ({
  time: new Date().toISOString(),
  model: "m",
  version: 1,
  requestId: "r",
  keyId: null,
  rows: 1,
  duration: 1,
  input,
  output: "{}",
});

/** No method may keep anybody waiting longer than this, in milliseconds, when the database is away or silent. */
const QUICK = 1_500;
const SILENT = 10_000;

beforeAll(async () => {
  postgres = await startPostgres();
  store = await openStore({ data: await postgres.database() });
  ({ secret } = await store.keys.create({ name: "k", scopes: ["predict"] }));
  await store.keys.find(secret);
  await publish(1);
});

afterAll(async () => {
  await store.close();
  await postgres.stop();
});

async function expectAway(within: number): Promise<void> {
  const calls: (() => Promise<unknown>)[] = [
    () => publish(2),
    () => store.registry.revision(),
    () => store.registry.snapshot(),
    () => store.registry.artifact(hashOf(bytes(1))),
    () => store.registry.setAlias("m", "x", { split: { 1: 100 } }),
    () => store.registry.removeModel("m"),
    () => store.keys.create({ name: "x", scopes: [] }),
    () => store.keys.list(),
    () => store.keys.find("unknown"),
    () => store.predictions.query({ model: "m", limit: 1 }),
  ];
  const begin = Date.now();
  const results = await Promise.allSettled(calls.map((call) => call()));
  expect(results.map((result) => (result.status === "rejected" ? result.reason.code : "fulfilled"))).toEqual(
    calls.map(() => "E_STORE"),
  );
  expect(await store.healthy()).toBe(false);
  expect(Date.now() - begin).toBeLessThan(within);
  expect(await store.keys.find(secret)).toMatchObject({ name: "k" });
}

async function expectBack(content: number): Promise<void> {
  await vi.waitFor(async () => expect(await store.healthy()).toBe(true), { timeout: 5_000, interval: 20 });
  expect((await publish(content)).version.version).toBe(content);
  const { models } = await store.registry.snapshot();
  expect(models[0]!.versions.map(({ version }) => version)).toEqual(
    Array.from({ length: content }, (_, index) => index + 1),
  );
}

it.each(["halt", "kill"] as const)("goes on after the database was stopped (%s)", async (way) => {
  const before = (await store.registry.snapshot()).models[0]!.versions.length;
  await postgres[way]();
  for (let index = 0; index < 700; index += 1) store.predictions.write(prediction(`${way} ${index}`));
  await expectAway(QUICK);
  await expect(store.predictions.flush()).rejects.toMatchObject({ code: "E_STORE" });
  expect(store.predictions).toMatchObject({ waiting: 700, dropped: 0 });
  await postgres.start();
  await expectBack(before + 1);
  await vi.waitFor(() => expect(store.predictions.waiting).toBe(0), { timeout: 4_000 });
  const { records } = await store.predictions.query({ model: "m", limit: 1_000 });
  const written = records.filter(({ input }) => input.startsWith(way)).map(({ input }) => input);
  expect(written).toEqual(Array.from({ length: 700 }, (_, index) => `${way} ${699 - index}`));
});

it("gives up on a database that is silent", { timeout: 40_000 }, async () => {
  const before = (await store.registry.snapshot()).models[0]!.versions.length;
  const other = await openStore({ data: await postgres.database() }); // its connections are idle, not broken
  const pids = await postgres.processes();
  for (const pid of pids) process.kill(pid, "SIGSTOP");
  try {
    await expectAway(SILENT);
  } finally {
    for (const pid of pids) process.kill(pid, "SIGCONT");
    await other.close();
  }
  await expectBack(before + 1);
});

it("does not open what is not there", async () => {
  const gone = "postgres://nobody:secret@127.0.0.1:1/none";
  const error = await openStore({ data: gone }).catch((reason) => reason);
  expect(error).toMatchObject({ code: "E_STORE" });
  expect(error.message).toContain("127.0.0.1:1/none");
  expect(error.message).not.toContain("secret");
});
