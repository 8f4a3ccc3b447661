import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { type PrivatePostgres, startPostgres } from "./postgres.ts";
import { ABOUT, storeSuite } from "./suite.ts";

let postgres: PrivatePostgres;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(() => postgres.stop());

storeSuite("PostgreSQL", async () => ({ data: await postgres.database() }));

it("keeps a large artefact in pieces", async () => {
  const store = await openStore({ data: await postgres.database() });
  try {
    const bytes = randomBytes(5 * 2 ** 20 + 17);
    const { version } = await store.registry.publish("large", bytes, ABOUT, null);
    expect(bytes.equals(await store.registry.artifact(version.sha256))).toBe(true);
  } finally {
    await store.close();
  }
});
