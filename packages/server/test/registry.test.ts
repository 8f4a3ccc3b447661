import { readdirSync, readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LINEAR, MODELS } from "./help.ts";
import { type Live, live } from "./live.ts";

const linear = new Uint8Array(readFileSync(MODELS.linear));
const binary = new Uint8Array(readFileSync(MODELS.binary));
const row = LINEAR.rows[0]!;
let it: Live;
beforeAll(async () => {
  it = await live({ models: { given: MODELS.linear }, maxArtifact: 1 << 20 });
});
afterAll(() => it.close());

const put = (name: string, body: Uint8Array | string, headers: Record<string, string> = {}) =>
  it.ask(`/${name}?change=signature`, { method: "PUT", body, key: it.admin, headers });
const ask = (path: string, body: unknown = row) => it.ask(path, { body: body as object });

describe("publishing", () => {
  test("a new model is 201, other bytes add a version, the same bytes change nothing", async () => {
    const first = await put("modelo", linear);
    expect([first.status, first.headers["location"]]).toEqual([201, "/modelo"]);
    expect(first.json).toMatchObject({
      version: 1,
      uri: "/modelo/versions/1",
      class: "LinearRegression",
      aliases: ["current"],
    });
    const answer = await ask("/modelo");
    expect(answer.headers["curtido-version"]).toBe("1");
    expect(answer.json.predict).toBeCloseTo(LINEAR.predict[0] as number, 9);
    const same = await put("modelo", linear);
    expect([same.status, same.headers["content-location"]]).toEqual([200, "/modelo/versions/1"]);
    const second = await put("modelo", binary);
    expect([second.status, second.headers["content-location"]]).toEqual([200, "/modelo/versions/2"]);
    expect((await ask("/modelo")).headers["curtido-version"]).toBe("2");
    expect((await ask("/modelo/versions/1")).headers["curtido-version"]).toBe("1");
    const back = await put("modelo", linear);
    expect(back.headers["content-location"]).toBe("/modelo/versions/1");
    expect((await it.ask("/modelo/versions")).json.versions.map(({ version }: { version: number }) => version)).toEqual(
      [2, 1],
    );
  });

  test("the fast lane and the app name the version", async () => {
    await put("lanes", linear);
    const fast = await ask("/lanes");
    const slow = await ask("/lanes?unexpected=ignore");
    expect([fast.headers["curtido-version"], slow.headers["curtido-version"]]).toEqual(["1", "1"]);
    expect(fast.text).toBe(slow.text);
  });

  test("what is refused changes nothing", async () => {
    await put("kept", linear);
    const evil = "cos\nsystem\n(S'touch /tmp/curtido-was-here'\ntR.";
    const cases: [string | Uint8Array, Record<string, string>, number][] = [
      [evil, {}, 422],
      ["This is not a pickle.", {}, 422],
      [linear.subarray(0, 200), {}, 422],
      ["(dp0\nVa\nI1\ns.", {}, 422],
      ["", {}, 400],
      [linear, { "content-type": "application/json" }, 415],
      [linear, { "content-encoding": "gzip" }, 415],
      [new Uint8Array((1 << 20) + 1), {}, 413],
      [binary, { "if-match": '"x"' }, 412],
      [binary, { "if-none-match": "*" }, 412],
    ];
    for (const [body, headers, status] of cases) {
      const answer = await put("kept", body, headers);
      expect([status, answer.status, answer.headers["content-type"]]).toEqual([
        status,
        status,
        "application/problem+json",
      ]);
      expect(answer.text).not.toMatch(/\n\s+at /);
    }
    const { versions } = (await it.ask("/kept/versions")).json;
    expect(versions).toHaveLength(1);
    expect((await ask("/kept")).headers["curtido-version"]).toBe("1");
  });

  test("an upload in pieces is cut off at the limit, one that breaks off is forgotten, and neither leaves a file", async () => {
    const uploads = () => readdirSync(tmpdir()).filter((name) => name.startsWith("curtido-upload-"));
    const before = new Set(uploads());
    const begin = (pieces: number) =>
      new Promise<number | string>((resolve) => {
        const headers = { authorization: `Bearer ${it.admin}` };
        const request = httpRequest(`${it.url}/pieces`, { method: "PUT", headers, agent: false });
        request.on("response", (response) => resolve(response.resume().statusCode!));
        request.on("error", (error) => resolve(error.message));
        for (let at = 0; at < pieces; at++) request.write(Buffer.alloc(256 * 1024));
        if (pieces > 2) request.end();
        else setTimeout(() => request.destroy(), 100);
      });
    expect(await begin(8)).toBe(413);
    expect(await begin(2)).toBe("socket hang up");
    expect((await it.ask("/pieces")).status).toBe(404);
    await expect.poll(() => uploads().filter((name) => !before.has(name))).toEqual([]);
  });

  test("names", async () => {
    for (const [name, status] of [
      ["a%2Fb", 422],
      ["..%2Fx", 422],
      [".hidden", 422],
      ["models", 422],
      ["a%00b", 422],
      ["x".repeat(101), 422],
      ["healthz", 405],
      ["given", 405],
    ] as const)
      expect([name, (await put(name, linear)).status]).toEqual([name, status]);
    expect((await put("Año-1.x", linear).catch(() => put("A%C3%B1o-1.x", linear))).status).toBe(201);
    expect((await put("a%C3%B1o-1.X", linear)).headers["content-location"]).toBe("/A%C3%B1o-1.x/versions/1");
    expect((await it.ask("/given", { method: "DELETE", key: it.admin })).status).toBe(405);
    expect((await it.ask("/given", { method: "OPTIONS" })).headers["allow"]).toBe("GET, HEAD, POST, OPTIONS");
    expect((await it.ask("/given/versions")).status).toBe(404);
    expect((await it.ask("/nothing", { method: "DELETE", key: it.admin })).status).toBe(404);
  });

  test("removing", async () => {
    await put("gone", linear);
    await put("gone", binary);
    const remove = (path: string, headers = {}) => it.ask(path, { method: "DELETE", key: it.admin, headers });
    expect((await remove("/gone/versions/2")).status).toBe(409);
    expect((await remove("/gone/versions/1")).status).toBe(204);
    expect((await remove("/gone/versions/1")).status).toBe(404);
    expect((await remove("/gone", { "if-match": '"x"' })).status).toBe(412);
    expect((await remove("/gone")).status).toBe(204);
    expect((await ask("/gone")).status).toBe(404);
    expect((await it.ask("/")).json.models.map(({ name }: { name: string }) => name)).not.toContain("gone");
    const again = await put("gone", linear);
    expect([again.status, again.json.version]).toEqual([201, 3]); // numbers are never used twice
  });
});

describe("representations", () => {
  beforeAll(async () => {
    await put("seen", linear);
  });

  test("card, page and artefact have strong tags that differ", async () => {
    const types = ["application/json", "text/html", "application/octet-stream"];
    const answers = await Promise.all(types.map((accept) => it.ask("/seen", { headers: { accept }, key: it.admin })));
    const tags = answers.map(({ headers }) => headers["etag"]!);
    expect(new Set(tags).size).toBe(3);
    for (const tag of tags) expect(tag).toMatch(/^"[0-9a-f]{64}\.[\w.]+"$/);
    expect(answers[2]!.bytes.equals(Buffer.from(linear))).toBe(true);
    for (const [at, accept] of types.entries()) {
      const again = await it.ask("/seen", {
        headers: { accept, "if-none-match": `W/"y", W/${tags[at]}` },
        key: it.admin,
      });
      expect([again.status, again.text, again.headers["etag"]]).toEqual([304, "", tags[at]]);
      expect(
        (await it.ask("/seen", { headers: { accept, "if-none-match": tags[(at + 1) % 3]! }, key: it.admin })).status,
      ).toBe(200);
    }
    expect((await it.ask("/seen", { headers: { accept: "image/png" } })).status).toBe(406);
    const head = await it.ask("/seen", {
      method: "HEAD",
      headers: { accept: "application/octet-stream" },
      key: it.admin,
    });
    expect([head.status, head.text, head.headers["etag"]]).toEqual([200, "", tags[2]]);
    const packed = await it.ask("/seen", { headers: { accept: "text/html", "accept-encoding": "gzip" } });
    expect([packed.headers["content-encoding"], packed.headers["etag"]]).toEqual([
      "gzip",
      tags[1]!.replace(/"$/, '-gzip"'),
    ]);
    const fresh = { accept: "text/html", "accept-encoding": "gzip", "if-none-match": packed.headers["etag"]! };
    expect((await it.ask("/seen", { headers: fresh })).status).toBe(304);
    expect((await put("seen", binary, { "if-match": packed.headers["etag"]! })).status).toBe(200);
    expect((await put("seen", linear, { "if-match": tags[1]! })).status).toBe(412);
    expect(
      (await it.ask("/seen/versions/1", { headers: { accept: "application/octet-stream" }, key: it.admin })).headers[
        "etag"
      ],
    ).toBe(tags[2]);
    expect((await it.ask("/seen/versions/9")).status).toBe(404);
    expect((await it.ask("/seen/versions/x")).status).toBe(404);
  });
});

describe("aliases", () => {
  const alias = (name: string, body: unknown, headers: Record<string, string> = {}) =>
    it.ask(`/split/aliases/${name}`, { method: "PUT", body: JSON.stringify(body), key: it.admin, headers });
  beforeAll(async () => {
    await put("split", linear);
    await put("split", binary);
  });

  test("point back, split, shadow, remove", async () => {
    expect((await alias("canary", { split: { 1: 50, 2: 50 } })).status).toBe(201);
    expect((await alias("canary", { split: { 1: 50, 2: 50 } })).status).toBe(200);
    const versions = new Set<string>();
    for (let at = 0; at < 60; at++) versions.add((await ask("/split/aliases/canary")).headers["curtido-version"]!);
    expect([...versions].sort()).toEqual(["1", "2"]);
    const got = await it.ask("/split/aliases/canary");
    expect(got.json).toMatchObject({ alias: "canary", split: { 1: 50, 2: 50 } });
    expect((await alias("canary", { version: 1 }, { "if-match": '"x"' })).status).toBe(412);
    expect((await alias("canary", { version: 1 }, { "if-match": got.headers["etag"]! })).json).toMatchObject({
      version: 1,
    });
    expect((await alias("canary", { version: 1 }, { "if-none-match": "*" })).status).toBe(412);
    expect((await alias("current", { version: 1 })).status).toBe(200);
    expect((await ask("/split")).headers["curtido-version"]).toBe("1");
    const remove = (name: string) => it.ask(`/split/aliases/${name}`, { method: "DELETE", key: it.admin });
    expect((await remove("current")).status).toBe(409);
    expect((await remove("canary")).status).toBe(204);
    expect((await ask("/split/aliases/canary")).status).toBe(404);
  });

  test("a shadow is asked after the answer, and what differs is counted", async () => {
    expect((await alias("current", { version: 1, shadow: 2 })).status).toBe(200);
    for (let at = 0; at < 5; at++) expect((await ask("/split")).headers["curtido-version"]).toBe("1");
    await expect
      .poll(() => it.app.asker.watch!.shadows.counts, { timeout: 10_000 })
      .toEqual([{ model: "split", version: 2, compared: 5, different: 5, failed: 0, dropped: 0 }]);
    expect((await it.ask("/metrics")).text).toMatch(/curtido_shadow_total\{[^}]*outcome="different"[^}]*\} 5/);
    await alias("current", { version: 1 });
  });

  test("what points nowhere is refused", async () => {
    for (const body of [
      {},
      [],
      "x",
      { version: 0 },
      { version: "1" },
      { split: { 1: 50 } },
      { split: {} },
      { version: 1, split: { 1: 100 } },
      { version: 1, more: 1 },
      { split: { __proto__x: 100 } },
    ])
      expect([JSON.stringify(body), (await alias("bad", body)).status]).toEqual([JSON.stringify(body), 422]);
    expect((await alias("bad", { version: 7 })).status).toBe(422);
    expect((await it.ask("/split/aliases/bad", { method: "PUT", body: "{", key: it.admin })).status).toBe(400);
    expect((await it.ask("/split/aliases/bad")).status).toBe(404);
  });
});

test("another process on the same store follows within seconds; a swap loses and mixes no answer", async () => {
  const other = await live({ data: it.folder });
  await put("followed", linear);
  const expected = { 1: (await ask("/followed")).text, 2: "" };
  await expect.poll(async () => (await other.ask("/followed", { body: row })).status, { timeout: 5000 }).toBe(200);
  let running = true;
  const wrong: string[] = [];
  const load = Promise.all(
    [it, other].flatMap((each) =>
      [1, 2].map(async () => {
        while (running) {
          const { status, headers, text } = await each.ask("/followed", { body: row });
          const version = headers["curtido-version"] as "1" | "2" | undefined;
          if (status !== 200 || version === undefined) wrong.push(`${status} ${text}`);
          else if (version === "2") expected[2] ||= text;
          if (version !== undefined && expected[version] !== text) wrong.push(`${version}: ${text}`);
        }
      }),
    ),
  );
  for (const bytes of [binary, linear, binary]) await put("followed", bytes);
  await expect
    .poll(async () => (await other.ask("/followed", { body: row })).headers["curtido-version"], { timeout: 5000 })
    .toBe("2");
  running = false;
  await load;
  expect(wrong).toEqual([]);
  await other.close();
});
