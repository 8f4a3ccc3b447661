import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { load, save } from "../src/index.ts";
import { folder, run, start } from "./help.ts";

const IRIS = "examples/parts/iris.pkl";
const FLOWERS = [
  [5.1, 3.5, 1.4, 0.2],
  [6.3, 3.3, 6, 2.5],
];

/** A folder with rows, and a copy of a fixture. */
function place(fixture: string): {
  readonly model: string;
  readonly rows: string;
  readonly in: (name: string) => string;
} {
  const inside = folder();
  const model = join(inside, "modelo.pkl");
  const rows = join(inside, "rows.json");
  copyFileSync(fixture, model);
  writeFileSync(rows, JSON.stringify(FLOWERS));
  return { model, rows, in: (name) => join(inside, name) };
}

test("inspect lists the parts of a bundle and the line that puts them together", async () => {
  const { code, out } = await run(["inspect", IRIS]);
  expect(code).toBe(0);
  expect(out).toContain(`curtido compose ${IRIS}#scaler ${IRIS}#model`);
  const { parts } = JSON.parse((await run(["inspect", IRIS, "--json"])).out);
  expect(parts).toEqual(["scaler: StandardScaler of 4 features", "model: LogisticRegression of 4 features"]);
  const one = await run(["inspect", `${IRIS}#model`]);
  expect(one.out).toMatch(/^class +sklearn\.linear_model\._logistic\.LogisticRegression$/m);
  expect(one.out).toMatch(/^card +features \(bundle\), labels \(bundle\)$/m);
});

test("predict says which part of a bundle it takes, and adds the words", async () => {
  const { model, rows } = place("fixtures/bundles/one_dict.pkl");
  const { code, out, err } = await run(["predict", model, rows]);
  expect([code, out]).toEqual([0, '{"predict":[0,2],"label":["setosa","virginica"]}\n']);
  expect(err).toContain("it is a dict: its 'pipe', a Pipeline, is the model");
});

test("the card beside a model wins over what its bundle says, and --card over that", async () => {
  const at = place("fixtures/bundles/one_dict.pkl");
  writeFileSync(at.in("modelo.card.json"), JSON.stringify({ title: "A", labels: ["S", "Ve", "Vi"] }));
  expect((await run(["predict", at.model, at.rows])).out).toContain('"label":["S","Vi"]');
  writeFileSync(at.in("other.json"), JSON.stringify({ labels: { 0: "s", 2: "v" } }));
  expect((await run(["predict", at.model, at.rows, "--card", at.in("other.json")])).out).toContain('"label":["s","v"]');
  writeFileSync(at.in("modelo.card.json"), JSON.stringify({ labls: {} }));
  const { code, err } = await run(["predict", at.model, at.rows]);
  expect([code, err]).toEqual([1, expect.stringContaining("modelo.card.json: the card: 'labls' is not known")]);
});

test("compose writes one model, with a card in it", async () => {
  const at = place(IRIS);
  writeFileSync(at.in("card.json"), JSON.stringify({ title: "Iris" }));
  const words = ["--labels", "setosa,versicolor,virginica", "--card", at.in("card.json"), "-o", at.in("iris.pkl")];
  const made = await run(["compose", `${at.model}#scaler`, `${at.model}#model`, "--features", "a,b,c,d", ...words]);
  expect([made.code, made.err]).toEqual([0, expect.stringContaining("a Pipeline of 4 features, put together of")]);
  const model = await load(at.in("iris.pkl"));
  expect([model.card, model.feature_names_in_]).toEqual([{ title: "Iris" }, ["a", "b", "c", "d"]]);
  expect(model.predict(FLOWERS).tolist()).toEqual(["setosa", "virginica"]);
  const wrong = await run(["compose", `${at.model}#scaler`, "--column", "sex", "-o", at.in("x.pkl")]);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("--column sex: is written like sex=le_sex.pkl")]);
});

test("a value that is no model is served when its file is named, and left out of a folder", async () => {
  const served = start(["serve", "examples/modelo.pkl", "fixtures/values/movies.pkl", "--port", "0"]);
  const said = await new Promise<string>((resolve) => {
    let all = "";
    served.stdout!.on("data", (chunk) => {
      all += String(chunk);
      if (all.includes("stop with")) resolve(all);
    });
  });
  const url = /(http:\/\/\S+)\/movies {2}a data frame of 5 rows and 5 columns/.exec(said)![1]!;
  const found = (await (await fetch(`${url}/movies?where=year<1980`)).json()) as { title: string }[];
  expect(found.map(({ title }) => title)).toEqual(["The Godfather"]);
  served.kill();
  const { code, err } = await run(["serve", "fixtures/values", "--port", "0"]);
  expect([code, err]).toEqual([1, expect.stringContaining("name the file to look things up in it")]);
});

test("a part is saved alone", async () => {
  const at = place(IRIS);
  await save(await load(`${at.model}#scaler`), at.in("scaler.pkl"));
  expect((await load(at.in("scaler.pkl"))).className).toBe("StandardScaler");
  expect(readFileSync(at.in("scaler.pkl")).length).toBeLessThan(readFileSync(at.model).length);
});
