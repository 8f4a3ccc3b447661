import { readFileSync } from "node:fs";
import { sharedCopy } from "@curtido/estimators/node";
import { afterEach, expect, test } from "vitest";
import { Distant } from "../../src/models/distant.ts";
import { Looking, type LookingLimits } from "../../src/work/looking.ts";
import { LINEAR, MODELS } from "../help.ts";
import { live } from "../live.ts";

const bytes = sharedCopy(readFileSync(MODELS.linear));
const look = { bytes, name: "linear", scan: true, allow: [], own: [] };
const opened: Looking[] = [];
function looking(limits?: LookingLimits): Looking {
  const made = new Looking(limits);
  opened.push(made);
  return made;
}
afterEach(() => Promise.all(opened.splice(0).map(({ pool }) => pool.close())));

test("a look says what the model is, and how long it takes to revive", async () => {
  const { description, milliseconds } = await looking().look(look);
  expect(description).toMatchObject({ className: "LinearRegression", method: "predict" });
  expect(description!.signature.features).toHaveLength(4);
  expect(milliseconds).toBeGreaterThan(0);
});

test("a look says how wide an answer is, and what is wide is written on a thread from the first request on", async () => {
  const encoder = sharedCopy(readFileSync(MODELS.encoder));
  const { description } = await looking().look({ ...look, bytes: encoder, name: "encoder" });
  expect(description!.width).toBeGreaterThan(1);
  const wide = new Distant("wide", { ...description!, width: 1e6 }, { bytes: encoder });
  expect(wide.cost.of(1)).toBeGreaterThan(10);
  expect(new Distant("encoder", description!, { bytes: encoder }).cost.of(1)).toBeLessThan(4);
});

test.each([
  [{ time: 1 }, "loadTime", /longer than 0.001 seconds/],
  [{ memory: 1 }, "modelMemory", /more than 0 MiB/],
] as const)("beyond %o the thread is ended, with the limit's name", async (limits, limit, message) => {
  const it = looking(limits);
  const error = await it.look(look).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "E_LIMIT", fields: { limit }, message: expect.stringMatching(message) });
  await expect.poll(() => it.pool.running).toBe(0);
});

test("what is wrong with a file comes back as it is", async () => {
  const it = looking();
  const system = sharedCopy(new TextEncoder().encode("cos\nsystem\n(S'id'\ntR."));
  await expect(it.look({ ...look, bytes: system })).rejects.toMatchObject({ code: "E_SCAN" });
  const cut = sharedCopy(bytes.subarray(0, 200));
  await expect(it.look({ ...look, bytes: cut })).rejects.toMatchObject({ code: "E_SCAN" });
  await expect(it.look({ ...look, bytes: cut, scan: false })).rejects.toMatchObject({ code: "E_TRUNCATED" });
  expect((await it.look(look)).description).toBeDefined();
});

test("names are allowed for one publication, by ?allow=", async () => {
  const it = await live({ open: "nothing" });
  const key = it.admin;
  const put = (query: string) => it.ask(`/linear${query}`, { method: "PUT", body: new Uint8Array(bytes), key });
  expect((await put("?allow=mymodule")).status).toBe(400);
  expect((await put("?allow=mymodule.Mine,other.*")).status).toBe(201);
  await it.close();
});

test("a function of the program's own is known where the model answers", async () => {
  const it = await live({ open: "public", names: { "__main__.nothing": (x: number) => x } });
  const put = await it.ask("/linear", { method: "PUT", body: new Uint8Array(bytes), key: it.admin });
  expect(put.status).toBe(201);
  const { json } = await it.ask("/linear", { method: "POST", body: LINEAR.rows[0]! });
  expect(json.predict).toBeCloseTo(LINEAR.predict[0] as number, 8);
  await it.close();
});

/** Tuples in tuples, which take long to read and are no model. */
const slow = Buffer.from(`\x80\x04)${"\x85".repeat(3_000_000)}.`, "latin1");

test("others are answered while a file is looked at", async () => {
  const it = await live({ models: { linear: MODELS.linear }, open: "nothing" });
  const key = it.admin;
  let looked = false;
  const put = it.ask("/slow", { method: "PUT", body: new Uint8Array(slow), key }).then((answer) => {
    looked = true;
    return answer;
  });
  await expect.poll(() => it.app.runtime.looking.pool.running).toBe(1);
  for (let at = 0; at < 50; at++) {
    expect((await it.ask("/healthz")).status).toBe(200);
    expect((await it.ask("/linear", { method: "POST", body: LINEAR.rows[0]!, key })).status).toBe(200);
  }
  expect(looked).toBe(false);
  expect((await put).status).toBe(422);
  await it.close();
});

test("a service stops while a file is looked at", async () => {
  const it = await live({ open: "nothing" });
  const put = it.ask("/slow", { method: "PUT", body: new Uint8Array(slow), key: it.admin }).catch(() => undefined);
  await expect.poll(() => it.app.runtime.looking.pool.running).toBe(1);
  await it.app.runtime.close();
  expect((await put)?.status).not.toBe(201);
  await it.close();
});

test("what waits for its turn is refused once the service is about to stop", async () => {
  const it = await live({ open: "nothing" });
  const put = (body: Uint8Array) => it.ask("/slow", { method: "PUT", body, key: it.admin });
  const first = put(new Uint8Array(slow));
  await expect.poll(() => it.app.runtime.looking.pool.running).toBe(1);
  const second = put(new Uint8Array(bytes));
  it.app.runtime.draining = true;
  expect((await first).status).toBe(422);
  expect((await second).status).toBe(503);
  await it.close();
});

/** The same model behind something else that the pickle does first, and drops. */
function behind(first: string): Uint8Array {
  const body = bytes.subarray(bytes[2] === 0x95 ? 11 : 2);
  return Buffer.concat([bytes.subarray(0, 2), Buffer.from(`${first}0`, "latin1"), body]);
}

test.each([
  ["names a function that is not known", "cmymodule\nrun\n", [201]],
  ["makes an object of a class that is not known", "cmymodule\nMine\n)\x81", [201]],
  ["calls a function that is not known", "cmymodule\nrun\n(S'x'\ntR", [422, "mymodule.run", 201]],
  ["calls one that is dangerous", "cos\nsystem\n(S'x'\ntR", [422, "os.system", 422]],
  ["hides it behind many names", `${unknownNames(1001)}cos\nsystem\n(S'x'\ntR`, [422, "os.system", 422]],
])("a model that %s, and answers without it", async (_, first, [status, allowed, then]) => {
  const it = await live({ open: "nothing" });
  const put = (query = "") => it.ask(`/linear${query}`, { method: "PUT", body: behind(first), key: it.admin });
  expect((await put()).status).toBe(status);
  if (allowed !== undefined) expect((await put(`?allow=${allowed}`)).status).toBe(then);
  await it.close();
});

function unknownNames(count: number): string {
  return Array.from({ length: count }, (_, at) => `cmymodule\nname${at}\n0`).join("");
}
