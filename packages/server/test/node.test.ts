import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import { connect, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { isCurtidoError } from "@curtido/pickle";
import { type Listening, type ListenOptions, listen, model, service } from "@curtido/server";
import { Hono } from "hono";
import { afterEach, expect, test } from "vitest";
import { LINEAR, MODELS, testService } from "./help.ts";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function start(options: ListenOptions = {}, app = testService({ maxBody: 100_000 })): Promise<Listening> {
  const server = await listen(app, { port: 0, signals: false, ...options });
  open.push(server);
  return server;
}

/** Sends bytes as they are, and gives everything that comes back until the connection ends. */
function raw(port: number, text: string, host = "127.0.0.1"): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, host, () => socket.write(text));
    let received = "";
    socket.on("data", (chunk) => (received += chunk.toString()));
    socket.on("end", () => resolve(received));
    socket.on("close", () => resolve(received));
    socket.on("error", reject);
  });
}

const post = (port: number, body: BodyInit, headers: Record<string, string> = { "content-type": "application/json" }) =>
  fetch(`http://127.0.0.1:${port}/linear`, { method: "POST", headers, body });

test("localhost is both of its addresses", async () => {
  const { port, url } = await start();
  expect(url).toBe(`http://localhost:${port}`);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
});

test("a taken port is an error when it was asked for", async () => {
  const { port } = await start();
  const error = await listen(testService(), { port, signals: false }).catch((thrown: unknown) => thrown);
  if (!isCurtidoError(error, "E_LISTEN")) throw error;
  expect(error.message).toBe(`port ${port} is taken; choose another with --port`);
});

test("5000 gives way to the next free port, and that is said", async () => {
  const taken: Server = createServer();
  await new Promise<void>((resolve) => {
    taken.once("error", () => resolve());
    taken.listen(5000, "127.0.0.1", () => resolve());
  });
  open.push(taken);
  const server = await listen(testService(), { signals: false });
  open.push(server);
  expect(server.port).toBeGreaterThan(5000);
  expect(server.moved).toBe(true);
});

test("other hosts are refused on loopback, unless they are allowed", async () => {
  const { port } = await start({ hosts: ["models.example"] });
  const ask = (host: string) => raw(port, `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  expect(await ask("evil.example")).toMatch(/^HTTP\/1.1 403 .*application\/problem\+json/s);
  expect(await ask(`evil.example:${port}`)).toMatch(/^HTTP\/1.1 403/);
  expect(await ask("models.example")).toMatch(/^HTTP\/1.1 200/);
  expect(await ask(`localhost:${port}`)).toMatch(/^HTTP\/1.1 200/);
  const body = '{"feature1":1,"feature2":1,"feature3":1,"feature4":1}';
  const posted = `POST /linear HTTP/1.1\r\nHost: evil.example\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  expect(await raw(port, posted)).toMatch(/^HTTP\/1.1 403/);
});

test("a body over the limit is a 413, whether it says its length or not", async () => {
  const { port } = await start();
  expect((await post(port, "x".repeat(100_001))).status).toBe(413);
  const stream = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(10_000).fill(32)),
  });
  const endless = await fetch(`http://127.0.0.1:${port}/linear`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: stream,
    duplex: "half",
  } as RequestInit).then(
    ({ status }) => status,
    () => "cut off",
  );
  expect([413, "cut off"]).toContain(endless);
  expect((await post(port, JSON.stringify(LINEAR.rows[0]))).status).toBe(200);
});

test("a body that never ends is cut off, and the server goes on", async () => {
  const { port } = await start({ requestTimeout: 200 });
  const head =
    "POST /linear HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n";
  expect(await raw(port, `${head}{"fea`)).toMatch(/^HTTP\/1.1 408 .*did not arrive in time/s);
  const chunked = head.replace("Content-Length: 100", "Transfer-Encoding: chunked");
  expect(await raw(port, `${chunked}1\r\n{\r\n`)).toMatch(/^HTTP\/1.1 408/);
  expect(await raw(port, "GET / HTTP/1.1\r\nHost: loc")).toMatch(/^HTTP\/1.1 408/);
  expect((await post(port, JSON.stringify(LINEAR.rows[0]))).status).toBe(200);
});

test("what is no HTTP is a 400 in words", async () => {
  const { port } = await start();
  expect(await raw(port, "hello\r\n\r\n")).toMatch(/^HTTP\/1.1 400 .*"the request is not HTTP"/s);
  expect(await raw(port, "GET /\\x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).toMatch(
    /^HTTP\/1.1 40[04] .*problem\+json/s,
  );
  expect(await raw(port, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(20_000)}\r\n\r\n`)).toMatch(
    /^HTTP\/1.1 431 .*problem\+json/s,
  );
});

test("a client that goes away does no harm", async () => {
  const { port } = await start();
  const socket = connect(port, "127.0.0.1", () => {
    socket.write(
      "POST /linear HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
    );
    socket.destroy();
  });
  await new Promise((resolve) => socket.on("close", resolve));
  expect((await post(port, JSON.stringify(LINEAR.rows[0]))).status).toBe(200);
});

test("requests in flight end before the server does", async () => {
  const slowly = async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return undefined;
  };
  const { port, close } = await start({}, service({ models: { linear: { source: MODELS.linear, before: slowly } } }));
  const answer = post(port, JSON.stringify(LINEAR.rows[0]));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const closed = close();
  expect((await answer).status).toBe(200);
  await closed;
  await expect(post(port, "{}")).rejects.toThrow();
});

test("an idle connection does not keep the server, a stuck one only for the grace period", async () => {
  const { port, close } = await start(
    { grace: 200 },
    service({ models: { linear: { source: MODELS.linear, before: () => new Promise(() => undefined) } } }),
  );
  await (await fetch(`http://127.0.0.1:${port}/healthz`)).text();
  const stuck = post(port, "{}").catch((error: Error) => error);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await close();
  expect(await stuck).toBeInstanceOf(Error);
});

test("any app listens", async () => {
  const server = await listen(model(MODELS.linear), { port: 0, signals: false });
  open.push(server);
  const answer = await fetch(server.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(LINEAR.rows[0]),
  });
  expect(await answer.json()).toEqual({ predict: expect.closeTo(LINEAR.predict[0] as number, 8) });
});

test("apps of any type listen, and whatever answers requests", async () => {
  const typed = new Hono<{ Variables: { user: string } }>().get("/", (context) => {
    context.set("user", "Ada");
    return context.text(context.get("user"));
  });
  const plain = {
    text: "plain",
    fetch() {
      return new Response(this.text);
    },
  };
  for (const [app, text] of [
    [typed, "Ada"],
    [plain, "plain"],
  ] as const) {
    const server = await listen(app, { port: 0, signals: false });
    open.push(server);
    expect(await (await fetch(server.url)).text()).toBe(text);
  }
});

function child(script: string): ChildProcess {
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  return spawn(
    process.execPath,
    ["--conditions=curtido-source", "--import", "tsx", "--input-type=module", "-e", script],
    { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
  );
}

test.each(["SIGTERM", "SIGINT"] as const)("%s ends a server in order, a second one at once", async (signal) => {
  const script = `
    import { listen, service } from "@curtido/server";
    const never = { source: ${JSON.stringify(MODELS.linear)}, before: () => new Promise(() => {}) };
    const { url, closed } = await listen(service({ models: { linear: never } }), { port: 0 });
    console.log(url);
    await closed;
    console.log("done");`;
  const running = child(script);
  open.push({ close: () => running.kill("SIGKILL") });
  let said = "";
  running.stdout!.on("data", (chunk) => (said += chunk));
  while (!said.includes("\n")) await new Promise((resolve) => setTimeout(resolve, 20));
  const stuck = fetch(`${said.trim()}/linear`, {
    method: "POST",
    body: "{}",
    headers: { "content-type": "application/json" },
  }).catch(() => "ended");
  await new Promise((resolve) => setTimeout(resolve, 200));
  running.kill(signal);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(running.exitCode).toBeNull();
  running.kill(signal);
  const code = await new Promise((resolve) => running.once("exit", resolve));
  expect(code).toBe(0);
  expect(said).toContain("done");
  expect(await stuck).toBe("ended");
});
