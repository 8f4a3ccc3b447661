import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, ROOT, run, runChild } from "./help.ts";

const expected = JSON.parse(readFileSync(join(ROOT, "examples/expected.json"), "utf8"));
const lines = (text: string) => text.split("\n").filter((line) => line !== "");

test("CSV in, CSV out", async () => {
  const { code, out, err } = await run(["predict", "examples/diabetes.pkl", "examples/diabetes.csv"]);
  expect([code, err]).toEqual([0, ""]);
  const [header, ...rows] = lines(out);
  expect(header).toBe("predict");
  for (const [at, value] of expected["diabetes.pkl"].predict.entries()) expect(Number(rows[at])).toBeCloseTo(value, 9);
});

test("JSON in, the JSON of the HTTP answer out", async () => {
  const one = '{"feature1": "1", "feature2": "0", "feature3": "1", "feature4": "1"}';
  const { code, out } = await runChild(["predict", "examples/modelo.pkl"], one);
  expect(code).toBe(0);
  expect(JSON.parse(out).predict).toBeCloseTo(5423.1426779786, 8);
  expect(
    JSON.parse((await runChild(["predict", "examples/modelo.pkl", "-"], "[[1,0,1,1]]\n")).out).predict,
  ).toHaveLength(1);
});

test.each(["json", "jsonl"])(
  "what convert writes as %s is predicted as the CSV that it was made of",
  async (ending) => {
    const path = join(folder(), `rows.${ending}`);
    await run(["convert", "examples/diabetes.csv", path, "--json", "typed"]);
    expect(readFileSync(path, "utf8")).toMatch(ending === "json" ? /^\{"\$frame"/ : /^\{"age":\{"\$float"/);
    const csv = ["--format", "csv"];
    const { err, out } = await run(["predict", "examples/diabetes.pkl", path, ...csv]);
    expect(err).toBe("");
    expect(out).toBe((await run(["predict", "examples/diabetes.pkl", "examples/diabetes.csv", ...csv])).out);
  },
);

test.each(["parquet", "arrow", "xlsx"])(
  "%s is predicted by what its file is called, and by its bytes",
  async (ending) => {
    const path = join(folder(), `rows.${ending}`);
    await run(["convert", "examples/diabetes.csv", path]);
    const wanted = (await run(["predict", "examples/diabetes.pkl", "examples/diabetes.csv"])).out;
    expect(await run(["predict", "examples/diabetes.pkl", path])).toEqual({ code: 0, err: "", out: wanted });
    const unnamed = join(folder(), "rows");
    writeFileSync(unnamed, readFileSync(path));
    expect((await run(["predict", "examples/diabetes.pkl", unnamed])).out).toBe(wanted);
    expect((await run(["predict", "examples/diabetes.pkl", unnamed, "--from", ending])).out).toBe(wanted);
    expect((await runChild(["predict", "examples/diabetes.pkl"], readFileSync(path))).out).toBe(wanted);
  },
);

test.each(["parquet", "arrow", "xlsx"])("predictions are written as %s", async (ending) => {
  const path = join(folder(), `answers.${ending}`);
  await run(["predict", "examples/diabetes.pkl", "examples/diabetes.csv", "--keep", "-o", path]);
  const { out } = await run(["convert", path, "-", "--to", "csv"]);
  const wanted = await run(["predict", "examples/diabetes.pkl", "examples/diabetes.csv", "--keep"]);
  expect(lines(out)[0]).toBe(lines(wanted.out)[0]);
  expect(lines(out)[1]!.split(",").map(Number)).toEqual(lines(wanted.out)[1]!.split(",").map(Number));
});

test("--on-error row takes a line of CSV with too few cells for a bad row", async () => {
  const path = join(folder(), "rows.csv");
  writeFileSync(path, "feature1,feature2,feature3,feature4\n1,0,1,1\n1,0\n");
  const { code, out, err } = await run(["predict", "examples/modelo.pkl", path, "--on-error", "row", "--keep"]);
  const [header, good, bad] = lines(out);
  expect(header).toBe("feature1,feature2,feature3,feature4,predict,error");
  expect([good, bad]).toEqual([
    expect.stringMatching(/^1,0,1,1,5423\.14.*,$/),
    expect.stringMatching(/^,,,,,.*2 cells/),
  ]);
  expect([code, err]).toEqual([1, expect.stringContaining("one row was not answered")]);
});

test("--on-error row answers what can be answered, says why the rest could not, and ends with 1", async () => {
  const path = join(folder(), "rows.csv");
  writeFileSync(path, "feature1,feature2,feature3,feature4\n1,0,1,1\n1,x,1,1\n2,0,1,1\n");
  const { code, out, err } = await run(["predict", "examples/modelo.pkl", path, "--on-error", "row"]);
  expect(code).toBe(1);
  expect(err).toContain("one row was not answered; the column 'error' says why");
  const [header, first, second, third] = lines(out);
  expect(header).toBe("predict,error");
  expect(first).toMatch(/^5423\.14\d*,$/);
  expect(second).toBe(`,"'feature2' must be a number, not ""x"""`);
  expect(third).toMatch(/^\d+\.\d+,$/);
  writeFileSync(path, "feature1,feature2,feature3,feature4\n1,0,1,1\n");
  expect((await run(["predict", "examples/modelo.pkl", path, "--on-error", "row"])).code).toBe(0);
});

test("labels of rows are kept, and names may differ a little", async () => {
  const path = join(folder(), "rows.csv");
  writeFileSync(path, '"",Feature 1,feature2,feature3,feature4\nr1,1,0,1,1\nr2,1,0,1,1\n');
  const strict = await run(["predict", "examples/modelo.pkl", path, "--keep"]);
  expect([strict.code, strict.err]).toEqual([1, expect.stringContaining("feature1")]);
  const { out } = await run(["predict", "examples/modelo.pkl", path, "--keep", "--loose-names"]);
  expect(lines(out)[0]).toBe("index,Feature 1,feature2,feature3,feature4,predict");
  expect(lines(out)[2]).toMatch(/^r2,1,0,1,1,5423\.14/);
});

test("a table is read as it is said", async () => {
  const path = join(folder(), "rows.csv");
  writeFileSync(path, "a table\nfeature1;feature2;feature3;feature4\n1,0;0;1;1\nN/D;0;1;1\n");
  const { out, code } = await run([
    ...["predict", "examples/modelo.pkl", path, "--separator", ";", "--decimal", ",", "--missing", "N/D"],
    ...["--header", "2", "--on-error", "row"],
  ]);
  expect([code, lines(out)[1]]).toEqual([1, expect.stringMatching(/^5423\.14\d*,$/)]);
  expect(lines(out)[2]).toContain("'feature1' is missing");
});

test("a sheet is named", async () => {
  const path = join(folder(), "rows.xlsx");
  await run(["convert", "examples/diabetes.csv", path]);
  const { code, err } = await run(["predict", "examples/diabetes.pkl", path, "--sheet", "Other"]);
  expect([code, err]).toEqual([1, expect.stringContaining("Other")]);
});

test("JSON lines in and out", async () => {
  const path = join(folder(), "rows.jsonl");
  writeFileSync(path, '{"Chins":5,"Situps":162,"Jumps":60}\n{"Chins":2,"Situps":110,"Jumps":60}\n');
  const { out } = await run(["predict", "examples/texto.pkl", path, "--keep"]);
  const rows = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({ Chins: 5, Situps: 162, Jumps: 60 });
  expect(rows[0].predict).toHaveLength(3);
});

test("includes, keeps, converts, and writes to a file", async () => {
  const path = join(folder(), "answers.csv");
  const { code, out } = await run([
    "predict",
    "examples/wine.joblib",
    "examples/wine.csv",
    "--include",
    "probabilities,neighbors",
    "--keep",
    "-o",
    path,
  ]);
  expect([code, out]).toEqual([0, ""]);
  const [header] = lines(readFileSync(path, "utf8"));
  expect(header).toMatch(
    /^alcohol,flavanoids,color_intensity,hue,predict,probability_Barbera,probability_Barolo,probability_Grignolino,neighbor_indices1,/,
  );
  const json = await run(["predict", "examples/wine.joblib", "examples/wine.csv", "--format", "json"]);
  expect(Object.keys(JSON.parse(json.out))).toEqual(["predict"]);
});

test("wrong rows are one line that says where; --verbose says all of it", async () => {
  const path = join(folder(), "rows.csv");
  writeFileSync(path, "feature1,feature2,feature3,feature4\n1,0,1,1\n1,x,,1\n");
  const { code, out, err } = await run(["predict", "examples/modelo.pkl", path]);
  expect([code, out]).toEqual([1, ""]);
  const hint = "the model was not trained to do without 'feature3': fill it in, or train with an imputer";
  expect(err).toBe(`error: ${path}: 'feature2' must be a number, not "x" (row 2), and 1 more; ${hint}\n`);
  const verbose = await run(["predict", "examples/modelo.pkl", path, "--verbose"]);
  expect(verbose.err).toContain("'feature3' is missing: expected a number");
});

test("a bad line of JSON lines is counted", async () => {
  const path = join(folder(), "rows.jsonl");
  writeFileSync(path, "[1,0,1,1]\n\n[1,0\n");
  const { code, err } = await run(["predict", "examples/modelo.pkl", path]);
  expect([code, err]).toEqual([1, expect.stringMatching(/^error: .*rows\.jsonl: is not JSON: .* \(line 3\)\n$/)]);
});

test("extra columns are refused, or ignored when asked", async () => {
  const rows = "id,feature1,feature2,feature3,feature4\n7,1,0,1,1\n";
  expect((await runChild(["predict", "examples/modelo.pkl"], rows)).err).toBe(
    "error: standard input: 'id' is not a feature of this model; it was trained without names, and takes arrays or feature1, feature2, " +
      "feature3, feature4 " +
      "(?unexpected=ignore, or --unexpected ignore, leaves out what is no feature)\n",
  );
  const { out } = await runChild(["predict", "examples/modelo.pkl", "--unexpected", "ignore", "--keep"], rows);
  expect(lines(out)[1]).toMatch(/^7,1,0,1,1,5423\.14/);
});

const rows = join(folder(), "rows.json");

test.each([
  [["nothing.pkl", "examples/modelo.csv"], "", 1, /^error: nothing.pkl: no such file\n$/],
  [["examples/modelo.pkl", "nothing.csv"], "", 1, /^error: nothing.csv: no such file\n$/],
  [["examples/modelo.pkl", rows], "{", 1, /rows\.json: is not JSON: /],
  [["examples/modelo.pkl", rows], "", 1, /rows\.json: is empty/],
  [["examples/modelo.pkl", rows, "--include", "magic"], "[]", 2, /^error: --include magic is not known/],
  [["examples/modelo.pkl", rows, "--include", "probabilities"], "[]", 1, /has no probabilities/],
  [["examples/modelo.pkl", rows, "--keep"], "[]", 2, /--keep is for formats with a row per line; .* jsonl, csv,/],
  [
    ["examples/modelo.pkl", rows, "-o", "/nowhere/at/all.json"],
    "[]",
    1,
    /^error: \/nowhere\/at\/all\.json: there is no such folder/,
  ],
  [[], "", 2, /missing required argument/],
  [
    ["examples/modelo.pkl", rows, "--from", "pkl"],
    "[]",
    2,
    /^error: --from pkl is not known; it is any of json, jsonl,/,
  ],
  [["examples/modelo.pkl", rows, "--header", "first"], "[]", 2, /It is present, absent, or the number of a line/],
  [["examples/modelo.pkl", rows, "--separator", ";;"], "[]", 2, /It is one character/],
  [["examples/modelo.pkl", rows, "--decimal", ";"], "[]", 2, /Allowed choices are \., ,/],
  [["examples/modelo.pkl", rows, "--format", "yaml"], "", 2, /Allowed choices are json, jsonl, csv/],
] as const)("predict %j with %j ends with %i", async (args, input, code, message) => {
  writeFileSync(rows, input);
  const ended = await run(["predict", ...args]);
  expect(ended.err).toMatch(message);
  expect([ended.code, ended.out]).toEqual([code, ""]);
});
