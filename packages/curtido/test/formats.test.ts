import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { load } from "@curtido/estimators/node";
import { service } from "@curtido/server";
import { FORMATS, formatNamed, readTable, writeTable } from "@curtido/tables";
import { beforeAll, describe, expect, test } from "vitest";
import { CONVERTED } from "../src/convert/formats.ts";
import { folder, run, SPELLINGS } from "./help.ts";

type Value = number | string | boolean | null;
type Column = readonly Value[];

/** One table: each case learns from its column and is asked for some of it again, in every format. */
interface Case {
  readonly name?: string;
  readonly learned: Column;
  readonly asked: Column;
  readonly options?: readonly string[];
  /** Whether the column stands alone. */
  readonly alone?: true;
  /** The same as the model itself takes it, in a program as in Python, where that is something else. */
  readonly plain?: readonly Value[];
}

const CASES: Readonly<Record<string, Case>> = {
  "a number": { learned: [1.5, -2, 1000, 0.25], asked: [1.5, 7, -0.125] },
  "whole numbers": { learned: [1, 2, 3, 4], asked: [4, 1, 9] },
  "numbers, some missing": { learned: [1.5, null, 3, 8], asked: [null, 2, null] },
  "a truth value": { learned: [true, false, true, true], asked: [false, true, true] },
  "a category": { learned: ["Biscoe", "Dream", "Torgersen", "Dream"], asked: ["Dream", "Biscoe", "Torgersen"] },
  "categories, some missing": { learned: ["x", null, "y", "z"], asked: [null, "y", "x"] },
  "numbers as categories": { learned: [1, 2, 3, 2], asked: [3, 1, 2], options: ["--categorical", "v"] },
  "a text of several words": { learned: ["a b", 'c "d"', "e,f;g", "h"], asked: ["e,f;g", 'c "d"', "h"] },
  "a date": {
    learned: ["2024-01-31", "2024-02-29", "2023-12-24", "2024-01-31"],
    asked: ["2024-02-29", "2023-12-24"],
    plain: [19782, 19715],
  },
  "a name in any script": { name: "größe 体重", learned: [1, 2, 3, 4], asked: [3.5, 1] },
  "a name with separators": { name: 'a;b,"c"', learned: [1, 2, 3, 4], asked: [3.5, 1] },
  "one column": { learned: [1, 2, 30, 4], asked: [3, 30], alone: true },
  "one column, some missing": { learned: [1, null, 30, 4], asked: [null, 30], alone: true },
  "no rows": { learned: [1, 2, 3, 4], asked: [] },
};

const ROWS = 40;
const TABLES = FORMATS.filter(({ read, write, rows }) => read && write && rows).map(({ name }) => name);
const TEXTS = ["csv", "tsv", "xlsx"];
const place = folder();
const at = <T>(list: readonly T[], row: number): T => list[row % list.length]!;
const text = (value: Value) =>
  value === null ? "" : typeof value === "boolean" ? (value ? "True" : "False") : String(value);
const quoted = (cell: string) => (/[",;\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A model that learned a case's column, and a number beside it unless it stands alone. */
async function trained(key: string, { name = "v", learned, options = [], alone }: Case): Promise<string> {
  const stem = key.replace(/\W+/g, "_");
  const [data, model] = [join(place, `${stem}.csv`), join(place, `${stem}.pkl`)];
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const value = at(learned, row);
    const target = ((row % learned.length) * 7 + (row % 3)) / 2;
    return [quoted(text(value)), ...(alone ? [] : [String(row % 3)]), String(target)].join(",");
  });
  writeFileSync(data, `${[quoted(name), ...(alone ? [] : ["n"]), "y"].join(",")}\n${rows.join("\n")}\n`);
  const { err } = await run(["train", data, "--target", "y", "--estimator", "Ridge", "-o", model, ...options]);
  expect(err).toBe("");
  return model;
}

/** The asked rows as columns by name, in lists; a spelling may stand for what is missing. */
function columnsOf({ name = "v", asked, alone }: Case, missing: Value = null): Record<string, Value[]> {
  const values = asked.map((value) => value ?? missing);
  return { [name]: values, ...(alone ? {} : { n: values.map((_, row) => row % 3) }) };
}

async function bytesOf(format: string, columns: Record<string, Value[]>): Promise<Uint8Array> {
  const names = Object.keys(columns);
  const count = columns[names[0]!]!.length;
  const records = Array.from({ length: count }, (_, row) =>
    Object.fromEntries(names.map((name) => [name, columns[name]![row]!])),
  );
  const json = new TextEncoder().encode(JSON.stringify(records));
  if (format === "json") return json;
  if (format === "jsonl") return new TextEncoder().encode(records.map((row) => `${JSON.stringify(row)}\n`).join(""));
  if (count > 0) return writeTable(await readTable(json, { format: "json" }), { format });
  const csv = new TextEncoder().encode(`${names.map(quoted).join(",")}\n`);
  return writeTable(await readTable(csv, { format: "csv" }), { format });
}

let app: ReturnType<typeof service>;

/** What the service and the command line answer to the same bytes. */
async function answersOf(model: string, format: string, bytes: Uint8Array): Promise<readonly unknown[][]> {
  const headers = { "content-type": formatNamed(format)!.media[0]!, accept: "application/json" };
  const uri = `/${basename(model, ".pkl")}`;
  const response = await app.request(uri, { method: "POST", headers, body: bytes as Uint8Array<ArrayBuffer> });
  const body = (await response.json()) as { predict: unknown[]; detail?: string };
  expect(response.status, body.detail).toBe(200);
  const path = join(place, `asked.${format}`);
  writeFileSync(path, bytes);
  const { out, err } = await run(["predict", model, path, "--format", "json"]);
  expect(err).toBe("");
  const { predict } = JSON.parse(out) as { predict: unknown[] };
  return [body.predict, predict];
}

async function libraryOf(model: string, format: string, bytes: Uint8Array): Promise<unknown[]> {
  return (await load(model)).predict(await readTable(bytes, { format })).tolist() as unknown[];
}

const models = new Map<string, string>();
const MIXED = "categories, some missing";

beforeAll(async () => {
  for (const [key, given] of Object.entries(CASES)) models.set(key, await trained(key, given));
  // One service for all: each has threads of its own, which take time to start.
  app = service({ models: [...models.values()] });
}, 120_000);

describe.each(Object.entries(CASES))("%s", (key, given) => {
  let model: string;
  let wanted: readonly unknown[];
  beforeAll(async () => {
    model = models.get(key)!;
    [wanted = []] = await answersOf(model, "json", await bytesOf("json", columnsOf(given)));
    expect(wanted).toHaveLength(given.asked.length);
    if (given.asked.length > 1) expect(new Set(wanted).size).toBeGreaterThan(1);
  });

  test.each(TABLES)("in %s: the service, the command line and the library agree", async (format) => {
    const bytes = await bytesOf(format, columnsOf(given));
    for (const answers of await answersOf(model, format, bytes)) expect(answers).toEqual(wanted);
    const own = given.plain === undefined ? bytes : await bytesOf(format, columnsOf({ ...given, asked: given.plain }));
    if (given.asked.length > 0) expect(await libraryOf(model, format, own)).toEqual(wanted);
  });

  test.each(given.asked.includes(null) ? TEXTS : [])("in %s: missing, however it is spelled", async (format) => {
    const tables = SPELLINGS.map((spelling) => columnsOf(given, spelling));
    const names = Object.keys(tables[0]!);
    const columns = Object.fromEntries(names.map((name) => [name, tables.flatMap((table) => table[name]!)]));
    const separator = format === "tsv" ? "\t" : ",";
    const lines = [names, ...columns[names[0]!]!.map((_, row) => names.map((name) => text(columns[name]![row]!)))];
    const bytes =
      format === "xlsx"
        ? await bytesOf(format, columns)
        : new TextEncoder().encode(lines.map((line) => `${line.join(separator)}\n`).join(""));
    const all = SPELLINGS.flatMap(() => wanted);
    for (const answers of await answersOf(model, format, bytes)) expect(answers).toEqual(all);
    expect(await libraryOf(model, format, bytes)).toEqual(all);
  });
});

test("answers go to a file of any format, with what is kept of the input", async () => {
  const model = models.get(MIXED)!;
  const rows = join(place, "rows.csv");
  writeFileSync(rows, "v,n\nx,0\n,1\ny,2\n");
  for (const format of TABLES) {
    const out = join(place, `out.${format}`);
    const keep = formatNamed(format)!.keeps === true ? ["--keep"] : [];
    expect((await run(["predict", model, rows, "-o", out, ...keep])).err, format).toBe("");
    if (keep.length === 0) continue;
    const table = await readTable(new Uint8Array(readFileSync(out)), { format });
    expect(table.columns, format).toEqual(["v", "n", "predict"]);
    const numbers = table.series.map(({ values }) => values.flat());
    expect(numbers[1]!.map(Number), format).toEqual([0, 1, 2]);
    expect(numbers[2], format).toHaveLength(3);
  }
  const { code, err } = await run(["predict", model, rows, "--format", "xlsx"]);
  expect([code, err]).toEqual([2, "error: xlsx is not text: name a file with -o\n"]);
});

test("what the help lists is what there is", async () => {
  const names = (command: string) => run([command, "--help"]).then(({ out }) => out.replaceAll(/\s+/g, " "));
  const answered = FORMATS.filter(({ answer }) => answer !== undefined).map(({ name }) => name);
  const dotted = FORMATS.filter(({ endings }) => endings.length > 0).map(({ endings }) => `.${endings[0]}`);
  const predict = await names("predict");
  expect(predict).toContain(`rows as ${dotted.slice(0, -1).join(", ")} or ${dotted.at(-1)};`);
  expect(predict).toContain(`(choices: ${answered.map((name) => `"${name}"`).join(", ")})`);
  const converted = CONVERTED.map(({ name }) => name);
  expect(await names("convert")).toContain(`${converted.slice(0, -1).join(", ")} and ${converted.at(-1)}, by what`);
  expect(await names("train")).toContain(`a table: ${TABLES.join(", ")}, or a pickled data frame`);
});
