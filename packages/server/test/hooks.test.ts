import { load } from "@curtido/estimators/node";
import { type After, model, service } from "@curtido/server";
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { afterEach, expect, test, vi } from "vitest";
import { ask, LINEAR, MODELS } from "./help.ts";

const [row] = LINEAR.rows;
afterEach(() => vi.restoreAllMocks());

async function plain(body: unknown = row): Promise<number> {
  return (await ask(model(MODELS.linear), "/", { body })).json.predict;
}

test("a model is mounted at any path, beside anything else", async () => {
  const app = new Hono();
  app.get("/hello", (context) => context.text("hello"));
  app.route("/models/linear", model(MODELS.linear));
  expect((await ask(app, "/models/linear", { body: row })).json).toEqual({ predict: await plain() });
  expect((await ask(app, "/models/linear")).json.uri).toBe("/models/linear");
  expect((await ask(app, "/models/linear", { method: "PUT" })).status).toBe(405);
  expect((await ask(app, "/models/linear", { body: {} })).type).toBe("application/problem+json");
  expect((await ask(app, "/hello")).text).toBe("hello");
});

test("before changes rows, after the answer; both may take their time", async () => {
  const app = model(MODELS.linear, {
    before: async (given) => ({ ...given, feature1: Number(given["feature1"]) * 2 }),
    after: async (answer) => {
      await Promise.resolve();
      answer["unit"] = "mg/dl";
    },
  });
  const expected = await plain({ ...row, feature1: (row!["feature1"] as number) * 2 });
  expect((await ask(app, "/", { body: row })).json).toEqual({ predict: expected, unit: "mg/dl" });
  expect((await ask(app, "/", { body: Object.values(row!) })).json.predict).toBe(expected);
  const csv = `${Object.keys(row!).join(",")}\n${Object.values(row!).join(",")}`;
  expect((await ask(app, "/", { type: "text/csv", accept: "application/json", body: csv })).json.predict).toEqual([
    expected,
  ]);
});

test("the user's functions see the request", async () => {
  const app = new Hono();
  app.route(
    "/patients/:id",
    model(MODELS.linear, { before: (_, context) => ({ ...row, feature1: Number(context.req.param("id")) }) }),
  );
  expect((await ask(app, "/patients/3", { body: {} })).json.predict).toBe(await plain({ ...row, feature1: 3 }));
});

test("what before makes is validated", async () => {
  const app = model(MODELS.linear, { before: () => ({ feature1: "x" }) });
  expect((await ask(app, "/", { body: {} })).json.errors).toHaveLength(4);
});

test("a function that throws is a 500 without its inside, and is reported", async () => {
  const written = vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  const app = model(MODELS.linear, {
    after: () => {
      throw new Error("the password is hunter2");
    },
  });
  const { status, text } = await ask(app, "/", { body: row });
  expect(status).toBe(500);
  expect(text).not.toContain("hunter2");
  expect(written.mock.calls.flat().join("")).toContain("hunter2");
});

test("a service takes functions too, and models that are loaded already", async () => {
  const loaded = await load(MODELS.linear);
  const app = service({
    models: { a: { source: loaded, after: ({ predict }) => ({ predict: Math.round(predict as number) }) }, b: loaded },
  });
  expect((await ask(app, "/a", { body: row })).json.predict).toBe(Math.round(await plain()));
  expect((await ask(app, "/b", { body: row })).json.predict).toBe(await plain());
});

test("a function refuses with Hono's HTTPException", async () => {
  const refusing = (error: Error) =>
    model(MODELS.linear, {
      before() {
        throw error;
      },
    });
  const forbidden = await ask(refusing(new HTTPException(403, { message: "not yours" })), "/", { body: row });
  expect(forbidden.json).toEqual({ type: "about:blank", title: "Forbidden", status: 403, detail: "not yours" });
  expect((await ask(refusing(new HTTPException(429)), "/", { body: row })).json.detail).toBe("Too Many Requests");
  const res = new Response("who are you?", { status: 401, headers: { "WWW-Authenticate": "Basic" } });
  const unknown = await ask(refusing(new HTTPException(401, { res })), "/", { body: row });
  expect([unknown.status, unknown.text, unknown.headers.get("www-authenticate")]).toEqual([
    401,
    "who are you?",
    "Basic",
  ]);
});

test("a middleware may have read the body already", async () => {
  for (const read of ["json", "text", "arrayBuffer"] as const) {
    const app = new Hono();
    app.use(async (context, next) => {
      await context.req[read]();
      await next();
    });
    app.route("/linear", model(MODELS.linear, { maxBody: 1000 }));
    expect((await ask(app, "/linear", { body: row })).json, read).toEqual({ predict: await plain() });
    expect((await ask(app, "/linear", { body: ["x".repeat(1000)] })).status, read).toBe(413);
  }
});

test("no row goes round before, whatever its form", async () => {
  const forbidden = () => {
    throw new HTTPException(403, { message: "not you" });
  };
  const texts = new URL("../../../examples/texto.pkl", import.meta.url);
  for (const [source, body] of [
    [MODELS.linear, [1]],
    [MODELS.linear, [[1, 2]]],
    [MODELS.linear, [[1, 2, 3, 4, 5]]],
    [MODELS.linear, [[]]],
    [MODELS.linear, [{}]],
    [MODELS.one, 3],
    [MODELS.one, [1, 2]],
    [MODELS.encoder, [["blue"]]],
    [texts, "bueno"],
    [texts, ["bueno", "malo"]],
    [texts, [["bueno"]]],
  ] as const) {
    const sent = { body: JSON.stringify(body), type: "application/json" };
    const bare = await ask(model(source), "/", sent);
    const { status } = await ask(model(source, { before: forbidden }), "/", sent);
    if (bare.status === 200) expect([body, status]).toEqual([body, 403]);
    else expect([403, bare.status]).toContain(status); // what is no row at all is said without asking anybody
  }
});

test("a row that before leaves alone is answered as without it, right or wrong", async () => {
  const texts = new URL("../../../examples/texto.pkl", import.meta.url);
  for (const [source, body] of [
    [MODELS.linear, [1]],
    [MODELS.linear, [[1, 2]]],
    [MODELS.linear, [[1, 2, 3, 4, 5]]],
    [MODELS.linear, [Object.values(row!)]],
    [MODELS.one, 3],
    [MODELS.one, [1, 2]],
    [MODELS.named, [[1, 2]]],
    [texts, "bueno"],
    [texts, ["bueno", "malo"]],
  ] as const) {
    const sent = { body: JSON.stringify(body), type: "application/json" };
    const bare = await ask(model(source), "/", sent);
    const hooked = await ask(model(source, { before: () => undefined, after: () => undefined }), "/", sent);
    expect([body, hooked.status, hooked.json.predict]).toEqual([body, bare.status, bare.json.predict]);
  }
});

test("what a row is called cannot be hidden from before, nor does before change what is refused", async () => {
  const names = Object.keys(row!);
  const values = Object.values(row!);
  const csv = (header: readonly string[], ...rows: readonly unknown[][]) =>
    [header, ...rows].map((each) => each.join(",")).join("\n");
  const bodies = [
    ["text/csv", csv(["x"], values)],
    ["text/csv", csv(["x", ...names], values)],
    ["text/csv", csv(names, values, values.slice(1))],
    ["text/csv", csv(names, [...values, 9])],
    ["text/csv", csv([...names].reverse(), [...values, 9])],
    ["text/csv", csv([names[0]!, ...names], [0, ...values])],
    ["text/csv", csv(["y", ...names], [0, ...values])],
    ["text/tab-separated-values", csv(["x"], values).replaceAll(",", "\t")],
    ["application/json", JSON.stringify([[...values, 1]])],
    ["application/json", JSON.stringify([values, values.slice(1)])],
    ["application/json", JSON.stringify([values])],
  ] as const;
  for (const query of ["", "?unexpected=ignore"])
    for (const [type, body] of bodies) {
      const sent = { type, body, accept: "application/json" };
      const seen: unknown[] = [];
      const watching = model(MODELS.linear, {
        before: (given) => {
          seen.push(Object.keys(given));
        },
      });
      const plain = await ask(model(MODELS.linear), `/${query}`, sent);
      const hooked = await ask(watching, `/${query}`, sent);
      expect([body, query, hooked.status, hooked.json.predict]).toEqual([
        body,
        query,
        plain.status,
        plain.json.predict,
      ]);
      if (hooked.status === 200) for (const keys of seen) expect(keys).toEqual(expect.arrayContaining(names));
    }
});

test("protocols give what after made, whatever its keys are", async () => {
  const rows = [row!, row!];
  const answersOf = async (after: After) => {
    const app = service({ models: { m: { source: MODELS.linear, after } } });
    const v1 = await ask(app, "/v1/models/m:predict", { body: { instances: rows } });
    const mlflow = await ask(app, "/invocations", { body: { instances: rows } });
    const data = rows.flatMap((each) => Object.values(each));
    const v2 = await ask(app, "/v2/models/m/infer", {
      body: { inputs: [{ name: "x", shape: [2, 4], datatype: "FP64", data }] },
    });
    expect([v1.status, mlflow.status, v2.status]).toEqual([200, 200, 200]);
    expect(mlflow.json.predictions).toEqual(v1.json.predictions);
    return [v1.json.predictions, v2.json.outputs];
  };
  expect(await answersOf(() => ({ weight: [1, 2], unit: "g" }))).toEqual([
    [
      { weight: 1, unit: "g" },
      { weight: 2, unit: "g" },
    ],
    [
      { name: "weight", shape: [2, 1], datatype: "FP64", data: [1, 2] },
      { name: "unit", shape: [2, 1], datatype: "BYTES", data: ["g", "g"] },
    ],
  ]);
  expect(await answersOf(() => ({ label: ["a", "b"] }))).toEqual([
    ["a", "b"],
    [{ name: "label", shape: [2, 1], datatype: "BYTES", data: ["a", "b"] }],
  ]);
  expect(await answersOf(() => ({ predict: 7, note: "x" }))).toEqual([
    [7, 7],
    [{ name: "predict", shape: [2, 1], datatype: "FP64", data: [7, 7] }],
  ]);
});
