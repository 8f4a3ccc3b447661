import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Dict, Global, Instance } from "@curtido/pickle";
import { expect, test } from "vitest";
import { type DataFrame, dumps, loads, NdArray } from "../src/index.ts";
import { reviveValues } from "../src/revive/extension.ts";

const path = join(import.meta.dirname, "../../../fixtures/pyarrow/sparse.pd3.pickle");

test("sparse columns are all of their values", () => {
  const frame = loads(readFileSync(path), { exact: true }) as DataFrame;
  expect(frame.series.map(({ dtype }) => dtype)).toEqual([
    "Sparse[float64, nan]",
    "Sparse[int64, 0]",
    "Sparse[bool, False]",
  ]);
  expect(frame.tolist()).toEqual([
    [Number.NaN, 0, false],
    [1.5, 3, true],
    [Number.NaN, 0, false],
    [2.5, 4, true],
  ]);
  const written = dumps(frame, { exact: true });
  expect(new TextDecoder("latin1").decode(written)).toContain("SparseArray");
});

const sparse = (length: number, places: number[]) => {
  const made = (name: string, args: unknown[]) => new Instance(new Global("pandas", name), args, "newobj");
  const array = made("SparseArray", []);
  const dtype = made("SparseDtype", []);
  dtype.states.push(new Dict<unknown>([["_fill_value", 0]]));
  array.states.push(
    new Dict<unknown>([
      ["_sparse_index", made("IntIndex", [length, NdArray.of(Int32Array.from(places))])],
      ["_sparse_values", NdArray.of(Float64Array.of(1))],
      ["_dtype", dtype],
    ]),
  );
  return array;
};

test.each([
  ["a place behind the end", sparse(2, [2])],
  ["more places than values", sparse(3, [0, 1])],
  ["a length beyond any column", sparse(2 ** 40, [0])],
])("a sparse column with %s is refused", (_, value) => {
  expect(() => reviveValues(value, () => expect.unreachable())).toThrow(/a sparse column/);
});
