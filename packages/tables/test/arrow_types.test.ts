import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readRows, readTable, writeTable } from "../src/tables.ts";
import type { TableRows } from "../src/types.ts";
import { ROOT } from "./kit.ts";

/** A column `c` of three values in files, and what pandas made of it. */
interface Case {
  readonly dtype?: string;
  readonly csv?: readonly string[];
  readonly error?: string;
  readonly arrow?: string;
  readonly parquet?: string;
}

const CASES: Readonly<Record<string, Case>> = JSON.parse(
  readFileSync(join(ROOT, "fixtures/tables/arrow_types.json"), "utf8"),
);
/** What holds several values in a cell. */
const SHAPES: Readonly<Record<string, string>> = {
  list: "list",
  large_list: "list",
  fixed_list: "list",
  struct: "struct",
  "struct of struct": "struct",
  "list of structs": "list",
  map: "map",
  month_day_nano: "interval",
};
/** Where a frame has another dtype than pandas', on purpose: no categories, texts and decimals as everywhere. */
const DTYPES: Readonly<Record<string, string>> = {
  dictionary: "object",
  "dictionary of integers": "float64",
  large_string: "object",
  string_view: "object",
  decimal32: "float64",
  decimal64: "float64",
  decimal128: "float64",
  decimal256: "float64",
};
const FILES = Object.entries(CASES).flatMap(([name, each]) =>
  (["arrow", "parquet"] as const).flatMap((format) => {
    const bytes = each[format];
    return bytes === undefined ? [] : [[name, format, new Uint8Array(Buffer.from(bytes, "base64")), each] as const];
  }),
);
const FEATURES = ["n", "c"];
const cellsOf = ({ rows }: TableRows) => rows.map((row) => (row as unknown[])[1]);

/** A cell of CSV as rows have it, by the kind of the cell that it is to be; fractions of seconds without zeros behind. */
function wanted(text: string, got: unknown): unknown {
  if (text === '""') return null;
  const plain = text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text.replace(/^b'(.*)'$/, "$1");
  if (typeof got === "number") return Number(plain);
  return typeof got === "boolean" ? plain === "True" : trimmed(plain);
}

function trimmed(cell: unknown): unknown {
  return typeof cell === "string"
    ? cell.replace(/(:\d\d)(\.\d*?)0+(?=[+-]|$)/, "$1$2").replace(/\.(?=[+-]|$)/, "")
    : cell;
}

describe("columns of every type of Arrow (oracle/arrow_types.py)", () => {
  const plain = FILES.filter(([name, , , { error }]) => !Object.hasOwn(SHAPES, name) && error === undefined);
  test.each(plain)("%s in %s: rows and a frame as pandas has them", async (name, format, bytes, { csv, dtype }) => {
    const got = cellsOf((await readRows(bytes, { format, features: FEATURES })) as TableRows);
    expect(got.map(trimmed)).toEqual(csv!.map((text, at) => wanted(text, got[at])));
    const frame = await readTable(bytes, { format });
    expect(frame.series[1]!.dtype).toBe(DTYPES[name] ?? dtype);
  });

  const nested = FILES.filter(([name]) => Object.hasOwn(SHAPES, name));
  test.each(nested)("%s in %s: no feature, and left out where it is none", async (name, format, bytes) => {
    const title = format === "arrow" ? "Arrow" : "parquet";
    await expect(readRows(bytes, { format, features: FEATURES })).rejects.toMatchObject({
      code: "E_TABLE",
      message: `this has a column 'c' of the ${title} type '${SHAPES[name]}', and a model takes one value for each row: give each of its values a column of its own`,
    });
    const { columns } = (await readRows(bytes, { format, features: ["n"] })) as TableRows;
    expect(columns).toEqual(FEATURES);
    expect((await readTable(bytes, { format })).series[1]!.dtype).toBe("object");
  });

  test("a union is no column, and says so", async () => {
    const bytes = new Uint8Array(Buffer.from(CASES["dense union"]!.arrow!, "base64"));
    for (const read of [readRows, readTable])
      await expect(read(bytes, { format: "arrow" })).rejects.toThrow("this has a column 'c' of the Arrow type 'union'");
  });

  test.each(["s", "ms", "us", "ns"])("lengths of time in %s survive Arrow", async (unit) => {
    const bytes = new Uint8Array(Buffer.from(CASES[`duration ${unit}`]!.arrow!, "base64"));
    const frame = await readTable(bytes, { format: "arrow" });
    const again = await readTable(await writeTable(frame, { format: "arrow" }), { format: "arrow" });
    expect(again.series[1]!.dtype).toBe(`timedelta64[${unit}]`);
    expect(again.series[1]!.values.flat()).toEqual(frame.series[1]!.values.flat());
  });
});
