import { DataFrame, NdArray } from "@curtido/arrays";
import { FrozenSet, PySet } from "@curtido/pickle";
import { expect, it } from "vitest";
import { writeTable } from "../src/index.ts";

const table = (cell: unknown) =>
  new DataFrame([
    { name: "items", values: NdArray.objects([cell], [1]), dtype: "object" },
    { name: "support", values: NdArray.of(Float64Array.of(0.5)), dtype: "float64" },
  ]);
const csv = async (cell: unknown) => new TextDecoder().decode(await writeTable(table(cell), { format: "csv" }));

it("sets in cells, as rules of association have them, are their items in one text", async () => {
  expect(await csv(new FrozenSet(["bread", "milk"]))).toMatch(/^items,support\r?\n"bread, milk",0\.5/);
  expect(await csv(new PySet([3]))).toMatch(/\n3,0\.5/);
});

it("sets of what no cell holds are refused with their place", async () => {
  await expect(csv(new FrozenSet([new FrozenSet(["a"]), new Uint8Array(1)]))).rejects.toThrow(
    /CSV cannot hold the frozenset in the column 'items', row 1/,
  );
});
