import { readRows } from "@curtido/tables";
import { describe, expect, test } from "vitest";
import { rowOfQuery } from "../src/resources/options.ts";
import { ask, expectedOf, LINEAR, testService } from "./help.ts";

const app = testService();
const [row, second] = LINEAR.rows;
const [one, two] = LINEAR.predict as number[];
const names = Object.keys(row!);
const HOUSES = expectedOf("pipeline/Pipeline-columns_forest.sk1.9.1.json");

function table(
  rows: readonly Record<string, unknown>[],
  separator = ",",
  text: (value: unknown) => string = String,
): string {
  const lines = rows.map((each) => names.map((name) => text(each[name])).join(separator));
  return [names.join(separator), ...lines].join("\n");
}

/** A body of several parts, as `curl -F` makes it. */
function multipart(parts: readonly (readonly [head: string, content: string])[], end = "--b--\r\n") {
  const body = parts.map(([head, content]) => `--b\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`);
  return { type: "multipart/form-data; boundary=b", body: body.join("") + end };
}

const close = (found: unknown, expected: readonly number[]) => {
  expect(found).toHaveLength(expected.length);
  for (const [at, value] of expected.entries()) expect((found as number[])[at]).toBeCloseTo(value, 9);
};

describe("text/plain, as fetch sends it", () => {
  test("JSON is JSON", async () => {
    const sent = { type: "text/plain;charset=UTF-8", body: ` ${JSON.stringify(row)}` };
    expect((await ask(app, "/linear", sent)).json.predict).toBeCloseTo(one!, 9);
    close((await ask(app, "/linear", { type: "text/plain", body: JSON.stringify([row, second]) })).json.predict, [
      one!,
      two!,
    ]);
  });
  test("anything else has to say what it is", async () => {
    const { status, json } = await ask(app, "/linear", { type: "text/plain", body: table([row!]) });
    expect([status, json.detail]).toEqual([400, expect.stringContaining("Content-Type: text/csv")]);
  });
});

test.each([
  ["application/csv", "csv"],
  ["text/comma-separated-values", "csv"],
  ["application/vnd.ms-excel", "csv"],
  ["application/octet-stream", "csv"],
  ["application/octet-stream", "json"],
  ["application/problem+json", "json"],
  ["text/json", "json"],
])("%s may hold %s", async (type, format) => {
  const body = format === "csv" ? table([row!, second!]) : JSON.stringify([row, second]);
  close((await ask(app, "/linear", { type, body, accept: "application/json" })).json.predict, [one!, two!]);
});

describe("multipart/form-data", () => {
  test("one file, in any format of a table", async () => {
    const csv = multipart([['name="file"; filename="rows.csv"', table([row!, second!])]]);
    close((await ask(app, "/linear", csv)).json.predict, [one!, two!]);
    const lines = multipart([['name="x"; filename="rows.jsonl"', `${JSON.stringify(row)}\n${JSON.stringify(second)}`]]);
    close((await ask(app, "/linear", lines)).json.predict, [one!, two!]);
    const unnamed = multipart([['name="x"; filename="upload"', JSON.stringify([row])]]);
    close((await ask(app, "/linear", unnamed)).json.predict, [one!]);
    const wide = multipart([
      ['name="x"; filename="eu.csv"', table([row!], ";", (value) => String(value).replace(".", ","))],
    ]);
    const reading = "?decimal=,&separator=;";
    close((await ask(app, `/linear${reading}`, wide)).json.predict, [one!]);
  });
  test("fields are a row; a field for a file without one is nothing", async () => {
    const fields = names.map((name) => [`name="${name}"`, String(row![name])] as const);
    const empty = ['name="file"; filename=""\r\nContent-Type: application/octet-stream', ""] as const;
    expect((await ask(app, "/linear", multipart([...fields, empty]))).json.predict).toBeCloseTo(one!, 9);
  });
  test.each([
    [
      "two files",
      [
        ['name="a"; filename="a.csv"', "x\n1"],
        ['name="b"; filename="b.csv"', "x\n1"],
      ],
      "--b--\r\n",
      /2 files, 'a.csv', 'b.csv'/,
    ],
    [
      "a file and a field",
      [
        ['name="a"; filename="a.csv"', "x\n1"],
        ['name="id"', "1"],
      ],
      "--b--\r\n",
      /field 'id' beside it/,
    ],
    ["no end", [['name="a"; filename="a.csv"', "x\n1"]], "", /breaks off/],
    ["nothing", [], "", /breaks off/],
  ] as const)("%s is refused", async (_, parts, end, words) => {
    const { status, json } = await ask(app, "/linear", multipart(parts, end));
    expect([status, json.detail]).toEqual([400, expect.stringMatching(words)]);
  });
  test("a type without a boundary says what is missing", async () => {
    const { status, json } = await ask(app, "/linear", { type: "multipart/form-data", body: "x" });
    expect([status, json.detail]).toEqual([400, expect.stringContaining("boundary")]);
  });
});

test("a place within rows under a key begins with that key", async () => {
  const bad = { ...row!, [names[0]!]: "x" };
  const { json } = await ask(app, "/linear", { body: { instances: [row, bad] } });
  expect(json.errors).toEqual([
    { pointer: `#/instances/1/${names[0]}`, detail: `'${names[0]}' must be a number, not "x"` },
  ]);
});

describe("a query", () => {
  const query = new URLSearchParams(names.map((name) => [name, String(row![name])])).toString();
  test("that names features is a row, with GET and with POST", async () => {
    for (const method of ["GET", "POST"])
      expect((await ask(app, `/linear?${query}`, { method })).json.predict).toBeCloseTo(one!, 9);
    const csv = await ask(app, `/linear?${query}`, { accept: "text/csv" });
    expect(csv.text).toMatch(/^predict\n[\d.]+\n$/);
  });
  test.each([
    ["a query", `/linear?${query}&id=7`, {}],
    ["objects", "/linear", { body: [{ ...row, id: 7 }, row, { ...row, id: 7 }] }],
    ["a table", "/linear", { type: "text/csv", body: `id,${names}\n7,${names.map((name) => row![name])}\n` }],
  ])("and nothing but too much in %s is refused with what leaves it out", async (_, path, more) => {
    const { status, json } = await ask(app, path, more);
    expect([status, json.detail]).toEqual([422, expect.stringMatching(/^'id' is not a feature.*\?unexpected=ignore/)]);
    const missing = await ask(app, `/linear?${names[0]}=1&id=7`);
    expect(missing.json.detail).not.toMatch(/unexpected=ignore/);
  });
  test("may have escapes of windows-1252", async () => {
    const { json } = await ask(app, `/linear?${query}&ciudad=%C1vila+%80`);
    expect(json.errors).toEqual([{ pointer: "#/ciudad", detail: expect.stringMatching(/^'ciudad' is not a feature/) }]);
    const found = rowOfQuery(
      { url: "http://x/m?city=%C1vila+%80&decimal=,", query: () => undefined } as never,
      {
        names: ["city"],
        features: 1,
      } as never,
    );
    expect(found?.rows).toEqual([{ city: "Ávila €" }]);
  });
  test("beside a body is refused, since one of both would be lost", async () => {
    const { status, json } = await ask(app, `/linear?${query}`, { body: [row] });
    expect([status, json.detail]).toEqual([400, expect.stringMatching(/the query names features.*body/)]);
    expect((await ask(app, "/linear?utm_source=mail", { body: [row] })).status).toBe(200);
  });
  test("that names none describes the model", async () => {
    expect((await ask(app, "/linear?utm_source=mail", { accept: "application/json" })).json.uri).toBe("/linear");
  });
  test("says what is missing and what is too much", async () => {
    const { status, json } = await ask(app, `/linear?${names[0]}=1&id=7`);
    expect(status).toBe(422);
    expect(json.errors).toHaveLength(names.length);
  });
});

describe("how rows are read and answered", () => {
  test("a line with too few or too many cells is a bad row among others, whatever the size", async () => {
    const lines = ["age,fare", "1,2", "3", "4,5,6", "7,8"];
    const found = await readRows(new TextEncoder().encode(lines.join("\n")), { format: "csv", ragged: "keep" });
    expect(found).toMatchObject({
      rows: [["1", "2"], [], [], ["7", "8"]],
      errors: [null, expect.stringMatching(/1 cell.*has 2/), expect.stringMatching(/3 cells.*has 2/), null],
    });
    const good = `${names.map((name) => row![name])}`;
    for (const times of [1, 3000]) {
      const body = `${names}\n${`${good}\n${good},9\n`.repeat(times)}${good}\n`;
      const { status, json } = await ask(app, "/linear?on-error=row", {
        type: "text/csv",
        accept: "application/json",
        body,
      });
      expect([status, json.predict.length]).toEqual([200, 2 * times + 1]);
      expect(json.error.slice(-3)).toEqual([null, expect.stringMatching(/5 cells, where the header has 4/), null]);
      expect([json.predict.at(-1), json.predict.at(-2)]).toEqual([expect.closeTo(one!, 9), null]);
      expect((await ask(app, "/linear", { type: "text/csv", body })).status).toBe(400);
    }
  });
  const european = (value: unknown) => String(value).replace(".", ",");
  test("is said by the media type, or the query", async () => {
    const body = table([row!, second!], "|", european);
    for (const [path, type] of [
      ["/linear", 'text/csv; separator="|"; decimal=","'],
      ["/linear?separator=%7C&decimal=,", "text/csv"],
    ] as const)
      close((await ask(app, path, { type, body, accept: "application/json" })).json.predict, [one!, two!]);
    const { status, json } = await ask(app, "/linear?decimal=x", { type: "text/csv", body });
    expect([status, json.detail]).toEqual([400, "decimal=x is not known; it is a point or a comma"]);
    const without = body.split("\n").slice(1).join("\n").replaceAll(",", ".").replaceAll("|", ",");
    const absent = { type: "text/csv; header=absent", body: without, accept: "application/json" };
    close((await ask(app, "/linear", absent)).json.predict, [one!, two!]);
    const europe = { type: "text/csv; header=absent", body: body.split("\n").slice(1).join("\n").replaceAll("|", ";") };
    close((await ask(app, "/linear?decimal=,", { ...europe, accept: "application/json" })).json.predict, [one!, two!]);
  });
  test("an encoding that had to be supposed is said in the answer", async () => {
    const body = Buffer.from(`${names.join(",")},a\u00f1o\n${names.map((name) => row![name]).join(",")},1\n`, "latin1");
    const sent = { type: "text/csv", body: new Uint8Array(body) };
    const { headers } = await ask(app, "/linear?unexpected=ignore", sent);
    expect(headers.get("curtido-note")).toMatch(/not UTF-8 .* windows-1252/);
    const named = await ask(app, "/linear?unexpected=ignore&encoding=windows-1252", sent);
    expect([named.status, named.headers.get("curtido-note")]).toEqual([200, null]);
  });
  test("names=loose takes names that differ in case and accents", async () => {
    const loud = Object.fromEntries(Object.entries(row!).map(([name, value]) => [name.toUpperCase(), value]));
    expect((await ask(app, "/linear", { body: loud })).status).toBe(422);
    expect((await ask(app, "/linear?names=loose", { body: loud })).json.predict).toBeCloseTo(one!, 9);
  });
  test("on-error=row answers the rows that are right", async () => {
    const bad = { ...row!, [names[0]!]: "x" };
    const { json } = await ask(app, "/linear?on-error=row", { body: [row, bad, second] });
    expect(json.predict[1]).toBeNull();
    expect(json.error).toEqual([null, `'${names[0]}' must be a number, not "x"`, null]);
    expect(json.predict[2]).toBeCloseTo(two!, 9);
    const csv = await ask(app, "/linear?on-error=row", { type: "text/csv", body: table([row!, bad]) });
    expect(csv.text.split("\n")[0]).toBe("predict,error");
    expect(csv.text.split("\n")[2]).toMatch(/^,"'.* must be a number, not ""x"""$/);
    expect((await ask(app, "/linear", { body: [row, bad] })).status).toBe(422);
  });
  test("include=warnings names what training has not seen", async () => {
    const [house] = HOUSES.rows;
    const strange = { ...house!, colour: "ultraviolet" };
    const { json } = await ask(app, "/houses?include=warnings", { body: [house, strange] });
    expect(json.warnings).toEqual([null, `'colour' is "ultraviolet", which training has not seen`]);
    expect((await ask(app, "/houses?include=warnings", { body: strange })).json.warnings).toMatch(/ultraviolet/);
    expect((await ask(app, "/linear?include=warnings", { body: row })).json.warnings).toBeNull();
  });
  test("booleans count as 0 and 1 wherever a number is wanted", async () => {
    const numbers = Object.fromEntries(names.map((name, at) => [name, at % 2]));
    const truths = Object.fromEntries(names.map((name, at) => [name, at % 2 === 1]));
    const expected = (await ask(app, "/linear", { body: numbers })).text;
    expect((await ask(app, "/linear", { body: truths })).text).toBe(expected);
    const csv = (of: Record<string, unknown>, text?: (value: unknown) => string) => ({
      type: "text/csv",
      body: table([of], ",", text),
    });
    const python = (value: unknown) => (value === true ? "True" : "False");
    expect((await ask(app, "/linear", csv(truths, python))).text).toBe((await ask(app, "/linear", csv(numbers))).text);
  });
});
