import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect, it } from "vitest";
import * as tables from "../src/index.ts";

const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
const snippets = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);
const AsyncFunction = (async () => undefined).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<void>;

/** Runs a snippet; a line `expression; // value` is to give that value. */
async function wrong(snippet: string): Promise<string[]> {
  const lines = snippet.split("\n").map((line) => {
    const checked = /^(?!const |import )(.+); \/\/ (.+)$/.exec(line);
    if (checked !== null) return `check(${JSON.stringify(line)}, (${checked[1]}), ${JSON.stringify(checked[2])});`;
    return line.replace(/^import (\{.+\}) from "@curtido\/tables";$/, "const $1 = tables;");
  });
  const problems: string[] = [];
  const check = (line: string, value: unknown, said: string) => {
    const shown = inspect(value, { breakLength: Number.POSITIVE_INFINITY });
    if (shown !== said) problems.push(`${line} gives ${shown}`);
  };
  await new AsyncFunction("tables", "check", lines.join("\n"))(tables, check);
  return problems;
}

it("says what its snippets give", async () => {
  expect(snippets.length).toBe(4);
  for (const snippet of snippets) expect(await wrong(snippet)).toEqual([]);
});

it("lists every format", () => {
  const rows = tables.FORMATS.map(({ name, media, endings }) => {
    const listed = endings.map((ending) => `\`.${ending}\``).join(", ");
    return `| \`${name}\` | \`${media[0]}\` | ${listed === "" ? "" : `${listed} `}|`;
  });
  expect(readme).toContain(rows.join("\n"));
});

it("exports this, and nothing else", () => {
  expect(Object.keys(tables).sort()).toEqual([
    "BAD",
    "FORMATS",
    "cannotHold",
    "cellOf",
    "columnsOf",
    "datePart",
    "dayText",
    "daysOf",
    "decoded",
    "fieldRows",
    "flatOf",
    "formFields",
    "formatNamed",
    "formatOfBytes",
    "formatOfFile",
    "formatOfMedia",
    "hasLongIntegers",
    "headerWish",
    "isMissing",
    "markOf",
    "numberOf",
    "orientedRows",
    "parseForm",
    "parseJson",
    "plainNumber",
    "readByRule",
    "readRows",
    "readTable",
    "shownValue",
    "sniffedFormat",
    "spellsMissing",
    "tableOf",
    "writeAnswers",
    "writeJson",
    "writeTable",
    "writtenNumber",
  ]);
});
