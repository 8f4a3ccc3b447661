import { type Listening, listen, type Service } from "@curtido/server";
import { afterEach, expect, test } from "vitest";
import { reportError, reportTo } from "../../src/observe/report.ts";
import { continueTrace } from "../../src/observe/trace.ts";
import { LINEAR, testService } from "../help.ts";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function start(app: Service = testService()): Promise<Listening & { readonly app: Service }> {
  const server = await listen(app, { port: 0, signals: false });
  open.push(server, app);
  return { ...server, app };
}
const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

test("metrics count requests by model and status, rows, errors, and what the process is", async () => {
  const { url } = await start();
  await post(`${url}/linear`, LINEAR.rows[0]);
  await post(`${url}/linear`, LINEAR.rows);
  await post(`${url}/linear`, {});
  await post(`${url}/nothing`, {});
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0.0.4/);
  const text = await response.text();
  const value = (line: string) =>
    Number(
      text
        .split("\n")
        .find((found) => found.startsWith(`${line} `))
        ?.split(" ")
        .at(-1),
    );
  expect(value('curtido_requests_total{model="linear",version="",status="200"}')).toBe(2);
  expect(value('curtido_requests_total{model="linear",version="",status="422"}')).toBe(1);
  expect(value('curtido_requests_total{model="",version="",status="404"}')).toBe(1);
  expect(value('curtido_rows_total{model="linear",version=""}')).toBe(1 + LINEAR.rows.length);
  expect(value('curtido_errors_total{model="linear",version="",kind="E_FEATURES"}')).toBe(1);
  expect(value('curtido_request_duration_seconds_count{model="linear",version=""}')).toBe(3);
  expect(value('curtido_request_duration_seconds_bucket{model="linear",version="",le="+Inf"}')).toBe(3);
  expect(value('curtido_model_bytes{model="linear",version=""}')).toBeGreaterThan(100);
  expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
  expect(text).toMatch(/^curtido_event_loop_delay_seconds [\d.e-]+/m);
});

test("a request keeps the id that it comes with, and gets one when it has none", async () => {
  const { url } = await start();
  for (const path of ["/linear", "/linear?unexpected=ignore"]) {
    const own = await post(`${url}${path}`, LINEAR.rows[0], { "x-request-id": "my-id-1" });
    expect(own.headers.get("x-request-id")).toBe("my-id-1");
    const [one, two] = [await post(`${url}${path}`, LINEAR.rows[0]), await post(`${url}${path}`, {})];
    expect(one.headers.get("x-request-id")).toMatch(/^\w+-\w+$/);
    expect(two.headers.get("x-request-id")).not.toBe(one.headers.get("x-request-id"));
  }
  const odd = await post(`${url}/linear`, LINEAR.rows[0], { "x-request-id": "x".repeat(200) });
  expect(odd.headers.get("x-request-id")).not.toContain("xx");
});

test("the log has a line per request, with its id and its trace", async () => {
  const app = testService();
  const lines: Record<string, unknown>[] = [];
  await app.runtime.observer.start({ level: "info", write: (line) => void lines.push(JSON.parse(line)) });
  const { url } = await start(app);
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const response = await post(`${url}/linear`, LINEAR.rows[0], { traceparent, "x-request-id": "abc" });
  expect(response.headers.get("traceresponse")).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/);
  await expect.poll(() => lines.length).toBe(1);
  expect(lines[0]).toMatchObject({
    msg: "request",
    method: "POST",
    path: "/linear",
    status: 200,
    request_id: "abc",
    trace_id: "0af7651916cd43dd8448eb211c80319c",
  });
  reportError(new Error("something"));
  expect(lines[1]).toMatchObject({ msg: "something", level: 50 });
  reportTo(
    () => undefined,
    () => undefined,
  );
});

test("a traceparent that is none starts nothing", () => {
  const ids = "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331";
  for (const bad of [undefined, "", "00", `ff-${ids}-01`, `00-${"0".repeat(32)}-b7ad6b7169203331-01`, `00-${ids}-01-x`])
    expect(continueTrace(bad)).toBeUndefined();
  expect(continueTrace(`01-${ids}-00-more`)).toMatchObject({ sampled: false });
});

test("readiness: not while a model is missing, not while it drains", async () => {
  const { url, app } = await start();
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  app.runtime.checks.push(() => "the database does not answer");
  const sick = await fetch(`${url}/readyz`);
  expect([sick.status, (await sick.json()).reason]).toEqual([503, "the database does not answer"]);
  app.runtime.checks.pop();
  app.runtime.draining = true;
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});
