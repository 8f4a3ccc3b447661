import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LINEAR, MODELS } from "./help.ts";
import { live } from "./live.ts";
import { type PrivatePostgres, startPostgres } from "./store/postgres.ts";

let postgres: PrivatePostgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres?.stop());

test("while PostgreSQL is away predictions go on and publishing answers 503; afterwards all is there", {
  timeout: 60_000,
}, async () => {
  const it = await live({ data: await postgres.database(), log: { rate: 1 } });
  const row = LINEAR.rows[0]!;
  const publish = (name: "linear" | "binary") =>
    it.ask(`/${name}`, { method: "PUT", body: new Uint8Array(readFileSync(MODELS[name])), key: it.admin });
  expect((await publish("linear")).status).toBe(201);
  const before = await it.ask("/linear", { body: row });
  await postgres.halt();
  for (let at = 0; at < 20; at++) {
    const answer = await it.ask(at % 2 === 0 ? "/linear" : "/linear?unexpected=ignore", { body: row, key: it.admin });
    expect([answer.status, answer.text]).toEqual([200, before.text]);
  }
  const refused = await publish("binary");
  expect([refused.status, refused.headers["retry-after"]]).toEqual([503, "5"]);
  expect(refused.text).not.toMatch(/postgres|127\.0\.0\.1/);
  expect((await it.ask("/linear/predictions", { key: it.admin })).status).toBe(503);
  expect((await it.ask("/linear/versions")).status).toBe(200);
  const ready = async () => (await it.ask("/readyz")).json;
  const away = { status: "ready", warning: expect.stringMatching(/^the registry does not answer/) };
  await expect.poll(ready, { timeout: 10_000 }).toEqual(away);
  expect((await it.ask("/readyz")).status).toBe(200); // predictions go on
  await postgres.start();
  await expect.poll(async () => (await publish("binary")).status, { timeout: 20_000, interval: 500 }).toBe(201);
  expect((await it.ask("/linear/versions")).json.versions).toHaveLength(1);
  await expect.poll(ready, { timeout: 10_000 }).toEqual({ status: "ready" });
  await it.app.asker.watch!.log!.flush();
  await expect
    .poll(async () => (await it.ask("/linear/predictions", { key: it.admin })).json.predictions?.length, {
      timeout: 10_000,
    })
    .toBe(21);
  await it.close();
});
