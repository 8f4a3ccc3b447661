/** Models of every module of scikit-learn and of the boosters: each format and protocol gives Python's answers. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DataFrame } from "@curtido/arrays";
import { loadNow } from "@curtido/estimators/node";
import { service } from "@curtido/server";
import { writeTable } from "@curtido/tables";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../../../../fixtures");
/** How many classes of a module. */
const OF_EACH = 3;

type Row = Record<string, unknown>;

interface Model {
  readonly name: string;
  readonly file: string;
  readonly rows: readonly Row[];
  readonly expected: readonly unknown[];
  readonly tolerance: number;
}

const special = (value: unknown) =>
  value === "nan"
    ? null
    : value === "inf"
      ? Number.POSITIVE_INFINITY
      : value === "-inf"
        ? Number.NEGATIVE_INFINITY
        : value;

function tableOf(input: { data?: unknown[]; shape?: number[]; columns?: string[] }): readonly unknown[][] | undefined {
  const { data, shape, columns } = input;
  if (!Array.isArray(data)) return undefined;
  if (columns !== undefined) return data as unknown[][];
  if (shape?.length !== 2) return undefined;
  const width = shape[1]!;
  return Array.from({ length: shape[0]! }, (_, row) => data.slice(row * width, (row + 1) * width));
}

/** What a fixture asks and answers, where it is a table of plain cells and answers something for each row. */
function modelAt(folder: string, name: string): Model | undefined {
  const { input, expected, file, tolerance } = JSON.parse(readFileSync(join(root, folder, name), "utf8"));
  const table = tableOf(input ?? {});
  const data = expected?.predict?.data;
  if (table === undefined || table.length === 0 || !Array.isArray(data) || typeof file !== "string") return undefined;
  const columns: string[] = input.columns ?? table[0]!.map((_, at) => `feature${at + 1}`);
  if (new Set(columns).size < columns.length || columns.length === 0) return undefined;
  const rows = table.map((cells) => Object.fromEntries(columns.map((column, at) => [column, special(cells[at])])));
  const plain = rows.every((row) => Object.values(row).every((cell) => cell === null || typeof cell !== "object"));
  const finite = rows.every((row) =>
    Object.values(row).every((cell) => typeof cell !== "number" || Number.isFinite(cell)),
  );
  const even = columns.every((column) => isEven(rows.map((row) => row[column])));
  if (!plain || !finite || !even) return undefined;
  const first = Object.values(tolerance ?? {})[0];
  return {
    name,
    file: join(root, folder, file),
    rows,
    expected: data.map(special),
    tolerance: typeof first === "number" ? first : 1e-9,
  };
}

/** Whether every format can hold a column: cells of one type, and no text that a table takes for a missing cell. */
function isEven(cells: readonly unknown[]): boolean {
  const types = new Set(cells.flatMap((cell) => (cell === null ? [] : [typeof cell])));
  return types.size <= 1 && !cells.includes("");
}

function chosen(): Model[] {
  return readdirSync(root).flatMap((folder) => {
    let names: string[];
    try {
      names = readdirSync(join(root, folder)).filter((name) => /^[A-Za-z]+-.*sk1\.9\.1.*\.json$/.test(name));
    } catch {
      return [];
    }
    const classes = new Map<string, Model>();
    for (const name of names) {
      const [cls = ""] = name.split("-");
      if (classes.size === OF_EACH || classes.has(cls)) continue;
      const model = modelAt(folder, name);
      if (model !== undefined) classes.set(cls, model);
    }
    return [...classes.values()];
  });
}

/** Whether rows may come as objects: a model that says nothing of its features goes by the order of columns, and keys have none. */
function takesObjects({ file }: Model): boolean {
  const model = loadNow(file);
  return model.feature_names_in_ !== undefined || model.signature.features.length > 0 || model.readsOwnRows;
}

const models = chosen().filter(takesObjects);
/** All of them in one service: what reads files on threads is there once. */
const loaded = Object.fromEntries(models.map(({ file }, at) => [`m${at}`, loadNow(file)]));
const app = service({ models: loaded });

const csvCell = (value: unknown) => {
  const text =
    value === null || value === undefined
      ? ""
      : typeof value === "boolean"
        ? value
          ? "True"
          : "False"
        : String(value);
  return /[",\r\n]/.test(text) || text === "" ? `"${text.replaceAll('"', '""')}"` : text;
};

function csv(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0]!);
  return [
    columns.map(csvCell).join(","),
    ...rows.map((row) => columns.map((name) => csvCell(row[name])).join(",")),
  ].join("\n");
}

function v2(rows: readonly Row[]): unknown {
  const type = (values: readonly unknown[]) => {
    const kinds = new Set(values.filter((value) => value !== null).map((value) => typeof value));
    return kinds.has("string") ? "BYTES" : kinds.has("boolean") ? "BOOL" : "FP64";
  };
  const inputs = Object.keys(rows[0]!).map((name) => {
    const data = rows.map((row) => row[name]);
    return { name, shape: [rows.length, 1], datatype: type(data), data };
  });
  return { inputs };
}

type Bytes = string | Uint8Array;
const frame = (rows: readonly Row[]) => DataFrame.fromRecords(rows);
const FORMATS: Readonly<
  Record<string, readonly [media: string, body: (rows: readonly Row[]) => Bytes | Promise<Bytes>]>
> = {
  JSON: ["application/json", (rows) => JSON.stringify(rows)],
  CSV: ["text/csv", csv],
  Parquet: ["application/vnd.apache.parquet", (rows) => writeTable(frame(rows), { format: "parquet" })],
  Arrow: ["application/vnd.apache.arrow.stream", (rows) => writeTable(frame(rows), { format: "arrow" })],
  XLSX: [
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    (rows) => writeTable(frame(rows), { format: "xlsx" }),
  ],
  V1: ["application/json", (rows) => JSON.stringify({ instances: rows })],
  V2: ["application/json", (rows) => JSON.stringify(v2(rows))],
  MLflow: [
    "application/json",
    (rows) => {
      const columns = Object.keys(rows[0]!);
      return JSON.stringify({
        dataframe_split: { columns, data: rows.map((row) => columns.map((name) => row[name])) },
      });
    },
  ],
};

const PATHS: Readonly<Record<string, (model: string) => string>> = {
  V1: (model) => `/v1/models/${model}:predict`,
  V2: (model) => `/v2/models/${model}/infer`,
  MLflow: () => "/invocations",
};

async function answers(model: string, format: string, rows: readonly Row[]): Promise<unknown[]> {
  const [media, body] = FORMATS[format]!;
  // MLflow's path names no model: it is for the only one.
  const asked = format === "MLflow" ? service({ models: { [model]: loaded[model]! } }) : app;
  const response = await asked.request(PATHS[format]?.(model) ?? `/${model}`, {
    method: "POST",
    headers: { "content-type": media, accept: "application/json" },
    body: (await body(rows)) as BodyInit,
  });
  const json = await response.json();
  if (response.status !== 200) throw new Error(`${format}: ${response.status} ${JSON.stringify(json).slice(0, 400)}`);
  return (json.predict ?? json.predictions ?? json.outputs[0].data).flat(4);
}

async function ofForm(model: string, row: Row): Promise<unknown[]> {
  const fields = Object.entries(row).map(([name, value]) => [name, value === null ? "" : String(value)]);
  const response = await app.request(`/${model}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: new URLSearchParams(fields).toString(),
  });
  const json = await response.json();
  if (response.status !== 200) throw new Error(`form: ${response.status} ${JSON.stringify(json).slice(0, 400)}`);
  return [json.predict].flat(4);
}

function check(found: readonly unknown[], expected: readonly unknown[], tolerance: number): void {
  for (const [at, value] of found.entries()) {
    const wanted = expected[at];
    if (typeof wanted !== "number") expect(value).toEqual(wanted);
    else expect(Math.abs((value as number) - wanted)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(wanted)));
  }
}

test("there are at least 44 models", () => {
  expect(models.length).toBeGreaterThanOrEqual(44);
});

describe.each(models.map((model, at) => [model.name, `m${at}`, model] as const))(
  "%s",
  (_, model, { rows, expected, tolerance }) => {
    test.each(Object.keys(FORMATS))("%s", async (format) => {
      const found = await answers(model, format, rows);
      expect(found).toHaveLength(expected.length);
      check(found, expected, tolerance);
    });
    test("form", async () => {
      check(await ofForm(model, rows[0]!), expected, tolerance);
    });
  },
);
