import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { FixtureFolder } from "../../../test/fixture_files.ts";
import { load } from "../src/typescript.ts";
import { folder, run } from "./help.ts";

const row = (out: string, label: string) => new RegExp(`^${label} +(.*)$`, "m").exec(out)?.[1];

test.each([
  [
    "own_names/function.pkl",
    "mymodule (function log_price: step 'functiontransformer')",
    "sklearn.preprocessing (FunctionTransformer: step 'functiontransformer')",
  ],
  ["own_names/cloudpickle_function.pkl", "__main__ (function log_price: step 'functiontransformer')", "numpy (arrays"],
  [
    "own_names/dill_function.pkl",
    "__main__ (function log_price: step 'functiontransformer')",
    "used by __main__.log_price",
  ],
  ["own_names/dill_class.pkl", "__main__ (Scaled", "sklearn.pipeline (Pipeline)"],
])("inspect of %s lists its modules and what needs them", { timeout: 20_000 }, async (file, ...wanted) => {
  const { out } = await run(["inspect", `fixtures/${file}`]);
  for (const text of wanted) expect(row(out, "modules")).toContain(text);
});

test("inspect lists modules as JSON too", async () => {
  const { out } = await run(["inspect", "fixtures/own_names/class.pkl", "--json"]);
  const { modules } = JSON.parse(out);
  expect(modules).toContainEqual({
    module: "mymodule",
    uses: [{ name: "Scaled", kind: "class", for: "step 'scaled'" }],
  });
});

test.each([
  ["catboost/small.cbm", "CatBoost 1.2.10"],
  ["catboost/Pipeline-scaled.sk1.9.1.joblib", "scikit-learn 1.9.1, CatBoost 1.2.10"],
  ["catboost/CatBoostRegressor-deep.sk0.24.2.joblib", "CatBoost"],
  ["xgboost/Booster-binary.sk1.9.1.joblib", "XGBoost 3.2.0"],
  ["lightgbm/Booster-binary.sk1.6.1.joblib", "LightGBM (model format v4)"],
])("inspect of %s says that %s trained it", async (file, wanted) => {
  const [family, name] = file.split("/") as [string, string];
  const path = join(mkdtempSync(join(tmpdir(), "curtido-test-")), name);
  writeFileSync(path, new FixtureFolder(family).read(name));
  expect(row((await run(["inspect", path])).out, "trained by")).toBe(wanted);
});

test("a name that is not registered: which step, and what to write", async () => {
  const { code, err } = await run([
    "predict",
    "fixtures/own_names/cloudpickle_function.pkl",
    "fixtures/own_names/class.pkl",
  ]);
  expect(code).not.toBe(0);
  expect(err).toContain("'steps[0].func' is __main__.log_price (log_price(X, shift), line 5 of train.py, uses numpy)");
  expect(err).toContain('"__main__.log_price": (X: number, { shift }: Record<string, any>): number => {');
});

test("TypeScript of the user's is read without its types", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "names-")), "names.ts");
  writeFileSync(
    path,
    `interface K { shift: number }\nexport default { "m.f": (x: number, k: K): number => x + k.shift };\n`,
  );
  const never = () => Promise.reject(new Error("asked for another file"));
  const { format, source } = await load(`${pathToFileURL(path).href}?typescript`, {}, never);
  expect(format).toBe("module");
  expect(source).toMatch(/\(x\s*, k\s*\)\s*=> x \+ k\.shift/);
  expect(source).not.toContain("interface");
});

describe("a first step of one's own that tells no names", () => {
  const names = join(folder(), "names.mjs");
  const model = "fixtures/own_frames/class_of_frame.pkl";
  const keys = ["id", "sex", "sib", "parch", "fare"];
  writeFileSync(
    names,
    `export default { "mymodule.Dropper": () => ({ transform: (rows) => rows.map((row) => row.slice(1)) }) };\n`,
  );
  const { rows, predict } = JSON.parse(readFileSync("fixtures/own_frames/answers.json", "utf8")).class_of_frame;
  const turned = join(folder(), "turned.json");
  writeFileSync(turned, JSON.stringify(rows.map((row: object) => Object.fromEntries(Object.entries(row).reverse()))));

  test("objects are refused until --features names them", async () => {
    const refused = await run(["predict", model, turned, "--names", names]);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("keys of objects have no order")]);
    const { out, err } = await run(["predict", model, turned, "--names", names, "--features", keys.join(",")]);
    expect(err).toBe("");
    expect(JSON.parse(out).predict).toEqual(predict.map((value: number) => expect.closeTo(value, 9)));
  });

  test("inspect names them", async () => {
    const { out } = await run(["inspect", model, "--names", names, "--features", keys.join(",")]);
    expect(row(out, "features")).toMatch(/^5: id \(any, may be missing\), sex /);
  });

  test("serve takes them for one model alone", async () => {
    const two = await run(["serve", model, "examples/modelo.pkl", "--names", names, "--features", keys.join(",")]);
    expect(two.code).not.toBe(0);
    expect(two.err).toMatch(/has 4 features, not id, sex|--features is for one model/);
    const data = await run(["serve", model, "--data", folder(), "--features", "a"]);
    expect([data.code, data.err]).toEqual([2, expect.stringContaining("without --data")]);
  });
});
