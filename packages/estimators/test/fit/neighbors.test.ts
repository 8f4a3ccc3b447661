import type { NdArray } from "@curtido/arrays";
import { type Dict, Instance, type Tuple } from "@curtido/pickle";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nthElement } from "../../src/fit/neighbors/nth_element.ts";
import { dataOf, fitCase, fixture, rowsOf } from "./cases.ts";
import { expectNear, plain } from "./compare.ts";

const neighbors = fixture("neighbors");

describe("trees of neighbors are those of scikit-learn 1.9.1", () => {
  it.each(neighbors.cases.map((each, at) => [`${at}: ${each.class} on ${each.data}`, each] as const))(
    "%s",
    (_, each) => {
      const data = dataOf(neighbors, each.data);
      const model = fitCase(neighbors, each);
      const tree = (model.instance.state as Dict).get("_tree");
      const wanted = each["tree"] as Record<string, number[]> | null;
      expect(tree instanceof Instance).toBe(wanted !== null);
      if (tree instanceof Instance && wanted !== null) {
        const [, order, nodes] = (tree.state as Tuple<NdArray>).items;
        const field = (name: string) => nodes!.field(name).flat().map(Number);
        expect(order!.flat().map(Number)).toEqual(wanted["order"]);
        expect([field("idx_start"), field("idx_end"), field("is_leaf")]).toEqual([
          wanted["starts"],
          wanted["ends"],
          wanted["leaves"],
        ]);
        // Powers of other exponents than 1 and 2 are rounded in their last digit by the C library.
        expectNear(field("radius"), wanted["radii"], 1e-14);
      }
      const rows = rowsOf({ ...data, X: data.X.filter((_, at) => at % 3 === 0) });
      expectNear(plain(model.predict(rows)), each["predict"], 1e-12);
    },
  );
});

it("brings any element to its place, whatever the order was", () => {
  const lists = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 400 });
  fc.assert(
    fc.property(lists, fc.nat(), (values, seed) => {
      const nth = seed % values.length;
      const list = Int32Array.from(values, (_, at) => at);
      const before = (a: number, b: number) => (values[a] === values[b] ? a < b : values[a]! < values[b]!);
      nthElement(list, 0, nth, list.length, before);
      const sorted = Array.from(values, (_, at) => at).sort((a, b) => (before(a, b) ? -1 : 1));
      expect(list[nth]).toBe(sorted[nth]);
      expect([...list].sort((a, b) => a - b)).toEqual(values.map((_, at) => at));
      expect(list.slice(0, nth).every((at) => before(at, list[nth]!))).toBe(true);
    }),
  );
});
