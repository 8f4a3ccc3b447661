import { readFileSync } from "node:fs";
import { listen, MemoryKeys, service } from "@curtido/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RateLimits } from "../src/auth/rate.ts";
import { openSession, sealSession } from "../src/auth/session.ts";
import { LINEAR, MODELS } from "./help.ts";
import { type Live, live, send } from "./live.ts";

const linear = new Uint8Array(readFileSync(MODELS.linear));
const row = LINEAR.rows[0]!;

describe("on this machine", () => {
  let it: Live;
  let predictor: string;
  beforeAll(async () => {
    it = await live({ models: { given: MODELS.linear } });
    const made = await it.ask("/keys", { body: { name: "p", scopes: ["predict"] }, key: it.admin });
    expect(made.status).toBe(201);
    predictor = made.json.secret;
  });
  afterAll(() => it.close());

  test("reading and predicting are open; changes need a key with the scope", async () => {
    expect((await it.ask("/given", { body: row })).status).toBe(200);
    expect((await it.ask("/")).status).toBe(200);
    const none = await it.ask("/m", { method: "PUT", body: linear });
    expect([none.status, none.headers["www-authenticate"]]).toEqual([401, 'Bearer realm="curtido"']);
    expect((await it.ask("/m", { method: "PUT", body: linear, key: predictor })).status).toBe(403);
    expect((await it.ask("/m", { method: "PUT", body: linear, key: "wrong" })).status).toBe(401);
    expect((await it.ask("/keys")).status).toBe(401);
    expect((await it.ask("/keys", { key: predictor })).status).toBe(403);
    expect((await it.ask("/given", { body: row, key: "wrong" })).status).toBe(401);
    expect((await it.ask("/given", { body: row, key: predictor })).status).toBe(200);
    expect((await it.ask("/given", { body: row, headers: { authorization: "Basic eDp5" } })).status).toBe(401);
  });

  test("keys are made, listed without secrets, revoked", async () => {
    const { json } = await it.ask("/keys", {
      body: { name: "short", scopes: ["publish"], expires: "2000-01-01" },
      key: it.admin,
    });
    expect((await it.ask("/m", { method: "PUT", body: linear, key: json.secret })).status).toBe(401); // expired
    const listed = await it.ask("/keys", { key: it.admin });
    expect(listed.json.keys.map(({ name }: { name: string }) => name)).toContain("short");
    expect(listed.text).not.toContain(json.secret);
    const made = await it.ask("/keys", { body: { name: "q", scopes: ["predict"] }, key: it.admin });
    expect((await it.ask("/given", { body: row, key: made.json.secret })).status).toBe(200);
    expect((await it.ask(`/keys/${made.json.id}`, { method: "DELETE", key: it.admin })).status).toBe(204);
    expect((await it.ask("/given", { body: row, key: made.json.secret })).status).toBe(401);
    expect((await it.ask(`/keys/${made.json.id}`, { method: "DELETE", key: it.admin })).status).toBe(404);
    for (const body of [
      {},
      { name: "x" },
      { name: "x", scopes: ["root"] },
      { name: "x", scopes: ["predict"], rateLimit: 0 },
      { name: "x", scopes: ["predict"], expires: "soon" },
    ])
      expect((await it.ask("/keys", { body, key: it.admin })).status).toBe(422);
  });

  test("a key that asks too often is told when to come back", async () => {
    const { json } = await it.ask("/keys", {
      body: { name: "slow", scopes: ["predict"], rateLimit: 2 },
      key: it.admin,
    });
    const answers = [];
    for (let at = 0; at < 3; at++) answers.push(await it.ask("/given", { body: row, key: json.secret }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[0]!.headers["ratelimit"]).toBe('"key";r=1;t=0');
    expect(Number(answers[2]!.headers["retry-after"])).toBeGreaterThan(20);
  });

  test("security headers stand on every answer, in both lanes", async () => {
    const sent = [
      ["/given", { body: row }],
      ["/given?unexpected=ignore", { body: row }],
      ["/"],
      ["/nothing"],
      ["/healthz"],
      ["/docs"],
    ] as const;
    for (const [path, init] of sent) {
      const { headers } = await it.ask(path, init);
      expect([path, headers["x-content-type-options"], headers["x-frame-options"]]).toEqual([path, "nosniff", "DENY"]);
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
      expect(headers["content-security-policy"]).not.toContain("unsafe-eval");
      expect(headers["access-control-allow-origin"]).toBeUndefined();
    }
  });
});

describe("signing in", () => {
  let it: Live;
  let cookie: string;
  const origin = () => it.url;
  const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    it.ask(path, {
      body: new URLSearchParams(fields).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    });
  beforeAll(async () => {
    it = await live({ open: "nothing", models: { given: MODELS.linear } });
    const signed = await form("/login", { key: it.admin, next: "/keys" }, { origin: origin() });
    expect([signed.status, signed.headers["location"]]).toEqual([303, "/keys"]);
    const [set] = signed.headers["set-cookie"] as unknown as string[];
    expect(set).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/);
    cookie = set!.split(";")[0]!;
  });
  afterAll(() => it.close());

  test("a wrong key, a foreign page and a foreign address do not", async () => {
    expect((await form("/login", { key: "wrong" })).status).toBe(403);
    expect((await form("/login", { key: it.admin }, { origin: "http://evil.example" })).status).toBe(403);
    for (const next of ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1"])
      expect((await form("/login", { key: it.admin, next })).headers["location"]).toBe("/");
    const proxied = await form("/login", { key: it.admin }, { "x-forwarded-proto": "https" });
    expect(String(proxied.headers["set-cookie"])).toMatch(/; Secure$/);
  });

  test("the cookie opens pages; what changes something must come from them, with the form's token", async () => {
    const page = await it.ask("/keys", { headers: { cookie, accept: "text/html" } });
    expect(page.status).toBe(200);
    const token = /name="token" value="([\w-]+)"/.exec(page.text)![1]!;
    const fields = { name: "made", scope_predict: "on", token };
    expect((await form("/keys", fields, { cookie })).status).toBe(403); // who does not say where it comes from
    expect((await form("/keys", fields, { cookie, origin: "http://evil.example" })).status).toBe(403);
    expect((await form("/keys", fields, { cookie, origin: "null" })).status).toBe(403);
    expect((await form("/keys", { ...fields, token: "x" }, { cookie, origin: origin() })).status).toBe(403);
    expect((await form("/keys", { name: "made", scope_predict: "on" }, { cookie, origin: origin() })).status).toBe(403);
    expect((await form("/keys", fields, { cookie, origin: origin(), "sec-fetch-site": "cross-site" })).status).toBe(
      403,
    );
    const made = await form("/keys", fields, { cookie, origin: origin(), accept: "text/html" });
    expect([made.status, /curtido_[\w-]{20,}/.test(made.text)]).toEqual([201, true]);
    const id = [...made.text.matchAll(/action="\/keys\/([0-9a-f]+)"/g)].at(-1)![1]!;
    expect((await it.ask("/given", { body: row, headers: { cookie, origin: origin() } })).status).toBe(200);
    expect((await it.ask("/given", { body: row, headers: { cookie, origin: "http://evil.example" } })).status).toBe(
      403,
    );
    expect((await it.ask("/given", { body: row, headers: { cookie: `${cookie}x`, origin: origin() } })).status).toBe(
      401,
    );
    expect((await form(`/keys/${id}`, { token }, { cookie, origin: origin() })).status).toBe(303);
    expect((await form("/logout", { token }, { cookie, origin: origin() })).headers["set-cookie"]![0]).toMatch(
      /Max-Age=0/,
    );
  });

  test("elsewhere everything needs a key but health and sign-in", async () => {
    for (const path of ["/", "/given", "/given/versions", "/openapi.json", "/docs", "/metrics", "/nothing"])
      expect([path, (await it.ask(path)).status]).toEqual([path, 401]);
    expect((await it.ask("/given", { body: row })).status).toBe(401);
    for (const path of ["/healthz", "/login", "/assets/reference.js"])
      expect([path, (await it.ask(path)).status]).toEqual([path, 200]);
    expect((await it.ask("/given", { body: row, key: it.admin })).status).toBe(200);
  });
});

test("with public prediction, artefacts and logs still need a key", async () => {
  const it = await live({ open: "public" });
  await it.ask("/m", { method: "PUT", body: linear, key: it.admin });
  expect((await it.ask("/m", { body: row })).status).toBe(200);
  expect((await it.ask("/m")).status).toBe(200);
  expect((await it.ask("/m", { headers: { accept: "application/octet-stream" } })).status).toBe(401);
  expect((await it.ask("/m/predictions")).status).toBe(401);
  await it.close();
});

test("keys without a store; CORS for named origins", async () => {
  const keys = new MemoryKeys();
  const { secret } = await keys.create({ name: "first", scopes: ["admin"] });
  const app = service({ models: { given: MODELS.linear }, keys, open: "nothing", cors: ["https://a.example"] });
  const server = await listen(app, { port: 0, signals: false });
  const url = `${server.url.replace("localhost", "127.0.0.1")}/given`;
  expect((await send(url, { body: row })).status).toBe(401);
  const origin = "https://a.example";
  const answer = await send(url, { body: row, key: secret, headers: { origin } });
  expect([answer.status, answer.headers["access-control-allow-origin"], answer.headers["vary"]]).toEqual([
    200,
    origin,
    expect.stringContaining("Origin"),
  ]);
  const foreign = await send(url, { body: row, key: secret, headers: { origin: "https://b.example" } });
  expect(foreign.headers["access-control-allow-origin"]).toBeUndefined();
  const preflight = await send(url, {
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": "POST" },
  });
  expect([preflight.status, preflight.headers["access-control-allow-headers"]]).toEqual([
    204,
    expect.stringContaining("Authorization"),
  ]);
  await server.close();
  await app.close();
});

test("a limit is refilled evenly", () => {
  let now = 0;
  const limits = new RateLimits(() => now);
  expect([1, 2, 3].map(() => limits.take("a", 2).granted)).toEqual([true, true, false]);
  now = 30;
  expect([1, 2].map(() => limits.take("a", 2).granted)).toEqual([true, false]);
  expect(limits.take("b", 2).granted).toBe(true);
});

test("a session that was changed, or has ended, is none", () => {
  const sealed = sealSession({ keyId: "k1", expires: Date.now() + 1000 }, "secret");
  expect(openSession(sealed, "secret")?.keyId).toBe("k1");
  expect(openSession(sealed.replace("k1", "k2"), "secret")).toBeUndefined();
  expect(openSession(sealed, "other")).toBeUndefined();
  expect(openSession(sealSession({ keyId: "k1", expires: Date.now() - 1 }, "secret"), "secret")).toBeUndefined();
});
