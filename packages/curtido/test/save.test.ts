import { copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DecisionTreeClassifier, LinearRegression, Pipeline, StandardScaler } from "../src/fit.ts";
import { Estimator, isCurtidoError, load, loads, save, toJson } from "../src/index.ts";
import { folder, ROOT } from "./help.ts";

const X = [
  [1, 5],
  [2, 3],
  [3, 8],
  [4, 1],
];
const y = ["a", "b", "a", "b"];
const EXAMPLES = ["modelo.pkl", "diabetes.pkl", "wine.joblib", "penguins.pkl", "texto.pkl"];

describe("a model that was loaded is saved again", () => {
  test.each(EXAMPLES)("%s, as a pickle and as a joblib file", async (name) => {
    const model = await load(join(ROOT, "examples", name));
    const place = folder();
    for (const ending of ["pkl", "joblib", "pkl.gz", "joblib.z", "skops"]) {
      const path = join(place, `otra.${ending}`);
      await save(model, path);
      const again = await load(path);
      expect(again.className).toBe(model.className);
      expect(again.signature).toEqual(model.signature);
      // How an object of protocol 0 is made is no part of skops.
      const form =
        ending === "skops"
          ? (value: unknown) => toJson(value, { form: "typed" }).replaceAll("reconstructed", "newobj")
          : (value: unknown) => value;
      expect(form(loads(readFileSync(path), { exact: true }))).toEqual(
        form(loads(readFileSync(join(ROOT, "examples", name)), { exact: true })),
      );
    }
    expect(readdirSync(place).length).toBe(5);
  });

  test("for an older release, with its layout", async () => {
    const path = join(folder(), "vieja.pkl");
    await save(await load(join(ROOT, "examples/penguins.pkl")), path, { scikitLearn: "1.2" });
    const text = readFileSync(path).toString("latin1");
    expect([text.includes("missing_go_to_left"), text.includes("1.2.2"), text.includes("1.9.1")]).toEqual([
      false,
      true,
      false,
    ]);
    const row = { island: "Biscoe", sex: null, bill_length_mm: 44.5, bill_depth_mm: 15.7 };
    const whole = { ...row, flipper_length_mm: 217, body_mass_g: 4875 };
    const [old, now] = [await load(path), await load(join(ROOT, "examples/penguins.pkl"))];
    expect(old.predictProba([whole])).toEqual(now.predictProba([whole]));
    await expect(save(old, path, { scikitLearn: "1.5" })).rejects.toThrow(/1\.2\.2 has a layout that 1\.\d and later/);
  });
});

describe("a model that was fitted here is saved", () => {
  test("and what is loaded answers the same", async () => {
    const place = folder();
    const steps = [
      ["scale", new StandardScaler()],
      ["model", new DecisionTreeClassifier({ randomState: 0 })],
    ] as const;
    const model = new Pipeline({ steps }).fit(X, y);
    for (const name of ["m.pkl", "m.joblib", "m.pickle", "m.joblib.gz", "m.skops"]) {
      await save(model, join(place, name));
      expect((await load(join(place, name))).predict(X).tolist()).toEqual(y);
    }
  });

  test("a file is replaced as a whole or not at all", async () => {
    const place = folder();
    const path = join(place, "m.pkl");
    copyFileSync(join(ROOT, "examples/modelo.pkl"), path);
    const before = readFileSync(path);
    const model = new LinearRegression().fit([[1], [2]], [1, 2]);
    await expect(save(model, path, { scikitLearn: "0.1" })).rejects.toThrow(/from 0\.22 to 1\.9/);
    await expect(save(model, join(place, "m.txt"))).rejects.toThrow(/ends with \.pkl/);
    await expect(save(model, join(place, "no", "m.pkl"))).rejects.toThrow(/no such folder/);
    expect(readFileSync(path)).toEqual(before);
    expect(existsSync(join(place, "m.txt"))).toBe(false);
    await save(model, path);
    expect(readFileSync(path)).not.toEqual(before);
  });

  test("what has no pickle is said", async () => {
    class Own extends Estimator {
      override predict(): never {
        throw new Error("never asked");
      }
    }
    const own = Object.create(Own.prototype) as Estimator;
    const error = await save(own, join(folder(), "m.pkl")).catch((thrown: unknown) => thrown);
    expect(isCurtidoError(error, "E_UNSUPPORTED")).toBe(true);
  });

  test("a model with names of the user's own too", async () => {
    const model = await load(join(ROOT, "examples/modelo.pkl"), { names: { "mine.f": (value: number) => value } });
    const path = join(folder(), "m.pkl");
    await save(model, path);
    expect((await load(path)).predict([[1, 0, 1, 1]])).toEqual(model.predict([[1, 0, 1, 1]]));
  });
});
