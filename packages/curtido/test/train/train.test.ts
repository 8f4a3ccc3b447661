import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { load, loads } from "../../src/index.ts";
import { folder, ROOT, run } from "../help.ts";

interface Case {
  readonly data: string;
  readonly target: string;
  readonly estimator: string;
  readonly set: readonly string[];
  readonly seed: number;
  readonly score: number;
  readonly predict: readonly unknown[];
}

const CASES = JSON.parse(readFileSync(join(ROOT, "fixtures/train/expected.json"), "utf8")) as Case[];
const table = (name: string) => join(ROOT, name === "houses" ? "fixtures/train" : "examples/train", `${name}.csv`);

/** Every fifth row that has a target, without it, as CSV. */
function rowsOf(name: string, target: string): string {
  const [header, ...rows] = readFileSync(table(name), "utf8").trimEnd().split("\n");
  const at = header!.split(",").indexOf(target);
  const there = rows.filter((row) => row.split(",")[at] !== "");
  const without = (row: string) => row.split(",").toSpliced(at, 1).join(",");
  return [header!, ...there.filter((_, row) => row % 5 === 0)].map((row) => `${without(row)}\n`).join("");
}

test.each(CASES)("$estimator of $data is scikit-learn's pipeline of it", async (each) => {
  const out = join(folder(), "modelo.pkl");
  const set = each.set.flatMap((pair) => ["--set", pair]);
  const args = [table(each.data), "--target", each.target, "--estimator", each.estimator, ...set];
  const more = ["--seed", String(each.seed), "--skip-missing-target", "--json", "-o", out];
  const { code, out: said, err } = await run(["train", ...args, ...more]);
  expect([code, err]).toEqual([0, ""]);
  const report = JSON.parse(said);
  const { accuracy, r2 } = report.test.metrics;
  expect(accuracy ?? r2).toBeCloseTo(each.score, 10);
  const rows = join(folder(), "rows.csv");
  writeFileSync(rows, rowsOf(each.data, each.target));
  const predicted = JSON.parse((await run(["predict", out, rows, "--format", "json"])).out).predict as unknown[];
  expect(predicted.length).toBe(each.predict.length);
  each.predict.forEach((value, at) => {
    if (typeof value !== "number") expect(predicted[at]).toBe(value);
    else expect(Math.abs((predicted[at] as number) - value)).toBeLessThanOrEqual(1e-9 * Math.abs(value));
  });
});

test("compares estimators, says why one was chosen, and prints what to do next", async () => {
  const out = join(folder(), "especies.joblib");
  const { code, out: said } = await run(["train", table("penguins"), "--target", "species", "-o", out]);
  expect(code).toBe(0);
  expect(said).toMatch(/target: species, classification \(it holds 3 labels that are no numbers\)/);
  expect(said).toMatch(/island +categorical +3 categories\n/);
  expect(said).toMatch(/body_mass_g +numeric +2700 to 6300, 2 missing\n/);
  expect(said).toMatch(
    /compared by cross-validation \(accuracy, 5 folds\):\n {2}DummyClassifier +0\.\d+ .*\n( {2}\w+ +\d\.\d+ ± \d\.\d+ +[\d.]+ s\n)+/,
  );
  expect(said).toMatch(/: .*in cross-validation.*\non 69 rows that it did not learn from:/);
  const [, serve, ask, answer] = /\n {2}(npx curtido serve .*)\n {2}(curl .*)\n {2}(\{.*\})\n$/.exec(said)!;
  expect(serve).toBe(`npx curtido serve ${out}`);
  expect(ask).toContain("localhost:5000/especies ");
  const row = JSON.parse(/-d '(.*)'$/.exec(ask!)![1]!);
  expect((await load(out)).predict([row]).tolist()).toEqual([JSON.parse(answer!).predict]);
});

test("the same seed gives the same bytes, another seed another model", async () => {
  const made = await Promise.all(
    ["1", "1", "2"].map(async (seed) => {
      const out = join(folder(), "modelo.pkl");
      const args = [table("penguins"), "--target", "species", "--estimator", "ExtraTreesClassifier", "-o", out];
      await run(["train", ...args, "--set", "n_estimators=3", "--seed", seed]);
      return readFileSync(out);
    }),
  );
  expect(made[0]).toEqual(made[1]);
  expect(made[0]).not.toEqual(made[2]);
});

test("--refit learns from all rows, --test-size 0 tests with none", async () => {
  const trained = async (...more: string[]) => {
    const out = join(folder(), "modelo.pkl");
    const args = ["train", table("diabetes"), "--target", "progression", "--estimator", "Ridge", "--json", "-o", out];
    const { out: said } = await run([...args, ...more]);
    return { report: JSON.parse(said), model: await load(out) };
  };
  const row = [[59, 2, 32.1, 101, 157, 93.2, 38, 4, 4.8598, 87]];
  const [half, refitted, whole] = [await trained(), await trained("--refit"), await trained("--test-size", "0")];
  expect(refitted.report.test).toEqual(half.report.test);
  expect(whole.report.test).toBe(null);
  expect(refitted.model.predict(row)).toEqual(whole.model.predict(row));
  expect(refitted.model.predict(row)).not.toEqual(half.model.predict(row));
});

test("--scikit-learn writes for an older release", async () => {
  const out = join(folder(), "modelo.pkl");
  const args = ["train", table("diabetes"), "--target", "progression", "--estimator", "DecisionTreeRegressor"];
  expect((await run([...args, "--scikit-learn", "1.2", "-o", out])).code).toBe(0);
  const text = Buffer.from(readFileSync(out)).toString("latin1");
  expect(text).toContain("1.2.2");
  expect(text).not.toContain("missing_go_to_left");
  expect((await run([...args, "--scikit-learn", "0.12", "-o", `${out}2.pkl`])).code).toBe(1);
  expect(existsSync(`${out}2.pkl`)).toBe(false);
});

test("columns are what the command line says they are", async () => {
  const data = join(folder(), "datos.csv");
  const rows = Array.from(
    { length: 60 },
    (_, at) => `${at % 4},${at % 2 === 0 ? "1" : " 2"},n${at},${at * 2 + (at % 4)}`,
  );
  writeFileSync(data, ["zona,talla,id,precio", ...rows].join("\n"));
  const out = join(folder(), "modelo.pkl");
  const args = ["train", data, "--target", "precio", "--estimator", "LinearRegression", "--json", "-o", out];
  const { out: said } = await run([...args, "--categorical", "zona", "--numeric", "talla", "--drop", "id"]);
  const report = JSON.parse(said);
  expect(report.features).toEqual([
    { name: "zona", type: "categorical", asked: true, missing: 0, categories: 4 },
    { name: "talla", type: "numeric", asked: true, missing: 0, least: 1, most: 2 },
  ]);
  expect(report.data.dropped).toEqual(["id"]);
  expect((await load(out)).signature.features.map(({ name }) => name)).toEqual(["zona", "talla"]);
  const both = JSON.parse((await run([...args, "--drop", "id,talla"])).out);
  expect(both.data.dropped).toEqual(["talla", "id"]);
});

test("whole numbers are labels where they repeat, and amounts where --task says so", async () => {
  const data = join(folder(), "datos.csv");
  writeFileSync(data, `x,y\n${Array.from({ length: 40 }, (_, at) => `${at},${at % 3}`).join("\n")}\n`);
  const out = join(folder(), "modelo.pkl");
  const kind = async (...more: string[]) => {
    const { out: said } = await run(["train", data, "--target", "y", "--json", "-o", out, ...more]);
    return JSON.parse(said).target.task;
  };
  expect(await kind()).toBe("classification");
  expect(await kind("--task", "regression")).toBe("regression");
  expect(loads(readFileSync(out))).toBeDefined();
});

test("a solver that was stopped early is said", async () => {
  const args = ["train", table("penguins"), "--target", "species", "--estimator", "LogisticRegression"];
  const said = async (...more: string[]) => (await run([...args, "-o", join(folder(), "modelo.pkl"), ...more])).out;
  expect(await said("--set", "max_iter=2")).toContain("note: LogisticRegression was not done after 2 iterations");
  expect(await said()).not.toContain("note:");
});
