import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { KILLS, killPublishers, PATIENCE } from "./kills.ts";
import { type PrivatePostgres, startPostgres } from "./postgres.ts";

let postgres: PrivatePostgres;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(() => postgres.stop());

it(`survives ${KILLS} kills on PostgreSQL`, { timeout: PATIENCE }, async () => {
  expect(await killPublishers({ data: await postgres.database() }, KILLS)).toBeGreaterThan(KILLS);
});

it(`survives ${KILLS} kills on PostgreSQL with a folder beside it`, { timeout: PATIENCE }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "curtido-kill-"));
  try {
    const options = { data: await postgres.database(), artifacts: join(folder, "artifacts") };
    expect(await killPublishers(options, KILLS)).toBeGreaterThan(KILLS);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
