import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { load, type NdArray } from "curtido";
import { describe, expect, test } from "vitest";

type Row = Record<string, number | string | null>;

/** One model of `expected.json`: rows, and what Python answers to them. */
interface Expected {
  readonly rows: readonly Row[];
  readonly predict: readonly unknown[];
  readonly probabilities?: readonly Record<string, number>[];
}

const folder = new URL("../examples/", import.meta.url);
const pathOf = (name: string) => fileURLToPath(new URL(name, folder));
const expected = JSON.parse(readFileSync(pathOf("expected.json"), "utf8")) as Record<string, Expected>;
const models = readdirSync(folder).filter((name) => /\.(pkl|joblib)$/.test(name));

/** Numbers to 1e-12 of their size, everything else exactly. */
function agree(found: unknown, wanted: unknown, where: string): void {
  if (Array.isArray(wanted)) {
    expect(found, where).toHaveLength(wanted.length);
    wanted.forEach((value, at) => {
      agree((found as unknown[])[at], value, `${where}[${at}]`);
    });
  } else if (typeof wanted === "number") {
    expect(found, where).toBeTypeOf("number");
    expect(Math.abs((found as number) - wanted), where).toBeLessThanOrEqual(1e-12 * Math.abs(wanted));
  } else {
    expect(found, where).toBe(wanted);
  }
}

test("every model has a script, rows as CSV, and Python's answers", () => {
  expect(models).toEqual(Object.keys(expected).sort());
  for (const name of models) {
    const stem = name.replace(/\.\w+$/, "");
    expect(existsSync(pathOf(`${stem}.py`)), stem).toBe(true);
    expect(existsSync(pathOf(`${stem}.csv`)), stem).toBe(true);
    expect(statSync(pathOf(name)).size).toBeLessThan(300_000);
  }
});

describe.each(Object.entries(expected))("%s", (name, { rows, predict, probabilities }) => {
  const reversed = rows.map((row) => Object.fromEntries(Object.entries(row).reverse()) as Row);

  test("all rows at once", async () => {
    const model = await load(pathOf(name));
    agree(model.predict(rows as Row[]).tolist(), predict, "predict");
    agree(model.predict(reversed).tolist(), predict, "predict, columns in another order");
  });

  test("one row at a time", async () => {
    const model = await load(pathOf(name));
    const found = rows.map((row) => (model.predict([row]).tolist() as unknown[])[0]);
    agree(found, predict, "predict");
  });

  if (probabilities === undefined) return;
  test("probabilities", async () => {
    const model = await load(pathOf(name));
    const labels = (model.classes_ as NdArray).tolist() as string[];
    const wanted = probabilities.map((row) => labels.map((label) => row[label]));
    agree((model.predictProba(rows as Row[]) as NdArray).tolist(), wanted, "probabilities");
  });
});

/** Every request of the examples' README and the answer below it: what it asks, and what the text promises. */
const promised = [
  ...readFileSync(pathOf("README.md"), "utf8").matchAll(
    /curl -X POST '?localhost:5000\/(\w+)\S* [^{]*-d '(\{.*\})'\n(\{.*\})\n/g,
  ),
].map(([, name, row, answer]) => ({ name: name!, row: JSON.parse(row!) as Row, answer: JSON.parse(answer!) }));

test("the README of the examples asks every model", () => {
  expect(promised.map(({ name }) => name).sort()).toEqual(models.map((name) => name.replace(/\.\w+$/, "")));
});

test.each(promised)("the README's answer of $name, to the last digit", async ({ name, row, answer }) => {
  const model = await load(pathOf(models.find((file) => file.startsWith(`${name}.`))!));
  expect((model.predict([row]).tolist() as unknown[])[0]).toEqual(answer.predict);
  if (answer.probabilities === undefined) return;
  const labels = (model.classes_ as NdArray).tolist() as string[];
  const [found] = (model.predictProba([row]) as NdArray).tolist() as number[][];
  expect(Object.fromEntries(labels.map((label, at) => [label, found![at]]))).toEqual(answer.probabilities);
});
