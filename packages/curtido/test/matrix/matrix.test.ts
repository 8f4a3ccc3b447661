/** What people mean, in every format that can say it, through every entry that takes it: cells from `oracle/data_matrix.py`. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { loadNow } from "@curtido/estimators/node";
import { service } from "@curtido/server";
import { readTable } from "@curtido/tables";
import { afterAll, describe, expect, test } from "vitest";
import { predict } from "../../src/commands/predict.ts";

const root = join(import.meta.dirname, "../../../../fixtures/data_matrix");
const MODEL = join(root, "people.pkl");

interface Cell {
  readonly meaning: string;
  readonly format: string;
  readonly media: string;
  readonly ending: string | null;
  readonly body: string;
  readonly single: boolean;
  readonly predict: readonly number[];
}

const cells = JSON.parse(gunzipSync(readFileSync(join(root, "cells.json.gz"))).toString()) as readonly Cell[];
const model = loadNow(MODEL);
const app = service({ models: { people: model } });
const folder = mkdtempSync(join(tmpdir(), "curtido-matrix-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Formats of which the reader for frames gives a table that the model itself takes. */
const FRAMES = /^(csv|tsv|xlsx|parquet|arrow|xml|json lines|json records)/;

const PROTOCOLS: Readonly<Record<string, { readonly path: string; readonly answer: (json: never) => unknown }>> = {
  V1: { path: "/v1/models/people:predict", answer: ({ predictions }: { predictions: unknown }) => predictions },
  V2: {
    path: "/v2/models/people/infer",
    answer: ({ outputs }: { outputs: { name: string; data: unknown }[] }) => outputs[0]!.data,
  },
  MLflow: { path: "/invocations", answer: ({ predictions }: { predictions: unknown }) => predictions },
};

async function overHttp({ media, body, single }: Cell): Promise<unknown> {
  const bytes = Buffer.from(body, "base64");
  const protocol = PROTOCOLS[media];
  const type = protocol === undefined ? media : "application/json";
  const query = media === "query";
  const path = query ? `/people?${bytes}` : (protocol?.path ?? "/people");
  const response = await app.request(path, {
    method: query ? "GET" : "POST",
    headers: { accept: "application/json", ...(query ? {} : { "content-type": type }) },
    ...(query ? {} : { body: bytes }),
  });
  const json = (await response.json()) as { predict?: unknown };
  if (response.status !== 200) throw new Error(`${response.status} ${JSON.stringify(json)}`);
  if (protocol !== undefined) return protocol.answer(json as never);
  return single ? [json.predict] : json.predict;
}

async function onCommandLine({ ending, body }: Cell): Promise<unknown> {
  const input = join(folder, `rows.${ending}`);
  const output = join(folder, "out.json");
  writeFileSync(input, Buffer.from(body, "base64"));
  expect(await predict(MODEL, input, { output, format: "json" })).toBe(0);
  return (JSON.parse(readFileSync(output, "utf8")) as { predict: unknown }).predict;
}

async function inTheLibrary({ ending, body }: Cell): Promise<unknown> {
  const names = model.signature.features.map(({ name }) => name);
  const table = await readTable(Buffer.from(body, "base64"), {
    format: ending!,
    features: names,
  });
  return model.predict(table).tolist();
}

function check(found: unknown, { predict: expected }: Cell): void {
  expect(found).toHaveLength(expected.length);
  for (const [at, value] of expected.entries()) expect((found as number[])[at]).toBeCloseTo(value, 9);
}

test("there are at least 400 cells", () => {
  expect(cells.length).toBeGreaterThanOrEqual(400);
});

const formats = [...new Set(cells.map(({ format }) => format))];

describe.each(formats)("%s", (format) => {
  const own = cells.filter((cell) => cell.format === format);
  test.each(own.map((cell) => [cell.meaning, cell] as const))("%s: POST", async (_, cell) => {
    check(await overHttp(cell), cell);
  });
  const files = own.filter(({ ending }) => ending !== null);
  if (files.length > 0)
    test.each(files.map((cell) => [cell.meaning, cell] as const))("%s: curtido predict", async (_, cell) => {
      check(await onCommandLine(cell), cell);
    });
  const frames = files.filter((cell) => FRAMES.test(cell.format));
  if (frames.length > 0)
    test.each(frames.map((cell) => [cell.meaning, cell] as const))("%s: readTable and predict", async (_, cell) => {
      check(await inTheLibrary(cell), cell);
    });
});
