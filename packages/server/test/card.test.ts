/** @module Cards over HTTP: words beside answers, versions of the same bytes, models that take another's place. */

import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { service } from "../src/app.ts";
import { openService } from "../src/index.ts";
import { ask as askApp, fixture, LINEAR, MODELS } from "./help.ts";
import { type Live, live } from "./live.ts";

const linear = new Uint8Array(readFileSync(MODELS.linear));
const binary = new Uint8Array(readFileSync(MODELS.binary));
const pipe = new Uint8Array(readFileSync(fixture("bundles/one_dict.pkl")));
const NAMES = ["sepal_length", "sepal_width", "petal_length", "petal_width"];
const FLOWER = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };

let it: Live;
beforeAll(async () => {
  it = await live({ models: { given: MODELS.linear } });
});
afterAll(() => it.close());

const put = (path: string, body: Uint8Array | string, headers: Record<string, string> = {}) =>
  it.ask(path, { method: "PUT", body, key: it.admin, headers });
const putCard = (name: string, card: unknown, query = "", headers: Record<string, string> = {}) =>
  put(`/${name}/card${query}`, JSON.stringify(card), { "content-type": "application/json", ...headers });

describe("words beside the answer", () => {
  const app = service({ models: { iris: { source: pipe, card: { round: 1, title: "Iris" } } } });

  test.each([
    ["one row", FLOWER, { predict: 0, label: "setosa", rounded: 0 }],
    ["several", [FLOWER, FLOWER], { predict: [0, 0], label: ["setosa", "setosa"], rounded: [0, 0] }],
    ["none", [], { predict: [], label: [], rounded: [] }],
  ])("%s", async (_, body, answer) => {
    expect((await askApp(app, "/iris", { body })).json).toEqual(answer);
  });

  test("stand in every representation", async () => {
    const body = `${NAMES.join()}\n5.1,3.5,1.4,0.2\n`;
    const csv = await askApp(app, "/iris", { body, type: "text/csv" });
    expect(csv.text).toBe("predict,label,rounded\n0,setosa,0\n");
    const page = await askApp(app, "/iris", {
      body: new URLSearchParams(FLOWER as never).toString(),
      type: "application/x-www-form-urlencoded",
      accept: "text/html",
    });
    expect(page.text).toContain('<p class="value" id="prediction">setosa</p>');
    expect(page.text).toContain("<h1>Iris</h1>");
  });

  test("and the probabilities keep the classes of the model", async () => {
    const { json } = await askApp(app, "/iris?include=probabilities", { body: FLOWER });
    expect(Object.keys(json)).toEqual(["predict", "label", "rounded", "probabilities"]);
    expect(Object.keys(json.probabilities)).toEqual(["0", "1", "2"]);
  });

  test("are what the description says", async () => {
    const { json } = await askApp(app, "/iris", { accept: "application/json" });
    expect(json).toMatchObject({ title: "Iris", part: "pipe", round: 1, named: true });
    expect(json.labels).toEqual([{ 0: "setosa", 1: "versicolor", 2: "virginica" }]);
    expect((await askApp(app, "/iris/card")).json).toMatchObject({ title: "Iris", round: 1 });
  });
});

describe("a wrong card is refused with its key", () => {
  test.each([
    ["a key that is not known", { titel: "x" }, "titel"],
    ["a type that is none", { features: [{ name: "feature1", type: "int" }] }, "features[0].type"],
    ["a feature that there is not", { features: [{ name: "age", label: "Age" }] }, "features"],
    ["a class that there is not", { labels: { 7: "seven" } }, "labels.7"],
    ["half a decimal", { round: 1.5 }, "round"],
    ["an example that is not so", { examples: [{ row: Object.values(FLOWER), predict: 2 }] }, "examples[0]"],
    ["an example that cannot be asked", { examples: [{ row: { a: 1 }, predict: 2 }] }, "examples[0].row"],
  ])("%s", (_, card, path) => {
    expect(() => service({ models: { iris: { source: fixture("bundles/words_tree.pkl"), card } } })).toThrow(
      expect.objectContaining({ code: "E_CARD", fields: { path } }),
    );
  });
});

describe("publishing", () => {
  test("bytes and a card in one request", async () => {
    const form = new FormData();
    form.append("card", new Blob([JSON.stringify({ title: "Diabetes", round: 0 })]), "card.json");
    form.append("model", new Blob([linear]), "modelo.pkl");
    const request = new Request("http://x/", { method: "PUT", body: form });
    const body = new Uint8Array(await request.arrayBuffer());
    const answer = await put("/both", body, { "content-type": request.headers.get("content-type")! });
    expect([answer.status, answer.json.card]).toEqual([201, { title: "Diabetes", round: 0 }]);
    const { json } = await it.ask("/both", { body: LINEAR.rows[0] as object });
    expect(json.rounded).toBe(Math.round(LINEAR.predict[0] as number));
    const read = await it.ask("/both", { headers: { accept: "application/octet-stream" }, key: it.admin });
    expect(read.headers["content-length"]).toBe(String(linear.length));
  });

  test("another card makes a version of the same bytes, and taking it away another", async () => {
    expect((await put("/words", linear)).status).toBe(201);
    const first = await putCard("words", { title: "A" });
    expect([first.status, first.json.version, first.json.card]).toEqual([200, 2, { title: "A" }]);
    expect((await putCard("words", { title: "A" })).json.version).toBe(2);
    expect((await put("/words", linear)).json.version).toBe(2); // bytes alone say nothing of the card
    const card = await it.ask("/words/card", {});
    expect(card.json).toEqual({ title: "A" });
    const none = await it.ask("/words/card", { method: "DELETE", key: it.admin });
    expect([none.status, none.json.version]).toEqual([200, 1]);
    expect((await it.ask("/words/card", {})).json).toEqual({});
    const { versions } = (await it.ask("/words/versions", {})).json;
    expect(new Set(versions.map(({ sha256 }: { sha256: string }) => sha256)).size).toBe(1);
  });

  test("heeds If-Match, and changes nothing where a card is wrong", async () => {
    const made = await put("/held", linear);
    const tag = made.headers["etag"]!;
    expect((await putCard("held", { title: "A" }, "", { "if-match": '"x"' })).status).toBe(412);
    const ok = await putCard("held", { title: "A" }, "", { "if-match": tag });
    expect(ok.status).toBe(200);
    expect((await putCard("held", { title: "B" }, "", { "if-match": tag })).status).toBe(412);
    const wrong = await putCard("held", { features: [{ name: "feature1", min: "a" }] });
    expect([wrong.status, wrong.json.errors[0].pointer]).toEqual([422, "#/features/0/min"]);
    expect((await it.ask("/held/card", {})).json).toEqual({ title: "A" });
  });

  test("needs a key, and a model of the registry", async () => {
    await put("/closed", linear);
    const open = await it.ask("/closed/card", { method: "PUT", body: "{}" });
    expect(open.status).toBe(401);
    const given = await putCard("given", { title: "A" });
    expect([given.status, given.headers["allow"]]).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect((await putCard("nothing", {})).status).toBe(404);
  });

  test.each([
    ["no boundary", "multipart/form-data", "x", 400],
    [
      "broken off",
      "multipart/form-data; boundary=b",
      '--b\r\nContent-Disposition: form-data; name="model"\r\n\r\nabc',
      400,
    ],
    [
      "no model",
      "multipart/form-data; boundary=b",
      '--b\r\nContent-Disposition: form-data; name="card"\r\n\r\n{}\r\n--b--',
      422,
    ],
    [
      "a third part",
      "multipart/form-data; boundary=b",
      '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n{}\r\n--b--',
      422,
    ],
  ])("refuses a body with %s", async (_, type, body, status) => {
    expect((await put("/shapes", body, { "content-type": type })).status).toBe(status);
  });
});

describe("a version that clients of the current one could not ask", () => {
  test("is 409 with the difference, unless the request says so", async () => {
    await put("/swap", linear);
    const refused = await put("/swap", binary);
    expect([refused.status, refused.json.code]).toEqual([409, "E_SIGNATURE"]);
    expect(refused.json.detail).toContain("?change=signature");
    expect(refused.json.errors.length).toBeGreaterThan(0);
    expect((await it.ask("/swap/versions", {})).json.versions).toHaveLength(1);
    expect((await put("/swap?change=signature", binary)).json.version).toBe(2);
  });

  test("names of features count too: a card that gives some is refused alike", async () => {
    await put("/names", linear);
    const features = Object.keys(LINEAR.rows[0]!).map((_, at) => `f${at}`);
    const refused = await putCard("names", { features });
    expect([refused.status, refused.json.errors[0].detail]).toEqual([409, "the feature 'feature1' is gone"]);
    expect((await putCard("names", { features }, "?change=signature")).status).toBe(200);
    const row = Object.fromEntries(features.map((name, at) => [name, Object.values(LINEAR.rows[0]!)[at]]));
    expect((await it.ask("/names", { body: row })).json.predict).toBeCloseTo(LINEAR.predict[0] as number, 9);
  });
});

test("a database of before there were cards goes on, and takes them", async () => {
  const data = mkdtempSync(join(tmpdir(), "curtido-cards-"));
  cpSync(fixture("store/before_cards"), data, { recursive: true });
  try {
    const app = await openService({ models: {}, data });
    const answer = await askApp(app, "/modelo", { body: { feature1: 1, feature2: 0, feature3: 1, feature4: 1 } });
    expect(answer.json.predict).toBeCloseTo(5423.1426779786, 6);
    const bytes = new Uint8Array(
      readFileSync(join(data, "artifacts", "b2453236173a1d9ea7f2e87686b510239bbace381f348148f54436d3a9929ace")),
    );
    const published = await app.publish("modelo", bytes, { title: "Penguins" });
    expect([published.outcome, published.version.version]).toEqual(["added", 2]);
    await app.close();
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
