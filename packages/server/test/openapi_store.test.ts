import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { MODELS } from "./help.ts";
import { live } from "./live.ts";

test("the document names every path, scope and status of a service with a store, and nothing twice", async () => {
  const it = await live({ models: { houses: MODELS.houses } });
  await it.ask("/linear", { method: "PUT", body: new Uint8Array(readFileSync(MODELS.linear)), key: it.admin });
  const { json } = await it.ask("/openapi.json");
  expect(Object.keys(json.paths["/linear"])).toEqual(["get", "post", "put", "delete"]);
  expect(Object.keys(json.paths["/houses"])).toEqual(["get", "post"]);
  expect(json.paths["/linear"].put.security).toEqual([{ key: [] }, { session: [] }]);
  expect(json.paths["/linear"].post.security).toEqual([{}, { key: [] }, { session: [] }]);
  expect(json.paths["/healthz"].get.security).toEqual([]);
  const ids: string[] = [];
  for (const [path, methods] of Object.entries<
    Record<string, { operationId: string; responses: object; parameters?: { in?: string; name: string }[] }>
  >(json.paths))
    for (const { operationId, responses, parameters = [] } of Object.values(methods)) {
      ids.push(operationId);
      expect(Object.keys(responses).length).toBeGreaterThan(0);
      const named = parameters.filter((parameter) => parameter.in === "path").map(({ name }) => `{${name}}`);
      expect([path, named]).toEqual([path, path.match(/\{\w+\}/g) ?? []]);
    }
  expect(new Set(ids).size).toBe(ids.length);
  expect(JSON.stringify(json)).not.toContain('"scope"');
  const references = JSON.stringify(json).match(/#\/components\/[\w/]+/g)!;
  for (const reference of new Set(references))
    expect(
      reference
        .slice(2)
        .split("/")
        .reduce((place, step) => place?.[step], json),
    ).toBeDefined();
  await it.close();
});

test("random requests to documented paths are answered with documented statuses", { timeout: 20_000 }, async () => {
  const it = await live({ models: { houses: MODELS.houses } });
  await it.ask("/linear", { method: "PUT", body: new Uint8Array(readFileSync(MODELS.linear)), key: it.admin });
  const { json } = await it.ask("/openapi.json");
  const words = [
    "linear",
    "1",
    "2",
    "0",
    "current",
    "x",
    "%00",
    "..%2f",
    "ñ",
    "__proto__",
    "constructor",
    "a".repeat(300),
    "%",
  ];
  const bodies = [
    undefined,
    "",
    "{",
    "{}",
    "[]",
    "null",
    '{"__proto__":{"version":1}}',
    '{"version":1}',
    '{"split":{"1":1e400}}',
    "\u0000",
    "x=1&y",
  ];
  const types = [
    undefined,
    "application/json",
    "text/csv",
    "application/octet-stream",
    "application/x-www-form-urlencoded",
    "image/png",
    ";;;",
  ];
  let seed = 20_26;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647; // the same requests every time
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const operations = Object.entries<Record<string, { responses: object }>>(json.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { responses }]) => ({
      path,
      method,
      statuses: Object.keys(responses).map(Number),
    })),
  );
  const wrong: unknown[] = [];
  for (let at = 0; at < 400; at++) {
    const { path, method, statuses } = pick(operations);
    const filled = path.replace(/\{\w+\}/g, () => encodeURI(pick(words)).replaceAll("%25", "%"));
    const type = pick(types);
    const body = method === "get" || method === "delete" ? undefined : pick(bodies);
    const headers = {
      ...(type === undefined ? {} : { "content-type": type }),
      accept: pick(["*/*", "application/json", "text/html", "image/png"]),
    };
    const sent = {
      method: method.toUpperCase(),
      headers,
      ...(body === undefined ? {} : { body }),
      ...(random() < 0.7 ? { key: it.admin } : {}),
    };
    const { status, text } = await it.ask(filled, sent);
    const elsewhere = filled !== path && [400, 404, 405, 415].includes(status);
    if (!statuses.includes(status) && !elsewhere)
      wrong.push([method, filled, body, headers, status, text.slice(0, 200)]);
    if (status >= 500 && status !== 503) wrong.push([method, filled, body, headers, status]);
    if ((await it.ask("/linear")).status === 404)
      // it was removed, as asked
      await it.ask("/linear", { method: "PUT", body: new Uint8Array(readFileSync(MODELS.linear)), key: it.admin });
  }
  expect(wrong).toEqual([]);
  await it.close();
});
