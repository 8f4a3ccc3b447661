import { describe, expect, it } from "vitest";
import { FixtureFolder } from "../../../test/fixture_files.ts";
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
