import { Dict, FrozenSet, float, Global, Instance, Tuple } from "@curtido/pickle";
import { describe, expect, it } from "vitest";
import { FixtureFolder } from "../../../test/fixture_files.ts";
import { dumpSkops, loads, NdArray, readZip, scanFile } from "../src/index.ts";
import { toJson } from "../src/json/index.ts";
import { decompress } from "../src/node.ts";

const folder = new FixtureFolder("skops");
const exact = { exact: true } as const;
const again = (value: unknown) => loads(dumpSkops(value, exact), exact);

describe("what is written", () => {
  it.each(["1.2.2", "1.5.2", "1.9.1"])("is read as the value it was, of all things that %s keeps", (release) => {
    const value = loads(folder.read(`values.sk${release}.pkl`), exact) as Dict;
    const read = again(value) as Dict;
    for (const [name, each] of value) {
      // They are written as skops does, which leaves out how a generator was made, notes of a Bunch, the fill of a mask.
      if (name === "random" || name === "bunch" || name === "masked") continue;
      expect(toJson(read.get(name)), String(name)).toBe(toJson(each));
    }
    const [first, second] = read.get("shared") as unknown[];
    expect(first).toBe(second);
    expect((read.get("bunch") as Instance).entries).toEqual((value.get("bunch") as Instance).entries);
    const word = (state: unknown) => ((state as Dict).get("state") as Dict).get("key") as NdArray;
    const [random, wanted] = [read, value].map((each) => each.get("random") as Instance);
    expect(word(random!.state).tolist()).toEqual(word(wanted!.state).tolist());
  });

  it("is what skops itself wrote, read and written again", () => {
    const names = folder.names.filter((name) => name.endsWith(".skops"));
    for (const name of names) {
      const value = loads(folder.read(name), { ...exact, decompress });
      const bytes = dumpSkops(value, exact);
      expect(toJson(loads(bytes, exact)), name).toBe(toJson(value));
      expect(scanFile(bytes).verdict, name).toBe("clean");
      expect(readZip(bytes).problems).toEqual([]);
    }
    expect(names.length).toBeGreaterThan(90);
  });

  it("keeps keys of several types, sets, and ints apart from floats", () => {
    const keys = new Dict<unknown>([
      [10n, 1n],
      [2n, 2n],
      ["x", 3n],
      [0.5, 4n],
      [true, 5n],
    ]);
    expect([...(again(keys) as Dict)]).toEqual([...keys]);
    expect([...(again(new Dict([[false, 1n]])) as Dict).keys()]).toEqual([false]);
    expect([...(again(new FrozenSet([1n, "a"])) as FrozenSet)]).toEqual([1n, "a"]);
    expect(again([1n, 1, Number.NaN, Number.NEGATIVE_INFINITY, -0, "é\n\ud800"])).toEqual([
      1n,
      1,
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      -0,
      "é\n\ud800",
    ]);
    expect(loads(dumpSkops([1, float(1), 1.5]), exact)).toEqual([1n, 1, 1.5]);
  });
});

describe("what skops cannot hold", () => {
  it("is refused by name", () => {
    const cyclic: unknown[] = [];
    cyclic.push(cyclic);
    const refused = (value: unknown) => () => dumpSkops(value, exact);
    expect(refused(cyclic)).toThrow(/skops cannot hold an object that contains itself/);
    expect(refused(new Dict([[new Tuple([1n]), 1n]]))).toThrow(/a dict with a key that is a tuple/);
    expect(
      refused(
        new Dict<unknown>([
          [1n, 1n],
          ["1", 1n],
        ]),
      ),
    ).toThrow(/two keys '1'/);
    const made = new Instance(new Global("mymodule", "make"), [1n], "reduce");
    made.states.push(new Dict([["a", 1n]]));
    expect(refused(made)).toThrow(/what mymodule.make makes/);
    expect(refused(new Global("mymodule", "Outer.Inner"))).toThrow(/which stands within a class/);
    expect(refused(NdArray.objects([1n], []))).toThrow(/skops cannot hold/);
    let deep: unknown = 1n;
    for (let at = 0; at < 1100; at++) deep = [deep];
    expect(refused(deep)).toThrow(/nested so deeply/);
  });
});
