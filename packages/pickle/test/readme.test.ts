import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { errorGroups } from "../../../scripts/errors.ts";
import { defaultLimits } from "../src/index.ts";

const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");

it("names every limit and its default", () => {
  for (const [name, value] of Object.entries(defaultLimits)) {
    const said =
      name === "bytes"
        ? "8 GiB"
        : name === "stack" || name === "memoIndex"
          ? value.toLocaleString("en")
          : String(value);
    expect(readme).toContain(`| \`${name}\` | ${said} |`);
  }
});

it("names every error of a pickle", () => {
  const [pickles] = errorGroups();
  const named = /^### Errors\n\n([\s\S]*?)\n\n/m.exec(readme)![1]!.match(/`E_\w+`/g)!;
  expect(new Set(named)).toEqual(new Set(pickles!.codes.map(({ name }) => `\`${name}\``)));
});
