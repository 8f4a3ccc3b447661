import { decompress } from "@curtido/arrays/node";
import { describe, expect, it } from "vitest";
import { FixtureFolder } from "../../../test/fixture_files.ts";
import { KeyedVectors } from "../src/gensim/index.ts";
import { revive } from "../src/index.ts";
import type { Fixture } from "../src/testing/fixture.ts";

const folder = new FixtureFolder("gensim");
const { file } = folder.json("KeyedVectors-words.sk1.5.2.json") as Fixture;

describe("vectors of words", () => {
  const model = revive(folder.read(file), { decompress });

  it("tell which words are most alike, as gensim does", () => {
    expect(model).toBeInstanceOf(KeyedVectors);
    const found = (model as KeyedVectors).mostSimilar("user", 3);
    expect(found.map(([word]) => word)).toEqual(["testing", "human", "computer"]);
    expect(found[0]![1]).toBeCloseTo(0.8511664271354675, 6);
    expect(found[2]![1]).toBeCloseTo(0.6178292036056519, 6);
  });

  it("of words that training did not see are refused by their name", () => {
    expect(() => model.transform([["nothing"]])).toThrow(/"nothing" is no word that was seen in training/);
    expect(() => (model as KeyedVectors).mostSimilar("nothing")).toThrow(/"nothing" is no word/);
  });
});
