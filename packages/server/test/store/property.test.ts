import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { type PrivatePostgres, startPostgres } from "./postgres.ts";
import { agreesWithModel, steps } from "./property.ts";

/** Milliseconds for SQLite, and for PostgreSQL. */
const SQLITE = 5_000;
const POSTGRES = 4_000;

let postgres: PrivatePostgres;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "curtido-property-"));
  postgres = await startPostgres();
});

afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

async function check(data: string, interruptAfterTimeLimit: number): Promise<void> {
  const store = await openStore({ data });
  let run = 0;
  const property = fc.asyncProperty(steps, (sequence) => agreesWithModel(store.registry, sequence, (run += 1)));
  try {
    await fc.assert(property, { numRuns: 200, interruptAfterTimeLimit });
  } finally {
    await store.close();
  }
  expect(run).toBeGreaterThan(3);
}

it("does on SQLite what the model does", () => check(join(folder, "data"), SQLITE));

it("does on PostgreSQL what the model does", async () => check(await postgres.database(), POSTGRES));
