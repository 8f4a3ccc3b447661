import { afterAll, beforeAll, expect, test } from "vitest";
import { type PrivatePostgres, startPostgres } from "../store/postgres.ts";
import { KILLS, killService, PATIENCE } from "./kill.ts";

let postgres: PrivatePostgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres?.stop());

test(`a service on PostgreSQL that is killed ${KILLS} times gives no wrong answer and loses nothing`, {
  timeout: PATIENCE,
}, async () => {
  const { answers, acknowledged, kills } = await killService(await postgres.database(), KILLS);
  expect(kills).toBe(KILLS);
  expect(answers).toBeGreaterThan(KILLS);
  expect(acknowledged).toBeGreaterThanOrEqual(3);
});
