import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { columnOf, DataFrame } from "@curtido/arrays";
import { readTable, writeTable } from "@curtido/tables";
import { describe, expect, test } from "vitest";
import { folder, ROOT, run, runChild } from "./help.ts";

interface Case {
  readonly data: string;
  readonly target: string;
  readonly estimator: string;
  readonly set: readonly string[];
  readonly seed: number;
}
type Figures = Readonly<Record<string, unknown>> & {
  readonly baseline?: Readonly<Record<string, number>>;
  readonly perLabel?: readonly Readonly<Record<string, unknown>>[];
  readonly confusion?: readonly (readonly number[])[];
};

const fixture = (name: string) => JSON.parse(readFileSync(join(ROOT, "fixtures/train", name), "utf8"));
const CASES = fixture("expected.json") as readonly Case[];
const FIGURES = fixture("score.json") as readonly Figures[];
const tableOf = (name: string) => join(ROOT, name === "houses" ? "fixtures/train" : "examples/train", `${name}.csv`);

async function trainedFor({ data, target, estimator, set, seed }: Case): Promise<string> {
  const out = join(folder(), "modelo.pkl");
  const args = ["--target", target, "--estimator", estimator, ...set.flatMap((pair) => ["--set", pair])];
  const more = ["--seed", String(seed), "--skip-missing-target", "-o", out];
  expect((await run(["train", tableOf(data), ...args, ...more])).code).toBe(0);
  return out;
}

async function scoreOf(model: string, data: string, ...args: string[]) {
  const { code, out, err } = await run(["score", model, data, "--format", "json", ...args]);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
}

test.each(CASES.map((each, at) => [each.estimator, each.data, each, FIGURES[at]!] as const))(
  "the figures of %s on %s are those of sklearn.metrics",
  async (_, __, each, { baseline, perLabel, confusion, ...metrics }) => {
    const score = await scoreOf(await trainedFor(each), tableOf(each.data));
    expect(Object.keys(score.metrics).sort()).toEqual(Object.keys(metrics).sort());
    for (const [name, value] of Object.entries(metrics)) expect(score.metrics[name]).toBeCloseTo(value as number, 9);
    for (const [name, value] of Object.entries(baseline ?? { r2: 0 }))
      expect(score.baseline[name]).toBeCloseTo(value, 9);
    expect(score.target).toBe(each.target);
    expect(score.confusion).toEqual(confusion);
    perLabel?.forEach((row, at) => {
      expect(score.perLabel[at].label).toBe(row["label"]);
      for (const name of ["rows", "precision", "recall", "f1"])
        expect(score.perLabel[at][name]).toBeCloseTo(row[name] as number, 12);
    });
  },
);

const PENGUINS = join(ROOT, "examples/penguins.pkl");

test.each(["csv", "tsv", "json", "jsonl", "xlsx", "parquet", "arrow"])(
  "a table as %s says the same",
  async (format) => {
    const source = readFileSync(tableOf("penguins"));
    const data = join(folder(), `pinguinos.${format}`);
    writeFileSync(data, await writeTable(await readTable(source, { format: "csv" }), { format }));
    const { data: _, ...score } = await scoreOf(PENGUINS, data, "--target", "species");
    const { data: __, ...expected } = await scoreOf(PENGUINS, tableOf("penguins"), "--target", "species");
    expect(score).toEqual(expected);
  },
);

test("in words: the figures beside those without a model, each label, the matrix, what counts", async () => {
  const args = ["score", PENGUINS, tableOf("penguins"), "--target", "species", "--importances"];
  const { code, out, err } = await run(args);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toContain("penguins.csv: 344 rows\ntarget: species, classification\n");
  expect(out).toMatch(/\naccuracy +0\.9942 +without a model 0\.4419\n/);
  expect(out).toMatch(/\nlabel +rows +precision +recall +F1\nAdelie +152 /);
  expect(out).toMatch(/\nactual \\ predicted +Adelie +Chinstrap +Gentoo\n/);
  expect(out).toMatch(/what counts .*:\n {2}island +0\.\d+ ± 0\.\d+\n/);
});

test("the last column that is no feature is the target where nobody says so, aloud", async () => {
  const data = join(folder(), "datos.csv");
  const [header, ...rows] = readFileSync(tableOf("penguins"), "utf8").trimEnd().split("\n");
  const turned = [header!, ...rows].map((row) => [...row.split(",").slice(1), row.split(",")[0]].join(","));
  writeFileSync(data, `${turned.join("\n")}\n`);
  const { code, out, err } = await run(["score", PENGUINS, data]);
  expect(code).toBe(0);
  expect(err).toContain(
    "the target is taken to be 'species', the last column that is no feature; --target says otherwise",
  );
  expect(out).toContain("accuracy           0.9942");
});

test("the columns of a model that knows no names are taken in their order, aloud", async () => {
  const model = join(ROOT, "examples/modelo.pkl");
  const rows = [
    [1, 0, 1, 1],
    [0, 1, 0, 2],
    [2, 2, 1, 0],
  ];
  const predicted = JSON.parse(
    (await runChild(["predict", model, "--format", "json"], JSON.stringify(rows))).out,
  ).predict;
  const data = join(folder(), "datos.csv");
  writeFileSync(
    data,
    ["a,b,y,c,d", ...rows.map(([a, b, c, d], at) => [a, b, predicted[at], c, d].join(","))].join("\n"),
  );
  const { code, out, err } = await run(["score", model, data, "--target", "y"]);
  expect(code).toBe(0);
  expect(err).toContain("note: the model knows no names of features: the columns are taken in their order");
  expect(out).toMatch(/\nR2 +1 /);
});

test("standard input is scored too", async () => {
  const { code, out } = await runChild(
    ["score", PENGUINS, "-", "--target", "species"],
    readFileSync(tableOf("penguins")),
  );
  expect(code).toBe(0);
  expect(out).toContain("standard input: 344 rows");
});

describe("a model of a European table", () => {
  const rows = Array.from({ length: 80 }, (_, row) => {
    const [m2, day] = [40 + ((row * 7) % 80), (row % 28) + 1];
    const price = (m2 * 31.5 + day * 2.25)
      .toFixed(2)
      .replace(".", ",")
      .replace(/^(\d)(\d{3})/, "$1.$2");
    return `"${row % 9 === 0 ? "N/D" : m2}";${String(day).padStart(2, "0")}/03/2024;${["Sí", "SI", "no"][row % 3]};${row + 1};${price} €`;
  });
  const csv = ["m² útiles;fecha;ascensor;id;precio", ...rows].join("\n");

  test("is scored on the texts that it was trained on, whose columns it need not have", async () => {
    const [data, model] = [join(folder(), "pisos.csv"), join(folder(), "pisos.pkl")];
    writeFileSync(data, `${csv}\n;01/03/2024;no;99;\n`);
    const args = ["--target", "precio", "--estimator", "LinearRegression", "--skip-missing-target", "-o", model];
    expect((await run(["train", data, ...args])).code).toBe(0);
    const score = await scoreOf(model, data);
    expect(score).toMatchObject({ target: "precio", rows: 80, skipped: 1, ignored: ["id"], headline: [] });
    expect(score.metrics.r2).toBeGreaterThan(0.5);
    expect(score.baseline.r2).toBeCloseTo(0, 9);
  });
});

test("a model that is no better than none on these rows is called so", async () => {
  const text = readFileSync(tableOf("diabetes"), "utf8").trimEnd().split("\n");
  const data = join(folder(), "datos.csv");
  const targets = text.slice(1).map((line) => line.split(",").at(-1));
  // The targets of other rows.
  const mixed = text
    .slice(1)
    .map((line, row) => [...line.split(",").slice(0, -1), targets[(row + 100) % targets.length]].join(","));
  writeFileSync(data, [text[0], ...mixed].join("\n"));
  const model = await trainedFor(CASES.find(({ estimator }) => estimator === "Ridge")!);
  const { out } = await run(["score", model, data]);
  expect(out).toMatch(
    /^LOOK: Pipeline is no better than answering without looking at any column: R2 -?0\.\d+ against -?0\.000 on 442 rows/,
  );
});

test("labels are read by value, and those that training has not seen are wrong answers", async () => {
  const data = join(folder(), "datos.csv");
  const model = join(folder(), "modelo.pkl");
  const rows = Array.from({ length: 60 }, (_, row) => `${row},${row % 2}`);
  writeFileSync(data, ["x,y", ...rows].join("\n"));
  expect((await run(["train", data, "--target", "y", "--estimator", "GaussianNB", "-o", model])).code).toBe(0);
  const texts = join(folder(), "textos.json");
  writeFileSync(texts, JSON.stringify(rows.map((row) => ({ x: Number(row.split(",")[0]), y: row.split(",")[1] }))));
  expect((await scoreOf(model, texts)).metrics).toEqual((await scoreOf(model, data)).metrics);
  writeFileSync(data, ["x,y", ...rows, "5,2", "6,2"].join("\n"));
  const score = await scoreOf(model, data);
  expect(score.labels).toEqual([0, 1, 2]);
  expect(score.perLabel[2]).toEqual({ label: 2, rows: 2, precision: 0, recall: 0, f1: 0 });
  expect(score.metrics).not.toHaveProperty("log_loss");
});

const KMEANS = join(ROOT, "examples/wine.joblib");
const species = "species,island,sex,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g\n";
test.each([
  [
    "a target that there is not",
    species,
    ["--target", "especie"],
    "--target: there is no column 'especie'; there are species, island",
  ],
  [
    "no row that has a target",
    `${species},Dream,male,40,18,190,3700\n`,
    ["--target", "species"],
    "the target 'species' is empty in every row",
  ],
  ["no rows", species, ["--target", "species"], "the target 'species' is empty in every row"],
  ["a feature that is missing", "species,island\nAdelie,Dream\n", ["--target", "species"], "'sex' is missing"],
  [
    "a cell that is no number",
    `${species}Adelie,Dream,male,cuarenta,18,190,3700\n`,
    ["--target", "species"],
    "cuarenta",
  ],
  ["features alone", `${species.slice(8)}Dream,male,40,18,190,3700\n`, [], "none is left to be the target"],
])("%s is said in the words of the table", async (_, data, args, part) => {
  const path = join(folder(), "datos.csv");
  writeFileSync(path, data);
  const { code, out, err } = await run(["score", PENGUINS, path, ...args]);
  expect([code, out]).toEqual([1, ""]);
  expect(err).toContain(`${path}: `);
  expect(err).toContain(part);
});

test("a target that is no number, a model without targets and rows without names are refused by name", async () => {
  const model = await trainedFor(CASES.find(({ estimator }) => estimator === "Ridge")!);
  const path = join(folder(), "datos.csv");
  writeFileSync(path, "age,sex,bmi,bp,s1,s2,s3,s4,s5,s6,progression\n59,2,32.1,101,157,93.2,38,4,4.8598,87,mucho\n");
  expect((await run(["score", model, path])).err).toContain(
    "the target 'progression' is 'mucho' in row 1, which is no number",
  );
  expect((await run(["score", model, path, "--target", "s6"])).code).toBe(1);
  const array = join(folder(), "datos.json");
  writeFileSync(array, "[[1, 2], [3, 4]]");
  expect((await run(["score", model, array])).err).toContain("its rows have no names");
  const table = new DataFrame([columnOf("progression", [1])], undefined, 1);
  const other = join(folder(), "datos.parquet");
  writeFileSync(other, await writeTable(table, { format: "parquet" }));
  expect((await run(["score", KMEANS, other])).code).toBe(1);
});
