import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { KILLS, killPublishers, PATIENCE } from "./kills.ts";

it(`survives ${KILLS} kills on SQLite`, { timeout: PATIENCE }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "curtido-kill-"));
  try {
    expect(await killPublishers({ data: join(folder, "data") }, KILLS)).toBeGreaterThan(KILLS);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
