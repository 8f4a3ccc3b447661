import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FittedPipeline } from "@curtido/estimators/pipeline";
import { RandomState } from "@curtido/kernels";
import { expect, test } from "vitest";
import { load } from "../../src/index.ts";
import { folder, ROOT, run } from "../help.ts";

/** Writes a table of so many rows, whose cells are drawn. */
function drawn(header: string, rows: number, cells: (random: () => number) => readonly unknown[], seed = 0): string {
  const state = new RandomState(seed);
  // Numbers from 0 to below 1, in steps that are fine enough here.
  const random = () => state.integers(1_000_000, 1)[0]! / 1_000_000;
  const path = join(folder(), "datos.csv");
  const lines = Array.from({ length: rows }, () => cells(random).join(","));
  writeFileSync(path, `${[header, ...lines].join("\n")}\n`);
  return path;
}

async function trained(data: string, ...args: string[]) {
  const out = join(folder(), "modelo.pkl");
  const { code, out: said, err } = await run(["train", data, "-o", out, "--json", ...args]);
  expect([code, err]).toEqual([0, ""]);
  return { report: JSON.parse(said), out };
}

const noise = () => drawn("a,b,y", 400, (random) => [random(), random(), random() < 0.5 ? "sí" : "no"]);

test("what is no better than a dummy is called so first, compared or named", async () => {
  const data = noise();
  const { report } = await trained(data, "--target", "y");
  expect(report.compared[0].name).toBe("DummyClassifier");
  expect(report.headline).toHaveLength(1);
  expect(report.headline[0]).toContain("is no better than answering without looking at any column: accuracy 0.");
  const named = await trained(data, "--target", "y", "--estimator", "RandomForestClassifier");
  expect(named.report.headline[0]).toMatch(
    /^RandomForestClassifier is no better .* on 80 rows, within what chance gives$/,
  );
  const out = join(folder(), "modelo.pkl");
  const { out: said } = await run(["train", data, "--target", "y", "-o", out, "--estimator", "GaussianNB"]);
  expect(said.startsWith("LOOK: GaussianNB is no better than answering")).toBe(true);
});

test("numbers that nothing explains are no better than their mean", async () => {
  const data = drawn("a,b,y", 300, (random) => [random(), random(), random() * 10 + 0.5]);
  const { report } = await trained(data, "--target", "y");
  expect(report.compared[0].name).toBe("DummyRegressor");
  expect(report.headline[0]).toContain("is no better than answering without looking at any column: R2 ");
});

test("where labels are uneven the best one is the best by ROC AUC", async () => {
  const data = drawn("x,z,tarde", 1500, (random) => {
    const [x, z] = [random(), random()];
    return [x, z, random() < 0.3 * x ? "sí" : "no"];
  });
  const { report } = await trained(data, "--target", "tarde");
  expect(report.metric).toBe("roc_auc");
  expect(report.estimator.why).toMatch(/ROC AUC .*labels are uneven, 8\d% of them are no/);
  expect(report.compared[0].mean).toBe(0.5);
  const best = Math.max(...report.compared.map(({ mean }: { mean: number }) => mean));
  const chosen = report.compared.find(({ name }: { name: string }) => name === report.estimator.name);
  expect(best).toBeGreaterThan(0.6);
  expect(best - chosen.mean).toBeLessThan(0.05);
  expect(report.headline).toEqual([]);
  // The majority's answer has the same accuracy as the model: nothing to praise.
  expect(report.baseline.accuracy).toBeCloseTo(report.test.metrics.accuracy, 1);
  expect(report.baseline.roc_auc).toBe(0.5);
  expect(report.test.metrics.roc_auc).toBeGreaterThan(0.6);
  expect(report.test.metrics.balanced_accuracy).toBeLessThan(0.6);
});

test("a column that alone gives nearly all is called a leak, with what leaves it out", async () => {
  const data = drawn("metros,precio en dólares,precio", 400, (random) => {
    const metros = Math.floor(random() * 200);
    const precio = metros * 10 + random() * 900 + 0.5;
    return [metros, (precio * 1.1).toFixed(1), precio];
  });
  const { report } = await trained(data, "--target", "precio", "--estimator", "RandomForestRegressor");
  expect(report.leaks.map(({ name }: { name: string }) => name)).toEqual(["precio en dólares"]);
  expect(report.headline[0]).toMatch(/^'precio en dólares' alone gives R2 0\.99.*a leak.*--drop 'precio en dólares'$/);
  const without = await trained(data, "--target", "precio", "--drop", "precio en dólares");
  expect(without.report.headline).toEqual([]);
});

test("no column of real flowers is a leak", async () => {
  const { report } = await trained(join(ROOT, "examples/train/penguins.csv"), "--target", "species");
  expect(report.leaks).toEqual([]);
  expect(report.headline).toEqual([]);
});

test("boosted trees get categories as such, and a column for each where the release knows no better", async () => {
  const data = join(ROOT, "fixtures/train/houses.csv");
  const args = ["--target", "price", "--estimator", "HistGradientBoostingRegressor", "--set", "max_iter=60"];
  const native = await trained(data, ...args);
  const older = await trained(data, ...args, "--scikit-learn", "1.2");
  // Python's figures: oracle/train.py prints both.
  expect(native.report.test.metrics.r2).toBeCloseTo(0.966, 3);
  expect(older.report.test.metrics.r2).toBeCloseTo(0.745, 3);
});

test("a column of many texts is grouped, so that it costs no more than a few columns", async () => {
  const data = drawn("ciudad,x,y", 1200, (random) => {
    const x = random();
    return [`c${Math.floor(random() ** 2 * 300)}`, x, x > random() ? "a" : "b"];
  });
  const args = ["--target", "y", "--estimator", "LogisticRegression"];
  const widthOf = async (...more: string[]) => {
    const model = (await load((await trained(data, ...args, ...more)).out)) as FittedPipeline;
    return model.steps.at(-1)!.estimator!.n_features_in_;
  };
  expect(await widthOf()).toBe(51);
  expect(await widthOf("--max-categories", "20")).toBe(21);
  expect(await widthOf("--max-categories", "1000")).toBeGreaterThan(200);
  const refused = await run(["train", data, ...args, "-o", "m.pkl", "--max-categories", "1"]);
  expect(refused.code).toBe(2);
});

test("a column of words that gives a label away is a leak too", async () => {
  const data = drawn("edad,motivo de baja,baja", 400, (random) => {
    const out = random() < 0.3;
    return [
      Math.floor(random() * 60),
      out ? ["precio", "servicio"][Math.floor(random() * 2)] : "ninguno",
      out ? "sí" : "no",
    ];
  });
  const { report } = await trained(data, "--target", "baja", "--estimator", "RandomForestClassifier");
  expect(report.headline).toEqual([
    "'motivo de baja' alone gives accuracy 1.000: a leak, unless it is known before what is to be predicted; leave it out with --drop 'motivo de baja'",
  ]);
});

test("a table of hundreds of columns is told what counts, one of thousands is not", async () => {
  const wide = (columns: number) => {
    const names = Array.from({ length: columns }, (_, at) => `c${at}`);
    return drawn([...names, "y"].join(","), 60, (random) => {
      const numbers = names.map(() => Math.floor(random() * 100));
      return [...numbers, numbers[0]! * 1.5];
    });
  };
  const args = ["--target", "y", "--estimator", "Lasso"];
  const { report } = await trained(wide(250), ...args);
  expect(report.importances).toHaveLength(250);
  expect(report.importances[0].name).toBe("c0");
  const data = wide(7500);
  expect((await trained(data, ...args)).report.importances).toEqual([]);
  const { code, out } = await run(["train", data, ...args, "-o", join(folder(), "modelo.pkl")]);
  expect(code).toBe(0);
  expect(out).not.toContain("what counts");
});
