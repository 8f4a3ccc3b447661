// A model of very many categories and classes says some of them, how many there are, and where the rest is.
import { readFileSync } from "node:fs";
import { dumps, loads, NdArray } from "@curtido/arrays";
import { loadNow } from "@curtido/estimators/node";
import { Dict, Global, Instance } from "@curtido/pickle";
import { cardOf, Served, service } from "@curtido/server";
import { describe, expect, test } from "vitest";
import { ask, MODELS } from "./help.ts";
import { live } from "./live.ts";

const COUNT = 300_000;
const MB = 1_000_000;

/** A model whose signature says more than it has learned: nobody asks it for rows here. */
function wide(model: "encoder" | "tree", change: object) {
  const estimator = loadNow(MODELS[model]);
  const { signature } = estimator;
  Object.defineProperty(estimator, "signature", { value: { ...signature, ...change } });
  return estimator;
}

const categories = Array.from({ length: COUNT }, (_, at) => `v${at}`);
const feature = { name: "big & wide", type: "string", missing: false, categories, closed: true } as const;
const encoder = wide("encoder", { features: [feature], named: true });
const classifier = wide("tree", { classes: [categories] });
const long = wide("encoder", { features: [{ ...feature, categories: ["x".repeat(2 * MB), "y"] }], named: true });
const FEATURES = 100_000;
const columns = Array.from({ length: FEATURES }, (_, at) => ({
  name: `a rather long name of a feature ${at}`,
  type: at % 2 === 0 ? "string" : "number",
  missing: false,
}));
const columnar = wide("encoder", { features: columns, named: true });
const app = service({ models: { encoder, classifier, long, columnar } });

describe.each([
  ["/encoder", "application/json"],
  ["/encoder", "text/html"],
  ["/classifier", "application/json"],
  ["/classifier", "text/html"],
  ["/long", "application/json"],
  ["/columnar", "application/json"],
  ["/columnar", "text/html"],
  ["/v2/models/columnar", "application/json"],
  ["/openapi.json", "application/json"],
])("%s as %s", (path, accept) => {
  test("is short", async () => {
    const { status, text } = await ask(app, path, { accept });
    expect(status).toBe(200);
    expect(text.length).toBeLessThan(MB);
  });
});

test("a card lists some categories, says how many there are, and where all of them are", async () => {
  const { json } = await ask(app, "/encoder");
  const [{ categories: some, categoryCount, more }] = json.features;
  expect([some.length, some[0], categoryCount]).toEqual([1000, "v0", COUNT]);
  const seen: string[] = [];
  let reference: string | undefined = `${more}&limit=10000`;
  for (let pages = 0; reference !== undefined && pages < 40; pages++) {
    const page = await ask(app, `/encoder${reference}`);
    expect([page.status, page.json.count, page.json.offset]).toEqual([200, COUNT, seen.length]);
    seen.push(...page.json.values);
    reference = page.json.next;
  }
  expect(seen).toEqual(categories);
});

test("so does one of classes", async () => {
  const { json } = await ask(app, "/classifier");
  expect([json.classes[0].length, json.classCounts, json.moreClasses]).toEqual([1000, [COUNT], ["?classes=1"]]);
  const last = await ask(app, `/classifier?classes=1&offset=${COUNT - 2}`);
  expect(last.json).toEqual({ count: COUNT, offset: COUNT - 2, values: ["v299998", "v299999"] });
});

test("what is not there is said", async () => {
  for (const [query, status] of [
    ["categories=nothing", 404],
    ["classes=1", 404],
    ["categories=big%20%26%20wide&offset=x", 400],
    ["categories=big%20%26%20wide&limit=-1", 400],
    ["categories=big%20%26%20wide&offset=999999999", 200],
  ] as const)
    expect([query, (await ask(app, `/encoder?${query}`)).status]).toEqual([query, status]);
});

test("the document says what a row may hold without listing it", async () => {
  const { json } = await ask(app, "/openapi.json");
  const [row] = json.paths["/encoder"].post.requestBody.content["application/json"].schema.anyOf;
  const said = row.properties["big & wide"];
  expect(said.enum).toBeUndefined();
  expect(said.description).toBe(`One of ${COUNT} values; GET ?categories=big%20%26%20wide lists them`);
  expect(said.examples).toHaveLength(20);
});

test("a model of few categories says all of them, here and on the command line, as before", async () => {
  const { json } = await ask(service({ models: { encoder: MODELS.encoder } }), "/encoder");
  const whole = cardOf(new Served("encoder", loadNow(MODELS.encoder)));
  expect(json).toMatchObject(JSON.parse(JSON.stringify(whole)));
  expect(JSON.stringify(json)).not.toContain("categoryCount");
  expect(cardOf(new Served("wide", encoder)).features[0]!.categories).toHaveLength(COUNT);
});

test("a model on threads says the same, and lists the rest", async () => {
  const it = await live({ open: "public", longestRevive: 0 });
  const wideOne = dumps(
    changed(readFileSync(MODELS.encoder), (state) => {
      state.set("categories_", [NdArray.of(categories, [COUNT])]);
      state.set("n_features_in_", 1);
      state.set("_n_features_outs", [COUNT]);
    }),
  );
  expect((await it.ask("/encoder", { method: "PUT", body: wideOne, key: it.admin })).status).toBe(201);
  const { json } = await it.ask("/encoder");
  const [{ categories: some, categoryCount, more }] = json.features;
  expect([some.length, categoryCount]).toEqual([1000, COUNT]);
  const last = await it.ask(`/encoder${more}&offset=${COUNT - 2}`);
  expect(last.json).toMatchObject({ count: COUNT, values: ["v299998", "v299999"] });
  expect((await it.ask("/encoder?categories=nothing")).status).toBe(404);
  await it.close();
});

test("a model of more features than anybody lists is refused when it is published", async () => {
  const it = await live({ open: "public", longestRevive: 0 });
  const width = 2 ** 20 + 1;
  const scaler = new Instance(new Global("sklearn.preprocessing", "MaxAbsScaler"), [], "newobj");
  const scale = NdArray.of(new Float64Array(width).fill(2), [width]);
  scaler.states.push(
    new Dict<unknown>([
      ["_sklearn_version", "1.9.1"],
      ["scale_", scale],
      ["n_features_in_", width],
    ]),
  );
  const alone = await it.ask("/scaler", { method: "PUT", body: dumps(scaler), key: it.admin });
  expect([alone.status, alone.json.code]).toEqual([422, "E_LIMIT"]);
  expect(alone.json.detail).toContain("takes 1048577 features, more than the 1048576 that are listed");
  await it.close();
});

/** A model of a file with something else in its state. */
function changed(bytes: Uint8Array, change: (state: Dict) => void): Instance {
  const model = loads(bytes) as Instance;
  change(model.state as Dict);
  return model;
}

test("a model of very many features lists some, says how many there are, and where their names are", async () => {
  const { json } = await ask(app, "/columnar");
  const { features, featureCount, moreFeatures, example } = json;
  expect([features[0].name, featureCount, moreFeatures]).toEqual([columns[0]!.name, FEATURES, "?features=names"]);
  expect(Object.keys(example)).toEqual(features.map(({ name }: { name: string }) => name));
  const last = await ask(app, `/columnar${moreFeatures}&offset=${FEATURES - 1}`);
  expect(last.json).toEqual({ count: FEATURES, offset: FEATURES - 1, values: [columns.at(-1)!.name] });
  const { paths } = (await ask(app, "/openapi.json")).json;
  const said = paths["/columnar"].post.requestBody.content["application/json"];
  const [row, , many] = said.schema.anyOf;
  expect([row.additionalProperties, row.required.length, many.items.minItems]).toEqual([
    true,
    features.length,
    FEATURES,
  ]);
  expect(said.examples).toBeUndefined();
});

test("a document of many such models says of the last ones only that they take rows", async () => {
  const models = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`m${at}`, columnar]));
  const { text, json } = await ask(service({ models }), "/openapi.json");
  expect(text.length).toBeLessThan(3 * MB);
  const schemaOf = (name: string) => json.paths[name].post.requestBody.content["application/json"].schema;
  expect([schemaOf("/m0").anyOf.length, schemaOf("/m11")]).toEqual([4, {}]);
});
