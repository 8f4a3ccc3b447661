import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { folder, ROOT, run, runChild } from "../help.ts";

const CSV = join(ROOT, "examples/train/penguins.csv");
let wanted: Buffer;

/** The model that a table gives, as bytes. */
async function modelOf(data: string, ...more: string[]): Promise<Buffer> {
  const out = join(folder(), "modelo.pkl");
  const args = ["train", data, "--target", "species", "--estimator", "GaussianNB", "-o", out, ...more];
  const { code, err } = await run(args);
  expect([code, err]).toEqual([0, ""]);
  return readFileSync(out);
}

beforeAll(async () => {
  wanted = await modelOf(CSV);
});

test.each(["tsv", "json", "jsonl", "xlsx", "parquet", "pkl"])(
  "a table in %s gives the model of the CSV",
  async (ending) => {
    const path = join(folder(), `penguins.${ending}`);
    expect((await run(["convert", CSV, path])).code).toBe(0);
    expect(await modelOf(path)).toEqual(wanted);
  },
);

test("a table from standard input", async () => {
  const out = join(folder(), "modelo.pkl");
  const args = ["train", "-", "--from", "csv", "--target", "species", "--estimator", "GaussianNB", "-o", out];
  expect((await runChild(args, readFileSync(CSV))).code).toBe(0);
  expect(readFileSync(out)).toEqual(wanted);
});

test("semicolons, a byte order mark, CRLF and quotes", async () => {
  const path = join(folder(), "penguins.csv");
  const text = readFileSync(CSV, "utf8")
    .replaceAll(",", ";")
    .replaceAll("\n", "\r\n")
    .replaceAll("Torgersen", '"Torgersen"');
  writeFileSync(path, `\uFEFF${text}`);
  expect(await modelOf(path)).toEqual(wanted);
});

/** Ten lines in which dots group thousands and commas stand before fractions, as the table shows and a line need not. */
const GROUPED = Array.from(
  { length: 10 },
  (_, at) => `${at + 1}.${String(at * 97).padStart(3, "0")};2,${at}75;${at + 1},5e-01;${at % 2 === 0 ? "a" : "b"}`,
);
const HEADER = "people;rate;share;class";

test("how a table spells numbers is kept for lines that do not show it", async () => {
  const at = folder();
  const [table, model] = [join(at, "t.csv"), join(at, "modelo.pkl")];
  writeFileSync(table, `${[HEADER, ...GROUPED].join("\n")}\n`);
  const trained = await run(["train", table, "--target", "class", "--estimator", "GaussianNB", "-o", model]);
  expect(trained.code).toBe(0);
  expect(trained.out).toMatch(/people +numeric +1000 to 10870 +'1\.000' read as 1000 /);
  expect(trained.out).toMatch(/rate +numeric +2\.075 to 2\.975 +'2,075' read as 2\.075 /);
  expect(trained.out).toMatch(/share +numeric +0\.15 to 1\.05 +'1,5e-01' read as 0\.15 /);
  const answer = async (name: string, text: string) => {
    writeFileSync(join(at, name), text);
    const args = ["predict", model, join(at, name), "--include", "probabilities", "--format", "json"];
    const { code, out, err } = await run(args);
    expect([code, err]).toEqual([0, ""]);
    return JSON.parse(out);
  };
  const wanted = await answer("numbers.json", '[{"people":3194,"rate":2.275,"share":0.35}]');
  expect(await answer("line.csv", "people;rate;share\n3.194;2,275;3,5e-01\n")).toEqual(wanted);
  expect(await answer("texts.json", '[{"people":"3.194","rate":"2,275","share":"3,5e-01"}]')).toEqual(wanted);
  expect(await answer("points.csv", "people,rate,share\n3194,2.275,0.35\n")).toEqual(wanted);
});

test.each(["xlsx", "xml"])("texts in %s are read in the notation that they are in, and it is kept", async (ending) => {
  const at = folder();
  const [table, model] = [join(at, "t.json"), join(at, "modelo.pkl")];
  const rows = GROUPED.map((line) => line.split(";")).map(([people, rate, , of]) => ({ people, rate, of }));
  writeFileSync(table, JSON.stringify([...rows, { people: "11.000,5", rate: "3,5", of: "a" }]));
  expect((await run(["convert", table, join(at, `t.${ending}`)])).code).toBe(0);
  const args = ["train", join(at, `t.${ending}`), "--target", "of", "--estimator", "GaussianNB", "-o", model];
  const { code, out } = await run(args);
  expect(code).toBe(0);
  expect(out).toMatch(/people +numeric +1000 to 11000 +'1\.000' read as 1000 /);
  expect(out).toMatch(/rate +numeric +2\.075 to 3\.5 +'2,075' read as 2\.075 /);
});

test("yes and no in a case that training has not seen are the same", async () => {
  const at = folder();
  const [table, model] = [join(at, "t.csv"), join(at, "modelo.pkl")];
  const words = ["si", "si", "SI", "no", "No", "no"];
  const lines = [...words, ...words].map((word, row) => `${word},${row % 4},${/s/i.test(word) ? 9 + row : row}`);
  writeFileSync(table, `${["lift,floor,price", ...lines].join("\n")}\n`);
  const trained = await run(["train", table, "--target", "price", "--estimator", "Ridge", "-o", model]);
  expect(trained.out).toMatch(/lift +categorical +2 categories +read 'SI' as 'si', 'No' as 'no' /);
  const answer = async (...lifts: readonly string[]) => {
    const rows = join(at, "rows.json");
    writeFileSync(rows, JSON.stringify(lifts.map((lift) => ({ lift, floor: 1 }))));
    return JSON.parse((await run(["predict", model, rows])).out).predict as number[];
  };
  const [yes, no] = (await answer("si", "no")) as [number, number];
  expect(yes).not.toBe(no);
  expect(await answer("Sí", "SÍ", "sí", "Si", "NO")).toEqual([yes, yes, yes, yes, no]);
});
