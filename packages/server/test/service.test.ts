import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { model, service } from "@curtido/server";
import { describe, expect, test } from "vitest";
import { ask, fixture, LINEAR, MODELS, modelOf, testService } from "./help.ts";

const app = testService({ maxBody: 2000 });

describe("resources", () => {
  test("/ lists the models", async () => {
    const { status, json, headers } = await ask(app, "/");
    expect(status).toBe(200);
    expect(headers.get("vary")).toBe("Accept");
    expect(json.models.map(({ name }: { name: string }) => name)).toEqual(Object.keys(MODELS));
    expect(json.models[0]).toEqual({
      name: "linear",
      uri: "/linear",
      class: "LinearRegression",
      task: "regression",
      features: 4,
    });
  });
  test("/{model} describes it", async () => {
    const { json } = await ask(app, "/houses", { accept: "application/json" });
    expect(json).toMatchObject({
      uri: "/houses",
      name: "houses",
      class: "Pipeline",
      version: "1.9.1",
      task: "classification",
      answers: "predict",
      includes: ["probabilities", "warnings"],
    });
    expect(json.features[0]).toMatchObject({ name: "colour", type: "string", missing: true });
    expect((await ask(app, "/houses", { body: json.example })).status).toBe(200);
  });
  test.each(Object.keys(MODELS))("the example row of %s is a row that it takes", async (name) => {
    const { json } = await ask(app, `/${name}`);
    expect((await ask(app, `/${name}`, { body: json.example })).status).toBe(200);
  });
  test("health, and nothing where a browser looks for an icon", async () => {
    expect((await ask(app, "/healthz")).json).toEqual({ status: "ok", models: Object.keys(MODELS).length });
    expect((await ask(app, "/favicon.ico")).status).toBe(204);
  });
});

describe("paths", () => {
  test.each(["/linear/", "//linear", "//linear//", "/LINEAR", "/line%61r"])("%s is /linear", async (path) => {
    expect((await ask(app, path, { body: LINEAR.rows[0] })).status).toBe(200);
  });
  test.each(["/nothing", "/linear/more", "/%", "/%FF", "/..%2flinear", "/healthz/more", "/__proto__", "/constructor"])(
    "%s is a 404",
    async (path) => {
      const { status, type } = await ask(app, path);
      expect(status).toBe(404);
      expect(type).toBe("application/problem+json");
    },
  );
  test("names of any script, percent-encoded or however composed", async () => {
    const own = service({ models: { ñandú: MODELS.linear } });
    expect((await ask(own, `/${encodeURIComponent("ñandú")}`, { body: LINEAR.rows[0] })).status).toBe(200);
    expect((await ask(own, `/${encodeURIComponent("n\u0303ANDU\u0301")}`, { body: LINEAR.rows[0] })).status).toBe(200);
    expect((await ask(own, "/")).json.models[0].uri).toBe("/%C3%B1and%C3%BA");
  });
  test("bad names and clashes are refused when the service is made", () => {
    expect(() => service({ models: { healthz: MODELS.linear } })).toThrow(/reserved.*--name/);
    expect(() => service({ models: { a: MODELS.linear, A: MODELS.one } })).toThrow(/both be \/A.*--name/);
    expect(() => service({ models: { "a b": MODELS.linear } })).toThrow(/--name a-b/);
    expect(() => service({ models: [fixture("nothing.pkl")] })).toThrow(/no such file/);
  });
});

describe("methods", () => {
  test.each(["PUT", "DELETE", "PATCH", "PROPFIND"])("%s is a 405 that says what is allowed", async (method) => {
    const { status, headers, json } = await ask(app, "/linear", { method });
    expect(status).toBe(405);
    expect(headers.get("allow")).toBe("GET, HEAD, POST, OPTIONS");
    expect(json.detail.includes("--data FOLDER")).toBe(method === "PUT" || method === "DELETE");
  });
  test("POST to what is only read is a 405", async () => {
    expect((await ask(app, "/", { body: {} })).headers.get("allow")).toBe("GET, HEAD, OPTIONS");
    expect((await ask(app, "/healthz", { body: {} })).status).toBe(405);
  });
  test("any method at nothing is a 404", async () => {
    for (const method of ["PUT", "POST", "OPTIONS"]) expect((await ask(app, "/nothing", { method })).status).toBe(404);
  });
  test("OPTIONS says what is possible, HEAD answers without a body", async () => {
    expect(await ask(app, "/linear", { method: "OPTIONS" })).toMatchObject({ status: 204, text: "" });
    const head = await ask(app, "/linear", { method: "HEAD" });
    expect(head).toMatchObject({ status: 200, text: "" });
    expect(head.headers.get("content-type")).toBe("application/json");
  });
});

describe("negotiation and limits", () => {
  test("what cannot be answered is a 406", async () => {
    expect((await ask(app, "/linear", { accept: "image/png" })).status).toBe(406);
    expect((await ask(app, "/linear", { accept: "text/csv" })).status).toBe(406);
    expect((await ask(app, "/linear", { accept: "image/png", body: LINEAR.rows[0] })).status).toBe(406);
    expect((await ask(app, "/", { accept: "text/csv" })).status).toBe(406);
  });
  test("what is not read is a 415 that says what is", async () => {
    for (const type of ["image/png", "application/pdf", "nonsense"]) {
      const { status, headers } = await ask(app, "/linear", { type, body: "{}" });
      expect(status).toBe(415);
      expect(headers.get("accept-post")).toContain("application/json");
    }
  });
  test("packed bodies are unpacked, up to the limit", async () => {
    const text = JSON.stringify(LINEAR.rows[0]);
    const send = (encoding: string, body: Uint8Array | string) =>
      app.request("/linear", {
        method: "POST",
        headers: { "content-type": "application/json", "content-encoding": encoding },
        body: body as BodyInit,
      });
    const expected = await (await ask(app, "/linear", { body: LINEAR.rows[0] })).text;
    for (const [encoding, pack] of [
      ["gzip", gzipSync],
      ["X-GZIP", gzipSync],
      ["deflate", deflateSync],
      ["deflate", deflateRawSync],
      ["br", brotliCompressSync],
    ] as const) {
      expect(await (await send(encoding, pack(text))).text(), encoding).toBe(expected);
      expect((await send(encoding, pack(" ".repeat(1_000_000)))).status, encoding).toBe(413);
      expect((await send(encoding, pack(text).subarray(0, -9))).status, encoding).toBe(400);
    }
    expect((await send("gzip", text)).status).toBe(400);
    expect((await send("identity", text)).status).toBe(200);
    const unknown = await send("zstd", text);
    expect([unknown.status, unknown.headers.get("accept-encoding")]).toEqual([415, "gzip, deflate, br"]);
  });
  test("what is too large is a 413", async () => {
    const { status } = await ask(app, "/linear", { type: "application/json", body: "x".repeat(2001) });
    expect(status).toBe(413);
    expect((await ask(app, "/linear", { type: "application/json", body: " ".repeat(1900) })).status).toBe(400);
  });
});

describe("a model of its own", () => {
  test("is named after its file", async () => {
    expect((await ask(model(MODELS.linear), "/")).json.name).toBe("LinearRegression-diabetes.sk1.9.1");
    expect((await ask(model(MODELS.linear, { name: "mine" }), "/")).json.name).toBe("mine");
  });
  test("fails at once when the file is none", () => {
    expect(() => model(fixture("nothing.pkl"))).toThrow(/nothing.pkl: no such file/);
    expect(() => model(fixture("linear_model"))).toThrow(/is a folder/);
    expect(() => model(Uint8Array.of(1, 2, 3))).toThrow();
  });
});

describe("encoders of labels", () => {
  test("take the labels of training, and show them", async () => {
    const labels = model(modelOf("preprocessing/LabelEncoder-text.sk1.9.1"));
    const { json: card } = await ask(labels, "/");
    const [{ name, type, categories, closed }] = card.features;
    expect([name, type, closed]).toEqual(["feature1", "string", true]);
    expect((await ask(labels, "/", { body: categories })).json).toEqual({ transform: [...categories.keys()] });
    expect((await ask(labels, "/", { body: card.example })).json).toEqual({ transform: 0 });
    expect((await ask(labels, "/", { type: "application/json", body: JSON.stringify(categories[1]) })).json).toEqual({
      transform: 1,
    });
    const unknown = await ask(labels, "/", { body: ["no such label"] });
    expect(unknown).toMatchObject({ status: 422, json: { errors: [{ pointer: "#/0" }] } });
    expect(unknown.json.detail).toContain("must be one of");
  });
  test("a binarizer takes others too, as Python's does", async () => {
    const labels = model(modelOf("preprocessing/LabelBinarizer-text.sk1.9.1"));
    const { transform } = (await ask(labels, "/", { body: ["no such label"] })).json;
    expect(new Set(transform[0])).toEqual(new Set([0]));
  });
});
