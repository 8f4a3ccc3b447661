import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { folder, ROOT, run, runChild } from "../help.ts";

const CSV = join(ROOT, "examples/train/penguins.csv");
let wanted: Buffer;

/** The model that a table gives, as bytes. */
async function modelOf(data: string, ...more: string[]): Promise<Buffer> {
  const out = join(folder(), "modelo.pkl");
  const args = ["train", data, "--target", "species", "--estimator", "GaussianNB", "-o", out, ...more];
  const { code, err } = await run(args);
  expect([code, err]).toEqual([0, ""]);
  return readFileSync(out);
}

beforeAll(async () => {
  wanted = await modelOf(CSV);
});

test.each(["tsv", "json", "jsonl", "xlsx", "parquet", "pkl"])(
  "a table in %s gives the model of the CSV",
  async (ending) => {
    const path = join(folder(), `penguins.${ending}`);
    expect((await run(["convert", CSV, path])).code).toBe(0);
    expect(await modelOf(path)).toEqual(wanted);
  },
);

test("a table from standard input", async () => {
  const out = join(folder(), "modelo.pkl");
  const args = ["train", "-", "--from", "csv", "--target", "species", "--estimator", "GaussianNB", "-o", out];
  expect((await runChild(args, readFileSync(CSV))).code).toBe(0);
  expect(readFileSync(out)).toEqual(wanted);
});

test("semicolons, a byte order mark, CRLF and quotes", async () => {
  const path = join(folder(), "penguins.csv");
  const text = readFileSync(CSV, "utf8")
    .replaceAll(",", ";")
    .replaceAll("\n", "\r\n")
    .replaceAll("Torgersen", '"Torgersen"');
  writeFileSync(path, `\uFEFF${text}`);
  expect(await modelOf(path)).toEqual(wanted);
});
