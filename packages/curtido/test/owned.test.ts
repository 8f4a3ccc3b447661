import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { decompress } from "@curtido/arrays/node";
import { describe, expect, test } from "vitest";
import { difference } from "../../estimators/src/testing/compare.ts";
import { type Fixture, fixtureInput } from "../../estimators/src/testing/fixture.ts";
import { type Estimator, load, loadNow, NdArray, revive, writeNpy } from "../src/index.ts";
import { bytesFor } from "../src/save.ts";
import { ROOT } from "./help.ts";

const FIXTURES = [
  "linear_model/LinearRegression-diabetes.sk1.9.1",
  "linear_model/GammaRegressor-positive.sk1.9.1",
  "ensemble/RandomForestRegressor-diabetes.sk1.9.1",
  "ensemble/HistGradientBoostingClassifier-binary.sk1.9.1",
  "neighbors/KNeighborsClassifier-auto.sk1.9.1",
  "svm/SVC-class_weight.sk1.9.1",
  "xgboost/XGBClassifier-binary.sk1.9.1",
  "lightgbm/LGBMClassifier-binary.sk1.9.1",
  "catboost/CatBoostRegressor-diabetes.sk1.9.1",
] as const;

type Given = Uint8Array | ArrayBuffer;
interface Theirs {
  readonly given: Given;
  /** The memory of it, to be used for something else. */
  readonly all: Uint8Array;
}

const same = (all: Uint8Array): Theirs => ({ given: all, all });

/** Bytes as callers have them. */
const KINDS: readonly (readonly [what: string, make: (bytes: Uint8Array) => Theirs])[] = [
  ["a Uint8Array", (bytes) => same(new Uint8Array(bytes))],
  ["a Buffer", (bytes) => same(Buffer.from(bytes))],
  ["shared memory", (bytes) => same(copied(bytes, new Uint8Array(new SharedArrayBuffer(bytes.length)), 0))],
  ["an ArrayBuffer", (bytes) => arrayBuffer(new Uint8Array(bytes))],
  [
    "a part of a larger buffer",
    (bytes) => {
      const all = copied(bytes, new Uint8Array(bytes.length + 24), 8);
      return { given: all.subarray(8, 8 + bytes.length), all };
    },
  ],
];

function copied(bytes: Uint8Array, to: Uint8Array, at: number): Uint8Array {
  to.set(bytes, at);
  return to;
}

function arrayBuffer(all: Uint8Array<ArrayBuffer>): Theirs {
  return { given: all.buffer, all };
}

const WAYS: readonly (readonly [
  name: string,
  way: (given: Given) => Estimator | Promise<Estimator>,
  saves: boolean,
])[] = [
  ["load", load, true],
  ["loadNow", loadNow, true],
  ["revive", (given) => revive(given, { decompress }), false],
];

describe.each(FIXTURES)("%s, from bytes that are overwritten, answers as Python did", (name) => {
  const path = join(ROOT, "fixtures", `${name}.json`);
  const { file, input, expected, tolerance } = JSON.parse(readFileSync(path, "utf8")) as Fixture;
  const bytes = readFileSync(join(dirname(path), file));
  const rows = fixtureInput(input);

  test.each(KINDS)("from %s", async (_, kind) => {
    for (const [way, read, saves] of WAYS) {
      const { given, all } = kind(bytes);
      const model = await read(given);
      const before = saves && bytesFor(model, "modelo.pkl");
      all.fill(0);
      expect(difference(model.predict(rows), expected["predict"]!, tolerance["predict"]), way).toBeUndefined();
      if (saves) expect(bytesFor(model, "modelo.pkl"), way).toEqual(before);
    }
  });
});

/** `LinearRegression` of joblib before 0.10, its coefficients in a file of their own. */
const IN_PARTS = new TextEncoder().encode(
  `ccopy_reg\n_reconstructor\n(csklearn.linear_model.base\nLinearRegression\nc__builtin__\nobject\nNtR(dVcoef_\n${[
    "cjoblib.numpy_pickle\nNDArrayWrapper\n)R(dVfilename\nVm.pkl_01.npy\nsVsubclass\ncnumpy\nndarray\nsb",
  ]}sVintercept_\nF1\nsb.`,
);

test.each(WAYS)("%s copies what a function gives for the parts of a file", async (name) => {
  const given = writeNpy(NdArray.of(Float64Array.of(2, 3)));
  const part = () => given;
  const ways = { load, loadNow, revive } as const;
  const model = await ways[name as keyof typeof ways](IN_PARTS, { part });
  given.fill(0);
  expect(model.predict([[10, 100]]).tolist()).toEqual([321]);
});
