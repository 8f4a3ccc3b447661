/** Files that hold more than a model: the one estimator in it, a part that is named, parts that belong together. */

import { readdirSync, readFileSync } from "node:fs";
import { isCurtidoError } from "@curtido/pickle";
import { describe, expect, it, test } from "vitest";
import { dumps, loads, NdArray } from "../../../arrays/src/index.ts";
import { decompress } from "../../../arrays/src/node.ts";
import { type ComposePart, compose } from "../../src/fit/index.ts";
import { partAt, revive } from "../../src/index.ts";
import { loadNow, placeIn } from "../../src/node/index.ts";

const FOLDER = new URL("../../../../fixtures/bundles/", import.meta.url);

interface Asked {
  readonly rows: never;
  readonly predict: readonly unknown[];
  readonly proba?: readonly (readonly number[])[];
  readonly part?: string;
  readonly features?: readonly string[];
  readonly labels?: string | readonly string[];
  readonly compose?: readonly string[];
  readonly columns?: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly words?: readonly string[];
}

const answers = JSON.parse(readFileSync(new URL("answers.json", FOLDER), "utf8")) as Record<string, Asked>;
const bytesOf = (name: string) => readFileSync(new URL(name, FOLDER));
const cases = (has: (asked: Asked) => boolean) => Object.entries(answers).filter(([, asked]) => has(asked));

function close(found: readonly unknown[], wanted: readonly unknown[]): void {
  expect(found.length).toBe(wanted.length);
  for (const [at, value] of wanted.entries())
    if (typeof value === "number") expect(found[at]).toBeCloseTo(value, 9 - Math.ceil(Math.log10(Math.abs(value) + 1)));
    else expect(found[at]).toEqual(value);
}

describe("one estimator among plain data", () => {
  it.each(cases(({ part }) => part !== undefined))("%s", (name, { rows, predict, part, features, labels }) => {
    const told: string[] = [];
    const model = revive(bytesOf(name), { told: (words) => told.push(words) });
    expect(model.part).toBe(part);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`'${part}'`);
    close(model.predict(rows).tolist() as unknown[], predict);
    if (features !== undefined) expect(model.feature_names_in_).toEqual(features);
    if (labels !== undefined) expect(Object.values(model.card!.labels![0]!)).toEqual(labels);
    const named = revive(bytesOf(name), { at: part! });
    expect(named.part).toBe(part);
    expect(named.predict(rows).tolist()).toEqual(model.predict(rows).tolist());
  });

  it("has a whole model still", () => {
    const model = revive(bytesOf("ridge.pkl"));
    expect([model.part, model.card]).toEqual([undefined, undefined]);
  });
});

function failure(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (isCurtidoError(error)) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("several estimators", () => {
  it("are refused with the parts and the line that puts them together", () => {
    const error = failure(() => revive(bytesOf("three.joblib"), { file: "three.joblib" }));
    expect(error.code).toBe("E_PARTS");
    expect(error.fields["parts"]).toEqual([
      "model: LogisticRegression of 2 features",
      "pca: PCA of 4 features",
      "scaler: StandardScaler of 4 features",
    ]);
    expect(error.message).toContain(
      "curtido compose three.joblib#scaler three.joblib#pca three.joblib#model -o modelo.pkl",
    );
  });

  it.each([
    [
      "insurance.pkl",
      "--column sex=insurance.pkl#encoders.sex --column region=insurance.pkl#encoders.region --target insurance.pkl#sc_y",
    ],
    ["model_labels.pkl", "compose model_labels.pkl#0 --labels model_labels.pkl#1 -o"],
    ["one_hot.pkl", "compose one_hot.pkl#model --column region=one_hot.pkl#region --features NAME,NAME,..."],
    ["scaler_model.pkl", "--features sepal_length,sepal_width,petal_length,petal_width"],
    ["two_models.pkl", "name one of them: two_models.pkl#rf"],
  ])("%s", (name, line) => {
    expect(failure(() => revive(bytesOf(name), { file: name })).message).toContain(line);
  });

  it("are told where a part is asked for that there is not", () => {
    const error = failure(() => revive(bytesOf("two_models.pkl"), { at: "svm" }));
    expect(error.message).toBe("there is no 'svm' in the file; it has rf, pipe");
  });
});

test.each([
  ["arrays/ndarray", NdArray.of(Float64Array.of(1, 2)), "an array of float64 with the shape (2)"],
  ["a list", [1, 2], "a list, which is no model"],
])("a file with %s says so", (_, value, words) => {
  expect(failure(() => revive(dumps(value))).message).toContain(words);
});

describe("FILE#PART", () => {
  it("names a part of a file, and a file with such a name goes before", () => {
    const path = new URL("two_models.pkl", FOLDER).pathname;
    expect(placeIn(`${path}#rf`)).toEqual({ path, at: "rf" });
    expect(placeIn("nothing.pkl#rf")).toEqual({ path: "nothing.pkl#rf" });
    expect(loadNow(`${path}#pipe`).className).toBe("Pipeline");
  });
});

function partOf(name: string, place: string): ComposePart {
  const value = loads(bytesOf(name), { exact: true, encoding: "latin1", decompress });
  return { where: `${name}${place}`, value: partAt(value, place.slice(1)) };
}

describe("compose", () => {
  it.each(cases(({ compose: parts }) => parts !== undefined))("%s", (name, asked) => {
    const { rows, predict, columns, target, labels, words, features } = asked;
    const model = compose(
      asked.compose!.map((place) => partOf(name, place)),
      {
        ...(columns && {
          columns: Object.fromEntries(Object.entries(columns).map(([of, at]) => [of, partOf(name, at)])),
        }),
        ...(target !== undefined && { target: partOf(name, target) }),
        ...(typeof labels === "string" && { labels: partOf(name, labels) }),
        ...(words && { labels: words }),
        ...(features && { features }),
      },
    );
    close(model.predict(rows).tolist() as unknown[], predict);
    const again = revive(model.toPickle());
    expect(again.predict(rows).tolist()).toEqual(model.predict(rows).tolist());
    if (features !== undefined) expect(again.feature_names_in_).toEqual(features);
    if (asked.proba !== undefined)
      close((again.predictProba(rows) as never as { flat(): number[] }).flat(), asked.proba.flat());
  });

  it("refuses words for what compares the labels of its parts", () => {
    const error = failure(() => compose([partOf("words_adaboost.pkl", "#")], { labels: ["a", "b", "c"] }));
    expect([error.code, error.message]).toEqual(["E_UNSUPPORTED", expect.stringContaining('{"labels": {"0": "..."}}')]);
  });

  it.each([
    ["nothing", [], {}, "there is nothing to put together"],
    ["a model in front", ["#model", "#scaler"], {}, "scaler_model.pkl#model: a LogisticRegression transforms nothing"],
    ["too few names", ["#scaler", "#model"], { features: ["a"] }, "there are 1 names for 4 features"],
    ["too few words", ["#scaler", "#model"], { labels: ["a"] }, "there are 1 words for 3 classes"],
    ["a word that is not there", ["#scaler", "#model"], { labels: { 0: "a" } }, "there is no word for the class 1"],
    ["no names", ["#scaler", "#model"], { columns: { sex: partOf("insurance.pkl", "#encoders.sex") } }, "--features"],
  ])("refuses %s", (_, places, options, message) => {
    const parts = (places as string[]).map((place) => partOf("scaler_model.pkl", place));
    const error = failure(() => compose(parts, options as never));
    expect(error.code).toBe("E_COMPOSE");
    expect(error.message).toContain(message);
  });

  it("writes a card into the file, which wins over nothing and loses against the one beside", () => {
    const made = compose([partOf("ridge.pkl", "#")], { card: { title: "Flowers", round: 2 } });
    const again = revive(made.toPickle(), { card: { title: "Iris" } });
    expect(again.card).toEqual({ title: "Iris", round: 2 });
    expect(again.cardFrom).toEqual({ title: "given", round: "file" });
  });
});

it("every fixture is used", () => {
  const files = readdirSync(FOLDER).filter((name) => !name.endsWith(".json"));
  expect(files.length).toBeGreaterThan(20);
});
