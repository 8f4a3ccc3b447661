import { dumpSkops, loads } from "@curtido/arrays";
import { decompress } from "@curtido/arrays/node";
import { describe, expect, it } from "vitest";
import { FixtureFolder } from "../../../test/fixture_files.ts";
import { sampled } from "../../../test/tiers.ts";
import { runFixture } from "./run_fixture.ts";

const skops = new FixtureFolder("skops");
const folders = new Map<string, FixtureFolder>();

describe.each(["1.2.2", "1.5.2", "1.9.1"])("skops files of scikit-learn %s", (release) => {
  const names = skops.names.filter((name) => name.includes("__") && name.endsWith(`.sk${release}.skops`));

  it("answer as the model in Python did", () => {
    const problems: string[] = [];
    for (const name of names) {
      const [family = "", file = ""] = name.split("__");
      const pickles = folders.get(family) ?? new FixtureFolder(family);
      folders.set(family, pickles);
      const json = file.replace(/skops$/, "json");
      const read = (path: string) => (path === json ? pickles.read(json) : skops.read(name));
      problems.push(...runFixture(json, read).map((problem) => `${name}: ${problem}`));
    }
    expect(problems).toEqual([]);
    expect(names.length).toBeGreaterThan(25);
  });
});

/** It holds a scorer that holds it: skops itself writes none such. */
const CYCLIC = "HistGradientBoostingClassifier-scored";

describe.each(["ensemble", "linear_model", "neighbors", "pipeline"])(
  "pickles of %s written as skops files",
  (family) => {
    it("answer as the model in Python did", { timeout: 60_000 }, () => {
      const folder = new FixtureFolder(family);
      const problems: string[] = [];
      const cases = sampled(
        folder.cases.filter((name) => /\.sk1\.(9\.1|2\.2)\./.test(name) && !name.includes(CYCLIC)),
        30,
      );
      for (const name of cases) {
        const read = (path: string) =>
          path === name
            ? folder.read(name)
            : dumpSkops(loads(folder.read(path), { exact: true, decompress }), { exact: true });
        problems.push(...runFixture(name, read).map((problem) => `${name}: ${problem}`));
      }
      expect(problems).toEqual([]);
      expect(cases.length).toBeGreaterThan(10);
    });
  },
);
