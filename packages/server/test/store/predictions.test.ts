import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { storeError } from "../../src/store/errors.ts";
import { openStore, type PredictionRecord } from "../../src/store/index.ts";
import { DatabasePredictions } from "../../src/store/predictions.ts";
import { removeBefore } from "../../src/store/retention.ts";

let folder: string;
let database: Database;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "curtido-predictions-"));
  database = await openDatabase(folder);
});

afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const record = (input: string, time = Date.now(), model = "m"): PredictionRecord => ({
  time: new Date(time).toISOString(),
  model,
  version: null,
  requestId: "r",
  keyId: "k",
  rows: 2,
  duration: 1.5,
  input,
  output: "{}",
});

const count = async (model: string) => {
  const rows = await database.query((queries) =>
    queries.selectFrom("predictions").select("id").where("model_key", "=", model).execute(),
  );
  return rows.length;
};

it("drops and counts what finds no room", async () => {
  const away = { ...database, note: () => Promise.reject(storeError("E_STORE", "away", { reason: "ECONNREFUSED" })) };
  const log = new DatabasePredictions(away, { records: 10, bytes: 10_000 });
  for (let index = 0; index < 15; index += 1) log.write(record(String(index)));
  expect(log).toMatchObject({ waiting: 10, dropped: 5 });
  const small = new DatabasePredictions(away, { records: 1_000, bytes: 10_000 });
  small.write(record("x".repeat(20_000)));
  expect(small).toMatchObject({ waiting: 0, dropped: 1 });
  for (let index = 0; index < 10; index += 1) small.write(record("x".repeat(3_000)));
  expect(small).toMatchObject({ waiting: 3, dropped: 8 });
  await expect(small.flush()).rejects.toMatchObject({ code: "E_STORE" });
  expect(small.waiting).toBe(3);
});

it("writes by itself within a moment, and makes room", async () => {
  const log = new DatabasePredictions(database, { records: 600, bytes: 1 << 20 });
  log.write(record("first"));
  await vi.waitFor(() => expect(log.waiting).toBe(0), { timeout: 1_000 });
  expect(await count("m")).toBe(1);
  for (let round = 0; round < 3; round += 1) {
    for (let index = 0; index < 600; index += 1) log.write(record("more"));
    await log.flush();
  }
  expect(await count("m")).toBe(1_801);
  expect(log.dropped).toBe(0);
  await log.close();
  log.write(record("late"));
  expect(log.dropped).toBe(1);
});

it("loses nothing when it is flushed while it writes", async () => {
  const log = new DatabasePredictions(database);
  for (let index = 0; index < 1_000; index += 1) log.write(record(String(index)));
  const flushed = [log.flush(), log.flush()];
  for (let index = 0; index < 700; index += 1) log.write(record("meanwhile"));
  await Promise.all([...flushed, log.flush()]);
  expect([log.waiting, log.dropped, await count("m")]).toEqual([0, 0, 1_700]);
});

it("writes no record twice when it was not heard that it is there", async () => {
  let deaf = 2;
  const odd: Database = {
    ...database,
    async note(job) {
      const result = await database.note(job);
      if ((deaf -= 1) >= 0) throw storeError("E_STORE", "connection cut", { reason: "ECONNRESET" });
      return result;
    },
  };
  const log = new DatabasePredictions(odd);
  for (let index = 0; index < 250; index += 1) log.write(record(String(index)));
  await expect(log.flush()).rejects.toMatchObject({ code: "E_STORE" });
  await expect(log.flush()).rejects.toMatchObject({ code: "E_STORE" });
  await log.flush();
  expect(await count("m")).toBe(250);
});

it("leaves out a batch that the database will never take", async () => {
  let first = true;
  const odd: Database = {
    ...database,
    note(job) {
      if (!first) return database.note(job);
      first = false;
      return Promise.reject(storeError("E_STORE", "refused", { reason: "22021" }));
    },
  };
  const log = new DatabasePredictions(odd);
  for (let index = 0; index < 150; index += 1) log.write(record(String(index)));
  await log.flush();
  expect([log.dropped, await count("m")]).toEqual([100, 50]);
});

it("removes what is too old, in small steps, of every model", async () => {
  const log = new DatabasePredictions(database);
  const now = Date.now();
  for (let index = 0; index < 1_200; index += 1) log.write(record(String(index), now - 10_000 + index));
  for (const model of ["a", "Z"]) log.write(record("old", now - 10_000, model));
  log.write(record("new", now, "a"));
  await log.flush();
  expect(await removeBefore(database, now - 10_000 + 1_150)).toBe(5);
  expect([await count("m"), await count("a"), await count("z")]).toEqual([50, 1, 0]);
});

it("keeps them for so many days", async () => {
  const log = new DatabasePredictions(database);
  const day = 86_400_000;
  for (const days of [0.5, 1.5, 10]) log.write(record(String(days), Date.now() - days * day));
  await log.close();
  const store = await openStore({ data: folder, retention: 1 });
  await vi.waitFor(async () => expect(await count("m")).toBe(1));
  await store.close();
});
