// What a spreadsheet would compute, written by us and opened again.
import { DataFrame } from "@curtido/arrays";
import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { csvLine } from "../src/csv_write.ts";
import { readRows, readTable, writeAnswers, writeTable } from "../src/tables.ts";
import type { TableRows } from "../src/types.ts";
import { text } from "./kit.ts";

const FORMULAS = [
  "=1+1",
  "+1+1",
  "-1+1",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  '=HYPERLINK("http://a","b")',
  "-",
  "+34 600",
  "=cmd|' /C calc'!A0",
];
const NUMBERS = ["-1.5", "+2", "-1e-7", "-.5", "-inf", "1", "-1 days +23:00:00", "-2 days"];
const TEXTS = ["a=1", "'=1", " =1", "", "2024-01-01"];

test("a text that would be computed gets a quote in front; numbers and other texts stay as they are", () => {
  for (const formula of FORMULAS) {
    expect(csvLine([formula])).toMatch(/^"?'/);
    expect(csvLine([formula], ",", "keep")).not.toMatch(/^"?'/);
  }
  for (const plain of [...NUMBERS, ...TEXTS]) expect(csvLine([plain])).toBe(csvLine([plain], ",", "keep"));
});

test.each(["csv", "tsv"])("answers and tables in %s say so in headers and cells", async (format) => {
  const answers = { "=a": FORMULAS, n: FORMULAS.map(() => -1.5) };
  const cells = async (formulas?: "keep") => {
    const bytes = await writeAnswers(answers, { format, single: false, formulas });
    return (await readRows(bytes, { format })) as TableRows;
  };
  const quoted = await cells();
  expect(quoted.columns).toEqual(["'=a", "n"]);
  // A carriage return within quotes ends no cell, whatever stands before it.
  expect(quoted.rows.map((row) => (row as string[])[0])).toEqual(FORMULAS.map((formula) => `'${formula}`));
  expect(quoted.rows.map((row) => (row as string[])[1])).toEqual(FORMULAS.map(() => "-1.5"));
  const kept = await cells("keep");
  expect(kept.rows.map((row) => (row as string[])[0])).toEqual(FORMULAS);
  const table = await readTable(new TextEncoder().encode("a\n=1+1\n"), { format: "csv" });
  expect(text(await writeTable(table, { format }))).toBe("a\n'=1+1\n");
  expect(text(await writeTable(table, { format, formulas: "keep" }))).toBe("a\n=1+1\n");
});

test("Excel has texts as they are, and not one formula", async () => {
  const texts = FORMULAS.filter((formula) => !/[\r]/.test(formula));
  const bytes = await writeAnswers({ "=a": texts }, { format: "xlsx", single: false });
  for (const part of Object.values(unzipSync(bytes))) expect(strFromU8(part)).not.toMatch(/<f[\s>/]/);
  const read = await readTable(bytes, { format: "xlsx" });
  expect(read).toBeInstanceOf(DataFrame);
  expect(read.columns).toEqual(["=a"]);
  expect(read.toRecords().map((row) => row["=a"])).toEqual(texts);
});

test.each(["json", "jsonl"])("%s is as it was", async (format) => {
  const bytes = await writeAnswers({ a: FORMULAS }, { format, single: false });
  expect(text(bytes)).not.toContain(`"'`);
});
