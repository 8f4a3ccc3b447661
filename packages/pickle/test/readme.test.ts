import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect, it } from "vitest";
import * as pickle from "../src/index.ts";
import { defaultLimits } from "../src/index.ts";

const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
const snippets = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);

/** Runs a snippet; a line `expression; // value` is to give that value. */
function wrong(snippet: string): string[] {
  const lines = snippet.split("\n").map((line) => {
    const checked = /^(?!const |import )(.+); \/\/ (.+)$/.exec(line);
    if (checked !== null) return `check(${JSON.stringify(line)}, (${checked[1]}), ${JSON.stringify(checked[2])});`;
    return line.replace(/^import (\{.+\}) from "@curtido\/pickle";$/, "const $1 = pickle;");
  });
  const problems: string[] = [];
  const check = (line: string, value: unknown, said: string) => {
    const shown = inspect(value, { breakLength: Number.POSITIVE_INFINITY });
    if (shown !== said) problems.push(`${line} gives ${shown}`);
  };
  new Function("pickle", "check", lines.join("\n"))(pickle, check);
  return problems;
}

it("says what its snippets give", () => {
  expect(snippets.length).toBe(5);
  expect(snippets.flatMap(wrong)).toEqual([]);
});

it("names every limit and its default, and every error", () => {
  for (const [name, value] of Object.entries(defaultLimits)) {
    const said =
      name === "bytes"
        ? "8 GiB"
        : name === "stack" || name === "memoIndex"
          ? value.toLocaleString("en")
          : String(value);
    expect(readme).toContain(`| \`${name}\` | ${said} |`);
  }
  const errors = readFileSync(join(import.meta.dirname, "../src/errors.ts"), "utf8");
  for (const [code] of errors.matchAll(/"E_[A-Z_]+"(?=\n| \|)/g))
    if (code !== '"E_TRUNCATED"') expect(readme).toContain(code.slice(1, -1));
});
