/** Columns of texts and numbers, in which numbers come as texts and are missing: expected values are Python's. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { revive } from "@curtido/estimators";
import { isCurtidoError } from "@curtido/pickle";
import { describe, expect, test } from "vitest";
import { model } from "../src/index.ts";

const folder = fileURLToPath(new URL("../../../fixtures/mixed_columns/", import.meta.url));
const { answers, ...rows } = JSON.parse(readFileSync(`${folder}answers.json`, "utf8")) as {
  answers: Record<string, Record<"whole" | "holes", number[] | string>>;
  whole: unknown[][];
  holes: unknown[][];
};
const cases = Object.entries(answers).flatMap(([name, found]) =>
  (["whole", "holes"] as const).map((kind) => [name, kind, found[kind]] as const),
);

describe.each(cases)("%s, asked with numbers that are texts (%s)", (name, kind, wanted) => {
  const path = `${folder}${name}.pkl`;

  test("in the library", () => {
    const run = () => revive(readFileSync(path)).predict(rows[kind]).tolist();
    if (typeof wanted !== "string") return expect(run()).toEqual(wanted.map((value) => expect.closeTo(value, 8)));
    try {
      run();
    } catch (error) {
      return expect([isCurtidoError(error, "E_FEATURES"), String(error)]).toEqual([
        true,
        expect.stringMatching(/'feature\d+' is missing/),
      ]);
    }
    throw new Error("Python refuses it");
  });

  test("over HTTP", async () => {
    const headers = { "content-type": "application/json" };
    const response = await model(path).request("/", { method: "POST", body: JSON.stringify(rows[kind]), headers });
    const answer = await response.json();
    if (typeof wanted !== "string") expect(answer.predict).toEqual(wanted.map((value) => expect.closeTo(value, 8)));
    else expect([response.status, JSON.stringify(answer)]).toEqual([422, expect.stringMatching(/"#\/[01]\/[12]"/)]);
  });
});

test("what is no number is refused with its column and row", () => {
  const run = () =>
    revive(readFileSync(`${folder}sparse.pkl`)).predict([
      ["b1", 1, 2],
      ["b1", 1, "many"],
    ]);
  expect(run).toThrow(/'feature3' must be a number, not "many" \(row 2\)/);
});
