// A file may hold a long text once and name it in every row: whoever reads the rows has it as often, and that is counted.
import { nodeInflate } from "@curtido/arrays/node";
import { columnFromArray, dictionary, tableFromColumns, tableToIPC, utf8 as utf8Type } from "@uwdata/flechette";
import { describe, expect, test } from "vitest";
import { readRows, readTable, writeTable } from "../src/tables.ts";
import type { TableRows } from "../src/types.ts";
import { book, cell } from "./books.ts";
import { utf8 } from "./kit.ts";

const ROWS = 1_000;
const LONG = "long text ".repeat(100);
const values = Array.from({ length: ROWS }, () => LONG);
const csv = utf8(`x\n${values.join("\n")}\n`);

/** The same column in formats that need not repeat the text. */
const FILES: readonly (readonly [string, () => Promise<Uint8Array> | Uint8Array])[] = [
  [
    "arrow",
    () => tableToIPC(tableFromColumns([["x", columnFromArray(values, dictionary(utf8Type()))]]), { format: "stream" })!,
  ],
  ["parquet", async () => writeTable(await readTable(csv, { format: "csv" }), { format: "parquet" })],
  [
    "xlsx",
    () =>
      book({
        texts: `<sst><si><t>${LONG}</t></si></sst>`,
        rows: `<row r="1">${cell("A1", "x", "str")}</row>${values
          .map((_, at) => `<row r="${at + 2}">${cell(`A${at + 2}`, 0, "s")}</row>`)
          .join("")}`,
      }),
  ],
];

describe.each(FILES)("%s", (format, make) => {
  test("texts count as often as they stand in cells", async () => {
    const bytes = await make();
    const read = (most: number) =>
      readRows(bytes, { format, inflate: nodeInflate, limits: { cells: 2 ** 20, bytes: most } });
    const needed = ROWS * LONG.length;
    expect(((await read(needed + LONG.length)) as TableRows).rows).toHaveLength(ROWS);
    await expect(read(needed - 1)).rejects.toMatchObject({
      code: "E_TABLE_LIMIT",
      message: expect.stringContaining("characters"),
    });
  });
});

test("so do those of typed JSON", async () => {
  const text = `[{"$id":1,"$value":[{"$tuple":[1]},${JSON.stringify(LONG)}]},${Array(ROWS - 1)
    .fill('{"$ref":1}')
    .join(",")}]`;
  const read = (most: number) => readRows(utf8(text), { format: "json", limits: { cells: 2 ** 20, bytes: most } });
  const { length } = ((await read(ROWS * LONG.length)) as unknown as { value: readonly unknown[] }).value;
  expect(length).toBe(ROWS);
  await expect(read(ROWS * LONG.length - 1)).rejects.toMatchObject({ code: "E_TABLE_LIMIT" });
});
