import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Listening, listen, service } from "@curtido/server";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LINEAR, MODELS } from "./help.ts";

const [row] = LINEAR.rows;
const models = { ...MODELS, changed: { source: MODELS.linear, after: () => ({ predict: 1 }) } };
let fast: Listening;
/** The same service through Hono alone. */
let slow: Server;

beforeAll(async () => {
  fast = await listen(service({ models }), { port: 0, signals: false });
  slow = createServer(getRequestListener(service({ models }).fetch));
  await new Promise<void>((resolve) => slow.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await fast.close();
  slow.close();
});

interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
  /** Whether the body goes in pieces, without Content-Length. */
  readonly chunked?: boolean;
}

function exchange(
  port: number,
  { path = "/linear", method = "POST", headers = {}, body = "", chunked = false }: Sent,
): Promise<{ status: number; headers: object; body: string }> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body);
    const length = chunked ? {} : { "content-length": String(bytes.length) };
    const request = httpRequest(
      {
        host: "127.0.0.1",
        port,
        path,
        method,
        headers: { host: "localhost", "content-type": "application/json", ...length, ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const { date: _, "keep-alive": __, "x-request-id": ___, ...rest } = response.headers;
          resolve({ status: response.statusCode!, headers: rest, body: Buffer.concat(chunks).toString() });
        });
      },
    );
    request.on("error", reject);
    for (let at = 0; at < bytes.length; at += 7) if (chunked) request.write(bytes.subarray(at, at + 7));
    request.end(chunked ? undefined : bytes);
  });
}

const json = JSON.stringify(row);
const cases: Record<string, Sent> = {
  "a row": { body: json },
  "a row as text": {
    body: JSON.stringify(Object.fromEntries(Object.entries(row!).map(([name, value]) => [name, String(value)]))),
  },
  "many rows": { body: JSON.stringify(LINEAR.rows) },
  "rows as arrays": { body: "[[1,2,3,4],[5,6,7,8]]" },
  "one row as an array": { body: "[1,2,3,4]" },
  "no rows": { body: "[]" },
  "with a charset": { body: json, headers: { "content-type": "application/json; charset=utf-8" } },
  "accepting anything": { body: json, headers: { accept: "*/*" } },
  "accepting JSON before CSV": { body: json, headers: { accept: "text/csv;q=0.5, application/json" } },
  "accepting CSV": { body: json, headers: { accept: "text/csv" } },
  "accepting a page": { body: json, headers: { accept: "text/html" } },
  "accepting nothing": { body: json, headers: { accept: "image/png" } },
  "bad rows": { body: '{"feature1":"x","y":1}' },
  "bad JSON": { body: "{" },
  "an empty body": { body: "" },
  "broken UTF-8": { body: Uint8Array.of(0x22, 0xff, 0x22) },
  "a byte order mark": { body: `\ufeff${json}` },
  "deep nesting": { body: `${"[".repeat(50_000)}${"]".repeat(50_000)}` },
  "a prototype": { body: '{"__proto__":{"feature1":1},"feature2":1}' },
  "in pieces": { body: json, chunked: true },
  "with a query": { path: "/binary?include=probabilities", body: "[1,2,3,4]" },
  "a label": { path: "/binary", body: "[1,2,3,4]" },
  "text features": { path: "/houses", body: '{"colour":"red","size":null,"age":"3","rooms":2,"income":null}' },
  "several outputs": { path: "/several", body: "[1,2,3,4]" },
  "a transformer": { path: "/encoder", body: '["blue","S",20]' },
  "one feature": { path: "/one", body: "[1,2]" },
  "functions of the user": { path: "/changed", body: json },
  "another case": { path: "/LINEAR", body: json },
  "a trailing slash": { path: "/linear/", body: json },
  "a form": {
    body: "feature1=1&feature2=2&feature3=3&feature4=4",
    headers: { "content-type": "application/x-www-form-urlencoded" },
  },
  "another type": { body: json, headers: { "content-type": "text/plain" } },
  "an encoding": { body: json, headers: { "content-encoding": "gzip" } },
  "another method": { method: "PUT", body: json },
  "no such model": { path: "/nothing", body: json },
};

test.each(Object.keys(cases))("both lanes answer alike: %s", async (name) => {
  const sent = cases[name]!;
  expect(await exchange(fast.port, sent)).toEqual(await exchange((slow.address() as AddressInfo).port, sent));
});

test("the fast lane answers what Python answers", async () => {
  const { status, headers, body } = await exchange(fast.port, { body: json });
  expect(status).toBe(200);
  expect(headers).toMatchObject({ "content-type": "application/json" });
  expect(JSON.parse(body).predict).toBeCloseTo(LINEAR.predict[0] as number, 9);
});

test("a hundred requests on one connection keep their order", async () => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, at) => exchange(fast.port, { body: `[${at},0,0,0]` })),
  );
  const first = JSON.parse(answers[0]!.body).predict;
  const step = JSON.parse(answers[1]!.body).predict - first;
  for (const [at, { body }] of answers.entries()) expect(JSON.parse(body).predict).toBeCloseTo(first + at * step, 6);
});
