import { expect, test } from "vitest";
import { ask, MODELS, testService } from "./help.ts";

const app = testService();

test("every model has its own rows and answers", async () => {
  const { json, type } = await ask(app, "/openapi.json");
  expect(type).toBe("application/json");
  expect(json.openapi).toMatch(/^3\.1\./);
  for (const name of Object.keys(MODELS)) {
    const { post } = json.paths[`/${name}`];
    const { schema, examples } = post.requestBody.content["application/json"];
    const { json: card } = await ask(app, `/${name}`);
    expect(Object.keys(schema.anyOf[0].properties)).toEqual(
      card.features.map((feature: { name: string }) => feature.name),
    );
    expect((await ask(app, `/${name}`, { body: examples.many.value })).status).toBe(200);
    expect(Object.keys(post.responses)).toEqual(["200", "400", "406", "413", "415", "422", "503"]);
  }
});

test("categories and missing values stand in the schemas", async () => {
  const { json } = await ask(app, "/openapi.json");
  const of = (name: string) => json.paths[`/${name}`].post.requestBody.content["application/json"].schema.anyOf[0];
  expect(of("encoder").properties.feature1).toEqual({ enum: ["blue", "green", "grün", "red"] });
  const { type, pattern } = of("linear").properties.feature1;
  expect(type).toEqual(["number", "string"]);
  for (const text of ["1", "-1.5e3", ".5", "1."]) expect(text).toMatch(new RegExp(pattern));
  for (const text of ["", "x", "1,5", "0x10", "e3"]) expect(text).not.toMatch(new RegExp(pattern));
  expect(of("houses").properties.age.type).toContain("null");
  expect(of("houses").required).not.toContain("urban");
  const answers = json.paths["/houses"].post.responses["200"].content["application/json"].schema.anyOf;
  expect(answers[0].properties.predict).toEqual({ enum: ["cheap", "dear"] });
});

test("rows by position, forms and tables are described too", async () => {
  const { json } = await ask(app, "/openapi.json");
  const of = (name: string) => json.paths[`/${name}`].post.requestBody.content;
  expect(of("linear")["application/json"].schema.anyOf).toMatchObject([
    { type: "object" },
    { type: "array", items: { type: "object" } },
    { type: "array", items: { type: "array", minItems: 4, maxItems: 4 } },
    { type: "array", minItems: 4, maxItems: 4 },
  ]);
  expect(of("one")["application/json"].schema.anyOf.at(-1)).toMatchObject({ items: { type: ["number", "string"] } });
  const { properties } = of("houses")["application/x-www-form-urlencoded"].schema;
  expect(properties.age.anyOf).toMatchObject([{ type: "string" }, { const: "" }]);
  for (const name of Object.keys(MODELS)) {
    const { example } = of(name)["text/csv"];
    expect((await ask(app, `/${name}`, { type: "text/csv", body: example })).status, name).toBe(200);
  }
});

test("references lead somewhere, and operations have names of their own", async () => {
  const { json } = await ask(app, "/openapi.json");
  const references: string[] = [];
  const names: string[] = [];
  JSON.stringify(json, (key, value) => {
    if (key === "$ref") references.push(value);
    if (key === "operationId") names.push(value);
    return value;
  });
  expect(new Set(names).size).toBe(names.length);
  expect(references.length).toBeGreaterThan(0);
  for (const reference of new Set(references)) {
    const found = reference
      .slice(2)
      .split("/")
      .reduce((place, step) => place?.[step], json);
    expect(found).toBeDefined();
  }
});
