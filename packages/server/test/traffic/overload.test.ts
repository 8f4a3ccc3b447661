import { connect } from "node:net";
import { loadNow } from "@curtido/estimators/node";
import { type Listening, listen, type Service, service } from "@curtido/server";
import { afterEach, expect, test, vi } from "vitest";
import { LINEAR, MODELS, testService } from "../help.ts";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function start(app: Service, options = {}): Promise<Listening> {
  const server = await listen(app, { port: 0, signals: false, ...options });
  open.push(server, app);
  return server;
}

const post = (port: number, body: string, type = "application/json") =>
  fetch(`http://127.0.0.1:${port}/linear`, { method: "POST", headers: { "content-type": type }, body });

/** A model that takes so many milliseconds for a request. */
function slow(milliseconds: number, maxQueue: number): Service {
  const model = loadNow(MODELS.linear);
  const predict = model.predict.bind(model);
  model.predict = (rows) => {
    for (const end = performance.now() + milliseconds; performance.now() < end; );
    return predict(rows);
  };
  return service({ models: { linear: model }, maxQueue });
}

/** Asks on a connection of its own that is open already. */
async function opened(port: number): Promise<(body: string) => Promise<string>> {
  const socket = connect(port, "127.0.0.1");
  await new Promise((resolve) => socket.once("connect", resolve));
  return (body) =>
    new Promise((resolve) => {
      let text = "";
      socket.on("data", (data) => (text += data.toString()));
      socket.on("end", () => resolve(text));
      socket.write(
        `POST /linear HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
    });
}

test("beyond the queue requests are refused at once, and what was admitted is answered", async () => {
  const app = slow(5, 20);
  const { port } = await start(app);
  const row = JSON.stringify(LINEAR.rows[0]);
  const clients = await Promise.all(Array.from({ length: 100 }, () => opened(port)));
  const answers = await Promise.all(clients.map((ask) => ask(row)));
  const good = answers.filter((text) => text.startsWith("HTTP/1.1 200"));
  const refused = answers.filter((text) => text.startsWith("HTTP/1.1 503") && /\r\nRetry-After: 1\r\n/.test(text));
  expect(good.length + refused.length).toBe(100);
  expect(good.length).toBeGreaterThanOrEqual(20);
  expect(refused.length).toBeGreaterThan(0);
  expect(app.runtime.admission.rejected).toBe(refused.length); // none of them waited for its turn
  expect((await post(port, row)).status).toBe(200);
});

test("a long body may take its time as long as it keeps coming; one that stops is cut off", async () => {
  const { port } = await start(testService({ validateRows: 10 }), { requestTimeout: 300 });
  const names = Object.keys(LINEAR.rows[0]!);
  const lines = `${Object.values(LINEAR.rows[0]!).join(",")}\n`.repeat(200);
  const head = `POST /linear HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n`;
  const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
  const talk = (pieces: number, end: boolean) =>
    new Promise<string>((resolve) => {
      let received = "";
      const socket = connect(port, "127.0.0.1", async () => {
        socket.write(head + chunk(`${names.join(",")}\n`));
        for (let at = 0; at < pieces; at++) {
          socket.write(chunk(lines));
          await new Promise((done) => setTimeout(done, 25));
        }
        if (end) socket.write("0\r\n\r\n");
      });
      socket.on("data", (data) => (received += data.toString()));
      socket.on("error", () => undefined);
      socket.on("close", () => resolve(received));
    });
  const whole = await talk(40, true);
  expect(whole).toMatch(/^HTTP\/1.1 200/);
  expect(whole.match(/^[-\d.]+\r?$/gm)!.length).toBeGreaterThan(7900);
  expect(await talk(2, false)).not.toMatch(/\r\n0\r\n\r\n$/);
});

test("a client that takes nothing of its answer is cut off", async () => {
  const { port } = await start(testService({ validateRows: 10 }), { answerTimeout: 400 });
  const names = Object.keys(LINEAR.rows[0]!);
  const lines = `${Object.values(LINEAR.rows[0]!).join(",")}\n`.repeat(2000);
  const closed = new Promise<void>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.pause();
      socket.write(
        "POST /linear HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n",
      );
      const head = `${names.join(",")}\n`;
      socket.write(`${head.length.toString(16)}\r\n${head}\r\n`);
      const more = () => socket.write(`${Buffer.byteLength(lines).toString(16)}\r\n${lines}\r\n`);
      const timer = setInterval(() => socket.writableLength < 1e6 && more(), 1);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        clearInterval(timer);
        resolve();
      });
    });
  });
  await closed;
  expect((await post(port, JSON.stringify(LINEAR.rows[0]))).status).toBe(200);
}, 60_000);

test("a large JSON body lets one-row requests through", async () => {
  const { port } = await start(testService());
  const rows = `[${Array.from({ length: 150_000 }, () => JSON.stringify(LINEAR.rows[0])).join(",")}]`;
  await (await post(port, rows.slice(0, 300_000).replace(/,\{[^}]*$/, "]"))).text(); // the thread is there
  let done = false;
  const large = post(port, rows).then(async (response) => {
    const { predict } = (await response.json()) as { predict: number[] };
    done = true;
    return predict.length;
  });
  const { runtime } = open.find((each) => "runtime" in each) as unknown as Service;
  await expect.poll(() => runtime.threads.pool.waiting + runtime.threads.pool.running).toBeGreaterThan(0);
  let between = 0;
  while (!done) {
    expect((await post(port, JSON.stringify(LINEAR.rows[0]))).status).toBe(200);
    if (!done) between++;
  }
  expect(await large).toBe(150_000);
  expect(between).toBeGreaterThan(5);
}, 60_000);

test.each([
  ["as many as may be underway", 4, 100],
  ["of all the bytes that may be underway", 2, 250_000],
])("bodies that do not come, %s, keep no place of those that are there", async (_, connections, length) => {
  const app = service({ models: { linear: MODELS.linear }, maxQueue: 4, maxQueueBytes: 500_000 });
  const { port } = await start(app);
  const head = "POST /v1/models/linear:predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  const slowly = Array.from({ length: connections }, () => {
    const socket = connect(port, "127.0.0.1", () => socket.write(`${head}Content-Length: ${length}\r\n\r\n{`));
    socket.on("error", () => undefined);
    return socket;
  });
  await vi.waitFor(() => expect(app.runtime.admission.coming).toBe(connections));
  const instances = JSON.stringify({ instances: [LINEAR.rows[0]] });
  expect((await post(port, JSON.stringify(LINEAR.rows[0]))).status).toBe(200);
  const headers = { "content-type": "application/json" };
  const url = `http://127.0.0.1:${port}/v1/models/linear:predict`;
  expect((await fetch(url, { method: "POST", headers, body: instances })).status).toBe(200);
  for (const socket of slowly) socket.destroy();
  await vi.waitFor(() => expect([app.runtime.admission.coming, app.runtime.admission.requests]).toEqual([0, 0]));
});
