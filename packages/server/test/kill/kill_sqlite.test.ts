import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { KILLS, killService, PATIENCE } from "./kill.ts";

test(`a service on SQLite that is killed ${KILLS} times gives no wrong answer and loses nothing`, {
  timeout: PATIENCE,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), "curtido-kill-"));
  const { answers, acknowledged, kills } = await killService(folder, KILLS);
  expect(kills).toBe(KILLS);
  expect(answers).toBeGreaterThan(KILLS);
  expect(acknowledged).toBeGreaterThanOrEqual(3);
  rmSync(folder, { recursive: true });
});
