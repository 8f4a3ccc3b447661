import { Csr, DataFrame, float32, int32, NdArray } from "@curtido/arrays";
import { Global, Instance } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { Estimator } from "../src/base/estimator.ts";
import type { InputRules } from "../src/base/methods.ts";
import { type Context, State } from "../src/base/state.ts";
import { difference } from "../src/testing/compare.ts";
import type { FixtureArray } from "../src/testing/fixture.ts";
import { checkEstimator, isNear } from "../src/testing/suite.ts";

const doubles = (...values: number[]) => NdArray.of(Float64Array.from(values));
const VECTOR: FixtureArray = { dtype: "float64", shape: [2], data: [1, 2] };
const TEXTS: FixtureArray = { dtype: "str", shape: [1], data: ["a"] };
const FRAME: FixtureArray = { columns: ["a", "b"], dtypes: ["float64", "int64"], data: [[1, 2]] };
const SPARSE: FixtureArray = {
  csr: true,
  dtype: "float64",
  shape: [1, 2],
  indptr: [0, 1],
  indices: [1],
  data: [5],
};
const column = (name: string, values: NdArray) => ({ name, values, dtype: "" });
const frame = (names: readonly string[], second: NdArray = NdArray.of(BigInt64Array.of(2n))) =>
  new DataFrame([column(names[0]!, doubles(1)), column(names[1]!, second)]);

describe("an answer differs from Python's", () => {
  it.each<readonly [what: string, got: unknown, expected: FixtureArray, problem: string]>([
    ["that is too short", doubles(1), VECTOR, "shape (1), expected (2)"],
    ["that is empty", NdArray.of(new Float64Array(0), [2, 0]), VECTOR, "shape (2, 0), expected (2)"],
    ["of another shape", NdArray.of(Float64Array.of(1, 2), [1, 2]), VECTOR, "shape (1, 2), expected (2)"],
    ["of another dtype", NdArray.of(Int32Array.of(1, 2)), VECTOR, "dtype int32, expected float64"],
    ["in single precision", NdArray.of(Float32Array.of(1, 2)), VECTOR, "dtype float32, expected float64"],
    ["of objects", NdArray.objects([1, 2], [2]), VECTOR, "dtype object, expected float64"],
    ["of other elements", doubles(1, 3), VECTOR, "element 1: 3, expected 2 (off by 1)"],
    ["that is no array", [1, 2], VECTOR, "expected an array, got a list of 2"],
    ["that is nothing", undefined, VECTOR, "expected an array, got undefined"],
    ["of numbers for texts", doubles(1), TEXTS, "dtype float64, expected str"],
    ["of numbers among texts", NdArray.objects([1], [1]), TEXTS, "element 0: 1, expected a (off by NaN)"],
    [
      "without names",
      NdArray.of(Float64Array.of(1, 2), [1, 2]),
      FRAME,
      "expected a table with named columns, got an array",
    ],
    ["under other names", frame(["a", "c"]), FRAME, "column 1 is named c, expected b"],
    ["with a column of another dtype", frame(["a", "b"], doubles(2)), FRAME, "column b: dtype float64, expected int64"],
    ["that is dense", NdArray.of(Float64Array.of(0, 5), [1, 2]), SPARSE, "expected a sparse matrix, got an array"],
    [
      "whose sparse elements are of another dtype",
      new Csr([1, 2], Int32Array.of(0, 1), Int32Array.of(1), Float64Array.of(5), float32),
      SPARSE,
      "dtype float32, expected float64",
    ],
    [
      "with a sparse column less",
      new Csr([1, 1], Int32Array.of(0, 0), new Int32Array(0), new Float64Array(0)),
      SPARSE,
      "shape (1, 1), expected (1, 2)",
    ],
    ["with an output less", [doubles(1, 2)], { list: [VECTOR, VECTOR] }, "expected a list of 2, got a list of 1"],
    [
      "in one of its outputs",
      [doubles(1, 2), NdArray.of(Int32Array.of(1, 2), [2], int32)],
      { list: [VECTOR, VECTOR] },
      "[1]: dtype int32, expected float64",
    ],
  ])("%s", (_, got, expected, problem) => {
    expect(difference(got, expected, { ulp: 1 })).toBe(problem);
  });

  it("but not where it is the same, or spelled as the table says", () => {
    expect(difference(doubles(1, 2), VECTOR, undefined)).toBeUndefined();
    expect(difference(NdArray.objects(["a"], [1]), TEXTS, undefined)).toBeUndefined();
    expect(difference(frame(["a", "b"]), FRAME, undefined)).toBeUndefined();
    const bytes: FixtureArray = { dtype: "bytes", shape: [1], data: ["a"] };
    expect(difference(NdArray.objects(["a"], [1]), bytes, undefined, "2.7.18")).toBeUndefined();
    expect(difference(NdArray.objects(["a"], [1]), bytes, undefined, "3.14.0")).toBe("dtype object, expected bytes");
    const count: FixtureArray = { dtype: "int64", shape: [], data: [3] };
    expect(difference(3, count, undefined)).toBeUndefined();
    expect(difference(true, count, undefined)).toBe("dtype boolean, expected int64");
  });
});

const STATE = new State(new Instance(new Global("tests", "Stub"), [], "newobj"), {} as Context, "");

/** Answers what it is told to, whatever it is asked. */
class Stub extends Estimator {
  private readonly answer: (rows: number) => NdArray;
  constructor(answer: (rows: number) => NdArray) {
    super(STATE);
    this.answer = answer;
    this.n_features_in_ = 1;
  }
  protected override inputRules(): InputRules {
    return { kind: "numbers", missing: false, sparse: false };
  }
  protected doPredict(X: NdArray): NdArray {
    return this.answer(X.shape[0]!);
  }
}

describe("the common suite", () => {
  const ROWS = [[1], [2], [3]];
  const problems = (answer: (rows: number) => NdArray) => checkEstimator(new Stub(answer), ROWS);

  it("passes what answers each row", () => {
    expect(problems((rows) => NdArray.of(new Float64Array(rows).fill(7)))).toEqual([]);
  });

  it.each<readonly [what: string, answer: (rows: number) => NdArray, problem: RegExp]>([
    ["without columns", (rows) => NdArray.of(new Float64Array(0), [rows, 0]), /shape \(0\) for 1 outputs/],
    [
      "with a column too many",
      (rows) => NdArray.of(new Float64Array(2 * rows), [rows, 2]),
      /shape \(2\) for 1 outputs/,
    ],
    ["always of three rows", () => doubles(7, 7, 7), /alone gives/],
    [
      "of another dtype when alone",
      (rows) => NdArray.of(rows > 1 ? new Float64Array(rows) : new Float32Array(rows)),
      /float32 instead of float64/,
    ],
    [
      "of another shape when alone",
      (rows) => NdArray.of(new Float64Array(rows), rows > 1 ? [rows] : [rows, 1]),
      /rows of \(1\) instead of \(\)/,
    ],
    ["other when alone", (rows) => NdArray.of(new Float64Array(rows).fill(rows)), /\[1\] instead of \[3\]/],
    [
      "by their place",
      (rows) => NdArray.of(Float64Array.from({ length: rows }, (_, row) => row)),
      /alone gives|order of the rows/,
    ],
  ])("fails answers %s", (_, answer, problem) => {
    expect(problems(answer).join("\n")).toMatch(problem);
  });

  it("compares lengths first", () => {
    expect(isNear([], [1], 1, 1)).toBe(false);
    expect(isNear([1], [], 1, 1)).toBe(false);
    expect(isNear([[1, 2]], [[1, 2]], 0, 0)).toBe(true);
  });
});
