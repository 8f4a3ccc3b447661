// HTTP as others may read it otherwise, and what health checkers send: written to the socket, byte for byte.
import { readFileSync } from "node:fs";
import { createConnection } from "node:net";
import { listen, service } from "@curtido/server";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { cors, isOrigin } from "../src/auth/cors.ts";
import { RateLimits } from "../src/auth/rate.ts";
import { LINEAR, MODELS } from "./help.ts";
import { type Live, live, send } from "./live.ts";

let it: Live;
beforeAll(async () => {
  it = await live();
  const published = await it.ask("/m", {
    method: "PUT",
    body: new Uint8Array(readFileSync(MODELS.linear)),
    key: it.admin,
  });
  expect(published.status).toBe(201);
});
afterAll(() => it.close());

/** What comes back for these lines, to the end of the connection. */
function raw(port: number, ...lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ port, host: "127.0.0.1" }, () => socket.write(`${lines.join("\r\n")}\r\n\r\n`));
    let answer = "";
    socket.setTimeout(5000, () => socket.destroy(new Error(`no end: ${answer}`)));
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.on("error", reject);
    socket.on("close", () => resolve(answer));
  });
}
const status = (answer: string) => answer.split("\r\n")[0];
const END = "Connection: close";

test.each([
  ["two Host headers", ["GET /healthz HTTP/1.1", "Host: localhost", "Host: localhost", END]],
  ["two Host headers in other spellings", ["GET /healthz HTTP/1.1", "Host: localhost", "hOST: evil.example", END]],
  ["HTTP/2.0", ["GET /healthz HTTP/2.0", "Host: localhost", END]],
  ["HTTP/1.2", ["GET /healthz HTTP/1.2", "Host: localhost", END]],
  ["HTTP/0.9", ["GET /healthz HTTP/0.9", "Host: localhost", END]],
  ["HTTP/1.1 without Host", ["GET /healthz HTTP/1.1", END]],
])("%s is 400", async (_, lines) => {
  expect(status(await raw(it.server.port, ...lines))).toBe("HTTP/1.1 400 Bad Request");
});

test.each([
  ["HTTP/1.0 without Host", ["GET /healthz HTTP/1.0"], "200 OK"],
  ["HTTP/1.0 without Host, ready", ["GET /readyz HTTP/1.0"], "200 OK"],
  ["HTTP/1.0 with Host", ["GET /healthz HTTP/1.0", "Host: localhost"], "200 OK"],
  ["HEAD of HTTP/1.0", ["HEAD /healthz HTTP/1.0"], "200 OK"],
  ["OPTIONS *", ["OPTIONS * HTTP/1.1", "Host: localhost", END], "204 No Content"],
  ["OPTIONS * of HTTP/1.0", ["OPTIONS * HTTP/1.0"], "204 No Content"],
])("%s is answered", async (_, lines, wanted) => {
  expect(status(await raw(it.server.port, ...lines))).toBe(`HTTP/1.1 ${wanted}`);
});

test("of a connection on which very many requests wait nothing more is answered; some may wait", async () => {
  const one = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n";
  const answers = (text: string) => text.split("HTTP/1.1 200 OK").length - 1;
  const some = `${`${one}\r\n`.repeat(39)}${one}${END}`;
  expect(answers(await raw(it.server.port, some))).toBe(40);
  const many = `${`${one}\r\n`.repeat(499)}${one}${END}`;
  const cut = await raw(it.server.port, many).catch((error: Error) => error.message);
  expect(answers(cut)).toBeLessThan(500);
  expect((await it.ask("/healthz")).status).toBe(200);
});

test("a prediction over HTTP/1.0 without Host is answered too", async () => {
  const body = JSON.stringify(LINEAR.rows[0]);
  const head = ["POST /m HTTP/1.0", "Content-Type: application/json", `Content-Length: ${body.length}`];
  const answer = await raw(it.server.port, `${head.join("\r\n")}\r\n\r\n${body}`);
  expect(status(answer)).toBe("HTTP/1.1 200 OK");
  expect(answer).toContain('"predict":');
});

test("once there is a registry, files and the log need a key with the scope, on this machine too", async () => {
  const octets = { accept: "application/octet-stream" };
  const { json } = await it.ask("/keys", { body: { name: "p", scopes: ["predict"] }, key: it.admin });
  const publisher = (await it.ask("/keys", { body: { name: "q", scopes: ["publish"] }, key: it.admin })).json;
  for (const path of ["/m", "/m/versions/1"]) {
    const of = async (key?: string) => (await it.ask(path, { headers: octets, ...(key && { key }) })).status;
    expect([await of(), await of(json.secret), await of(publisher.secret), await of(it.admin)]).toEqual([
      401, 403, 200, 200,
    ]);
  }
  const log = async (key?: string) => (await it.ask("/m/predictions", key === undefined ? {} : { key })).status;
  expect([await log(), await log(json.secret), await log(publisher.secret), await log(it.admin)]).toEqual([
    401, 403, 403, 200,
  ]);
  expect((await it.ask("/m")).status).toBe(200); // the card stays open
});

describe("wrong keys", () => {
  /** A request from one of this machine's own addresses. */
  const from = (address: string, key: string) =>
    new Promise<{ status: number; wait: string | undefined }>((resolve, reject) => {
      const socket = createConnection({ port: it.server.port, host: "127.0.0.1", localAddress: address }, () =>
        socket.write(`GET /m HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\nConnection: close\r\n\r\n`),
      );
      let answer = "";
      socket.on("data", (chunk) => (answer += chunk.toString()));
      socket.on("error", reject);
      socket.on("close", () =>
        resolve({ status: Number(answer.split(" ")[1]), wait: /^retry-after: (\d+)/im.exec(answer)?.[1] }),
      );
    });

  test("are slowed down by address; keys that were right once, and other addresses, are not", async () => {
    const { secret } = (await it.ask("/keys", { body: { name: "new", scopes: ["predict"] }, key: it.admin })).json;
    expect((await from("127.0.0.2", it.admin)).status).toBe(200);
    const statuses: number[] = [];
    for (let at = 0; at < 12; at++) statuses.push((await from("127.0.0.2", `wrong${at}`)).status);
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
    const late = await from("127.0.0.2", secret);
    expect(late.status).toBe(429); // nobody learns whether a key is right
    expect(Number(late.wait)).toBeGreaterThan(0);
    expect(Number(late.wait)).toBeLessThanOrEqual(6);
    expect((await from("127.0.0.2", it.admin)).status).toBe(200);
    expect((await from("127.0.0.3", secret)).status).toBe(200);
    expect((await from("127.0.0.2", secret)).status).toBe(200); // it is known to be right now
    expect((await from("127.0.0.3", "wrong")).status).toBe(401);
  });

  test("what is forwarded for others does not change the address", async () => {
    const statuses: number[] = [];
    for (let at = 0; at < 12; at++) {
      const headers = { "x-forwarded-for": `10.0.0.${at}`, forwarded: `for=10.0.0.${at}` };
      statuses.push((await it.ask("/m", { key: `wrong ${at}`.replace(" ", ""), headers })).status);
    }
    expect(statuses.at(-1)).toBe(429);
  });

  test("looking takes nothing", () => {
    let now = 0;
    const limits = new RateLimits(() => now);
    for (let at = 0; at < 5; at++) expect(limits.look("a", 2)).toMatchObject({ granted: true, remaining: 2 });
    limits.take("a", 2);
    limits.take("a", 2);
    expect(limits.look("a", 2)).toMatchObject({ granted: false, wait: 30 });
    now = 30;
    expect(limits.look("a", 2)).toMatchObject({ granted: true, remaining: 1 });
  });
});

test("a service on this machine says once that a proxy passes on what has no key", async () => {
  const written = vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  const server = await listen(service({ models: { given: MODELS.linear } }), { port: 0, signals: false });
  const url = `${server.url.replace("localhost", "127.0.0.1")}/given`;
  const notes = () =>
    written.mock.calls.flat().filter((text) => /a proxy passes requests on/.test(String(text))).length;
  await send(url);
  await send(url, { headers: { via: "1.1 proxy" }, key: "k" });
  expect(notes()).toBe(0);
  await send(url, { headers: { "x-forwarded-for": "10.0.0.1" } });
  await send(url, { headers: { forwarded: "for=10.0.0.1" } });
  expect(notes()).toBe(1);
  written.mockRestore();
  await server.close();
});

test("origins are told from what is none", () => {
  const origins = [
    "*",
    "https://app.example",
    "http://localhost:3000",
    "https://A.example/",
    "chrome-extension://abcdef",
  ];
  for (const origin of origins) expect(isOrigin(origin), origin).toBe(true);
  const none = [
    "app.example",
    "https://app.example/page",
    "https://",
    "https://a b",
    "null",
    "",
    "//a",
    "https://u@a",
    "a,b",
  ];
  for (const other of none) {
    expect(isOrigin(other), other).toBe(false);
    expect(() => cors([other])).toThrow(/is no origin/);
  }
  expect(() => service({ models: {}, cors: ["app.example"] })).toThrow("'app.example' is no origin");
});
