import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unpack } from "../../../test/fixture_files.ts";
import { sampled } from "../../../test/tiers.ts";
import { runFixture } from "./run_fixture.ts";

const root = join(import.meta.dirname, "../../../fixtures/nesting");

// Written by oracle/nesting.py: every class inside everything that takes one.
describe.each(readdirSync(root).filter((name) => name.endsWith(".tar.xz")))("%s", (archive) => {
  it("answers as Python did, however a model is nested", { timeout: 120_000 }, () => {
    const files = unpack(join(root, archive));
    const cases = [...files.keys()].filter((name) => name.endsWith(".json"));
    const problems: string[] = [];
    for (const name of sampled(cases, 20)) {
      const found = runFixture(name, (path) => files.get(path)!);
      problems.push(...found.map((problem) => `${name}: ${problem}`));
    }
    expect(problems).toEqual([]);
    expect(cases.length).toBeGreaterThan(700);
  });
});
