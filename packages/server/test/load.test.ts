import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import { load, loadNow } from "@curtido/estimators/node";
import { model, service } from "@curtido/server";
import { afterEach, expect, test, vi } from "vitest";
import { ask, fixture, LINEAR, MODELS } from "./help.ts";

const servers: { close(): unknown }[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const server of servers.splice(0)) server.close();
});

/** A web server that has one model. */
async function elsewhere(): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url === "/models/lin%C3%A9aire.pkl") response.end(readFileSync(MODELS.linear));
    else response.writeHead(404).end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each([
  ["a path", () => MODELS.linear],
  ["a file: URL", () => pathToFileURL(MODELS.linear)],
  ["a file: URL as text", () => pathToFileURL(MODELS.linear).href],
  ["bytes", () => new Uint8Array(readFileSync(MODELS.linear))],
  ["an ArrayBuffer, as fetch gives it", () => new Response(readFileSync(MODELS.linear)).arrayBuffer()],
  ["an http: URL", async () => `${await elsewhere()}/models/lin%C3%A9aire.pkl`],
] as const)("a model comes from %s", async (_, source) => {
  const loaded = await load(await source());
  const rows = LINEAR.rows.map((row) => Object.values(row) as number[]);
  for (const [at, value] of loaded.predict(rows).flat().entries())
    expect(value).toBeCloseTo(LINEAR.predict[at] as number, 8);
  expect(loaded.predict(LINEAR.rows).flat()).toEqual(loaded.predict(rows).flat());
});

test.each([
  ["nothing.pkl", /nothing\.pkl: no such file$/],
  ["linear_model", /linear_model: is a folder, not a file$/],
] as const)("%s is one clear line", async (name, message) => {
  await expect(load(fixture(name))).rejects.toThrow(message);
});

test("errors name the file", async () => {
  await expect(load(new Uint8Array([0x80, 4, 0x4e, 0x2e]))).rejects.toMatchObject({ code: "E_NOT_A_MODEL" });
  await expect(load(fixture("linear_model/LinearRegression-diabetes.sk1.9.1.json"))).rejects.toThrow(
    /diabetes\.sk1\.9\.1\.json: not a pickle/,
  );
  await expect(load(`${await elsewhere()}/nothing.pkl`)).rejects.toThrow(/nothing\.pkl: the server answered 404$/);
  await expect(load("http://127.0.0.1:9/modelo.pkl")).rejects.toMatchObject({ code: "E_FILE" });
});

test("a remote model is served once it is there, named after its address", async () => {
  const app = service({ models: [`${await elsewhere()}/models/lin%C3%A9aire.pkl`] });
  const { json } = await ask(app, `/${encodeURIComponent("linéaire")}`, { body: LINEAR.rows[0] });
  expect(json.predict).toBeCloseTo(LINEAR.predict[0] as number, 8);
});

test("a remote model that does not come is a 503, and its server lives on", async () => {
  const written = vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  const url = await elsewhere();
  const app = service({ models: { gone: `${url}/gone.pkl`, linear: MODELS.linear } });
  const gone = await ask(app, "/gone", { body: [] });
  expect([gone.status, gone.headers.get("retry-after")]).toEqual([503, "30"]);
  expect(written.mock.calls.flat().join("")).toContain("the server answered 404");
  expect((await ask(app, "/linear", { body: [] })).status).toBe(200);
  expect((await ask(app, "/")).json.models[0]).toEqual({ name: "gone", uri: "/gone" });
  expect((await ask(app, "/openapi.json")).status).toBe(200);
  expect((await ask(model(`${url}/gone.pkl`), "/")).status).toBe(503);
});

test("nothing is no model, and said so", async () => {
  await expect(load(undefined as unknown as string)).rejects.toThrow(
    "a model comes from a path, a URL or bytes, not from undefined",
  );
});

test("the parts of a file of several parts are read beside it, and nowhere when there are only bytes", async () => {
  const path = fixture("arrays/joblib_parts.joblib0.9.4py3.joblib");
  // It holds arrays and no model: to know that, they must have been read.
  await expect(load(path)).rejects.toMatchObject({ code: "E_NOT_A_MODEL" });
  expect(() => loadNow(path)).toThrow(/which is no model/);
  await expect(load(new Uint8Array(readFileSync(path)))).rejects.toThrow(/_01\.npy' is not at hand/);
});
