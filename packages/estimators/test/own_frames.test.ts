/** Functions and classes of the user's own that get frames, texts, dates and bound arguments: expected values are Python's. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DataFrame, NdArray, parseDType } from "@curtido/arrays";
import { isCurtidoError } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { type OwnRows, revive } from "../src/index.ts";

type Row = Record<string, unknown>;
interface Expected {
  readonly rows: readonly Row[];
  readonly predict: readonly number[];
  readonly transform: readonly (readonly number[])[];
  readonly columns: readonly string[];
}

const folder = fileURLToPath(new URL("../../../fixtures/own_frames/", import.meta.url));
const answers = JSON.parse(readFileSync(join(folder, "answers.json"), "utf8")) as Record<string, Expected>;
const read = (name: string) => readFileSync(join(folder, `${name}.pkl`));
const close = (got: unknown, wanted: unknown) => {
  const [a, b] = [got, wanted].map((each) => (each as unknown[]).flat().map(Number)) as [number[], number[]];
  expect(a.length).toBe(b.length);
  a.forEach((value, at) => expect(value).toBeCloseTo(b[at]!, 9));
};

/** A frame without some columns, and with others. */
const withFamily = {
  rows: ({ columns = [], rows = [] }: OwnRows) => {
    const at = (name: string) => columns.indexOf(name);
    return {
      columns: ["sex", "fare", "family"],
      rows: rows.map((row) => [row[at("sex")], row[at("fare")], Number(row[at("sib")]) + Number(row[at("parch")])]),
    };
  },
};
const scaled = (factor: number, x: number, { shift = 0, power = 1 }: { shift?: number; power?: number }) =>
  factor * x ** power + shift;

describe("functions get what Python's would", () => {
  it("a data frame under its names, whatever the order of the keys, and answer with one", () => {
    const model = revive(read("frame_to_frame"), { names: { "mymodule.with_family": withFamily } });
    const { rows, predict } = answers["frame_to_frame"]!;
    close(model.predict(rows).tolist(), predict);
    const turned = rows.map((row) => Object.fromEntries(Object.entries(row).reverse()));
    close(model.predict(turned).tolist(), predict);
    close(model.predict(rows.map(({ sex, sib, parch, fare }) => [sex, sib, parch, fare])).tolist(), predict);
  });

  it("rows that go by position too, as arrays do", () => {
    const seen: unknown[] = [];
    const see = {
      rows: (rows: OwnRows) => {
        seen.push(rows.columns, rows.rows === rows);
        return rows.map((row) => row);
      },
    };
    const model = revive(read("frame_to_frame"), { names: { "mymodule.with_family": see } });
    expect(() => model.predict(answers["frame_to_frame"]!.rows)).toThrow();
    expect(seen).toEqual([["sex", "sib", "parch", "fare"], true]);
  });

  it("texts, one by one", () => {
    const names = { "mymodule.lower": (text: string) => text.toLowerCase() };
    const { rows, predict } = answers["texts"]!;
    const model = revive(read("texts"), { names });
    close(model.predict(rows).tolist(), predict);
    expect(model.signature.features.map(({ type }) => type)).toEqual(["any", "any"]);
  });

  it("dates as Date, missing ones as null", () => {
    const { rows, predict } = answers["dates"]!;
    const parts = {
      rows: (given: OwnRows) => given.map(([when]) => [(when as Date).getUTCMonth() + 1, (when as Date).getUTCDate()]),
    };
    const ticks = BigInt64Array.from(rows, ({ when }) => BigInt(Date.parse(`${when}Z`)) * 1000n);
    const frame = (values: BigInt64Array) =>
      new DataFrame([
        { name: "when", values: NdArray.of(values, [values.length], parseDType("M8[us]")), dtype: "datetime64[us]" },
        { name: "n", values: NdArray.of(new Float64Array(values.length)), dtype: "float64" },
      ]);
    const model = revive(read("dates"), { names: { "mymodule.day_parts": parts } });
    close(model.predict(frame(ticks)).tolist(), predict);
    const missing = { rows: (given: OwnRows) => given.map(([when]) => [when === null ? 1 : 0, 0]) };
    const other = revive(read("dates"), { names: { "mymodule.day_parts": missing } });
    const [first, second] = other.predict(frame(BigInt64Array.of(-(2n ** 63n), 0n))).tolist();
    expect(first).not.toBe(second);
  });

  it.each(["partial", "partial_wins"])("what partials bind (%s)", (name) => {
    const model = revive(read(name), { names: { "mymodule.scaled": scaled } });
    close(model.predict(answers[name]!.rows).tolist(), answers[name]!.predict);
  });

  it("what a partial binds of a tokenizer", () => {
    const words = (text: string, { separator }: { separator: string }) => text.split(separator);
    const model = revive(read("tokenizer"), { names: { "mymodule.words": words } });
    close(model.predict(answers["tokenizer"]!.rows).tolist(), answers["tokenizer"]!.predict);
  });
});

describe("partials of numpy's own functions", () => {
  const { rows, ...functions } = answers["functions"] as unknown as Record<string, (number | string | null)[][]>;
  it.each(Object.keys(functions))("%s", (name) => {
    const got = revive(read(`np_${name}`))
      .transform(rows!)
      .tolist() as number[][];
    const wanted = functions[name]!.flat().map((each) => (each === "nan" ? Number.NaN : Number(each)));
    expect(got.flat()).toEqual(wanted.map((value) => (Number.isNaN(value) ? value : expect.closeTo(value, 12))));
  });
});

describe("a name that stands for a class of scikit-learn", () => {
  const names = { "mymodule.CustomImputer": "sklearn.impute.SimpleImputer" };

  it.each([
    ["a", "b"],
    ["b", "a"],
  ])("is revived as that class (%s first)", (...order) => {
    const { rows, predict } = answers["subclass"]!;
    const given = rows.map((row) => Object.fromEntries(order.map((name) => [name, row[name]])));
    close(revive(read("subclass"), { names }).predict(given).tolist(), predict);
  });

  it("inside a ColumnTransformer, with the names of what it gives", () => {
    const { rows, transform, columns } = answers["subclass_inside"]!;
    const frame = revive(read("subclass_inside"), { names }).transform(rows) as DataFrame;
    expect(frame.columns).toEqual(columns);
    close(frame.tolist(), transform);
  });

  it.each([
    ["sklearn.impute.NoSuchImputer", "E_UNKNOWN_NAME", /'sklearn.impute.NoSuchImputer' is no class that is known here/],
    ["sklearn.decomposition.PCA", "E_STATE", /PCA: 'steps\[0\]\.components_' is not there/],
  ] as const)("is refused as %s", (target, code, message) => {
    const run = () => revive(read("subclass"), { names: { "mymodule.CustomImputer": target } });
    expect(run).toThrow(message);
    try {
      run();
    } catch (error) {
      expect(isCurtidoError(error, code)).toBe(true);
    }
  });
});

describe("a first step of one's own that knows no names", () => {
  const dropper = (features?: readonly string[]) => ({
    "mymodule.Dropper": () => ({
      transform: ({ columns, rows = [] }: OwnRows) => ({
        columns: columns!.slice(1),
        rows: rows.map((row) => row.slice(1)),
      }),
      ...(features && { features }),
    }),
  });
  const { rows, predict } = answers["class_of_frame"]!;
  const features = Object.keys(rows[0]!);
  const turned = rows.map((row) => Object.fromEntries(Object.entries(row).reverse()));

  it("refuses objects, whose keys have no order", () => {
    expect(() => revive(read("class_of_frame"), { names: dropper() }).predict(rows)).toThrow(
      /keys of objects have no order: send arrays, or name its features/,
    );
  });

  it.each([
    ["an option names", { names: dropper(), features }],
    ["its class names", { names: dropper(features) }],
  ])("takes them in any order once %s its features", (_, options) => {
    const model = revive(read("class_of_frame"), options);
    close(model.predict(rows).tolist(), predict);
    close(model.predict(turned).tolist(), predict);
    close(model.predict(rows.map((row) => Object.values(row))).tolist(), predict);
    expect(model.signature.features.map(({ name }) => name)).toEqual(features);
    expect(() => model.predict([{ id: 1 }])).toThrow(/'sex' is missing/);
  });

  it("takes no other names than the file's", () => {
    expect(() =>
      revive(read("subclass"), {
        names: { "mymodule.CustomImputer": "sklearn.impute.SimpleImputer" },
        features: ["b", "a"],
      }),
    ).toThrow(/has the features a, b, not b, a/);
  });
});

describe("the stub", () => {
  const stub = () => {
    try {
      revive(read("unknown"));
    } catch (error) {
      if (isCurtidoError(error, "E_UNKNOWN_NAME")) return error;
    }
    throw new Error("it is known");
  };

  it("lists every name at once, typed by where it stands", () => {
    const { fields, message } = stub();
    expect(fields.names).toEqual(["mymodule.scaled", "mymodule.Capped"]);
    expect(message).toMatch(/'best_estimator_\.steps\[0\]\.func' is mymodule\.scaled.*; nor are mymodule\.Capped$/);
    expect(fields.stub).toContain('"mymodule.scaled": (bound1: any, x: number): number => {');
    expect(fields.stub).toContain('const factor = state.number("factor");');
    expect(fields.stub).toContain('const label = state.string("label");');
    expect(fields.stub).toContain('const strict = state.boolean("strict");');
    expect(fields.stub).toContain('const most_ = state.array("most_").tolist();');
    expect(fields.stub).toContain('// "mymodule.my_score" is never called here: it needs nothing');
  });

  it("runs when it is pasted", async () => {
    const { transform } = await import("esbuild");
    const { code } = await transform(stub().fields.stub!, { loader: "ts", format: "esm" });
    const { default: names } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    const model = revive(read("unknown"), { names });
    expect(() => model.predict([[1, 2]])).toThrow("say here what it gives for one number");
  });

  it("is right once it is filled in", () => {
    const names = {
      "mymodule.scaled": scaled,
      "mymodule.Capped": (state: { number(name: string): number; array(name: string): NdArray }) => {
        const factor = state.number("factor");
        const most = state.array("most_").tolist() as number[];
        return {
          transform: (rows: number[][]) => rows.map((row) => row.map((x, at) => Math.min(x, most[at]! * factor))),
        };
      },
    };
    close(revive(read("unknown"), { names }).predict(answers["unknown"]!.rows).tolist(), answers["unknown"]!.predict);
  });
});
