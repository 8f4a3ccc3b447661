import fc from "fast-check";
import { expect, test } from "vitest";
import { ask, MODELS, testService } from "./help.ts";

const app = testService();
const model = fc.constantFrom(...Object.keys(MODELS));
const accept = fc.constantFrom(undefined, "*/*", "text/csv", "text/html", "application/json");
const feature = fc.constantFrom(
  "feature1",
  "feature2",
  "feature3",
  "feature4",
  "colour",
  "size",
  "age",
  "rooms",
  "income",
  "urban",
  "bmi",
  "__proto__",
  "constructor",
  "",
);
const value = fc.oneof(
  fc.double(),
  fc.string(),
  fc.constantFrom(null, true, "1", "nan", "inf", "blue", "L", [], {}, 1e308, "1e400", 2 ** 60),
);
const row = fc.oneof(fc.dictionary(feature, value), fc.array(value, { maxLength: 6 }));
const body = fc.oneof(row, fc.array(row, { maxLength: 4 }), fc.jsonValue());

test("no JSON body makes the server fail", async () => {
  await fc.assert(
    fc.asyncProperty(model, accept, body, async (name, type, sent) => {
      const answer = await ask(app, `/${name}?unexpected=ignore`, {
        type: "application/json",
        body: JSON.stringify(sent),
        ...(type === undefined ? {} : { accept: type }),
      });
      expect(answer.status).toBeLessThan(500);
      expect(answer.text).not.toMatch(/\n {4}at /);
    }),
    { numRuns: 600 },
  );
});

test("no bytes make the server fail, whatever they say they are", async () => {
  const type = fc.constantFrom(
    "application/json",
    "text/csv",
    "application/x-www-form-urlencoded",
    "text/csv;charset=utf-16",
  );
  await fc.assert(
    fc.asyncProperty(model, type, fc.uint8Array({ maxLength: 200 }), async (name, sent, bytes) => {
      expect((await ask(app, `/${name}`, { type: sent, body: bytes })).status).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
});

test("no CSV makes the server fail", async () => {
  const cell = fc.constantFrom("", "1", "x", '"', '"a,b"', "feature1", "age", "\u0000", "ñ", " 2 ");
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(model, table, accept, async (name, lines, type) => {
      const text = lines.map((line) => line.join(",")).join("\n");
      const answer = await ask(app, `/${name}?unexpected=ignore`, {
        type: "text/csv",
        body: text,
        ...(type === undefined ? {} : { accept: type }),
      });
      expect(answer.status).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
});
