// A class that is called `=1+1+1` computes nothing in a spreadsheet, however it was asked for.
import { readFileSync } from "node:fs";
import { service } from "@curtido/server";
import { readRows, type TableRows } from "@curtido/tables";
import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { ask, expectedOf, modelOf } from "./help.ts";

const NAME = "linear_model/LogisticRegression-object_labels.sk1.9.1";
const FORMULA = "=1+1+1";
const { rows, predict } = expectedOf(`${NAME}.json`);
const SETOSA = rows[predict.indexOf("setosa")]!;

/** A model of which a class is called as a formula begins. */
function deceiving(): Uint8Array {
  const bytes = readFileSync(modelOf(NAME));
  const at = bytes.indexOf("setosa");
  expect(at).toBeGreaterThan(0);
  bytes.write(FORMULA, at);
  return new Uint8Array(bytes);
}

const app = service({ models: { classes: deceiving() }, validateRows: 100 });
const csv = (count: number, separator = ",") =>
  [Object.keys(SETOSA), ...Array.from({ length: count }, () => Object.values(SETOSA))]
    .map((row) => `${row.join(separator)}\n`)
    .join("");

test.each([
  ["CSV", "/classes", "text/csv", csv(2)],
  ["TSV", "/classes", "text/tab-separated-values", csv(2, "\t")],
  ["JSON to CSV", "/classes", "application/json", JSON.stringify([SETOSA, SETOSA])],
  ["CSV on a thread", "/classes", "text/csv", `${csv(90)}${"\n".repeat(70_000)}`],
  ["CSV in parts", "/classes", "text/csv", csv(3000)],
  ["MLflow and SageMaker", "/invocations", "text/csv", csv(2)],
])("%s: a quote stands before it, unless it is to be kept", async (_, path, type, body) => {
  const accept = type === "application/json" ? "text/csv" : type;
  const first = async (query: string) => {
    const { status, text } = await ask(app, `${path}${query}`, { type, accept, body });
    expect(status).toBe(200);
    return text.split("\n")[1]!.split(/[,\t]/)[0];
  };
  expect(await first("")).toBe(`'${FORMULA}`);
  expect(await first("?formulas=quote")).toBe(`'${FORMULA}`);
  expect(await first("?formulas=keep")).toBe(FORMULA);
});

test("columns are called after classes, and headers are texts too", async () => {
  const { text } = await ask(app, "/classes?include=probabilities", {
    type: "text/csv",
    accept: "text/csv",
    body: csv(1),
  });
  expect(text.split("\n")[0]).toContain(`probability_${FORMULA}`);
});

test("JSON and Excel have the text as it is, and Excel no formula", async () => {
  const json = await ask(app, "/classes", { body: [SETOSA] });
  expect(json.json.predict).toEqual([FORMULA]);
  const response = await app.request("/classes", {
    method: "POST",
    headers: { "content-type": "application/json", accept: XLSX },
    body: JSON.stringify([SETOSA]),
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const sheets = Object.entries(unzipSync(bytes)).filter(([name]) => /sheet\d+\.xml$/.test(name));
  expect(sheets).toHaveLength(1);
  for (const [, part] of sheets) expect(strFromU8(part)).not.toMatch(/<f[\s>/]/);
  expect(((await readRows(bytes, { format: "xlsx" })) as TableRows).rows).toEqual([[FORMULA]]);
});

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

test("what else is wanted of formulas is refused", async () => {
  const { status, json } = await ask(app, "/classes?formulas=run", { body: [SETOSA] });
  expect([status, json.detail]).toEqual([400, "formulas=run is not known; it is 'quote' or 'keep'"]);
});
