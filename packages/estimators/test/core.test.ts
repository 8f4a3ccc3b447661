import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { decompressAny, isNumpyCall } from "@curtido/arrays";
import { Global, isCurtidoError, isDangerous } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { PUBLIC_PACKAGES } from "../src/base/aliases.ts";
import { entries as compose } from "../src/compose/index.ts";
import { type Entries, revive } from "../src/core.ts";
import { entries as impute } from "../src/impute/index.ts";
import { knownClasses } from "../src/index.ts";
import { entries as linearModel } from "../src/linear_model/index.ts";
import { entries as pipeline } from "../src/pipeline/index.ts";
import { entries as preprocessing } from "../src/preprocessing/index.ts";
import { difference } from "../src/testing/compare.ts";
import { type Fixture, fixtureInput } from "../src/testing/fixture.ts";
import { entries as tree } from "../src/tree/index.ts";
import { entries as xgboost } from "../src/xgboost/index.ts";

const ROOT = join(import.meta.dirname, "../../../fixtures");
const SUBPATHS = Object.keys(JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8")).exports)
  .map((path) => path.slice(2))
  .filter((path) => !["", "core", "fit", "node"].includes(path));
const familyOf = async (path: string): Promise<Entries> => (await import(`../src/${path}/index.ts`)).entries;

function fixture(name: string) {
  const path = join(ROOT, `${name}.json`);
  const { file, input, expected, tolerance } = JSON.parse(readFileSync(path, "utf8")) as Fixture;
  const bytes = readFileSync(join(dirname(path), file));
  return { bytes, rows: fixtureInput(input), expected: expected["predict"]!, tolerance: tolerance["predict"] };
}

describe("a model is revived with the rows of its family alone", () => {
  it.each<readonly [name: string, entries: Entries | readonly Entries[]]>([
    ["linear_model/LinearRegression-diabetes.sk1.9.1", linearModel],
    ["linear_model/LogisticRegression-binary.sk1.9.1", linearModel],
    ["ensemble/RandomForestRegressor-diabetes.sk1.9.1", tree],
    ["xgboost/XGBRegressor-diabetes.sk1.9.1", xgboost],
    ["pipeline/Pipeline-columns_forest.sk1.9.1", [pipeline, compose, impute, preprocessing, tree]],
  ])("%s", (name, entries) => {
    const { bytes, rows, expected, tolerance } = fixture(name);
    const model = revive(bytes, { entries, decompress: decompressAny });
    expect(difference(model.predict(rows), expected, tolerance)).toBeUndefined();
  });
});

describe("a part that has no row", () => {
  const failure = (name: string, entries: Entries | readonly Entries[]) => {
    try {
      revive(fixture(name).bytes, { entries, decompress: decompressAny });
    } catch (error) {
      if (isCurtidoError(error)) return { code: error.code, message: error.message, fields: error.fields };
      throw error;
    }
    return undefined;
  };

  it("is refused with its name, its place and what to import", () => {
    expect(failure("pipeline/Pipeline-columns_forest.sk1.9.1", [pipeline, tree])).toEqual({
      code: "E_UNKNOWN_NAME",
      message: `'steps[0]' is a sklearn.compose.ColumnTransformer, which is not among the entries: add those of "@curtido/estimators/compose"`,
      fields: { name: "sklearn.compose.ColumnTransformer", path: "steps[0]", from: "@curtido/estimators/compose" },
    });
  });

  it("is the whole where the model is of another family", () => {
    expect(failure("xgboost/XGBRegressor-diabetes.sk1.9.1", linearModel)?.message).toBe(
      `the file is a xgboost.sklearn.XGBRegressor, which is not among the entries: add those of "@curtido/estimators/xgboost"`,
    );
  });
});

it("a compression that is in no small bundle is said, with what opens it", () => {
  const { bytes } = fixture("linear_model/LinearRegression-diabetes.sk1.9.1");
  const xz = Uint8Array.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, ...bytes.subarray(0, 8)]);
  expect(() => revive(xz, { entries: linearModel })).toThrow(
    /compressed with xz: open it with decompress: decompressAny/,
  );
});

describe("the paths of the package", () => {
  it("have every class that is known, where the error for a missing one says", async () => {
    const found = new Map<string, string[]>();
    for (const path of SUBPATHS)
      for (const { name } of await familyOf(path)) found.set(name, [...(found.get(name) ?? []), path]);
    expect([...found.keys()].sort()).toEqual(knownClasses);
    for (const [name, paths] of found) {
      const [top, module] = name.split(".");
      expect(paths, name).toContain(top === "sklearn" ? module : top);
    }
  });
});

it("no class that is known is dangerous, whichever module names it: reading does not ask again", () => {
  for (const known of knownClasses) {
    const at = known.lastIndexOf(".");
    const [home, name] = [known.slice(0, at), known.slice(at + 1)];
    const modules = [...PUBLIC_PACKAGES].flatMap(([module, family]) => (family === home ? [module] : []));
    for (const module of [home, ...modules]) expect(isDangerous({ module, name }), `${module}.${name}`).toBe(false);
  }
});

it("numpy's calls that are made here are the plain ones", () => {
  const calls = ["numpy.dtype", "numpy.ndarray", "numpy.core.multiarray._reconstruct", "numpy._core.multiarray.scalar"];
  const others = [
    "numpy.load",
    "numpy.core.memmap",
    "numpy.fromfile",
    "numpy.core.multiarray.fromfile",
    "numpy.dtype.x",
  ];
  const isCall = (name: string) => {
    const at = name.lastIndexOf(".");
    return isNumpyCall(new Global(name.slice(0, at), name.slice(at + 1)));
  };
  expect(calls.filter(isCall)).toEqual(calls);
  expect(
    calls.filter((name) => isDangerous({ module: name.replace(/\.\w+$/, ""), name: name.replace(/.*\./, "") })),
  ).toEqual([]);
  expect(others.filter(isCall)).toEqual([]);
});
