import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { NdArray } from "@curtido/arrays";
import { isCurtidoError } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { revive, type State } from "../src/index.ts";

const folder = join(import.meta.dirname, "../../../fixtures/own_names");
const answers = JSON.parse(readFileSync(join(folder, "answers.json"), "utf8")) as {
  readonly input: number[][];
  readonly [name: string]: unknown;
};
const read = (name: string) => readFileSync(join(folder, `${name}.pkl`));
const expected = (name: string) => (answers[name] as { predict: number[] }).predict;

function errorOf(run: () => unknown): Error & { fields: Record<string, unknown> } {
  try {
    run();
  } catch (error) {
    return error as Error & { fields: Record<string, unknown> };
  }
  throw new Error("nothing was thrown");
}

/** What a user registers. */
const REGISTERED: Readonly<Record<string, unknown>> = {
  log_price: (x: number, { shift = 1 }: { shift?: number }) => Math.log(x + shift),
  ratios: { rows: (rows: number[][]) => rows.map(([a, b]) => [a! / b!, b!]) },
  Scaled: (state: State) => {
    const factor = state.number("factor");
    const mean = state.floats("mean_");
    return { transform: (rows: number[][]) => rows.map((row) => row.map((x, k) => (x - mean[k]!) * factor)) };
  },
  "<lambda>": (x: number) => Math.sqrt(x) * 0.25,
};

const FILES: readonly (readonly [file: string, name: string, own: string])[] = [
  ...["", "cloudpickle_", "dill_"].flatMap((way) => {
    const module = way === "" ? "mymodule" : "__main__";
    return [
      [`${way}function`, `${module}.log_price`, "log_price"],
      [`${way}keywords`, `${module}.log_price`, "log_price"],
      [`${way}table`, `${module}.ratios`, "ratios"],
      [`${way}class`, `${module}.Scaled`, "Scaled"],
    ] as const;
  }),
  ["cloudpickle_lambda", "__main__.<lambda>", "<lambda>"],
];

describe("names of the user's own", () => {
  it.each(FILES)("%s answers as Python once %s is registered", (file, name, own) => {
    const model = revive(read(file), { names: { [name]: REGISTERED[own] } });
    const got = model.predict(answers.input).tolist() as number[];
    expect(got.length).toBe(expected(file).length);
    got.forEach((value, at) => expect(value).toBeCloseTo(expected(file)[at]!, 10));
  });

  it.each(FILES)("%s without it says which step needs %s, and what to write", (file, name, own) => {
    const error = errorOf(() => revive(read(file)));
    expect(isCurtidoError(error, "E_UNKNOWN_NAME"), String(error)).toBe(true);
    expect(error.message).toContain("'steps[0]");
    expect(error.message).toContain(name);
    expect(error.fields["name"]).toBe(name);
    const stub = String(error.fields["stub"]);
    expect(stub).toContain(`${JSON.stringify(name)}: (`);
    expect(stub).toContain(own === "Scaled" ? "transform:" : "number =>");
  });

  it.each([["cloudpickle_function"], ["dill_function"]])(
    "%s names the function, its file, line and modules",
    (file) => {
      const { fields } = errorOf(() => revive(read(file)));
      expect(fields["origin"]).toBe("log_price(X, shift), line 5 of train.py, uses numpy");
      expect(fields["imports"]).toEqual(["numpy"]);
      expect(fields["stub"]).toContain("(X: number, { shift }: Record<string, any>): number");
    },
  );

  it.each([["cloudpickle_class"], ["dill_class"]])("%s names the class and its file", (file) => {
    const { fields } = errorOf(() => revive(read(file)));
    expect(fields["origin"]).toContain("Scaled, train.py");
  });
});

describe.each(["1", "2"])("functions of numpy %s and scipy", (major) => {
  const made = JSON.parse(readFileSync(join(folder, `ufuncs_np${major}.json`), "utf8")) as {
    readonly input: number[][];
    readonly functions: Record<string, { pickle: string; expected: string[][]; inverse?: string[][] }>;
  };
  const number = (text: string) =>
    ({ nan: Number.NaN, inf: Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY })[text] ?? Number(text);
  const check = (got: NdArray, wanted: string[][], what: string) => {
    const values = got.flat().map(Number);
    wanted.flat().forEach((text, at) => {
      const value = number(text);
      const off = Math.abs(values[at]! - value);
      const near = Object.is(values[at], value) || values[at] === value || off <= 1e-15 * Math.abs(value);
      expect(near, `${what} of ${made.input.flat()[at]}: ${values[at]}, expected ${text}`).toBe(true);
    });
  };

  it.each(Object.keys(made.functions))("%s", (name) => {
    const { pickle, expected: wanted, inverse } = made.functions[name]!;
    const model = revive(Buffer.from(pickle, "base64"));
    const got = model.transform(made.input) as NdArray;
    check(got, wanted, name);
    if (inverse !== undefined) check(model.inverseTransform(made.input) as NdArray, inverse, `${name} back`);
  });
});
