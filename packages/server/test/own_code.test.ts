/** Models with code of the user's own, asked over HTTP in every format: expected values are Python's. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { OwnRows } from "@curtido/estimators";
import { readTable, writeTable } from "@curtido/tables";
import { describe, expect, test } from "vitest";
import { model } from "../src/index.ts";

type Row = Record<string, unknown>;
const folder = fileURLToPath(new URL("../../../fixtures/own_frames/", import.meta.url));
const { rows, predict } = JSON.parse(readFileSync(join(folder, "answers.json"), "utf8"))["class_of_frame"] as {
  rows: Row[];
  predict: number[];
};
const features = Object.keys(rows[0]!);
const cells = rows.map((row) => Object.values(row));

/** What Python's `X.iloc[:, 1:]` does; it wants texts to be texts and numbers to be numbers. */
const dropper = () => ({
  transform: (given: OwnRows) => {
    for (const [id, sex] of given)
      if (typeof id !== "number" || typeof sex !== "string") throw new Error("no such row");
    const rest = given.map((row) => row.slice(1));
    return given.columns === undefined ? rest : { columns: given.columns.slice(1), rows: rest };
  },
});
const names = { "mymodule.Dropper": dropper };
const app = (named: boolean) => model(join(folder, "class_of_frame.pkl"), { names, ...(named && { features }) });
const post = (to: ReturnType<typeof app>, body: string | Uint8Array<ArrayBuffer>, type: string) =>
  to.request("/", { method: "POST", body, headers: { "content-type": type, accept: "application/json" } });

const csv = [features, ...cells].map((line) => line.join(",")).join("\n");
const turned = rows.map((row) => Object.fromEntries(Object.entries(row).reverse()));
const bytes = async (format: string) => {
  const table = await readTable(new TextEncoder().encode(csv), { format: "csv" });
  return (await writeTable(table, { format })) as Uint8Array<ArrayBuffer>;
};
const MEDIA: Readonly<Record<string, string>> = {
  parquet: "application/vnd.apache.parquet",
  arrow: "application/vnd.apache.arrow.stream",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};
const close = (found: unknown) => expect(found).toEqual(predict.map((value) => expect.closeTo(value, 9)));

describe.each([true, false])("a first step of one's own, with features named: %s", (named) => {
  test("takes arrays and CSV", async () => {
    const it = app(named);
    close((await (await post(it, JSON.stringify(cells), "application/json")).json()).predict);
    close((await (await post(it, csv, "text/csv")).json()).predict);
  });

  test.each(Object.keys(MEDIA))("takes %s", async (format) => {
    close((await (await post(app(named), await bytes(format), MEDIA[format]!)).json()).predict);
  });

  test.each([
    ["JSON", JSON.stringify(turned), "application/json"],
    ["JSON lines", turned.map((row) => JSON.stringify(row)).join("\n"), "application/x-ndjson"],
    [
      "a form",
      new URLSearchParams(turned[0] as Record<string, string>).toString(),
      "application/x-www-form-urlencoded",
    ],
  ] as const)("takes objects of %s only when they are", async (what, body, type) => {
    const response = await post(app(named), body, type);
    const answer = await response.json();
    if (named && what !== "a form") close(answer.predict);
    else if (named) expect(answer.predict).toBeCloseTo(predict[0]!, 9);
    else
      expect([response.status, JSON.stringify(answer)]).toEqual([
        422,
        expect.stringContaining("keys of objects have no order"),
      ]);
  });
});

test("many rows of CSV are of one kind throughout", async () => {
  const many = Array.from({ length: 700 }, (_, at) => cells[at % cells.length]!);
  const body = [features, ...many].map((line) => line.join(",")).join("\n");
  const { predict: found } = await (await post(app(false), body, "text/csv")).json();
  expect(found).toEqual(many.map((_, at) => expect.closeTo(predict[at % cells.length]!, 9)));
});
